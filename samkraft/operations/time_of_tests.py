"""How much the tests may cost, and whether they cost more: said at the end of `make test`, and red when it is much more.

Counted in seconds of processor for everything that the tests start, since the clock tells more of what else the machine
does. A machine's pace is measured by the same small sum before and after, so that a slower one is not blamed on the tests.
"""

import resource
import time
from dataclasses import dataclass

PROMISED_CORE_S = 1_400.0  # all of pytest, on a machine that does the sum below in USUAL_PACE_S
USUAL_PACE_S = 0.25
RED = 1.9  # so many times what is promised, and the run fails: what others do on a machine may cost half as much again
_ROUNDS = 3
_TERMS = 12_000_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to say, and whether it makes the run red."""

    words: str
    is_red: bool


def used_s() -> float:
    """Seconds of processor of everything that this process has started and that has ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def pace_s() -> float:
    """Seconds of processor that a fixed sum takes here and now; the least of some."""
    return min(_sum_s() for _round in range(_ROUNDS))


def verdict(*, core_s: float, wall_s: float, pace: float) -> Verdict:
    """Hold what the tests took against what is promised, on a machine of this pace (seconds for the fixed sum)."""
    usual = core_s * USUAL_PACE_S / pace
    share = usual / PROMISED_CORE_S
    words = f"The tests took {wall_s:.0f} s, and {core_s:.0f} s of processor"
    words += f" ({usual:.0f} at the usual pace; {PROMISED_CORE_S:.0f} are promised)."
    if share > 1:
        words += (
            "\nTOO SLOW: the tests have grown past what is promised. `make test PYTEST=--durations=40` tells where."
            " Build what several tests need once, or leave a long study to `samkraft prove` with a small cousin here."
        )
    return Verdict(words, share > RED)


def _sum_s() -> float:
    began = time.process_time()
    total = 0
    for term in range(_TERMS):
        total += term & 7
    assert total > 0
    return time.process_time() - began
