"""What the parties have promised an initiative in staff: how many in a role, and for how many months each."""

from datetime import datetime
from uuid import UUID

from samkraft.audit.actions import trail, transactions
from samkraft.initiatives.models import Initiative, StaffPlace, StaffPromise
from samkraft.initiatives.rules import staffing as rules
from samkraft.initiatives.rules import undertakings as undertaking_rules
from samkraft.initiatives.rules.staffing import Held
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission, Role
from samkraft.values.context import Context
from samkraft.values.period import Period
from samkraft.values.refusal import Refused


def promise_staff(
    *,
    by: Context,
    at: datetime | None = None,
    initiative_id: UUID,
    employer_id: UUID,
    role: Role,
    title: str,
    heads: int,
    months: int,
    source: str = "",
) -> UUID:
    """Note how many people an employer has promised in a role, and for how many months each, and return the promise's id.

    Raises Refused for nobody, and for more months than the initiative goes on.
    """
    with transactions.write(by):
        access.require(by, Permission.MANAGE_GOALS)
        initiative = Initiative.objects.select_for_update().get(id=initiative_id)
        _refuse_numbers(initiative, heads, months)
        promise = StaffPromise.objects.create(
            initiative_id=initiative_id, employer_id=employer_id, role=role.value, title=title.strip(), heads=heads,
            months=months, source=source.strip(),
        )  # fmt: skip
        _record(by, at, "initiative.promise_staff", promise)
        return promise.id


def change(
    *,
    by: Context,
    at: datetime | None = None,
    promise_id: UUID,
    title: str,
    heads: int,
    months: int,
    source: str,
    seen: tuple[int, int] | None = None,
) -> None:
    """Change what an employer has promised. seen: the heads and months that the person had read.

    Raises Refused as `promise_staff`, when more people fill the post than would be promised, and when somebody else has
    changed it since.
    """
    with transactions.write(by):
        access.require(by, Permission.MANAGE_GOALS)
        promise = StaffPromise.objects.select_for_update().get(id=promise_id)
        initiative = Initiative.objects.select_for_update().get(id=promise.initiative_id)
        if seen is not None and seen != (promise.heads, promise.months):
            raise Refused(rules.PROMISE_CHANGED, heads=promise.heads, months=promise.months)
        _refuse_numbers(initiative, heads, months)
        held = [
            Held(row.percent, Period(row.period.lower, row.period.upper))
            for row in StaffPlace.objects.filter(promise=promise)
        ]
        if rules.most_at_once(held) > heads * rules.WHOLE:
            raise Refused(rules.PROMISE_FILLED, heads=heads)
        promise.title, promise.heads, promise.months, promise.source = title.strip(), heads, months, source.strip()
        promise.save(update_fields=["title", "heads", "months", "source"])
        _record(by, at, "initiative.change_promise", promise)


def _refuse_numbers(initiative: Initiative, heads: int, months: int) -> None:
    if heads < 1 or months < 1:
        raise Refused(undertaking_rules.NOBODY_PROMISED)
    period = initiative.period
    if period is not None and period.lower is not None and period.upper is not None:
        most = len(rules.months(period.lower, period.upper))
        if months > most:
            raise Refused(rules.LASTS_TOO_LONG, most=most, months=months)


def _record(by: Context, at: datetime | None, action: str, promise: StaffPromise) -> None:
    trail.record(
        by=by, at=at, action=action, subject_kind="initiatives.initiative", subject_id=promise.initiative_id,
        subject_name=promise.title, employer=promise.employer_id, role=promise.role, heads=promise.heads,
        months=promise.months,
    )  # fmt: skip
