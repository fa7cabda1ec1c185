"""Invented participants, as many as are asked for; the same again for the same seed. Everything here is pure but `writing`.

`profiles` says who they are, `courses` when things happen, and `lives` puts the deeds together. `rows` carries the deeds
out as rows and `writing` puts them in. Their identity numbers are for testing only (`numbers`), their phones and
addresses reach nobody.
"""
