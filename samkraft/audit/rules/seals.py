"""The arithmetic of seals, worked out here once more so that the database's own functions can be checked from outside.

An event's digest is SHA-256 over a JSON array of its columns as text; a seal's chain value is SHA-256 over the chain value
of the seal before it, its own number, time, horizon and count, and the digests of its events in order of event id.
Times are whole microseconds since 1970. The form is fixed: to change it is to break every seal there is.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence


def digest(columns: Sequence[str | None]) -> str:
    """The digest of one event. `columns` are in the order of `audit_digest` in the database, all as text."""
    return hashlib.sha256(json.dumps(list(columns), ensure_ascii=False).encode()).hexdigest()


def chain(
    *, before: str, number: int, sealed_at: int, horizon: int, count: int, digests: Iterable[tuple[str, str]]
) -> str:
    """The chain value of a seal. `before` is the one of the seal before, "" for the first; `sealed_at` in microseconds;
    `digests` are (event id, digest) in order of event id."""
    running = hashlib.sha256(f"{before}:{number}:{sealed_at}:{horizon}:{count}:".encode())
    for event_id, one in digests:
        running.update(f"{event_id}{one}".encode())
    return running.hexdigest()
