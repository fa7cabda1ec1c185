"""Ung i sommar: open pages about rounds, pages behind a personal link, and those of who holds a round or supervises.

Start in `urls`. `own` and what is beside it are reached by a link without an account; `course` is the coordinator's round.
"""
