"""Whoever chooses English gets English: no sentence that has a translation is shown in Swedish."""

import html
import re
from collections.abc import Iterator
from functools import cache

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from samkraft.operations.translations import catalogue
from samkraft.partners.rules.roles import Role
from samkraft.web import acting
from tests.factories import money
from tests.factories.signed_in import as_role

pytestmark = pytest.mark.django_db
READ_BY = (Role.FUND_OFFICER, Role.COMMITTEE_CONTROLLER, Role.SYSTEM_ADMINISTRATOR, Role.DATA_PROTECTION_OFFICER)


def _addresses(resolver: URLResolver | None = None, before: str = "/") -> Iterator[str]:
    """Every address that needs nothing filled in."""
    for found in (resolver or get_resolver()).url_patterns:
        route = str(found.pattern)
        if "<" in route or "(" in route:
            continue
        if isinstance(found, URLResolver):
            yield from _addresses(found, before + route)
        elif isinstance(found, URLPattern):
            yield before + route


@cache
def _sentences() -> list[str]:
    """Swedish sentences of some length that read otherwise in English; shorter ones can be names or data."""
    return [
        entry.id
        for entry in catalogue.read()
        if isinstance(entry.id, str)
        and len(entry.id) > 17
        and entry.string != entry.id
        and not re.search(r"[%{<]", entry.id)
    ]


def _words(page: str) -> str:
    page = re.sub(r"<(script|style)\b.*?</\1>|<[^>]*>", " ", page, flags=re.DOTALL)
    return " ".join(html.unescape(page).split())


@pytest.mark.parametrize("role", READ_BY)
def test_no_page_shows_a_swedish_sentence_that_has_a_translation(client: Client, role: Role) -> None:
    city = money.city()
    city.budget(42_000_000)
    as_role(client, role)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    sentences, seen, found = _sentences(), 0, []
    for address in sorted(set(_addresses()) - {"/_galleri/"}):  # the gallery is for builders, in Swedish
        if not acting.opens(role.value, address):
            continue
        response = client.get(address)
        if response.status_code != 200 or "text/html" not in response.headers.get("Content-Type", ""):
            continue
        seen += 1
        words = _words(response.content.decode())
        found += [f"{address}: {sentence}" for sentence in sentences if sentence in words]
    assert seen > 10
    assert found == []


def test_the_same_page_in_swedish_is_swedish(client: Client) -> None:
    as_role(client, Role.FUND_OFFICER)
    words = _words(client.get("/medel/satsningar/").content.decode())
    assert any(sentence in words for sentence in _sentences())
