"""The settled value is what overviews use; both sources are kept; targets stand beside outcomes."""

from copy import deepcopy
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from samkraft.money.actions import figures
from samkraft.money.actions.contradictions import contradictions
from samkraft.money.models import Contradiction
from samkraft.money.queries import efforts
from samkraft.money.queries import figures as queries
from samkraft.money.queries.contradictions import consequences, sources
from samkraft.money.queries.contradictions import contradictions as found_queries
from samkraft.money.rules.contradictions import Choice
from samkraft.money.rules.figures import FigureKind, Unit
from samkraft.money.rules.points import Support
from samkraft.money.rules.settling import State
from samkraft.money.rules.uses import EffortStatus, UseStage
from samkraft.operations import jobs
from samkraft.partners.rules.roles import Role
from samkraft.values.refusal import Refused
from tests.factories import differences, money, partners
from tests.once import Once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept")]


def _city() -> money.City:
    """50 and 100 youths in 2022, 200 in 2023."""
    made = money.city()
    first, second = differences.report(made), differences.report(made, "Tjänsteskrivelse 2023")
    differences.count(made, second, 50)
    differences.count(made, first, 100)
    differences.count(made, first, 200, year=2023)
    differences.count(made, first, 220, year=2024)
    contradictions.look(by=made.by)
    return made


@pytest.fixture(scope="module")
def kept(once: Once[money.City]) -> money.City:
    return once(_city)


@pytest.fixture
def city(kept: money.City) -> money.City:
    return deepcopy(kept)


def settle(city: money.City, choice: Choice, position: int | None = None) -> UUID:
    row = Contradiction.objects.get(rule="told_twice")
    contradictions.settle(
        by=city.by, contradiction_id=row.id, choice=choice, position=position, reason="Så är det.", seen=0
    )
    return row.id


def value(city: money.City) -> queries.Used | None:
    found = queries.disputed(measure="deltagare", year=2022, organisation_id=city.orgs["gvn"])
    return found[0].used if found else None


def test_until_it_is_settled_no_value_is_used(city: money.City) -> None:
    used = value(city)
    assert used is not None
    assert (used.state, used.value) == (State.OPEN, None)


def test_the_chosen_sides_value_is_used_for_both_figures(city: money.City) -> None:
    settle(city, Choice.USE, 2)
    chosen = Contradiction.objects.get(rule="told_twice").sides.get(position=2).figure
    assert chosen is not None
    rows = queries.listed(by=city.by, body_code="gvn", year=2022)
    assert {row.told for row in rows} == {chosen.value}
    assert {row.value for row in rows} == {Decimal(50), Decimal(100)}
    used = value(city)
    assert used is not None
    assert (used.value, used.reason, used.by) == (chosen.value, "Så är det.", city.by.actor_name)


def test_figures_that_are_not_about_the_same_keep_their_own_values(city: money.City) -> None:
    settle(city, Choice.NOT_SAME)
    assert {row.told for row in queries.listed(by=city.by, year=2022)} == {Decimal(50), Decimal(100)}


def test_what_cannot_be_known_is_unknown(city: money.City) -> None:
    settle(city, Choice.UNKNOWN)
    assert {row.told for row in queries.listed(by=city.by, year=2022)} == {None}


def test_a_reopened_one_is_used_no_longer(city: money.City) -> None:
    row = settle(city, Choice.USE, 1)
    contradictions.reopen(by=city.by, contradiction_id=row, reason="Ny källa.", seen=1)
    used = value(city)
    assert used is not None
    assert used.value is None


def test_a_figure_that_nothing_contradicts_is_its_own(city: money.City) -> None:
    assert queries.disputed(measure="deltagare", year=2023, organisation_id=city.orgs["gvn"]) == []
    (row,) = queries.listed(by=city.by, year=2023)
    assert row.used is None
    assert row.told == 200


def test_a_report_is_used_as_the_decided_amount_when_the_decision_is_chosen(city: money.City) -> None:
    found = differences.differing(city)
    contradictions.settle(
        by=found.city.by, contradiction_id=found.id, choice=Choice.USE, position=1, reason="Beslutet.", seen=0
    )
    (row,) = queries.disputed(measure="tilldelat", year=2024, fund_ids=[found.city.fund_id])
    assert row.used is not None
    assert row.value == Decimal(6_192), "what the report says is kept"
    assert row.used.value == Decimal(6_912)


def test_what_rests_on_a_figure_is_told_for_each_choice(city: money.City) -> None:
    found = differences.differing(city)
    page = found_queries.one(by=found.city.by, contradiction_id=found.id)
    assert page is not None
    rests = {rest.place: rest for rest in consequences.of(by=found.city.by, page=page)}
    flow, figure = rests[consequences.Place.FLOW], rests[consequences.Place.FIGURE]
    assert (flow.now, flow.if_chosen) == ((691_200,), (691_200, 691_200))
    assert set(flow.changes) == {consequences.Change.NONE}
    assert figure.if_chosen == (691_200, 619_200)
    document = rests[consequences.Place.DOCUMENT]
    assert document.changes == (consequences.Change.NOTE, consequences.Change.KEPT)


