"""Lines and pauses through the cohort door: as they were known on the day of a run, to the clock alone, and without who."""

from datetime import timedelta

import pytest
from django.utils import timezone

from samkraft.knowledge.actions import forecasts, snapshots
from samkraft.operations.jobs import CLOCK
from samkraft.people.actions import phases
from samkraft.people.actions.places import places
from samkraft.people.rules.cohorts import as_number
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Refused
from tests.factories import joint_work
from tests.factories import places as made

pytestmark = pytest.mark.django_db


def test_the_clock_hears_of_lines_and_pauses_as_they_were_known_then() -> None:
    today = day_in_stockholm(timezone.now())
    offered = made.offered(at=timezone.now() - timedelta(days=60))
    setting, officer = offered.setting, offered.setting.officer
    way = joint_work.begun(setting, officer, at=timezone.now() - timedelta(days=40))
    joint_work.join(way, officer, setting.social)  # who is told of the pause, and has none of its own
    way.after(10)
    joined = way.today
    places.join(by=officer.context, person_id=way.person_id, activity_id=offered.activity_id, at=way.at)
    way.after(5)
    away = way.today
    phases.pause(by=officer.context, person_id=way.person_id, from_date=away, reason_kind="travel", at=way.at)
    way.after(10)
    offered.open(way, offered.occasion(way, places=1, starts_in=3))
    asked_on = way.today
    phases.end_pause(by=officer.context, person_id=way.person_id, until=asked_on, at=way.at)
    early, late = joined + timedelta(days=7), today - timedelta(days=1)
    for until in (early, late):
        snapshots.take(by=CLOCK, initiative_id=setting.initiative_id, until=until)
    first, second = (forecasts.gather(by=CLOCK, initiative_id=setting.initiative_id, run=run) for run in (1, 2))
    assert first.waited.activity_ids == (offered.activity_id,)
    known = (first.waited.joined[0], first.waited.offered[0], second.waited.offered[0])
    assert known == (as_number(joined), -1, as_number(asked_on))
    assert (first.rested.since[0], first.rested.until[0]) == (as_number(away), -1)
    assert len(first.rested.since) == 1
    assert second.rested.until[0] == as_number(asked_on)
    assert len(first.rested.rows[0]) == 2 * len(first.cohort.columns)
    for run in (1, 2):
        with pytest.raises(Refused):
            forecasts.gather(by=setting.leader.context, initiative_id=setting.initiative_id, run=run)
