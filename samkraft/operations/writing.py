"""Files that a command is asked to write: what cannot be written is refused in words."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

NOT_WRITABLE = Reason("not_writable", phrase("{name} går inte att skriva i: {why}."))


@contextmanager
def into(path: Path) -> Iterator[None]:
    """Write into a file or folder within this block. Raises Refused when it cannot be."""
    try:
        yield
    except OSError as fault:
        why = (fault.strerror or phrase("okänt fel")).lower()
        raise Refused(NOT_WRITABLE, name=str(fault.filename or path), why=why) from None
