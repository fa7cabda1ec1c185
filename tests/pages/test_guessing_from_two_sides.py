"""Guesses of the second factor are counted together, whichever web process they come to."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import connection
from django.test import Client

from samkraft.partners.actions import invitations
from samkraft.partners.rules.roles import Role
from tests import database
from tests.factories import partners

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.races]
PASSWORD = "korrekt häst batteri häftapparat"

# Another web process: each time it is asked somebody comes in there from the beginning, with a code that is right.
ELSEWHERE = """
import sys
import django
django.setup()
from django.conf import settings
settings.DEMO = False
settings.ALLOWED_HOSTS = ["*"]
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.test import Client
from tests.factories import codes
PBKDF2PasswordHasher.iterations = 1_000  # as in the tests' own process: else the password would be hashed anew
email, password, secret = sys.argv[1:]
for _asked in sys.stdin:
    client = Client()
    client.post("/logga-in/losenord/", {"login": email, "password": password})
    # Made here and now: a code made before may have had its half-minute.
    answer = client.post("/logga-in/kod/", {"code": codes.shown(secret)})
    stopped = "För många försök" in answer.content.decode()
    print("inside" if answer.status_code == 302 else "stopped" if stopped else "wrong", flush=True)
"""


@pytest.fixture
def person(settings: Any) -> tuple[str, str]:
    """The address of somebody with a password and codes, and the secret of the codes."""
    settings.DEMO = False
    made = partners.member(Role.COUNCILLOR)
    token = invitations.link(made.user_id).rstrip("/").rpartition("/")[2]
    invitations.accept(user_id=made.user_id, token=token, password=PASSWORD)
    user = get_user_model().objects.get(id=made.user_id)
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(user, secret)
    return str(user.email), str(secret)


@contextmanager
def elsewhere(email: str, secret: str) -> Iterator[Callable[[], str]]:
    """The other process, and how it went there each time that it is asked."""
    name = connection.settings_dict["NAME"]
    environment = {**os.environ, "DATABASE_URL": database.url_of("DATABASE_URL", name), "SAMKRAFT_DEBUG": "1"}
    command = [sys.executable, "-c", ELSEWHERE, email, PASSWORD, secret]
    with subprocess.Popen(
        command, cwd=database.PROJECT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin
        assert process.stdout
        asking, telling = process.stdin, process.stdout

        def asked() -> str:
            asking.write("and now?\n")
            asking.flush()
            return telling.readline().strip()

        yield asked
        asking.close()
    assert process.returncode == 0


def test_what_was_guessed_here_counts_there(client: Client, person: tuple[str, str]) -> None:
    email, secret = person
    with elsewhere(email, secret) as there:
        assert there() == "inside"
        cache.clear()
        client.post("/logga-in/losenord/", {"login": email, "password": PASSWORD})
        for _guess in range(10):
            client.post("/logga-in/kod/", {"code": "000000"})
        assert there() == "stopped"
