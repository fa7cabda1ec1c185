"""A month with everything going wrong: reports that are missing, closed twice, corrected three months back, and more."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.initiatives.actions import teams
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import enrolments, exits, guard, protection
from samkraft.people.actions.months import months, time_reports
from samkraft.people.queries.months import months as asked
from samkraft.people.rules.months import months as rules
from samkraft.people.rules.months.months import Changed, State
from samkraft.values.period import day_in_stockholm
from tests.factories import joint_work, partners
from tests.factories import months as factory
from tests.factories.months import after
from tests.factories.refusals import refused

pytestmark = pytest.mark.django_db

NOW = timezone.now()
LAST = rules.step(rules.of_day(NOW.date()), -1)
MONTHS = [rules.step(LAST, -back) for back in (3, 2, 1, 0)]


def test_a_month_with_everything_going_wrong() -> None:
    made = factory.made()
    one, two, three, four = MONTHS
    began = rules.span(one)[0] + timedelta(days=4)
    steady = made.person(began, "199006022389")
    late = made.person(began, "200001052380")
    hidden = made.person(began, "199107172380")
    gone = made.person(began)
    exits.leave(
        by=made.officer.context, person_id=gone.person_id, at=after(one, 1),
        left={"outcome": "moved", "left_on": (rules.span(one)[0] + timedelta(days=12)).isoformat()},
    )  # fmt: skip

    for way, hours in ((steady, 40), (hidden, 30), (gone, 10)):
        made.report(way, one, hours)

    with refused("month_left_without_reason"):
        made.close(one)
    first = made.close(one, why="En rapport kommer sent, personen är på resa.")
    with refused("month_closed_already"):
        made.close(one)
    with refused("month_earlier_open"):
        made.close(three)
    with refused("month_not_over"):
        made.close(rules.of_day(day_in_stockholm(NOW)), at=NOW)

    for month in (two, three, four):
        for way in (steady, late, hidden):
            made.report(way, month, 20)
    made.close(two)
    made.close(three)
    made.close(four)
    by = made.closer.context
    with transactions.read(by):
        rows = asked.snapshots(by, [first])[first]
        closings = asked.closings(by, made.setting.initiative_id)
    assert len(rows) == 4, "who left in the month is in it, and not in the next"
    assert {row.hours for row in rows} == {40, 30, 10, None}
    assert [row.note for row in rows if row.hours is None] == [State.MISSING]
    assert all(row.started_on == began for row in rows)
    assert [row.ended_on for row in rows if row.ended_on] == [rules.span(one)[0] + timedelta(days=12)]
    sent = {one.month: one.closed_at + timedelta(hours=1) for one in closings}
    assert rules.to_send(closings, sent) == []

    made.report(late, one, 12, at=NOW - timedelta(hours=3))
    protection.protect(by=made.officer.context, person_id=hidden.person_id, level="marked")
    corrected = made.close(one, why="Rapporten kom in.", at=NOW - timedelta(hours=2))
    with transactions.read(by):
        closings = asked.closings(by, made.setting.initiative_id)
        kept = asked.snapshots(by, [first, corrected])
        found = {line.person_id for line in asked.lines(by, made.setting.initiative_id, four, now=NOW)}
    assert rules.to_send(closings, sent) == MONTHS, "after a correction every later month once more, in order of time"
    changes = rules.changes(kept[first], kept[corrected])
    assert [(one.person_id, one.what, one.before, one.after) for one in changes] == [
        (late.person_id, Changed.HOURS, None, 12)
    ], "who has become protected is not there to be told of, before or after"
    assert found == {steady.person_id, late.person_id}
    with refused("month_closed_already"):
        made.close(one, why="En gång till", at=NOW)
    numbers = months.numbers(by=by, closing_id=corrected)
    assert {one.number for one in numbers.values()} == {"199006022389", "200001052380"}, (
        "one has no number, and one is hidden"
    )
    with transactions.read(by):
        kinds = asked.numbered(corrected)
    assert {key: (one.kind, one.is_woman, one.is_protected) for key, one in kinds.items()} == {
        key: ("personnummer", one.is_woman, one.is_protected) for key, one in numbers.items()
    }


def test_who_left_and_came_back_has_a_report_for_each_stay() -> None:
    made = factory.made()
    way = made.person(rules.span(MONTHS[1])[0])
    with refused("time_report_month_outside"):
        made.report(way, MONTHS[0], 10)
    with refused("time_report_attested_by_another"):
        made.report(way, MONTHS[1], 10, attested=False)
        time_reports.attest(by=made.officer.context, person_id=way.person_id, month=MONTHS[1], hours=10)
    with refused("time_report_changed"):
        time_reports.attest(by=made.colleague.context, person_id=way.person_id, month=MONTHS[1], hours=11)


def test_another_area_closes_only_its_own_and_nobody_without_the_task_closes() -> None:
    made = factory.made()
    setting = made.setting
    theirs = partners.member(Role.PROJECT_ADMINISTRATOR, "asn", name="Berit Annan")
    teams.add_member(
        by=setting.leader.context,
        team_id=setting.team_id,
        membership_id=theirs.membership_id,
        start_date=date(2022, 1, 3),
    )
    way = made.person(rules.span(MONTHS[3])[0], "199006022389")
    made.report(way, MONTHS[3], 20)
    closing = made.close(MONTHS[3])
    with refused("month_without_participants"):
        months.close(by=theirs.context, initiative_id=setting.initiative_id, month=MONTHS[3])
    with refused("not_found"):
        months.numbers(by=theirs.context, closing_id=closing)
    for door in ("people_month_numbers", "people_month_number_kinds"):
        with refused("not_for_your_role"), transactions.write(made.officer.context):
            guard.ask(door, closing)
    with refused("not_found"), transactions.write(theirs.context):
        guard.ask("people_month_number_kinds", closing)
    with refused("not_allowed"):
        months.close(by=made.officer.context, initiative_id=setting.initiative_id, month=MONTHS[3])
    with transactions.read(theirs.context):
        assert asked.closings(theirs.context, setting.initiative_id) == []
        assert asked.snapshots(theirs.context, [closing]) == {closing: []}
    joint_work.consent(way, made.officer.context, theirs.area_id, ("enrolment", "contact"))
    enrolments.let_in(by=made.officer.context, person_id=way.person_id, area_id=theirs.area_id, at=way.at)
    with transactions.read(theirs.context):
        (line,) = asked.lines(theirs.context, setting.initiative_id, MONTHS[3], now=NOW)
    assert (line.report.hours if line.report else None) == 20, "what was given is theirs to report"


def test_who_closes_the_months_leads_nobodys_process() -> None:
    made = factory.made()
    way = made.person(rules.span(MONTHS[3])[0])
    with refused("lead_not_in_team"):
        enrolments.choose_lead(
            by=made.officer.context, person_id=way.person_id, membership_id=made.closer.membership_id, since=way.today,
            instead_of=made.officer.membership_id, at=way.at,
        )  # fmt: skip
