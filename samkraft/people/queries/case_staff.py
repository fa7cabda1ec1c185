"""Who of the own area is on a person's case today, by name: personally, or by a place in a team."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from samkraft.initiatives.queries import teams as arrangements
from samkraft.partners.queries import colleagues
from samkraft.people.models import CaseAccess, Recusal
from samkraft.values.context import Context


@dataclass(frozen=True, slots=True)
class OnCase:
    """One member of staff. `access_id` is what may be ended; `team_name` is empty for who is on the case personally."""

    access_id: UUID
    membership_id: UUID
    user_id: UUID
    name: str
    role_name: str
    team_name: str
    basis: str
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Recused:
    """Somebody who may not handle the person: who, on which ground, and who said so when."""

    name: str
    ground: str
    stated_at: datetime
    stated_by: str


def today(by: Context, person_id: UUID, *, on: date) -> list[OnCase]:
    """Those of the own area who are on the case now, by last name; nobody twice, and nobody who is jävig.

    Nödåtkomst is not being on the case.
    """
    staff = {one.membership_id: one for one in colleagues.meeting_people([by.area_id], on=on)}
    closed = set(Recusal.objects.filter(person_id=person_id).values_list("user_id", flat=True))
    rows = CaseAccess.objects.filter(person_id=person_id, area_id=by.area_id, period__contains=timezone.now())
    found: dict[UUID, OnCase] = {}
    for row in rows.exclude(basis="break_glass").order_by("team_id", "granted_at", "id"):
        team = arrangements.team(row.team_id, on=on) if row.team_id else None
        members = [one.membership_id for one in team.members if not one.personal] if team else [row.membership_id]
        for membership_id in members:
            one = staff.get(membership_id) if membership_id else None
            if one is None or one.user_id in closed or one.membership_id in found:
                continue
            found[one.membership_id] = OnCase(
                row.id,
                one.membership_id,
                one.user_id,
                one.name,
                one.role_name,
                team.name if team else "",
                row.basis,
                row.period.upper,
            )
    order = list(staff)
    return sorted(found.values(), key=lambda one: order.index(one.membership_id))


def recused(by: Context, person_id: UUID, *, on: date) -> list[Recused]:
    """Those of the own area who may not handle the person, the latest first."""
    names = {one.user_id: one.name for one in colleagues.meeting_people([by.area_id], on=on)}
    rows = Recusal.objects.filter(person_id=person_id, area_id=by.area_id).order_by("-stated_at", "id")
    return [Recused(names.get(row.user_id, ""), row.ground, row.stated_at, row.stated_by) for row in rows]
