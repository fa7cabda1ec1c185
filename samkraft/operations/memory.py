"""What a web process has read in once is not looked through again each time that Python looks for rubbish.

A page of many rows makes so many small things that Python looks for rubbish while it is made; looking through all of the
program's own things then takes several times longer than the page.
"""

import gc


def settle() -> None:
    """Call when all is read in, before the first page: what is there now is taken to stay."""
    gc.collect()
    gc.freeze()
