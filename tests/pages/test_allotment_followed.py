"""What came of a proposal: those who were passed, and the places that stood empty when the occasions had begun."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from samkraft.people.queries.places.place_suggestions import Suggested
from samkraft.people.rules.places.place_suggestions import Why
from samkraft.web.offer import allotment_followed

TODAY = date(2026, 11, 22)
SOON, LATER, OFF = (UUID(int=n) for n in (1, 2, 3))


def _row(number: int, why: Why, standing: str, waited: int) -> Suggested:
    joined = datetime(2026, 11, 22, 9, tzinfo=UTC) - timedelta(days=waited)
    return Suggested(
        UUID(int=100 + number), UUID(int=200 + number), UUID(int=9), f"K{number}", 1, joined, joined.date(), {}, None, SOON, why,
        0, None, standing, None, None, None, None, None, None,
    )  # fmt: skip


def test_those_who_were_passed_are_followed_until_they_have_a_place() -> None:
    found = [
        _row(1, Why.GIVES_WAY, "waiting", 30), _row(2, Why.GIVES_WAY, "waiting", 50), _row(3, Why.GIVES_WAY, "holding", 90),
        _row(4, Why.GIVES_WAY, "left", 10), _row(5, Why.NO_ROOM, "waiting", 400),
    ]  # fmt: skip
    assert allotment_followed.passed(found, TODAY) == {"many": 4, "placed": 1, "left": 1, "waiting": 2, "days": 40}
    assert allotment_followed.passed(found[4:], TODAY) is None
    nobody_waits = allotment_followed.passed([replace(found[2])], TODAY)
    assert nobody_waits is not None
    assert nobody_waits["days"] is None


def test_empty_places_are_counted_when_occasions_have_begun_and_not_in_those_called_off() -> None:
    occasions: Any = {
        SOON: SimpleNamespace(starts_on=TODAY - timedelta(days=1), cancelled_at=None),
        LATER: SimpleNamespace(starts_on=TODAY + timedelta(days=1), cancelled_at=None),
        OFF: SimpleNamespace(starts_on=TODAY - timedelta(days=1), cancelled_at=datetime(2026, 11, 1, tzinfo=UTC)),
    }
    proposal: Any = SimpleNamespace(
        occasions=tuple(SimpleNamespace(id=one, places=5, given=4) for one in (SOON, LATER, OFF))
    )
    assert allotment_followed.places(proposal, occasions, {SOON: 2, LATER: 5, OFF: 5}, TODAY) == {
        "occasions": 1, "places": 5, "empty": 2, "proposed_empty": 1,
    }  # fmt: skip
    assert allotment_followed.places(proposal, occasions, {}, TODAY - timedelta(days=2)) is None
