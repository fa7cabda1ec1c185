"""The time that teams have noted for employers: one's own weeks, and everybody's as rows to sum. No names."""

from datetime import date
from uuid import UUID

from samkraft.offer.models import EmployerWeek
from samkraft.offer.rules.employer_time import TimeKind, Week


def noted(*, since: date, until: date) -> list[Week]:
    """All weeks that begin within a first and a last day, of every team and area."""
    rows = EmployerWeek.objects.filter(monday_date__gte=since, monday_date__lte=until)
    found = rows.values_list(
        "team_id", "membership__area_id", "monday_date", "worked", *[kind.value for kind in TimeKind]
    )
    return [
        Week(team, area, monday, worked, dict(zip(TimeKind, minutes, strict=True)))
        for team, area, monday, worked, *minutes in found
    ]


def own(membership_id: UUID, team_id: UUID, monday: date) -> Week | None:
    """One's own week; None when it is not noted."""
    row = EmployerWeek.objects.filter(membership_id=membership_id, team_id=team_id, monday_date=monday).first()
    if row is None:
        return None
    return Week(
        team_id, row.membership.area_id, monday, row.worked, {kind: getattr(row, kind.value) for kind in TimeKind}
    )
