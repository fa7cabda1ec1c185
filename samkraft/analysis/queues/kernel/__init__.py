"""One replication, compiled: an integer clock, buckets of events for each tick, and lines to wait in.

`layout` says what the columns mean, `chance` draws, `lines` keeps the two kinds of lists, `moves` is what happens to a
person, `run` walks through time. Everything that a person meets is decided by draws that belong to that person alone, so
two scenarios that differ only in places give everybody the same luck.
"""
