"""Attachments meet a virus scanner where there is one: it speaks as clamd does, over a socket of its own."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from samkraft.audit.actions import transactions
from samkraft.money.actions.grants import attachments, virus_scanner
from samkraft.money.models import GrantAttachment
from samkraft.operations.health import State, installation
from samkraft.values.refusal import Refused
from tests.factories import grants as made

pytestmark = pytest.mark.django_db
BAD = b"PROV-AV-VIRUS"


def test_a_clean_file_is_kept_and_an_infected_one_is_not(settings: Any, tmp_path: Path) -> None:
    round = made.begun()
    draft = round.draft()
    with _scanner(settings, tmp_path / "s"):
        attachments.attach(by=round.writer, name="plan.txt", content=b"Ren text. " * 20_000, application_id=draft)
        with pytest.raises(Refused, match="skadlig kod: Prov"):
            attachments.attach(by=round.writer, name="b.txt", content=b"text " + BAD, application_id=draft)
        (found,) = installation.virus_scanner()
        assert (found.state, found.said.startswith("Provskanner 1 svarar")) == (State.FINE, True)
    with transactions.read(round.writer):
        assert GrantAttachment.objects.filter(application_id=draft).count() == 1


def test_a_scanner_that_is_silent_lets_nothing_in_and_the_doctor_says_so(settings: Any, tmp_path: Path) -> None:
    round = made.begun()
    settings.VIRUS_SCANNER = f"unix://{tmp_path}/none"
    with pytest.raises(Refused, match="virusskannern inte svarar"):
        attachments.attach(by=round.writer, name="plan.txt", content=b"Text", application_id=round.draft())
    (found,) = installation.virus_scanner()
    assert found.state is State.MISSING
    settings.VIRUS_SCANNER = ""
    (found,) = installation.virus_scanner()
    assert (found.state, virus_scanner.is_configured()) == (State.NOTE, False)


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b"", b"stream: OK but no\0"])
def test_only_a_clear_answer_lets_a_file_in(settings: Any, tmp_path: Path, answer: bytes) -> None:
    with _scanner(settings, tmp_path / "s", answer=answer), pytest.raises(Refused, match="virusskannern inte svarar"):
        virus_scanner.refuse_infected(b"text")


@contextmanager
def _scanner(settings: Any, path: Path, answer: bytes | None = None) -> Iterator[None]:
    """Something that answers as clamd does. With `answer` it always says that."""
    settings.VIRUS_SCANNER = f"unix://{path}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as door:
        door.bind(str(path))
        door.listen()
        threading.Thread(target=_serve, args=(door, answer), daemon=True).start()
        yield


def _serve(door: socket.socket, answer: bytes | None) -> None:
    while True:
        try:
            line, _who = door.accept()
        except OSError:
            return
        with line, line.makefile("rb") as said:
            asked = b""
            while not asked.endswith(b"\0"):
                asked += said.read(1)
            if asked == b"zVERSION\0":
                line.sendall(b"Provskanner 1\0")
                continue
            content = b""
            while (size := struct.unpack("!I", said.read(4))[0]) > 0:
                content += said.read(size)
            told = b"stream: Prov.Virus FOUND\0" if BAD in content else b"stream: OK\0"
            line.sendall(told if answer is None else answer)
