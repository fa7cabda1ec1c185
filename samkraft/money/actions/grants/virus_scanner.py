"""Asks a virus scanner about a file before it is kept, where an installation has one: clamd, over its own socket.

Without one nothing is asked, and `samkraft doctor` says so. With one that does not answer nothing is let in.
"""

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.conf import settings

from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

SECONDS = 20
CHUNK = 64 * 1024
LONGEST_ANSWER = 4096

INFECTED = Reason(
    "attachment_infected",
    phrase("Virusskannern säger att filen innehåller skadlig kod: {what}."),
    phrase("Filen är inte sparad. Kontrollera datorn som den kommer från."),
)
NO_ANSWER = Reason(
    "attachment_scanner_silent",
    phrase("Filen kunde inte kontrolleras, eftersom virusskannern inte svarar."),
    phrase("Filen är inte sparad. Försök igen om en stund, eller säg till förvaltningen."),
)


def is_configured() -> bool:
    """Whether this installation has a scanner."""
    return bool(settings.VIRUS_SCANNER)


def refuse_infected(content: bytes) -> None:
    """Raise Refused for what the scanner finds, and when it does not answer. Asks nobody where there is none."""
    if not is_configured():
        return
    try:
        answer = _ask(content)
    except OSError as error:
        raise Refused(NO_ANSWER) from error
    if answer.endswith("FOUND"):
        raise Refused(INFECTED, what=answer.removeprefix("stream:").removesuffix("FOUND").strip() or "?")
    if answer != "stream: OK":
        raise Refused(NO_ANSWER)


def version() -> str:
    """What the scanner calls itself and its signatures. Raises OSError when it does not answer."""
    with _opened() as line:
        line.sendall(b"zVERSION\0")
        return _answer(line)


def _ask(content: bytes) -> str:
    with _opened() as line:
        line.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), CHUNK):
            part = content[start : start + CHUNK]
            line.sendall(struct.pack("!I", len(part)) + part)
        line.sendall(struct.pack("!I", 0))
        return _answer(line)


@contextmanager
def _opened() -> Iterator[socket.socket]:
    address = urlsplit(settings.VIRUS_SCANNER)
    if address.scheme == "unix":
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(SECONDS)
        with line:
            line.connect(address.path)
            yield line
        return
    with socket.create_connection((address.hostname or "", address.port or 3310), timeout=SECONDS) as line:
        yield line


def _answer(line: socket.socket) -> str:
    told = b""
    while not told.endswith(b"\0") and len(told) < LONGEST_ANSWER:
        part = line.recv(LONGEST_ANSWER)
        if not part:
            break
        told += part
    if not told:
        raise OSError("no answer")
    return told.rstrip(b"\0").decode("utf-8", "replace").strip()
