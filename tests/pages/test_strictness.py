"""A template that names something that is not there fails its test, instead of showing nothing."""

import pytest
from django.template import Context, Engine, engines


def _render(words: str) -> str:
    engine: Engine = engines["django"].engine
    return engine.from_string(words).render(Context({"there": "här"}))


def test_what_is_there_is_shown() -> None:
    assert _render("{{ there }}") == "här"


def test_what_is_not_there_fails() -> None:
    with pytest.raises(pytest.fail.Exception, match="not_there"):
        _render("{{ not_there }}")


def test_asking_whether_something_is_there_is_allowed() -> None:
    assert _render("{% if not_there %}ja{% else %}nej{% endif %}") == "nej"
