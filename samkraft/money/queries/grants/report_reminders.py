"""When an organisation was last reminded of a report, and whom a reminder goes to."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from samkraft.money.models import Grant, GrantEvent
from samkraft.money.queries.grants.grant_applications import EventRow
from samkraft.money.rules.grants.grant_kinds import GrantEventKind
from samkraft.partners.queries import recipients
from samkraft.partners.queries.recipients import Recipient
from samkraft.partners.rules.roles import Permission, Role, may

REPORTING = tuple(role for role in Role if role is not Role.PUBLIC and may(role, Permission.APPLY_FOR_GRANTS))


def latest(report_id: UUID) -> EventRow | None:
    """The newest reminder; None before the first."""
    return of([report_id]).get(report_id)


def of(report_ids: Iterable[UUID]) -> dict[UUID, EventRow]:
    """Report → its newest reminder, for those that have been reminded of."""
    rows = GrantEvent.objects.filter(report_id__in=list(report_ids), kind=GrantEventKind.REPORT_REMINDED.value)
    return {
        one.report_id: EventRow(GrantEventKind.REPORT_REMINDED, one.text, None, one.at, one.by)
        for one in rows.order_by("at")
        if one.report_id is not None
    }


def whom(grant_id: UUID, *, day: date) -> list[Recipient]:
    """Those who report for the organisation that has the money, or for the one that does the work: each person once."""
    grant = Grant.objects.get(id=grant_id)
    bodies = dict.fromkeys((grant.organisation_id, grant.performer_id))
    found = [one for body in bodies for one in recipients.in_roles(roles=REPORTING, day=day, organisation_id=body)]
    return list({one.email.lower(): one for one in found}.values())
