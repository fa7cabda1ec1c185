"""What the rules find is kept once, settled with a reason, opened again; both sources are always kept."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, transaction

from samkraft.audit.actions import transactions
from samkraft.audit.models import Event
from samkraft.initiatives.models import Duty
from samkraft.money.actions import figures, ledger
from samkraft.money.actions.contradictions import contradictions
from samkraft.money.models import Contradiction, ContradictionSide, Figure, Settlement, Voucher
from samkraft.money.queries.contradictions import contradictions as queries
from samkraft.money.queries.contradictions import questions
from samkraft.money.rules.contradictions import Choice
from samkraft.money.rules.findings.words import read
from samkraft.money.rules.settling import State
from samkraft.partners.rules.roles import Role
from samkraft.values.context import Context
from tests.factories import differences, money, partners, refusals
from tests.factories.differences import Differing
from tests.once import Once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("found")]


@pytest.fixture(scope="module")
def found(once: Once[Differing]) -> Differing:
    return once(differences.differing)


def settle(found: Differing, **more: object) -> None:
    arguments = {"choice": Choice.USE, "position": 1, "reason": "Beslutet gäller.", "seen": 0, **more}
    contradictions.settle(by=found.city.by, contradiction_id=found.id, **arguments)  # type: ignore[arg-type]  # as settle


def state(found: Differing) -> State:
    return queries.state_of(found.row)


def test_the_same_look_again_changes_nothing(found: Differing) -> None:
    def kept() -> tuple[int, int, int]:
        with transactions.read(found.city.by):
            return Contradiction.objects.count(), ContradictionSide.objects.count(), Event.objects.count()

    before = kept()
    assert contradictions.look(by=found.city.by) == contradictions.Looked()
    assert kept() == before
    assert all(before)


def test_both_sources_are_kept_with_their_words_and_links(found: Differing) -> None:
    decision, report = found.row.sides.order_by("position")
    assert (decision.amount_ore, report.amount_ore) == (691_200, 619_200)
    assert str(read(decision.place)) == "STK-2024-291, punkt 7"
    assert decision.point_item is not None
    assert report.figure is not None
    assert report.quote == "nämnden anger 6 192 kronor"
    assert (decision.is_supported, report.is_supported) == (True, False)


def test_the_budget_that_is_split_to_the_last_krona_is_shown_as_agreeing(found: Differing) -> None:
    assert Contradiction.objects.get(rule="points_against_budget").agrees


def test_settling_keeps_both_sources_and_the_figure_as_it_was_told(found: Differing) -> None:
    before = list(Figure.objects.values_list("id", "value")), found.row.sides.count()
    settle(found)
    assert (list(Figure.objects.values_list("id", "value")), found.row.sides.count()) == before
    assert state(found) is State.SETTLED
    settled = found.row.settlements.get()
    assert (settled.choice, settled.side.position, settled.reason) == ("use", 1, "Beslutet gäller.")
    with transactions.read(found.city.by):
        assert Event.objects.filter(action="contradiction.use", subject_id=str(found.id)).exists()


@pytest.mark.parametrize("choice", [Choice.NOT_SAME, Choice.UNKNOWN])
def test_it_can_be_settled_without_choosing_a_side(found: Differing, choice: Choice) -> None:
    settle(found, choice=choice)
    assert found.row.settlements.get().side is None
    assert state(found) is State.SETTLED


def test_without_a_reason_or_a_side_nothing_is_settled(found: Differing) -> None:
    assert refusals.of(settle, found, reason="  ").reason.code == "contradiction_without_reason"
    assert refusals.of(settle, found, position=None).reason.code == "contradiction_without_side"
    assert refusals.of(settle, found, position=7).reason.code == "contradiction_without_side"
    assert not Settlement.objects.exists()


def test_the_second_of_two_people_is_told_who_settled_and_how(found: Differing) -> None:
    settle(found)
    refused = refusals.of(settle, found, position=2, reason="Rapporten gäller.")
    assert refused.reason.code == "contradiction_already_settled"
    assert found.city.by.actor_name in str(refused)
    assert "Beslutet gäller." in str(refused)
    assert Settlement.objects.count() == 1


def test_what_was_done_and_undone_meanwhile_is_told_too(found: Differing) -> None:
    settle(found)
    contradictions.reopen(by=found.city.by, contradiction_id=found.id, reason="För tidigt.", seen=1)
    assert refusals.of(settle, found).reason.code == "contradiction_changed_meanwhile"
    settle(found, seen=2)
    assert state(found) is State.SETTLED


def test_reopening_keeps_what_was_said_and_needs_a_reason(found: Differing) -> None:
    by = found.city.by
    assert refusals.of(contradictions.reopen, by=by, contradiction_id=found.id, reason="x", seen=0).reason.code == (
        "contradiction_not_settled"
    )
    settle(found)
    assert refusals.of(contradictions.reopen, by=by, contradiction_id=found.id, reason="", seen=1).reason.code == (
        "contradiction_without_reason"
    )
    contradictions.reopen(by=by, contradiction_id=found.id, reason="Ny uppgift.", seen=1)
    assert state(found) is State.OPEN
    assert [row.choice for row in found.row.settlements.order_by("number")] == ["use", "reopened"]


def test_only_those_who_settle_may_settle_look_or_ask(found: Differing) -> None:
    for role in (Role.COMMITTEE_CONTROLLER, Role.COUNCILLOR, Role.DATA_PROTECTION_OFFICER):
        by = partners.member(role).context
        mine = Differing(money.City(by, found.city.orgs, found.city.fund_id, {}), found.report_id, found.id)
        assert refusals.of(settle, mine).reason.code == "not_allowed"
        assert refusals.of(contradictions.look, by=by).reason.code == "not_allowed"
        assert refusals.of(
            contradictions.ask, by=by, contradiction_id=found.id, body_id=found.city.orgs["gvn"], text="?"
        ).reason.code == ("not_allowed")


def test_new_data_that_says_the_same_reopens_nothing(found: Differing) -> None:
    settle(found)
    other = differences.report(found.city, "Bilaga till årsanalysen")
    differences.tell(found.city, other, 6_192)
    contradictions.look(by=found.city.by)
    assert state(found) is State.SETTLED


def test_new_values_replace_the_comparison_and_ask_again(found: Differing) -> None:
    settle(found)
    other = differences.report(found.city, "Rättad årsanalys")
    differences.tell(found.city, other, 7_000)
    assert contradictions.look(by=found.city.by).differing == 1
    assert state(found) is State.OVERTAKEN
    newest = Contradiction.objects.filter(rule="report_against_decision", agrees=False).order_by("-key").first()
    assert newest is not None
    assert newest.id != found.id
    assert queries.state_of(newest) is State.OPEN
    assert newest.sides.count() == 3
    assert refusals.of(settle, found, seen=1).reason.code == "contradiction_overtaken"


def test_a_look_at_one_year_leaves_the_others_alone(found: Differing) -> None:
    differences.count(found.city, found.report_id, 50)
    differences.count(found.city, differences.report(found.city, "Rapport 2022"), 100)
    assert contradictions.look(by=found.city.by, year=2023) == contradictions.Looked()
    assert contradictions.look(by=found.city.by, year=2022).differing == 1
    assert contradictions.look(by=found.city.by) == contradictions.Looked()


def test_a_reversed_decision_no_longer_counts(found: Differing) -> None:
    voucher = Voucher.objects.get(point__number="7")
    ledger.reverse(by=found.city.by, voucher_id=voucher.id, reason="Fel mottagare")
    looked = contradictions.look(by=found.city.by)
    assert looked.differing == 1  # the budget is no longer split to the last krona
    assert state(found) is State.OVERTAKEN


def controller(found: Differing, code: str = "gvn") -> Context:
    return partners.member(Role.COMMITTEE_CONTROLLER, code).context


def ask(found: Differing, code: str = "gvn", text: str = "Är 6 192 rätt?") -> None:
    contradictions.ask(by=found.city.by, contradiction_id=found.id, body_id=found.city.orgs[code], text=text)


def test_a_question_becomes_a_duty_and_its_answer_stands_beside_the_sources(found: Differing) -> None:
    ask(found)
    duty = Duty.objects.get(body_id=found.city.orgs["gvn"], source_key__startswith="contradiction:")
    assert duty.link == f"/medel/uppgifter-som-skiljer-sig/{found.id}/"
    assert not duty.binding
    (row,) = [row for row in queries.listed(by=found.city.by) if row.id == found.id]
    assert row.waits_for
    contradictions.answer(by=controller(found), contradiction_id=found.id, text="Siffrorna kastades om.")
    (question,) = questions.asked(found.id)
    assert (question.text, question.answer) == ("Är 6 192 rätt?", "Siffrorna kastades om.")
    (row,) = [row for row in queries.listed(by=found.city.by) if row.id == found.id]
    assert not row.waits_for


def test_a_second_question_after_an_answer_is_a_new_one(found: Differing) -> None:
    ask(found)
    contradictions.answer(by=controller(found), contradiction_id=found.id, text="Ja.")
    ask(found, text="Hur vet ni det?")
    assert [each.answer for each in questions.asked(found.id)] == ["Ja.", ""]


def test_only_a_body_behind_one_of_the_sides_is_asked_and_only_the_asked_answers(found: Differing) -> None:
    assert refusals.of(ask, found, "fsn").reason.code == "contradiction_not_a_party"
    assert refusals.of(ask, found, text=" ").reason.code == "contradiction_without_reason"
    by = controller(found)
    assert refusals.of(contradictions.answer, by=by, contradiction_id=found.id, text="Ja.").reason.code == (
        "contradiction_not_asked"
    )
    ask(found)
    other = controller(found, "fsn")
    assert refusals.of(contradictions.answer, by=other, contradiction_id=found.id, text="Ja.").reason.code == (
        "contradiction_not_asked"
    )
    assert refusals.of(contradictions.answer, by=by, contradiction_id=found.id, text="").reason.code == (
        "contradiction_answer_empty"
    )


def test_how_long_it_has_waited_is_counted_from_what_happened_last(found: Differing) -> None:
    day = found.row.found_at.date()
    (row,) = [row for row in queries.listed(by=found.city.by, today=day + timedelta(days=12)) if row.id == found.id]
    assert row.days in {11, 12}  # found at a moment; counted in Swedish days


def test_what_does_not_exist_cannot_be_settled(found: Differing) -> None:
    gone = Differing(found.city, found.report_id, uuid4())
    assert refusals.of(settle, gone).reason.code == "contradiction_not_found"
    budget = Contradiction.objects.get(rule="points_against_budget")
    agreeing = Differing(found.city, found.report_id, budget.id)
    assert refusals.of(settle, agreeing).reason.code == "contradiction_nothing_to_settle"


def test_what_was_found_and_settled_cannot_be_rewritten_by_the_serving_role(found: Differing) -> None:
    settle(found)
    for statement in ("UPDATE money_settlement SET reason = 'annat'", "DELETE FROM money_contradictionside"):
        with pytest.raises(ProgrammingError, match="permission denied"):
            run(statement)


def run(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_figure_without_a_source_or_with_a_range_upside_down_is_refused(found: Differing) -> None:
    by = controller(found)
    common = {
        "measure": "elever", "label": "Elever", "kind": figures.FigureKind.OUTCOME, "unit": figures.Unit.PERSONS,
        "organisation_id": found.city.orgs["gvn"], "year": 2024,
    }  # fmt: skip
    assert refusals.of(figures.note_figure, by=by, value=1, **common).reason.code == "figure_without_source"
    assert refusals.of(figures.note_figure, by=by, value=5, upper_value=1, source_title="R", **common).reason.code == (
        "figure_upper_below"
    )
    first = figures.note_figure(by=by, value=5, source_title="Rapport", **common)
    second = figures.note_figure(by=by, value=6, source_title="Rapport", **{**common, "year": 2025})
    assert len({figure.document_id for figure in Figure.objects.filter(id__in=[first, second])}) == 1
    other = {**common, "organisation_id": found.city.orgs["fsn"]}
    assert refusals.of(figures.note_figure, by=by, value=5, source_title="R", **other).reason.code == "other_body"
