"""The cohort door: figures for the clock alone, rows under other names for an evaluator alone, every asking noted."""

import argparse
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.knowledge.actions import snapshots
from samkraft.operations.clock import CLOCK
from samkraft.operations.proofs import scorecard
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import cases, enrolments, exits, guard, plans, protection, referral_deeds
from samkraft.people.actions import cohorts as door
from samkraft.people.queries import behind, cohorts, milestone_proof
from samkraft.people.rules import cohorts as rules
from samkraft.people.rules.cohorts import OutcomeCode, as_number
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm
from tests.architecture import breaking
from tests.architecture.breaking import NEW
from tests.factories import joint_work, owner, partners, people, refusals
from tests.factories.joint_work import Way
from tests.people import world

pytestmark = pytest.mark.django_db


def _today() -> date:
    return day_in_stockholm(timezone.now())


def _taken(initiative_id: UUID, until: date | None = None, by: Context = CLOCK) -> door.Taken:
    with transactions.write(by):
        return door.take_within(initiative_id, until=until or _today())


def _rows(by: Context, way: Way, study: str = "studien") -> cohorts.Pseudonymous:
    with transactions.write(by), guard.refusing():
        return cohorts.rows(way.setting.initiative_id, study=study, run=1)


def _way() -> Way:
    """Somebody in the team, with a step at a workplace that has begun."""
    made = joint_work.setting()
    begun = joint_work.begun(made, made.officer)
    content = {"step_kind": "workplace", "state": "ongoing"}
    lineage = begun.step(made.officer, "Praktik i kök", step_kind="workplace")
    version = begun.version_of(made.officer, lineage)
    plans.move_step(
        by=made.officer.context, person_id=begun.person_id, lineage=lineage, to=content["state"], based_on=version
    )
    return begun


def test_the_clock_takes_what_each_has_come_to_as_days_and_numbers() -> None:
    way = _way()
    taken = _taken(way.setting.initiative_id)
    with transactions.write(CLOCK):
        found = cohorts.figures(way.setting.initiative_id, taken.run)
    assert (taken.run, taken.many, len(found)) == (1, 1, 1)
    row = {name: int(column[0]) for name, column in found.columns.items()}
    today = as_number(_today())
    assert row["started"] == row["received"] == row["workplace"] == row["active"] == today
    assert (row["left"], row["outcome"], row["insured"]) == (rules.UNKNOWN, OutcomeCode.NONE, 0)
    assert row["team"] > 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("which", "received"), [(None, 5), (1, 20)])
def test_a_referral_that_was_ended_gives_no_day(which: int | None, received: int) -> None:
    made, number = joint_work.setting(), people.number()
    by, initiative_id = made.social.context, made.initiative_id
    way = joint_work.referred(made, made.social, at=timezone.now() - timedelta(days=20), number=number)
    joint_work.referred(made, made.social, at=timezone.now() - timedelta(days=5), number=number)
    way.after(20)
    if which is not None:
        referral = [one.lineage for one in way.held(made.social) if one.kind == "referral"][which]
        ended = {"reason": "other_support", "ended_on": _today().isoformat()}
        referral_deeds.end(by=by, person_id=way.person_id, lineage=referral, ended=ended)
    enrolments.enrol(
        by=by, person_id=way.person_id, initiative_id=initiative_id, team_id=made.team_id, started_on=_today()
    )
    snapshots.take(by=CLOCK, initiative_id=initiative_id, until=_today())
    day = as_number(_today() - timedelta(days=received))
    with transactions.write(CLOCK):
        assert list(cohorts.figures(initiative_id, 1).columns["received"]) == [day]
    with transactions.read(by):
        assert list(behind.seen(by, initiative_id, until=_today()).rows.columns["received"]) == [day]
    with owner.acting():
        proved = scorecard.run(argparse.Namespace())
        with transaction.atomic():
            milestone_proof.gather(initiative_id, _today())
            plain = milestone_proof.ask("SELECT received FROM facts")
    assert proved.holds, proved.lines
    assert [as_number(one) for (one,) in plain] == [day]


def test_somebody_who_leaves_is_known_so_from_the_next_run_and_not_before() -> None:
    way = _way()
    initiative_id, officer = way.setting.initiative_id, way.setting.officer
    _taken(initiative_id, _today() - timedelta(days=1))
    exits.leave(
        by=officer.context, person_id=way.person_id,
        left={"outcome": "sickness_compensation", "left_on": _today().isoformat()},
    )  # fmt: skip
    taken = _taken(initiative_id)
    with transactions.write(CLOCK):
        before, now = cohorts.figures(initiative_id, 1), cohorts.figures(initiative_id, taken.run)
        history = cohorts.history(initiative_id)
    assert len(before) == 0
    assert now.columns["outcome"].tolist() == [
        OutcomeCode.SICKNESS_COMPENSATION
    ]  # kept beside the exit, and found there
    assert history.from_run.tolist() == [2]


