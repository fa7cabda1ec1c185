"""The demo finds a free port, and says so."""

import socket
import threading
from collections.abc import Iterator

import pytest

from samkraft.operations.demo import door
from samkraft.values.refusal import Refused


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The demo's first port, held by somebody else."""
    with socket.socket() as other:
        other.bind((door.HOST, 0))
        other.listen()
        port = int(other.getsockname()[1])
        monkeypatch.setattr(door, "FIRST_PORT", port)
        yield port


def test_a_taken_port_means_the_next_one_and_a_line_that_says_so(
    taken: int, capsys: pytest.CaptureFixture[str]
) -> None:
    with door.open_at(None) as opened:
        assert opened.getsockname()[1] > taken
        assert door.url(opened) == f"http://127.0.0.1:{opened.getsockname()[1]}"
    assert f"Port {taken} är upptagen" in capsys.readouterr().out


def test_a_port_that_was_asked_for_is_not_exchanged_for_another(taken: int) -> None:
    with pytest.raises(Refused) as refused:
        door.open_at(taken)
    assert refused.value.reason is door.NO_PORT


def test_the_page_is_asked_for_without_going_through_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    with door.open_at(None) as opened:
        opened.settimeout(5)
        reached = []

        def answer() -> None:
            caller, _ = opened.accept()
            with caller:
                reached.append(caller.recv(1000))
                caller.sendall(b"HTTP/1.0 204 No Content\r\n\r\n")

        thread = threading.Thread(target=answer)
        thread.start()
        assert door._status(door.url(opened)) == 204
        thread.join()
    assert reached
