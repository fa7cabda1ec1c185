"""What is in force: posted and not taken back, or taken back and then given again by reversing the reversal."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q

from samkraft.money.models import Voucher


def signs_of_reversals(**narrow: Any) -> dict[UUID, int]:
    """Reversing voucher → −1 when it takes money back, +1 when it gives it again. Any other voucher gives.

    `narrow` are conditions on vouchers that hold alike for a voucher and for what reverses it, such as its point.
    """
    reverses = dict(Voucher.objects.filter(reverses__isnull=False, **narrow).values_list("id", "reverses_id"))
    signs = {}
    for voucher in reverses:
        sign, earlier = 1, voucher
        while earlier in reverses:
            sign, earlier = -sign, reverses[earlier]
        signs[voucher] = sign
    return signs


def giving(prefix: str = "", **narrow: Any) -> Q:
    """The condition that a voucher is in force, for a query on vouchers or, with `prefix`, on what belongs to one."""
    again = [voucher for voucher, sign in signs_of_reversals(**narrow).items() if sign > 0]
    return Q(**{f"{prefix}reversed_by__isnull": True}) & (
        Q(**{f"{prefix}reverses__isnull": True}) | Q(**{f"{prefix}id__in": again})
    )


def in_force(**narrow: Any) -> Any:
    """The vouchers in force among those that fulfil the conditions, as a query."""
    return Voucher.objects.filter(giving(**narrow), **narrow)


def undone(decisions: Iterable[UUID]) -> set[UUID]:
    """Those of the decisions that have posted something, all of which has been taken back."""
    ids = list(decisions)
    posted = Voucher.objects.filter(point__decision_id__in=ids).values_list("point__decision_id", flat=True)
    holds = in_force(point__decision_id__in=ids).values_list("point__decision_id", flat=True)
    return {decision for decision in posted if decision} - set(holds)