def test_a_snapshot_is_of_a_later_day_than_the_one_before_and_never_of_tomorrow() -> None:
    way = _way()
    _taken(way.setting.initiative_id)
    for day in (_today(), _today() - timedelta(days=1), _today() + timedelta(days=1)):
        with refusals.refused("cohort_not_forward"):
            _taken(way.setting.initiative_id, day)


@pytest.mark.parametrize(
    "role", [Role.MAIN_PROJECT_LEADER, Role.STEERING_GROUP, Role.EMPLOYMENT_OFFICER, Role.EVALUATOR]
)
def test_nobody_asks_for_figures_of_all_for_themselves(role: Role) -> None:
    way = _way()
    by = partners.member(role).context
    with refusals.refused("only_the_clock"):
        _taken(way.setting.initiative_id, by=by)
    for question in (
        lambda: cohorts.figures(way.setting.initiative_id, 1),
        lambda: cohorts.history(way.setting.initiative_id),
    ):
        with refusals.refused("only_the_clock"), transactions.write(by), guard.refusing():
            question()
    for asked in ("columns(%s, 1, '{1}')", "history(%s)", "pauses(%s, 1)", "places(%s, 1)"):
        said = world.refused(by, f"SELECT * FROM people_cohort_{asked}", way.setting.initiative_id)
        assert said == "only_the_clock", asked


def test_who_says_that_they_are_the_clock_is_not_it() -> None:
    way = _way()
    somebody = replace(way.setting.officer.context, role="clock")
    with refusals.refused("only_the_clock"):
        _taken(way.setting.initiative_id, by=somebody)


def test_an_evaluator_gets_rows_under_a_name_that_holds_in_the_study_alone() -> None:
    way = _way()
    _taken(way.setting.initiative_id)
    evaluator = partners.member(Role.EVALUATOR).context
    first, again, other = (_rows(evaluator, way, study) for study in ("studien", "studien", "en annan"))
    assert len(first.names) == 1
    assert first.names == again.names != other.names
    assert str(way.person_id).replace("-", "") not in first.names[0]


@pytest.mark.parametrize("role", [Role.MAIN_PROJECT_LEADER, Role.STEERING_GROUP, Role.EMPLOYMENT_OFFICER])
def test_only_an_evaluator_gets_rows_and_only_for_a_study_with_a_name(role: Role) -> None:
    way = _way()
    _taken(way.setting.initiative_id)
    with refusals.refused("only_evaluators"):
        _rows(partners.member(role).context, way)
    with refusals.refused("only_evaluators"):
        _rows(partners.member(Role.EVALUATOR).context, way, "  ")
    ended = replace(partners.member(Role.EVALUATOR).context, membership_id=UUID(int=7))
    with refusals.refused("only_evaluators"):
        _rows(ended, way)


def test_the_protected_are_counted_and_their_rows_given_to_nobody() -> None:
    way = _way()
    officer = way.setting.officer.context
    colleague = joint_work.colleague(way.setting, way.setting.officer)
    cases.assign(by=officer, person_id=way.person_id, membership_id=colleague.membership_id)
    protection.protect(
        by=officer, person_id=way.person_id, level="marked", membership_ids=[colleague.membership_id]
    )  # fmt: skip
    assert _taken(way.setting.initiative_id).many == 1
    evaluator = partners.member(Role.EVALUATOR).context
    assert _rows(evaluator, way).names == ()
    for by in (officer, colleague.context):
        protection.lift(by=by, person_id=way.person_id)
    assert len(_rows(evaluator, way).names) == 1, "no longer protected"


def _figures(initiative_id: UUID, run: int, *fields: str) -> dict[str, list[int]]:
    """What the clock gets of a run, column by column."""
    with transactions.write(CLOCK):
        found = cohorts.figures(initiative_id, run, fields or rules.FIELDS)
    return {name: column.tolist() for name, column in found.columns.items()}


