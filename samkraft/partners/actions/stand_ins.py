"""Appoint a colleague to look after one's inbox for a time, and end it."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.utils import timezone
from psycopg.types.range import DateRange

from samkraft.audit.actions import trail, transactions
from samkraft.partners.models import StandIn
from samkraft.partners.queries import colleagues
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

KIND = "partners.stand_in"
LONGEST_DAYS = 366

NOT_A_COLLEAGUE = Reason(
    "stand_in_not_colleague",
    phrase("Den du valde har inget eget urval av deltagare i din myndighet hela den tiden."),
    phrase("Välj en kollega i samma myndighet, vars roll gäller då."),
)
YOURSELF = Reason(
    "stand_in_yourself", phrase("Du kan inte vara din egen ställföreträdare."), phrase("Välj någon annan.")
)
NO_TIME = Reason(
    "stand_in_no_time",
    phrase("Sista dagen är före den första, eller har redan varit."),
    phrase("Ändra dagarna."),
)
TOO_LONG = Reason(
    "stand_in_too_long",
    phrase("En ställföreträdare utses för högst ett år i taget."),
    phrase("Välj en tidigare sista dag."),
)
TAKEN = Reason(
    "stand_in_taken",
    phrase("Du har redan en ställföreträdare under den tiden."),
    phrase("Avsluta den först."),
)
NONE = Reason("stand_in_none", phrase("Det finns ingen sådan ställföreträdare."), phrase("Ladda om sidan."))


def appoint(*, by: Context, stand_in_id: UUID, start_date: date, last_date: date, at: datetime | None = None) -> UUID:
    """For one's own membership only, and within one's own secrecy area: what waits may say something about a person."""
    access.require(by, Permission.WORK_WITH_PEOPLE)
    at = at or timezone.now()
    if stand_in_id == by.membership_id:
        raise Refused(YOURSELF)
    if last_date < max(start_date, day_in_stockholm(at)):
        raise Refused(NO_TIME)
    if (last_date - start_date).days > LONGEST_DAYS:
        raise Refused(TOO_LONG)
    with transactions.write(by):
        chosen = {
            one.membership_id: one
            for day in (start_date, last_date)
            for one in colleagues.meeting_people([by.area_id], on=day)
            if one.user_id != by.actor_id
            and start_date in one.period
            and last_date in one.period
            and may(one.role, Permission.SEE_CASELOAD)
        }
        if stand_in_id not in chosen:
            raise Refused(NOT_A_COLLEAGUE)
        period = DateRange(start_date, last_date + timedelta(days=1))
        if StandIn.objects.select_for_update().filter(membership_id=by.membership_id, period__overlap=period).exists():
            raise Refused(TAKEN)
        made_id = uuid4()
        StandIn.objects.create(
            id=made_id,
            membership_id=by.membership_id,
            stand_in_id=stand_in_id,
            period=period,
            appointed_at=at,
            appointed_by=by.actor_name,
        )
        trail.record(
            by=by, at=at, action="stand_in.appoint", subject_kind=KIND, subject_id=made_id,
            stand_in=stand_in_id, start_date=start_date, last_date=last_date,
        )  # fmt: skip
        return made_id


def end(*, by: Context, stand_in_id: UUID, at: datetime | None = None) -> None:
    """From now: today is no longer the stand-in's. One that has not begun, or begins today, never held."""
    access.require(by, Permission.WORK_WITH_PEOPLE)
    at = at or timezone.now()
    today = day_in_stockholm(at)
    with transactions.write(by):
        row = StandIn.objects.select_for_update().filter(id=stand_in_id, membership_id=by.membership_id).first()
        if row is None or row.period.isempty or row.period.upper <= today:
            raise Refused(NONE)
        row.period = DateRange(row.period.lower, today) if row.period.lower < today else DateRange(empty=True)
        row.save(update_fields=["period"])
        trail.record(by=by, at=at, action="stand_in.end", subject_kind=KIND, subject_id=row.id)
