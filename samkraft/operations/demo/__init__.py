"""`samkraft demo`: everything on one machine with one command, and a clean end however it comes.

Start reading in `life`. `setting` is what its parts share, `preparation` makes the database ready, `door` finds a port
and waits for the first page, `stopping` hears the signals.
"""

from samkraft.operations.demo.life import reset, run

__all__ = ["reset", "run"]
