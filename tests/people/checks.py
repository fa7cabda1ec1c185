"""The quick checks that the walls stand, to be run one by one against a database in which one stone has been taken out."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from django.db import connection, transaction

from samkraft.operations.database import grants
from tests.architecture import test_people_walls as walls
from tests.people import stage, test_doors, test_guard_refusals, test_matrix

# How readers stand and how the person is protected, for the part of the matrix that is quick enough.
SITUATIONS = (
    ("through the team", "none"), ("appointed", "not on the list"), ("not at all", "none"), ("no longer", "on the list"),
    ("by break-glass", "was lifted"), ("recused, though appointed", "none"), ("recused, though in the team", "on the list"),
    ("not yet", "none"), ("another area's team", "none"), ("appointed", "was struck from the list"),
    ("by break-glass that has run out", "none"),
)  # fmt: skip


def every(owner: Any) -> Iterator[tuple[str, Callable[[], None]]]:
    """Name → check, the quickest first. Each raises when a wall is down."""
    yield "grants", _grants
    yield from _of(walls)
    yield from _of(test_guard_refusals)
    yield from _of(test_doors)
    made: list[stage.Stage] = []
    for case, protection in SITUATIONS:
        for word, test in (("reading", test_matrix.test_reading), ("writing", test_matrix.test_writing)):
            yield f"matrix {word}: {case}, {protection}", partial(_cell, made, owner, test, case, protection)
    yield "matrix handing over", partial(_handed_over, made, owner)


def _grants() -> None:
    assert grants.differences() == []


def _of(module: Any) -> Iterator[tuple[str, Callable[[], None]]]:
    """The tests of a module that need nothing but the database; of those with parameters, each."""
    for name, test in vars(module).items():
        if not name.startswith("test_"):
            continue
        for arguments in _arguments(test):
            yield f"{name}{list(arguments.values()) or ''}", partial(_undone, test, arguments)


def _arguments(test: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [{}]
    for mark in getattr(test, "pytestmark", []):
        if mark.name == "parametrize":
            words, values = mark.args
            names = [one.strip() for one in words.split(",")] if isinstance(words, str) else list(words)
            rows = [dict(zip(names, value if len(names) > 1 else [value], strict=True)) for value in values]
            found = [{**one, **row} for one in found for row in rows]
    return found


def _undone(test: Callable[..., None], arguments: dict[str, Any]) -> None:
    with in_a_transaction_of_tests():
        test(**arguments)


@contextmanager
def in_a_transaction_of_tests() -> Iterator[None]:
    """As a test is run: the actions may open their own transactions inside, and nothing stays."""
    with transaction.atomic():
        connection.atomic_blocks[-1]._from_testcase = True
        try:
            yield
        finally:
            transaction.set_rollback(True)


def _staged(made: list[stage.Stage], owner: Any) -> tuple[stage.Stage, Any]:
    if not made:
        made.append(stage.set_up(owner))
    return made[0], owner


def _handed_over(made: list[stage.Stage], owner: Any) -> None:
    test_matrix.test_handing_over(_staged(made, owner))


def _cell(made: list[stage.Stage], owner: Any, test: Callable[..., None], case: str, protection: str) -> None:
    test(case, protection, _staged(made, owner))
