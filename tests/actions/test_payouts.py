"""Handing payments to the economy system: only what is decided, once, all or none, and undone when the decision is."""

from collections import Counter
from datetime import date
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.money.actions.grants import instalments, payouts
from samkraft.money.models import GrantInstalment
from samkraft.money.queries.grants import payouts as asked
from samkraft.money.queries.grants.payouts import Payout
from samkraft.values.refusal import Refused
from tests.factories import grants as made
from tests.factories.at_once import together

TODAY = date(2024, 9, 1)


def _prepared(round: made.Round, grant: UUID, *, decided: bool = True, kronor: int = 100_000) -> UUID:
    row = instalments.prepare(by=round.officer, grant_id=grant, amount_ore=kronor * 100, due_date=TODAY)
    if decided:
        instalments.decide(by=round.second, instalment_id=row)
    return row


def _open(round: made.Round) -> list[Payout]:
    with transactions.read(round.officer):
        return asked.open_now(by=round.officer, today=timezone.localdate())


def _refused(code: str):  # type: ignore[no-untyped-def]  # a context manager
    return pytest.raises(Refused, match=code)


@pytest.mark.django_db
def test_what_is_decided_is_handed_over_once_and_everything_or_nothing() -> None:
    round = made.begun()
    grant = round.granted()
    first, waits = _prepared(round, grant), _prepared(round, grant, decided=False, kronor=50_000)
    assert [(one.number, one.can_be_handed) for one in _open(round)] == [(1, True), (2, False)]
    with _refused("inte beslutad"):
        payouts.hand_over(by=round.officer, instalment_ids=[first, waits])
    assert not GrantInstalment.objects.filter(handed_at__isnull=False).exists()
    assert payouts.hand_over(by=round.officer, instalment_ids=[first]) == 1
    with _refused("redan markerad som överförd av"):
        payouts.hand_over(by=round.second, instalment_ids=[first])
    with _refused("finns inte längre"):
        payouts.hand_over(by=round.officer, instalment_ids=[uuid4()])
    with _refused("Ingen utbetalning är vald"):
        payouts.hand_over(by=round.officer)
    row = next(one for one in _open(round) if one.number == 1)
    assert (row.can_be_handed, row.handed_by, row.case_number, row.payer_code) == (
        False, round.officer.actor_name, "KS-2024-7", "ks",
    )  # fmt: skip
    assert payouts.take_back(by=round.officer, instalment_ids=[first]) == 1
    with _refused("inte markerad"):
        payouts.take_back(by=round.officer, instalment_ids=[first])


@pytest.mark.django_db
def test_a_stopped_payment_stays_and_a_released_one_is_handed_over_anew() -> None:
    round = made.begun()
    row = _prepared(round, round.granted())
    payouts.hand_over(by=round.officer, instalment_ids=[row])
    instalments.stop(by=round.officer, instalment_id=row, reason="Fel mottagare")
    (told,) = _open(round)
    assert told.why_not is not None
    assert told.why_not[1] == {"why": "Fel mottagare"}
    instalments.release(by=round.officer, instalment_id=row, reason="Utrett")
    (told,) = _open(round)
    assert (told.decided_at, told.handed_at) == (None, None)
    instalments.decide(by=round.second, instalment_id=row)
    instalments.stop(by=round.officer, instalment_id=row, reason="Igen")
    with _refused("stoppad: Igen"):
        payouts.hand_over(by=round.officer, instalment_ids=[row])


@pytest.mark.django_db
def test_what_is_paid_or_asked_back_leaves_the_list() -> None:
    round = made.begun()
    grant = round.granted()
    row = _prepared(round, grant)
    instalments.mark_paid(by=round.officer, instalment_id=row, paid_date=TODAY)
    with _refused("redan gjord"):
        payouts.hand_over(by=round.officer, instalment_ids=[row])
    recovery = instalments.prepare_recovery(
        by=round.officer, grant_id=grant, amount_ore=5_000_000, reason="Färre kurser", due_date=TODAY
    )
    with _refused("inte beslutad"):
        payouts.hand_over(by=round.officer, recovery_ids=[recovery])
    instalments.decide_recovery(by=round.second, recovery_id=recovery)
    assert [one.kind for one in _open(round)] == [asked.Kind.RECOVERY]
    payouts.hand_over(by=round.officer, recovery_ids=[recovery])
    instalments.mark_repaid(by=round.officer, recovery_id=recovery, repaid_date=TODAY)
    assert _open(round) == []
    with _refused("redan gjord"):
        payouts.take_back(by=round.officer, recovery_ids=[recovery])


@pytest.mark.django_db(transaction=True)
@pytest.mark.races
def test_of_several_who_mark_the_same_file_at_once_one_does() -> None:
    round = made.begun()
    grant = round.granted()
    rows = [_prepared(round, grant, kronor=10_000) for _ in range(3)]

    def marking() -> object:
        return payouts.hand_over(by=round.officer, instalment_ids=rows)

    assert Counter(together(*[marking] * 4)) == {"done": 1, payouts.HANDED_ALREADY.code: 3}