def test_lists_are_narrowed_by_body_year_kind_and_words(city: money.City) -> None:
    assert len(queries.listed(by=city.by)) == 4
    assert len(queries.listed(by=city.by, year=2022)) == 2
    assert len(queries.listed(by=city.by, kind="target")) == 0
    assert len(queries.listed(by=city.by, words="tjänsteskrivelse")) == 1
    assert not queries.listed(by=city.by, body_code="fsn")
    choices = queries.choices(by=city.by)
    assert choices.total == 4
    assert choices.years == ((2024, 1), (2023, 1), (2022, 2))


def test_several_years_of_one_measure_make_a_series(city: money.City) -> None:
    (series,) = queries.over_years(by=city.by)
    assert [row.year for row in series] == [2022, 2022, 2023, 2024]


def note(city: money.City, measure: str, kind: FigureKind, value: int, year: int, **more: object) -> None:
    figures.note_figure(
        by=city.by, measure=measure, label=measure, kind=kind, unit=Unit.PERSONS, value=value, source_title="Rapport",
        organisation_id=city.orgs["redi"], year=year, **more,  # type: ignore[arg-type]  # as note_figure
    )  # fmt: skip


def test_targets_stand_beside_outcomes_with_earlier_years(city: money.City) -> None:
    note(city, "deltagare", FigureKind.TARGET, 95, 2022)
    note(city, "deltagare", FigureKind.OUTCOME, 102, 2022)
    note(city, "deltagare", FigureKind.TARGET, 120, 2023)
    note(city, "träffar", FigureKind.OUTCOME, 36, 2022)
    (table,) = queries.target_tables(by=city.by)
    assert table.years == (2022, 2023)
    lines = {line.measure: line for line in table.lines}
    first, second = lines["deltagare"].cells
    assert first is not None
    assert first.share == Decimal(102) / Decimal(95)
    assert second is not None
    assert (second.outcome, second.share) == (None, None)
    assert lines["träffar"].cells[1] is None


def test_a_target_with_a_span_has_no_share(city: money.City) -> None:
    note(city, "platser", FigureKind.TARGET, 15, 2022, upper_value=20)
    note(city, "platser", FigureKind.OUTCOME, 44, 2022)
    (table,) = queries.target_tables(by=city.by)
    cell = table.lines[0].cells[0]
    assert cell is not None
    assert cell.share is None


def test_efforts_are_narrowed_by_how_far_they_came(city: money.City) -> None:
    for title, status in (("Ett", EffortStatus.DONE), ("Två", EffortStatus.PARTLY), ("Tre", EffortStatus.NOT_DONE)):
        figures.note_use(
            by=city.by, organisation_id=city.orgs["gvn"], fund_id=city.fund_id, year=2024, stage=UseStage.REPORTED,
            title=title, status=status, support=Support.FRAME,
        )  # fmt: skip
    assert [each.title for each in efforts.listed(by=city.by, status="not_done")] == ["Tre"]
    assert len(efforts.listed(by=city.by, body_code="gvn", year=2024)) == 3
    assert efforts.choices(by=city.by)[1] == (2024,)


@pytest.mark.parametrize(
    ("amount", "title", "code"), [(0, "x", "use_amount_not_positive"), (1, " ", "use_without_title")]
)
def test_an_effort_without_title_or_with_no_money_is_refused(
    city: money.City, amount: int, title: str, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        figures.note_use(
            by=city.by, organisation_id=city.orgs["gvn"], fund_id=city.fund_id, year=2024, stage=UseStage.REPORTED,
            title=title, amount_ore=amount,
        )  # fmt: skip
    assert refused.value.reason.code == code


def test_figures_are_only_for_those_who_may_see_money() -> None:
    by = partners.member(Role.SYSTEM_ADMINISTRATOR).context
    for call in (queries.listed, queries.target_tables, efforts.listed, found_queries.listed):
        with pytest.raises(Refused):
            call(by=by)


def test_sources_of_one_year_hold_what_says_something_about_it(city: money.City) -> None:
    assert {figure.year for figure in sources.gather(years={2022}).figures} == {2022}
    assert len(sources.gather().figures) == 4


def test_the_number_in_the_bar_is_what_the_inbox_lists(city: money.City) -> None:
    today = found_queries.listed(by=city.by)[0].found_at.date()
    assert found_queries.number_waiting_for(by=city.by, today=today) == 1
    assert len(found_queries.waiting_for(by=city.by, today=today)) == 1
    row = Contradiction.objects.get(rule="told_twice")
    contradictions.ask(by=city.by, contradiction_id=row.id, body_id=city.orgs["gvn"], text="Vilken?")
    assert found_queries.number_waiting_for(by=city.by, today=today) == 0
    assert not found_queries.waiting_for(by=city.by, today=today)
    controller = partners.member(Role.COMMITTEE_CONTROLLER, "gvn").context
    assert found_queries.number_waiting_for(by=controller, today=today) == 0


def test_noting_a_figure_asks_once_for_a_round_that_the_job_then_makes(
    city: money.City, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        differences.count(city, differences.report(city, "Rapport 2023"), 7, year=2023)
        differences.count(city, differences.report(city, "Rapport 2024"), 7, year=2024)
    assert ProcrastinateJob.objects.filter(task_name="look_for_contradictions").count() == 1
    assert jobs.look_for_contradictions() == 2
    assert jobs.look_for_contradictions() == 0
