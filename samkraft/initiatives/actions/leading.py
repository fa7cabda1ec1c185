"""Steps that every change to an initiative's arrangements takes: one at a time, by a leader, within its time."""

from datetime import date
from uuid import UUID

from django.utils import timezone
from psycopg.types.range import DateRange

from samkraft.initiatives import permissions
from samkraft.initiatives.models import Initiative, Party
from samkraft.initiatives.rules import teams as rules
from samkraft.values.context import Context
from samkraft.values.period import Period, day_in_stockholm
from samkraft.values.refusal import Refused


def lock_within(by: Context, initiative_id: UUID) -> Initiative:
    """Hold the initiative until the transaction ends. Refuses whoever does not lead it."""
    initiative = Initiative.objects.select_for_update().get(id=initiative_id)
    today = day_in_stockholm(timezone.now())
    areas = Party.objects.filter(initiative=initiative, period__contains=today).values_list("area_id", flat=True)
    if reason := permissions.why_not_lead(by, owner_id=initiative.owner_id, party_area_ids=set(areas)):
        raise Refused(reason)
    return initiative


def hold_within(initiative_id: UUID) -> Initiative:
    """Hold the initiative until the transaction ends, for somebody who answers for a part of it."""
    return Initiative.objects.select_for_update().get(id=initiative_id)


def period_in(initiative: Initiative, start_date: date, last_day: date | None) -> Period:
    """The days as a period inside the initiative's own; an open end ends with the initiative."""
    if initiative.period is None or initiative.period.lower is None:
        return rules.period(start_date, last_day)
    return rules.period_in(
        Period(initiative.period.lower, initiative.period.upper), start_date, last_day, of=initiative.name
    )


def as_range(period: Period) -> DateRange:
    """A period as the database keeps it."""
    return DateRange(period.start_date, period.end_date)
