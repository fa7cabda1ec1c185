"""Staff's hours as the reader may see them: the own, and of those whom the reader leads or reports for."""

from uuid import UUID

from samkraft.people.models import StaffHours
from samkraft.people.rules.months.staff_hours import HoursRow
from samkraft.values.context import Context


def listed(by: Context, initiative_id: UUID, *, month: str = "", year: str = "") -> list[HoursRow]:
    """The newest version of each, by name: of a month, or of a whole year."""
    rows = StaffHours.objects.filter(initiative_id=initiative_id).select_related("attest")
    if month:
        rows = rows.filter(month=month)
    if year:
        rows = rows.filter(month__startswith=f"{year}-")
    newest: dict[tuple[UUID, str], StaffHours] = {}
    for row in rows.order_by("version"):
        newest[row.membership_id, row.month] = row
    return sorted((_row(row) for row in newest.values()), key=lambda one: (one.name, one.month))


def _row(row: StaffHours) -> HoursRow:
    attest = getattr(row, "attest", None)
    return HoursRow(
        row.id, row.membership_id, row.user_id, row.staff_name, row.role, row.area_id, row.month, row.quarters,
        attest.attested_by if attest else "",
    )  # fmt: skip
