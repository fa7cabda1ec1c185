"""The reader's own choice of colours and language."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from samkraft.web import appearance

VIEWS = {"scheme": appearance.choose_colour_scheme, "language": appearance.choose_language}


def choose(name: str, value: str, back_to: str = "") -> HttpResponse:
    """Send the form of the user menu as someone who has not signed in."""
    request: Any = RequestFactory().post("/", {name: value, "next": back_to})
    request.by = None
    return VIEWS[name](request)


def test_the_choice_is_kept_in_a_cookie_and_the_reader_comes_back_to_the_same_place() -> None:
    answer = choose("scheme", "dark", "/medel/?year=2023")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/medel/?year=2023"
    assert answer.cookies["colour_scheme"].value == "dark"
    assert answer.cookies["colour_scheme"]["httponly"]


@pytest.mark.parametrize("elsewhere", ["https://example.invalid/", "//example.invalid", "javascript:alert(1)", ""])
def test_nobody_is_sent_to_another_site(elsewhere: str) -> None:
    answer = choose("language", "en", elsewhere)
    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize("name", ["scheme", "language"])
def test_a_choice_that_does_not_exist_changes_nothing(name: str) -> None:
    answer = choose(name, "blått; Secure")
    assert answer.status_code == 400
    assert not answer.cookies


def test_a_choice_is_never_made_by_following_a_link() -> None:
    request = RequestFactory().get("/utseende/", {"scheme": "dark"})
    assert appearance.choose_colour_scheme(request).status_code == 405
