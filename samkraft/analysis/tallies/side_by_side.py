"""Counts that wait for nothing of each other, on all processors: compiled passes let go of the interpreter's lock."""

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Group = TypeVar("Group")
Counted = TypeVar("Counted")


def each(count: Callable[[Group], Counted], groups: Iterable[Group]) -> list[Counted]:
    """What is counted of each group, in their order."""
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        return list(threads.map(count, groups))
