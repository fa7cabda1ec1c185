"""The file between trial and reading in: it travels with the page and lies nowhere with us.

It is the reader's own file, so nothing is gained by changing it on the way: it is tried again, whatever comes back.
"""

import base64
import binascii
import zlib

from samkraft.people.rules.imports import faults, tables
from samkraft.values.refusal import Refused

FIELD = "carried_token"  # named as what error pages never show


def pack(content: bytes) -> str:
    """The file as a hidden field."""
    return base64.b64encode(zlib.compress(content, 6)).decode("ascii")


def unpack(text: str) -> bytes:
    """The file again. Raises Refused when it is none, or unpacks to more than a file may hold."""
    try:
        opened = zlib.decompressobj()
        content = opened.decompress(base64.b64decode(text, validate=True), tables.LARGEST_BYTES + 1)
    except (binascii.Error, ValueError, zlib.error):
        raise Refused(faults.BROKEN) from None
    if len(content) > tables.LARGEST_BYTES:
        raise Refused(faults.TOO_LARGE, limit=tables.LARGEST_MB)
    return content
