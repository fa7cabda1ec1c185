"""What a web process has read in once is not looked through again each time that Python looks for rubbish.

A page of many rows makes so many small things that Python looks for rubbish while it is made; looking through all of the
program's own things then takes several times longer than the page.
"""

import gc

SELDOM = 20_000  # things made since it looked last; Python's own 700 is some five times a page


def look_seldom() -> None:
    """Call first of all: what is read in at the start makes hundreds of thousands of things, and hardly any rubbish."""
    gc.set_threshold(SELDOM)


def settle() -> None:
    """Call when all is read in, before the first page: what is there now is taken to stay."""
    gc.collect()
    gc.freeze()
