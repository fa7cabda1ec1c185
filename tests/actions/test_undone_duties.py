"""What a decision asked for leaves the year wheel when the decision is taken back, and comes once when it is registered
anew."""

from copy import deepcopy
from datetime import date

import pytest

from samkraft.audit.actions import transactions
from samkraft.initiatives.actions import duties as duty_actions
from samkraft.initiatives.queries import duties, keyed
from samkraft.initiatives.rules.duties import DutyState
from samkraft.money.actions import decisions, ledger
from samkraft.money.models import Decision, Point, Voucher
from samkraft.money.queries import matters, proof, registration
from samkraft.money.rules.points import Outcome, Verb
from samkraft.money.rules.posting import PointDraft
from samkraft.partners.rules.roles import Role
from samkraft.values.refusal import Refused
from tests.factories import money, partners
from tests.once import Once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept")]
DAY = date(2024, 5, 17)
TODAY = date(2024, 6, 1)
DUE = date(2025, 2, 28)
CASE = "STK-2024-1"


def _city() -> money.City:
    made = money.city()
    made.budget(20_000)
    return made


@pytest.fixture(scope="module")
def kept(once: Once[money.City]) -> money.City:
    return once(_city)


@pytest.fixture
def city(kept: money.City) -> money.City:
    return deepcopy(kept)


def register(city: money.City, *, due: date = DUE, case: str = CASE) -> Decision:
    tells = PointDraft(
        "2", Verb.INSTRUCTS, "ger nämnden i uppdrag att redovisa", (city.item("asn", None),), due_date=due, binding=True
    )
    decision_id = decisions.decide(
        by=city.by, case_number=case, body_id=city.orgs["ks"], date=DAY, outcome=Outcome.AS_PROPOSED,
        points=[city.gives("1", "asn", 6_000), tells],
    )  # fmt: skip
    return Decision.objects.get(id=decision_id)


def in_the_wheel(city: money.City) -> list[duties.DutyRow]:
    return duties.everything(today=TODAY)


def test_what_was_asked_for_leaves_the_wheel_with_the_decision(city: money.City) -> None:
    first = register(city)
    (asked,) = in_the_wheel(city)
    ledger.undo(by=city.by, decision_id=first.id, reason="Protokollet säger annat")
    assert in_the_wheel(city) == []
    assert duties.late(today=date(2026, 1, 1)) == []
    assert duties.to_remind(today=date(2026, 1, 1)) == []
    assert duties.of_year(year=2025, today=TODAY) == []
    withdrawn = duties.one(duty_id=asked.id, today=TODAY)
    assert withdrawn is not None
    assert withdrawn.state is DutyState.WITHDRAWN
    (latest, *_rest) = duties.history(duty_id=asked.id)
    assert (latest.kind, latest.note) == ("withdrawn", "Protokollet säger annat")


def test_registered_anew_it_is_asked_for_once(city: money.City) -> None:
    ledger.undo(by=city.by, decision_id=register(city).id, reason="Fel")
    register(city)
    assert [row.due_date for row in in_the_wheel(city)] == [DUE]


def test_what_is_done_stays_done_and_is_not_asked_for_again(city: money.City) -> None:
    first = register(city)
    (asked,) = in_the_wheel(city)
    controller = partners.by(Role.COMMITTEE_CONTROLLER, "asn")
    duty_actions.complete(by=controller, duty_id=asked.id, note="Lämnad")
    ledger.undo(by=city.by, decision_id=first.id, reason="Fel")
    assert [row.state for row in in_the_wheel(city)] == [DutyState.DONE]
    again = register(city)
    assert [(row.id, row.state) for row in in_the_wheel(city)] == [(asked.id, DutyState.DONE)]
    ledger.undo(by=city.by, decision_id=again.id, reason="Fel igen")
    register(city, due=date(2025, 3, 31))
    assert [row.due_date for row in in_the_wheel(city)] == [DUE, date(2025, 3, 31)], "another day is another duty"


