"""A whole city's round at once: everybody drawn, placed, answering; no place twice and nobody passed over.

Three hundred places in the ordinary run. `SAMKRAFT_SUMMER_PLACES=3000` tries the city's whole ambition and tells the times.
"""

import os
import sys
import time as clock
from collections import Counter
from datetime import time
from random import Random
from typing import Any

import pytest

from samkraft.audit.actions import transactions
from samkraft.offer.actions import summer_rounds
from samkraft.offer.actions.summer_rounds import WorkplaceDraft
from samkraft.operations.world.summer import summer_people as invented
from samkraft.people.actions.summer import summer_draws, summer_placing
from samkraft.people.models import SummerApplicant, SummerPlacement
from samkraft.people.queries.summer import summer_course
from samkraft.people.rules.summer.summer_places import Ended
from tests import database
from tests.factories import summer

PLACES = int(os.environ.get("SAMKRAFT_SUMMER_PLACES", "300"))
TASKS = ("cleaning", "office", "garden", "leading", "kitchen", "care")


def _more_workplaces(given: summer.Round, places: int) -> None:
    many = max(5, places // 40)
    each = -(-(places - 4) // (many * 2))
    for number in range(many):
        summer_rounds.add_workplace(
            by=given.holder.context,
            round_id=given.id,
            draft=WorkplaceDraft(
                name=f"Plats {number}", organisation_id=given.supervisor.organisation_id, area_id=given.supervisor.area_id,
                does="Prov", places={1: each, 2: each}, tasks=frozenset({TASKS[number % len(TASKS)]}), least_age=13 + number % 4,
                hours=tuple((weekday, time(8 + number % 2), time(15), 60) for weekday in range(1, 6)),
            ),
        )  # fmt: skip


def _timed(name: str, told: dict[str, float], act: Any) -> Any:
    begun = clock.perf_counter()
    answer = act()
    told[name] = clock.perf_counter() - begun
    return answer


@pytest.mark.django_db(transaction=True)
def test_a_whole_citys_round_gives_each_place_once_and_passes_nobody_over(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import connection

    monkeypatch.setattr(invented, "connected", lambda: database.as_owner(connection.settings_dict["NAME"]))
    given = summer.planned(places=2)
    _more_workplaces(given, PLACES)
    places, told = given.row.places, dict[str, float]()
    draw = Random(3_000)
    _timed("apply", told, lambda: invented.apply_in_bulk(
        given.id, given.row.first_day.year, draw, many=places * 7 // 5, first=places // 20))  # fmt: skip
    workplaces = [row.id for row in summer_rounds_of(given)]
    with transactions.write(given.holder.context):
        for row in SummerApplicant.objects.filter(round_id=given.id):
            SummerApplicant.objects.filter(id=row.id).update(wishes=draw.sample(workplaces, 3))
    summer.close(given)
    by = given.holder.context
    _timed("publish", told, lambda: summer_draws.publish_list(by=by, round_id=given.id))
    _timed("draw", told, lambda: summer_draws.draw(by=by, round_id=given.id, seed=summer.SEED))
    made = _timed("place", told, lambda: summer_placing.place_all(by=by, round_id=given.id))
    assert made.offered + made.without == places
    assert made.offered + made.to_reserves <= places
    assert made.first_wishes > made.offered // 4
    leaving = _some(given, draw, max(5, places // 100))
    _timed("pass on", told, lambda: [
        summer_placing.end(by=by, placement_id=one, reason=Ended.OWN_WISH) for one in leaving])  # fmt: skip
    _nobody_twice_or_passed_over(given)
    with transactions.read(by):
        course = _timed("page", told, lambda: summer_course.of_round(given.id))
    assert course.live == made.offered + made.to_reserves
    sys.stdout.write(
        f"{places} places: " + ", ".join(f"{name} {seconds:.2f} s" for name, seconds in told.items()) + "\n"
    )


def summer_rounds_of(given: summer.Round) -> list[Any]:
    """The round's workplaces."""
    return summer.rounds.workplaces(given.id)


def _some(given: summer.Round, draw: Random, many: int) -> list[Any]:
    with transactions.write(given.holder.context):
        rows = list(SummerPlacement.objects.filter(round_id=given.id).order_by("id").values_list("id", flat=True))
        return draw.sample(rows, many)


def _nobody_twice_or_passed_over(given: summer.Round) -> None:
    with transactions.read(given.holder.context):
        rows = list(SummerPlacement.objects.filter(round_id=given.id))
        people = {row.id: row for row in SummerApplicant.objects.filter(round_id=given.id)}
    live = [row for row in rows if not row.has_ended and row.answer in ("", "yes")]
    assert max(Counter(row.place_id for row in live).values()) == 1
    assert max(Counter(row.applicant_id for row in live).values()) == 1
    placed = {row.applicant_id for row in rows}
    reserves = [one for one in people.values() if one.id in placed and not one.is_drawn and not one.ground]
    without = [one for one in people.values() if one.turn and not one.is_drawn and one.id not in placed]
    # Somebody who fits everywhere and would take any weeks: nobody later in the same group may have come before.
    fits_all = [
        one for one in without if not one.period_wishes and one.birth_date.year <= given.row.first_day.year - 17
    ]
    assert reserves
    assert fits_all
    assert min(one.share for one in fits_all) > max(one.share for one in reserves)
