"""Write down what somebody tried and was refused: who, what, and the reason's code. Never what they had typed."""

from collections.abc import Sequence
from datetime import datetime

from samkraft.audit.actions import trail, transactions
from samkraft.values.context import Context

LONGEST = 300


def record(
    *, by: Context, at: datetime | None = None, route: str, address: str, method: str, reasons: Sequence[str]
) -> None:
    """One event for each reason, in a transaction of their own: what was tried has been rolled back already.

    `route` names the page and `address` is its path, without what stands after the question mark: that is typed too.
    """
    with transactions.write(by):
        for reason in dict.fromkeys(reasons):
            trail.record(
                by=by,
                at=at,
                action="page.refused",
                subject_kind="web.page",
                subject_id=address[:LONGEST],
                reason=reason,
                route=route,
                method=method,
            )
