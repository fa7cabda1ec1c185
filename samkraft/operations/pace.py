"""How quick this machine is just now, by a small sum that is always the same: shared machines differ by twice and more."""

import time

USUAL_S = 0.25 / 3  # what the sum takes on the machines that limits and promises were set on
_ROUNDS = 3
_TERMS = 4_000_000


def sum_s() -> float:
    """Seconds of processor that the sum takes here and now; the least of some."""
    return min(_sum_s() for _round in range(_ROUNDS))


def slowness() -> float:
    """How many times as long as usually everything takes here and now."""
    return sum_s() / USUAL_S


def _sum_s() -> float:
    began = time.process_time()
    total = 0
    for term in range(_TERMS):
        total += term & 7
    assert total > 0
    return time.process_time() - began
