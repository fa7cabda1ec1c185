"""One server for the run, one database for each worker, no network, and only ever the serving role."""

import importlib
import os
import socket
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from xdist.scheduler import LoadFileScheduling

from samkraft.operations import memory
from samkraft.values.period import STOCKHOLM
from tests import database, rewinding
from tests.once import once

__all__ = ["once"]

# What is made once for several files, and takes long: they go to one worker together. Where a file is, or begins to be.
TOGETHER = {
    "the walk through every page": (
        "tests/browser/test_every_page.py",
        "tests/browser/test_every_page_elsewhere.py",
        "tests/browser/test_in_english.py",
        "tests/browser/test_print.py",
        "tests/browser/test_the_measures_see.py",
    ),
    "the compiled simulation": (
        "tests/analysis/queues/",
        "tests/pages/test_forecasts.py",
        "tests/knowledge/test_activity_lines.py",
        "tests/knowledge/test_forecasting.py",
        "tests/knowledge/test_pauses.py",
        "tests/actions/test_scenarios_at_once.py",
    ),
}
# A seal waits for every open transaction of the server: it is tried while the others walk and simulate, and have none.
LONG = (
    *(file for files in TOGETHER.values() for file in files),
    "tests/queries/test_audit_proof.py",
    "tests/architecture/test_urls_refuse.py",
)
_BEGAN_ON = datetime.now(STOCKHOLM).date()


def pytest_configure(config: pytest.Config) -> None:
    """The server is already up (`tests.early`)."""
    _rewind_instead_of_flush()
    _hash_in_a_moment()


@pytest.hookimpl(wrapper=True)  # after all others: the long files begin first, so that nobody waits for them at the end
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """The rest stays in the order in which it came."""
    yield
    items.sort(key=lambda item: next((n for n, file in enumerate(LONG) if item.nodeid.startswith(file)), len(LONG)))


def pytest_collection_finish(session: pytest.Session) -> None:
    """What has been read by now stays until the end: it is not looked through again and again for what can be let go of."""
    memory.settle()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One more than there are cores: of a worker's time a quarter goes by in waiting, for its database and for programs."""
    return (os.cpu_count() or 1) + 1


_read_on: dict[str, date] = {}


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Function) -> None:
    """A file that says what day it is has said so when it was read, minutes ago: after midnight it is read again."""
    today = datetime.now(STOCKHOLM).date()
    if _read_on.get(item.module.__name__, _BEGAN_ON) != today:
        importlib.reload(item.module)
        _read_on[item.module.__name__] = today


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadFileScheduling:
    """Files are handed out whole, for what their tests share."""
    return _ByFile(config, log)


class _ByFile(LoadFileScheduling):  # type: ignore[misc]  # the library tells no types
    """Or with those that need the same."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::", 1)[0]
        return next((what for what, files in TOGETHER.items() if file.startswith(files)), file)


def _hash_in_a_moment() -> None:
    """Passwords are hashed as they always are, but not a million times over: that slows down who guesses, and tests."""
    from django.contrib.auth.hashers import PBKDF2PasswordHasher

    PBKDF2PasswordHasher.iterations = 1_000


def _rewind_instead_of_flush() -> None:
    """Tests that really commit cannot be cleaned with TRUNCATE, which the serving role may not use."""
    from django.db import connection
    from django.test import TransactionTestCase

    def start_over(self: Any) -> None:
        connection.close()
        rewinding.start_over(connection.settings_dict["NAME"])

    TransactionTestCase._fixture_teardown = start_over


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any, worker_id: str) -> Iterator[None]:
    """Point Django's one connection at this worker's own copy of the template."""
    from django.db import connection

    name = f"{database.TEST_PREFIX}_{os.getpid()}_{worker_id}"
    database.clone(name)
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict["NAME"] = name
    yield
    with django_db_blocker.unblock():
        connection.close()
    database.drop(name)


@pytest.fixture
def owner(db: None) -> Iterator[Any]:
    """The owner's own connection to this worker's database. It does not see what the test has not committed."""
    from django.db import connection

    with database.as_owner(connection.settings_dict["NAME"]) as opened:
        yield opened


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """Only this machine may be reached from a test, and from what is built for several."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family != socket.AF_UNIX and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            raise RuntimeError(f"a test tried to reach {address}")
        return connect(self, address)

    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(socket.socket, "connect", guarded)
        yield
