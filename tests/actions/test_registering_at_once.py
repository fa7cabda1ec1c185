"""Two people at the same time: exactly one registers, exactly one gets the last krona, and nothing is half-saved."""

from collections.abc import Callable
from datetime import date

import pytest

from samkraft.audit.actions import transactions
from samkraft.audit.models import Event
from samkraft.money.actions import decisions, drafts, ledger
from samkraft.money.models import Decision, Document, Matter, Point, Proposal, ReadingDraft, Transfer, Voucher
from samkraft.money.queries import proof
from samkraft.money.rules.points import Outcome
from tests.factories import money
from tests.factories.at_once import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.races]
DAY = date(2024, 3, 6)
TIMES = 6


@pytest.fixture
def city() -> money.City:
    made = money.city()
    made.budget(10_000)
    return made


def deciding(city: money.City, case: str, amount: int, day: date = DAY) -> Callable[[], object]:
    return lambda: decisions.decide(
        by=city.by,
        case_number=case,
        body_id=city.orgs["ks"],
        date=day,
        outcome=Outcome.AS_PROPOSED,
        points=[city.gives("1", "asn", amount)],
    )


def everything_holds(city: money.City) -> bool:
    with transactions.read(city.by):
        return proof.check().holds


@pytest.mark.parametrize("attempt", range(TIMES))
def test_of_two_who_register_the_same_decision_one_does(city: money.City, attempt: int) -> None:
    same = deciding(city, f"STK-2024-{attempt + 1}", 1_000)
    assert together(same, same) == ["already_decided", "done"]
    assert (Decision.objects.count(), Point.objects.count(), Matter.objects.count()) == (1, 1, 1)
    assert city.kronor_at("frame", "asn") == 1_000
    assert everything_holds(city)


@pytest.mark.parametrize("attempt", range(TIMES))
def test_of_two_who_spend_the_last_krona_one_does(city: money.City, attempt: int) -> None:
    first, second = deciding(city, f"STK-2024-{attempt}1", 6_000), deciding(city, f"STK-2024-{attempt}2", 6_000)
    assert together(first, second) == ["done", "overdrawn"]
    assert city.kronor_at("appropriation") == 4_000
    assert (Decision.objects.count(), Matter.objects.count(), Voucher.objects.count(), Transfer.objects.count()) == (
        1,
        1,
        2,
        2,
    )
    with transactions.read(city.by):
        assert Event.objects.filter(action="decision.register").count() == 1
    assert everything_holds(city)


def test_many_who_spend_at_once_never_get_more_than_there_is(city: money.City) -> None:
    outcomes = together(*(deciding(city, f"STK-2024-{number}", 3_000) for number in range(1, 7)))
    assert outcomes == ["done"] * 3 + ["overdrawn"] * 3
    assert city.kronor_at("appropriation") == 1_000
    numbers = sorted(Voucher.objects.values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1)), "a number was lost"
    assert everything_holds(city)


def test_of_two_who_reverse_the_same_voucher_one_does(city: money.City) -> None:
    deciding(city, "STK-2024-1", 6_000)()
    voucher = Voucher.objects.get(point__isnull=False)
    assert together(*[lambda: ledger.reverse(by=city.by, voucher_id=voucher.id, reason="Fel")] * 2) == [
        "already_reversed",
        "done",
    ]
    assert city.kronor_at("appropriation") == 10_000
    assert everything_holds(city)


def test_of_two_who_register_the_same_draft_one_does(city: money.City) -> None:
    draft_id = drafts.begin(by=city.by, text="Kommunstyrelsen beslutar att bevilja redi 500 kronor år 2024.")

    def register() -> object:
        return decisions.propose(
            by=city.by,
            case_number="STK-2024-1",
            title="Bidrag",
            decider_id=city.orgs["ks"],
            points=[city.gives("1", "asn", 500)],
            source=decisions.Text(kind="Tjänsteskrivelse", title="Bidrag", text="…"),
            draft=(draft_id, 1),
        )

    assert together(register, register) == ["done", "no_draft"]
    assert (Proposal.objects.count(), Document.objects.count(), ReadingDraft.objects.count()) == (1, 1, 0)


def test_of_two_who_change_the_same_draft_the_second_is_told(city: money.City) -> None:
    draft_id = drafts.begin(by=city.by, text="Kommunstyrelsen beslutar att bevilja redi 500 kronor.")

    def answering(value: str) -> Callable[[], object]:
        return lambda: drafts.answer(
            by=city.by, draft_id=draft_id, version=1, key="text:A", value=value, label=value, text="Vilket år?"
        )

    assert together(answering("2024"), answering("2025")) == ["done", "draft_changed"]
    kept = ReadingDraft.objects.get(id=draft_id)
    assert kept.version == 2
    assert kept.answers["questions"]["A"]["value"] in {"2024", "2025"}