def test_nobody_completes_or_moves_what_is_withdrawn(city: money.City) -> None:
    first = register(city)
    (asked,) = in_the_wheel(city)
    ledger.undo(by=city.by, decision_id=first.id, reason="Fel")
    controller = partners.by(Role.COMMITTEE_CONTROLLER, "asn")
    for try_it in (
        lambda: duty_actions.complete(by=controller, duty_id=asked.id),
        lambda: duty_actions.reopen(by=controller, duty_id=asked.id),
        lambda: duty_actions.move(by=city.by, duty_id=asked.id, new_due_date=date(2099, 1, 1), reason="senare"),
    ):
        with pytest.raises(Refused) as refused:
            try_it()
        assert refused.value.reason.code == "duty_withdrawn"


def test_the_other_duties_of_the_wheel_stay(city: money.City) -> None:
    register(city, case="STK-2024-2")
    ledger.undo(by=city.by, decision_id=register(city).id, reason="Fel")
    assert [row.basis for row in in_the_wheel(city)] == ["STK-2024-2, punkt 2"]


def test_taking_back_the_last_voucher_by_itself_is_the_same_as_undoing(city: money.City) -> None:
    register(city)
    (voucher,) = Voucher.objects.filter(point__isnull=False)
    ledger.reverse(by=city.by, voucher_id=voucher.id, reason="Fel")
    assert in_the_wheel(city) == []


def test_a_reversed_reversal_puts_the_decision_in_force_again_with_all_that_follows(city: money.City) -> None:
    first = register(city)
    (voucher,) = Voucher.objects.filter(point__isnull=False)
    back = ledger.reverse(by=city.by, voucher_id=voucher.id, reason="Fel")
    ledger.reverse(by=city.by, voucher_id=back.id, reason="Det var rätt ändå")
    assert city.kronor_at("frame", "asn") == 6_000
    assert [row.state for row in in_the_wheel(city)] == [DutyState.LATER]
    with pytest.raises(Refused) as refused:
        register(city)
    assert refused.value.reason.code == "already_decided"
    with transactions.read(city.by):
        page = matters.page(by=city.by, matter_id=first.matter_id)
        assert (page.decisions[0].is_undone, page.decisions[0].can_be_undone) == (False, True)
        assert matters.listed(by=city.by)[0].decided_ore == 600_000
        standing = registration.standing(CASE)
        assert standing is not None
        assert len(standing.decisions) == 1
        assert proof.check().findings == ()
    assert ledger.undo(by=city.by, decision_id=first.id, reason="Nej") == 1
    assert city.kronor_at("frame", "asn") == 0
    assert in_the_wheel(city) == []
    register(city)
    assert city.kronor_at("frame", "asn") == 6_000
    with transactions.read(city.by):
        assert proof.check().findings == ()


def test_a_year_that_waits_is_not_posted_for_a_decision_that_is_taken_back(city: money.City) -> None:
    decisions.decide(
        by=city.by, case_number=CASE, body_id=city.orgs["ks"], date=DAY, outcome=Outcome.AS_PROPOSED,
        points=[PointDraft("1", Verb.ALLOCATES, "tilldelar", (city.item("asn", 3_000), city.item("asn", 3_000, year=2025)))],
    )  # fmt: skip
    ledger.undo(by=city.by, decision_id=Decision.objects.get().id, reason="Fel")
    city.budget(10_000, year=2025)
    assert city.kronor_at("frame", "asn", year=2025) == 0


def test_undoing_asks_the_rules_to_look_again(
    city: money.City, django_capture_on_commit_callbacks: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    from samkraft.money.actions.contradictions import looking

    first = register(city)
    asked: list[str] = []
    monkeypatch.setattr(looking, "_enqueue", lambda: asked.append("look"))
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # pytest-django's fixture
        ledger.undo(by=city.by, decision_id=first.id, reason="Fel")
    assert asked == ["look"]


def test_the_keys_of_a_point_tell_which_point(city: money.City) -> None:
    decision = register(city)
    point = Point.objects.get(decision=decision, number="2")
    assert len(keyed.ids_beginning([f"point:{point.id}:"])) == 1
    assert keyed.ids_beginning([]) == []
