"""Calls: the city office publishes what organisations can apply for, and may give more time."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.money.models import GrantCall
from samkraft.money.rules.grants.grant_kinds import GRANT_SUPPORTS
from samkraft.money.rules.points import Support
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

NO_TITLE = Reason("call_without_title", phrase("Utlysningen saknar rubrik."), phrase("Skriv vad den gäller."))
NO_CRITERIA = Reason(
    "call_without_criteria",
    phrase("Utlysningen har inga kriterier."),
    phrase("Skriv minst ett kriterium, så att alla vet vad ansökningar bedöms efter."),
)
DAYS_IN_ORDER = Reason(
    "call_days_in_order", phrase("Sista dagen är före den första."), phrase("Rätta dagarna, eller lämna den sista tom.")
)
FRAME_NOT_POSITIVE = Reason(
    "call_frame_not_positive",
    phrase("Det som finns att söka måste vara större än noll."),
    phrase("Lämna fältet tomt om det inte är bestämt."),
)
WRONG_SUPPORT = Reason(
    "call_wrong_support",
    phrase("Den sortens pengar går inte att söka."),
    phrase("Välj bidrag, upphandling eller avtal."),
)
NO_CALL = Reason("no_call", phrase("Utlysningen finns inte."), phrase("Gå till listan och välj en annan."))
ONLY_LATER = Reason(
    "call_only_later",
    phrase("Sista dagen kan bara flyttas framåt."),
    phrase("Den som har läst utlysningen ska kunna lita på dagen."),
)


@dataclass(frozen=True, slots=True)
class Criterion:
    """What an application is judged by: a name, what it asks for, and the most points."""

    name: str
    guide: str = ""
    most: int = 5


def publish(
    *,
    by: Context,
    at: datetime | None = None,
    fund_id: UUID,
    title: str,
    purpose: str,
    year: int,
    opens_date: date,
    closes_date: date | None = None,
    support: Support = Support.GRANT,
    frame_ore: int | None = None,
    criteria: Sequence[Criterion] = (),
) -> UUID:
    """Publish a call. Without a last day it stays open. Raises Refused when something is missing."""
    access.require(by, Permission.PREPARE_GRANTS)
    at = at or timezone.now()
    if not title.strip():
        raise Refused(NO_TITLE)
    named = [one for one in criteria if one.name.strip()]
    if not named:
        raise Refused(NO_CRITERIA)
    if closes_date is not None and closes_date < opens_date:
        raise Refused(DAYS_IN_ORDER)
    if frame_ore is not None and frame_ore <= 0:
        raise Refused(FRAME_NOT_POSITIVE)
    if support not in GRANT_SUPPORTS:
        raise Refused(WRONG_SUPPORT)
    with transactions.write(by):
        call = GrantCall.objects.create(
            fund_id=fund_id,
            title=title.strip()[:200],
            purpose=purpose.strip(),
            support=support.value,
            year=year,
            opens_date=opens_date,
            closes_date=closes_date,
            frame_ore=frame_ore,
            criteria=[asdict(one) for one in named],
            published_at=at,
            published_by=by.actor_name,
        )
        trail.record(
            by=by, at=at, action="grant_call.publish", subject_kind="money.grantcall", subject_id=call.id,
            subject_name=call.title, frame_ore=frame_ore, closes_date=closes_date,
        )  # fmt: skip
        return call.id


def give_more_time(*, by: Context, at: datetime | None = None, call_id: UUID, closes_date: date, reason: str) -> None:
    """Move a call's last day forward, for everybody alike."""
    access.require(by, Permission.PREPARE_GRANTS)
    at = at or timezone.now()
    with transactions.write(by):
        call = GrantCall.objects.select_for_update().filter(id=call_id).first()
        if call is None:
            raise Refused(NO_CALL)
        if call.closes_date is not None and closes_date <= call.closes_date:
            raise Refused(ONLY_LATER)
        call.closes_date = closes_date
        call.save(update_fields=["closes_date"])
        trail.record(
            by=by, at=at, action="grant_call.more_time", subject_kind="money.grantcall", subject_id=call.id,
            subject_name=call.title, closes_date=closes_date, reason=reason.strip(),
        )  # fmt: skip
