"""How much the tests may cost, and whether they cost more: said at the end of `make test`, and red when it is much more.

Counted in seconds of processor for everything that the tests start, since the clock tells more of what else the machine
does. How slow the machine is is measured before and after (`pace`), so that a slower one is not blamed on the tests.
"""

import resource
from dataclasses import dataclass

PROMISED_CORE_S = 1_200.0  # all of pytest, at the usual pace
RED = 1.9  # so many times what is promised, and the run fails: what others do on a machine may cost half as much again


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to say, and whether it makes the run red."""

    words: str
    is_red: bool


def used_s() -> float:
    """Seconds of processor of everything that this process has started and that has ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def verdict(*, core_s: float, wall_s: float, slowness: float) -> Verdict:
    """Hold what the tests took against what is promised, on a machine that is so many times as slow as usual."""
    usual = core_s / slowness
    share = usual / PROMISED_CORE_S
    words = f"The tests took {wall_s:.0f} s, and {core_s:.0f} s of processor"
    words += f" ({usual:.0f} at the usual pace; {PROMISED_CORE_S:.0f} are promised)."
    if share > 1:
        words += (
            "\nTOO SLOW: the tests have grown past what is promised. `make test PYTEST=--durations=40` tells where."
            " Build what several tests need once, or leave a long study to `samkraft prove` with a small cousin here."
        )
    return Verdict(words, share > RED)
