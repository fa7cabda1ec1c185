"""A decision's file on this machine, or what stands on standard input, as text."""

import sys
from pathlib import Path

from samkraft.money.rules.documents import document_text
from samkraft.values.refusal import Refused


def text_of(name: str) -> str:
    """The text of a file, or of standard input for `-`. Raises Refused when there is none to read."""
    if name == "-":
        return document_text.extract(sys.stdin.buffer.read(), "text.txt")
    path = Path(name)
    return document_text.extract(_bytes_of(path), path.name)


def _bytes_of(path: Path) -> bytes:
    if not path.is_file():
        raise Refused(document_text.NO_SUCH_FILE, name=str(path))
    if path.stat().st_size > document_text.LARGEST_BYTES:
        raise Refused(document_text.TOO_LARGE, limit=document_text.LARGEST_MB)
    return path.read_bytes()
