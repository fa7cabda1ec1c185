"""Several deeds at the same moment, each with a connection of its own that really commits."""

import threading
from collections.abc import Callable

from django.db import connection

from samkraft.values.refusal import Refused


def together(*deeds: Callable[[], object]) -> list[str]:
    """Run each in a thread of its own, all let go at once. How each went, sorted: `done` or the code of its refusal."""
    gate = threading.Barrier(len(deeds))
    outcomes: list[str] = []

    def run(deed: Callable[[], object]) -> None:
        try:
            gate.wait(timeout=20)
            deed()
            outcomes.append("done")
        except Refused as refused:
            outcomes.append(refused.reason.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert len(outcomes) == len(deeds), "a thread failed with something other than a refusal"
    return sorted(outcomes)
