"""Do something as the owner of the database, through Django's own connection, as owner's commands do."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def acting() -> Iterator[None]:
    """Only in tests that really commit: the connection is closed and opened anew."""
    settings = connection.settings_dict
    before = settings["USER"]
    connection.close()
    settings["USER"] = "samkraft_owner"
    try:
        yield
    finally:
        connection.close()
        settings["USER"] = before
