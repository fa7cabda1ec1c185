"""A decision that was assumed, or registered wrong, is taken back whole and registered anew."""

from copy import deepcopy
from datetime import date

import pytest

from samkraft.audit.actions import transactions
from samkraft.money.actions import decisions, ledger
from samkraft.money.models import Decision
from samkraft.money.queries import matters, proof
from samkraft.money.rules.points import Outcome, Verb
from samkraft.money.rules.posting import PointDraft
from samkraft.values.refusal import Refused
from tests.factories import money
from tests.once import Once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept")]
DAY = date(2024, 5, 17)


def _city() -> money.City:
    """An assumed decision in which a transfer pays a grant: it must be taken back in the right order."""
    made = money.city()
    made.budget(10_000)
    register(made, 6_000, is_assumption=True, note="Inget protokoll")
    return made


@pytest.fixture(scope="module")
def kept(once: Once[money.City]) -> money.City:
    return once(_city)


@pytest.fixture
def city(kept: money.City) -> money.City:
    return deepcopy(kept)


def register(city: money.City, amount: int, **more: object) -> None:
    decisions.decide(
        by=city.by, case_number="STK-2024-1", body_id=city.orgs["ks"], date=DAY, outcome=Outcome.AS_PROPOSED,
        points=[
            city.gives("1", "asn", amount),
            PointDraft("2", Verb.TRANSFERS, "överför", (city.item("ks", 500),)),
            PointDraft("3", Verb.GRANTS, "beviljar", (city.item("redi", 500, paid_by="2"),)),
        ],
        **more,  # type: ignore[arg-type]  # as decisions.decide
    )  # fmt: skip


def only_decision() -> Decision:
    return Decision.objects.get()


def test_the_minutes_replace_the_assumption_on_the_same_day(city: money.City) -> None:
    with pytest.raises(Refused) as refused:
        register(city, 5_500)
    assert refused.value.reason.code == "already_decided"
    assert ledger.undo(by=city.by, decision_id=only_decision().id, reason="Protokollet har hittats") == 3
    assert city.kronor_at("appropriation") == 10_000
    register(city, 5_500, paragraph="87")
    assert city.kronor_at("frame", "asn") == 5_500
    assert sorted(Decision.objects.values_list("version", flat=True)) == [1, 2]
    with transactions.read(city.by):
        assert proof.check().findings == ()
        page = matters.page(by=city.by, matter_id=Decision.objects.first().matter_id)
        assert [part.is_undone for part in page.decisions] == [False, True]
        assert matters.listed(by=city.by)[0].decided_ore == 600_000, "what is taken back is not counted"


def test_all_is_taken_back_or_nothing(city: money.City) -> None:
    decisions.decide(
        by=city.by, case_number="STK-2024-2", body_id=city.orgs["asn"], date=date(2024, 9, 1), outcome=Outcome.AS_PROPOSED,
        points=[PointDraft("1", Verb.GRANTS, "beviljar", (city.item("redi", 5_000, appropriation=""),))],
    )  # fmt: skip
    first = Decision.objects.get(matter__case_number="STK-2024-1")
    with pytest.raises(Refused) as refused:
        ledger.undo(by=city.by, decision_id=first.id, reason="Fel")
    assert refused.value.reason.code == "overdrawn"
    assert city.kronor_at("receiver", "redi") == 5_500, "the grant was taken back although the rest could not be"


@pytest.mark.parametrize("reason", ["", "  "])
def test_it_needs_a_reason(city: money.City, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        ledger.undo(by=city.by, decision_id=only_decision().id, reason=reason)
    assert refused.value.reason.code == "reason_needed"


def test_it_happens_once(city: money.City) -> None:
    decision = only_decision()
    ledger.undo(by=city.by, decision_id=decision.id, reason="Fel")
    with pytest.raises(Refused) as refused:
        ledger.undo(by=city.by, decision_id=decision.id, reason="Fel")
    assert refused.value.reason.code == "nothing_to_undo"