@pytest.mark.django_db(transaction=True)
def test_columns_say_what_the_rows_say_whether_they_are_kept_or_worked_out(owner: Any) -> None:
    made = joint_work.setting()
    begun = [joint_work.begun(made, made.officer) for _ in range(3)]
    _taken(made.initiative_id, _today() - timedelta(days=1))
    taken, asked = _taken(made.initiative_id), made.initiative_id
    rows = rules.unpacked(
        [bytes(one) for (one,) in owner.execute("SELECT packed FROM people_milestone ORDER BY packed")]
    )
    said = {name: column.tolist() for name, column in rows.columns.items()}
    assert len(said["started"]) == len(begun)
    kept = owner.execute("SELECT run, count(*) FROM people_cohortcolumn GROUP BY run").fetchall()
    assert kept == [(taken.run, len(rules.FIELDS))]  # those of the run before are gone
    assert _figures(asked, taken.run) == said
    assert _figures(asked, taken.run, "sex", "left") == {"sex": said["sex"], "left": said["left"]}
    assert _figures(asked, 1, "sex") == {"sex": []}
    owner.execute(
        "UPDATE people_milestone SET packed = set_byte(packed, 5, 2) WHERE id = (SELECT id FROM people_milestone LIMIT 1)"
    )
    assert owner.execute("SELECT count(*) FROM people_cohortcolumn").fetchall() == [(0,)]
    changed = _figures(asked, taken.run)
    assert sorted(changed["sex"]) == sorted([2, *said["sex"][1:]])
    assert changed["started"] == said["started"]


@pytest.mark.django_db(transaction=True)
def test_a_row_made_when_less_was_known_tells_what_it_tells_and_the_rest_is_unknown(owner: Any) -> None:
    made = joint_work.setting()
    for _ in range(2):
        joint_work.begun(made, made.officer)
    taken = _taken(made.initiative_id)
    whole = _figures(made.initiative_id, taken.run, "started", rules.FIELDS[-1])
    owner.execute(
        "UPDATE people_milestone SET packed = substr(packed, 1, octet_length(packed) - 2) "
        "WHERE id = (SELECT id FROM people_milestone ORDER BY packed LIMIT 1)"
    )
    found = _figures(made.initiative_id, taken.run, "started", rules.FIELDS[-1])
    assert found["started"] == whole["started"]
    assert sorted(found[rules.FIELDS[-1]]) == [rules.UNKNOWN, whole[rules.FIELDS[-1]][1]]
    with transactions.write(CLOCK):
        assert len(cohorts.history(made.initiative_id).rows) == 2


# Constraint → table, what is changed in a copied row, and which row is copied.
BREAKS: dict[str, tuple[str, dict[str, Any], str]] = {
    "people_milestone_once": ("milestone", {"id": NEW}, ""),
    "people_milestone_some_time": ("milestone", {"id": NEW, "from_run": 8, "to_run": 8}, ""),
    "people_cohortcolumn_once": ("cohortcolumn", {"id": NEW}, ""),
    "people_cohortrun_once": ("cohortrun", {"id": NEW, "day": "2031-01-31"}, "number IS NOT NULL"),
    "people_cohortrun_what_known": ("cohortrun", {"id": NEW, "what": "okänt"}, "number IS NULL"),
    "people_cohortrun_number_when_taken": ("cohortrun", {"id": NEW, "number": 9}, "number IS NULL"),
}
NOT_NEGATIVE = {
    "people_milestone_from_run_check": ("milestone", "from_run"),
    "people_milestone_to_run_check": ("milestone", "to_run"),
    "people_cohortcolumn_run_check": ("cohortcolumn", "run"),
    "people_cohortcolumn_place_check": ("cohortcolumn", "place"),
    "people_cohortrun_number_check": ("cohortrun", "number"),
    "people_cohortrun_many_check": ("cohortrun", "many"),
}


@pytest.mark.django_db(transaction=True)
def test_each_asking_is_noted_and_each_promise_kept_by_the_database_itself(owner: Any) -> None:
    """Also: somebody whom two areas enrol without knowing of each other is counted once."""
    made = joint_work.setting()
    begun = joint_work.begun(made, made.officer)
    owner.execute(
        "INSERT INTO people_enrolment (id, person_id, initiative_id, area_id, period, category) SELECT gen_random_uuid(), "
        "person_id, initiative_id, %s, tstzrange(lower(period) + interval '1 second', NULL), category FROM people_enrolment",
        [made.insurance.area_id],
    )
    assert _taken(made.initiative_id).many == 1
    with transactions.write(CLOCK):
        cohorts.figures(made.initiative_id, 1)
    _rows(partners.member(Role.EVALUATOR).context, begun)
    noted = owner.execute("SELECT what, study, many FROM people_cohortrun ORDER BY taken_at").fetchall()
    assert noted == [("taken", "", 1), ("figures", "", 1), ("rows", "studien", 1)]
    assert breaking.broken(owner, BREAKS, {}, NOT_NEGATIVE) == {}


def test_every_promise_about_the_door_is_tried() -> None:
    assert breaking.promises("^people_(milestone|cohort)").keys() == BREAKS.keys() | NOT_NEGATIVE.keys()
