"""The way in to a page as the web server has it: a request in, a whole answer out. And which database answers."""

import os
from collections.abc import Callable
from http.cookies import SimpleCookie
from typing import Any
from uuid import UUID
from wsgiref.util import setup_testing_defaults

from psycopg.conninfo import conninfo_to_dict

from samkraft.operations import memory

Get = Callable[[str], str]


def open_for(user_id: UUID) -> Get:
    """A way to ask for a page as somebody who has signed in, with the cookies that a browser keeps."""
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.core.handlers.wsgi import WSGIHandler
    from django.db import connection
    from django.test import Client
    from django.urls import get_resolver

    settings.ROOT_URLCONF = "samkraft.operations.bench.board_peers"
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    connection.settings_dict["CONN_MAX_AGE"] = None  # one and the same line for as long as the bench runs
    client = Client()
    client.force_login(
        get_user_model().objects.get(id=user_id), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    cookies = {key: one.value for key, one in client.cookies.items()}
    answer = WSGIHandler()
    get_resolver().url_patterns  # noqa: B018 - reads in every page, as the web server does
    memory.settle()

    def get(address: str) -> str:
        said: list[Any] = []
        response = answer(_environment(address, cookies), lambda status, headers: said.extend((status, headers)))
        body = b"".join(response)
        response.close()
        for name, value in said[1]:
            if name == "Set-Cookie":
                cookies.update({key: one.value for key, one in SimpleCookie(value).items()})
        if not said[0].startswith("200"):
            raise RuntimeError(f"{address}: {said[0]}")
        return body.decode(errors="replace")

    return get


def _environment(address: str, cookies: dict[str, str]) -> dict[str, Any]:
    path, _sign, query = address.partition("?")
    environment: dict[str, Any] = {
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "HTTP_COOKIE": "; ".join(f"{key}={value}" for key, value in cookies.items()),
        "REMOTE_ADDR": "127.0.0.1",
    }
    setup_testing_defaults(environment)
    return environment


def database() -> str:
    """The name of the database that the settings of this process point at."""
    return str(conninfo_to_dict(os.environ["DATABASE_URL"])["dbname"])


def move_to(name: str) -> bool:
    """Let another database answer from now on. Whether it was another one."""
    from django.db import connection

    if connection.settings_dict["NAME"] == name:
        return False
    connection.close()
    connection.settings_dict["NAME"] = name
    return True
