"""Every figure opens to what it rests on: the rows for those who may see them, the suppressed table for the rest."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.audit.models import Event
from samkraft.initiatives.queries import undertakings
from samkraft.knowledge.actions import snapshots
from samkraft.knowledge.rules import behind
from samkraft.knowledge.rules.groups import Dimension
from samkraft.knowledge.rules.indicators import BY_CODE, COUNTED, INDICATORS
from samkraft.knowledge.rules.measures import Kind
from samkraft.operations.clock import CLOCK
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import exits, plans
from samkraft.people.queries import behind as asked
from samkraft.people.queries import cohorts
from samkraft.values.period import day_in_stockholm
from tests.factories import joint_work, signed_in
from tests.factories.joint_work import Way
from tests.factories.people import Setting
from tests.once import Once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("made")]
DAYS_AGO = 300
KINDS = ("workplace", "matching", "education", "motivating", "rehabilitating", "other")


def _moved(way: Way, kind: str) -> None:
    """A step of this kind that has begun."""
    officer = way.setting.officer
    lineage = way.step(officer, "Något", step_kind=kind)
    plans.move_step(
        by=officer.context, person_id=way.person_id, lineage=lineage, to="ongoing", at=way.at,
        based_on=way.version_of(officer, lineage),
    )  # fmt: skip


def _world() -> Setting:
    """Three of one area, as different as can be: one who has gone through everything and left, and two who have begun."""
    made = joint_work.setting()
    begun = timezone.now() - timedelta(days=DAYS_AGO)
    one, two, _three = (joint_work.begun(made, made.officer, at=begun + timedelta(hours=each)) for each in range(3))
    one.after(20)
    for kind in KINDS:
        _moved(one, kind)
    two.after(40)
    _moved(two, "matching")
    one.after(30)
    left = {"outcome": "work", "left_on": one.today.isoformat()}
    exits.leave(by=made.officer.context, person_id=one.person_id, left=left, at=one.at)
    return made


@pytest.fixture(scope="module")
def made(once: Once[Setting]) -> Setting:
    return once(_world)


def test_every_indicator_has_its_rows_for_who_may_see_them_and_its_table_for_the_rest(
    client: Client, made: Setting
) -> None:
    snapshots.take(by=CLOCK, initiative_id=made.initiative_id, until=day_in_stockholm(timezone.now()))
    base = f"/laget/{undertakings.row_of(made.initiative_id).code}/"
    signed_in.sign_in(client, made.officer)
    looked_at: set[tuple[Kind, bool]] = set()  # pages are made alike: one of each kind is opened whole
    for one in INDICATORS:
        rows, kind = f"{base}indikator/{one.code}/deltagare/", (one.kind, one.sensitive)
        if one.population:
            assert "Siffran för hela insatsen" in signed_in.html(client, rows), one.code
        else:
            assert client.get(rows).status_code == 404
        if one.kind is Kind.THINGS:  # each has rows of its own
            assert "i hela insatsen" in signed_in.html(client, f"{base}indikator/{one.code}/uppgifter/"), one.code
        if kind in looked_at:
            continue
        looked_at.add(kind)
        page = signed_in.html(client, f"{base}indikator/{one.code}/")
        if one.population:
            assert f'href="{rows}"' in page, one.code
            assert "delat=" in page.split('id="delat"')[1].split("<tbody>")[1], one.code
        else:
            homes = {Kind.TIME: "/arbetsgivare/tid/", Kind.THINGS: f"{base}indikator/{one.code}/uppgifter/"}
            home = homes.get(one.kind, f"{base}jamforelser/")
            assert f'href="{home}"' in page, one.code
            signed_in.html(client, home)
    assert {kind for kind, _sensitive in looked_at} == set(Kind)
    signed_in.as_role(client, Role.STEERING_GROUP)
    for code in ("went_round", "lasting", "stay"):
        page = signed_in.html(client, f"{base}indikator/{code}/")
        assert "/deltagare/" not in page, code
        assert "Visas inte: färre än fem" in page, code
        assert client.get(f"{base}indikator/{code}/deltagare/").status_code == 403


def test_the_rows_are_those_that_the_figure_counts_and_each_of_its_groups_too(made: Setting) -> None:
    today = day_in_stockholm(timezone.now())
    run = snapshots.take(by=CLOCK, initiative_id=made.initiative_id, until=today)
    with transactions.write(CLOCK):
        truth = cohorts.figures(made.initiative_id, run)
    with transactions.read(made.officer.context):
        mine = asked.seen(made.officer.context, made.initiative_id, until=today)
    assert len(mine.people) == len(truth) == 3
    bodies = [str(each.body_id or "") for each in mine.people]
    several = 0
    for one in COUNTED:
        whole = behind.find(one, truth, today)
        found = behind.find(one, mine.rows, today)
        assert sorted((each.counted, each.day, each.days or 0) for each in found) == sorted(
            (each.counted, each.day, each.days or 0) for each in whole
        ), one.code
        several += any(each.counted for each in found)
        women = behind.find(one, mine.rows, today, dimension=Dimension.SEX, group="woman", bodies=bodies)
        unknown = behind.find(one, mine.rows, today, dimension=Dimension.SEX, group="unknown", bodies=bodies)
        men = behind.find(one, mine.rows, today, dimension=Dimension.SEX, group="man", bodies=bodies)
        assert len(women) + len(men) + len(unknown) == len(found), one.code
        for each in found:
            if one.month and each.day:
                month = behind.find(
                    one, mine.rows, today, dimension=Dimension.MONTH, group=f"{each.day:%Y-%m}", bodies=bodies
                )
                assert each in month, one.code
    assert several > 12  # or the world would be too bare to tell anything


def test_who_has_been_given_nothing_finds_nobody_behind_a_figure_and_the_list_is_written_down(
    client: Client, made: Setting
) -> None:
    today = day_in_stockholm(timezone.now())
    with transactions.read(made.social.context):
        assert not asked.seen(made.social.context, made.initiative_id, until=today).people
    base = f"/laget/{undertakings.row_of(made.initiative_id).code}/indikator/"
    signed_in.sign_in(client, made.social)
    assert "Ingen av dina deltagare" in signed_in.html(client, f"{base}participants/deltagare/")
    signed_in.sign_in(client, made.officer)
    page = signed_in.html(client, f"{base}to_work_or_studies/deltagare/")
    assert page.count('<th scope="row">') == 1
    assert client.get(f"{base}to_work_or_studies/deltagare/?fil=csv").content.decode("utf-8-sig").count("\r\n") == 2
    with transactions.read(made.officer.context):
        events = {
            event.action: json.loads(event.content) for event in Event.objects.filter(subject_kind="people.caseload")
        }
    assert set(events) == {"figure.rows_read", "figure.rows_exported"}
    assert len(events["figure.rows_read"]["shown"]) == 1


def test_an_indicator_without_a_group_of_that_name_has_nobody_in_it(made: Setting) -> None:
    today = day_in_stockholm(timezone.now())
    with transactions.read(made.officer.context):
        mine = asked.seen(made.officer.context, made.initiative_id, until=today)
    one = BY_CODE["participants"]
    for dimension in Dimension:
        assert behind.find(one, mine.rows, today, dimension=dimension, group="finns inte", bodies=[""] * 3) == []


def test_somebody_whom_another_authority_has_enrolled_stands_behind_the_figure_for_who_was_told() -> None:
    way = joint_work.known_to_two(days=30)
    made, today = way.setting, day_in_stockholm(timezone.now())
    for member in (made.officer, made.social):
        with transactions.read(member.context):
            found = asked.seen(member.context, made.initiative_id, until=today)
        assert [one.id for one in found.people] == [way.person_id], member.context.role
        assert behind.find(BY_CODE["in_stock"], found.rows, today)[0].counted
    with transactions.read(made.labour.context):
        assert not asked.seen(made.labour.context, made.initiative_id, until=today).people
