"""What all tests of a file begin with, built once instead of again for each of them."""

import copy
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import pytest

World = TypeVar("World")


@pytest.fixture(scope="module")
def once(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """`once(build)`, in a fixture of the file's own that has the scope of a module, gives what `build` makes.

        @pytest.fixture(scope="module")
        def city(once: Once) -> money.City:
            return once(money.city)

    It is built in a transaction that stays open while the file's tests run, each in a savepoint of it that is rolled back, as
    Django's `setUpTestData` does. Who acts and what is deferred belong to the transaction too: they are as they were when the
    test began. Every test of the file that uses the database asks for it, else what such a test sees would hang on which came
    before. What is built is shared: a test that changes it (and not only what lies in the database) works on a copy.

    Meanwhile nothing younger is sealed on the whole server (a test of a seal waits for the file), and the database's `now()` is
    the moment when the file began.

    Not for tests that the proof of secrecy runs by themselves: it passes over who asks for a fixture (`tests/people/checks.py`).
    """
    from django.db import connection, transaction

    _require_shared(request)
    built: list[tuple[Any, Any]] = []

    def build(make: Callable[[], World]) -> World:
        assert not built, "one world for a file"
        with django_db_blocker.unblock():
            made = make()
            connection.check_constraints()  # else what is deferred would be tried anew at the end of each test
        built.append((made, copy.deepcopy(made)))
        return made

    opened = transaction.atomic()
    opened._from_testcase = True  # an action is the outermost transaction of what it does
    with django_db_blocker.unblock():
        opened.__enter__()
    yield build
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        opened.__exit__(None, None, None)
    assert all(made == before for made, before in built), "a test has changed what the tests of its file share"


Once = Callable[[Callable[[], World]], World]


def _require_shared(request: pytest.FixtureRequest) -> None:
    for item in request.session.items:
        if item.getparent(pytest.Module) is not request.node:
            continue
        for mark in item.iter_markers("django_db"):
            assert not mark.kwargs.get("transaction"), f"{item.name} commits: it belongs in another file"
            assert "once" in getattr(item, "fixturenames", ()), (
                f"{item.name} does not ask for what its file builds once"
            )
