"""Of a file that is far too large only the beginning is kept, and its size is told as it was."""

from samkraft.web import uploads


def test_only_the_beginning_of_a_large_file_is_written(monkeypatch) -> None:  # type: ignore[no-untyped-def]  # pytest's
    monkeypatch.setattr(uploads, "MOST_BYTES", 10)
    handler = uploads.CappedFile()
    handler.new_file("file", "a.txt", "text/plain", 25)
    for start in (0, 8, 16, 24):
        handler.receive_data_chunk(b"x" * 8, start)
    kept = handler.file_complete(32)
    assert kept.read() == b"x" * 10
    assert kept.size == 32
