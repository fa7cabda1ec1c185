"""What a body that steers lacks, in words."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from samkraft.initiatives.queries.boards import BoardPage, SeatRow
from samkraft.web import days

SOON = timedelta(days=60)


def lacks(found: BoardPage, today: date) -> list[str]:
    """What stands in the way of the body's work, in words."""
    said = []
    if found.seats and not any(one.chairs for one in found.seats):
        said.append(_("Ingen är ordförande."))
    if found.quorum > found.ordinary:
        count = {"seats": found.ordinary, "quorum": found.quorum}
        said.append(_("%(seats)d räknas när gruppen beslutar, men minst %(quorum)d måste vara med.") % count)
    for one in found.seats:
        last = one.period.last_day
        if today not in one.role_period:
            said.append(_("%(name)s har inte längre rollen som gav platsen.") % {"name": one.name})
        elif last is not None and last - today <= SOON and not _follows(found, one):
            said.append(_("%(name)s lämnar platsen %(day)s.") % {"name": one.name, "day": days.full(last)})
    return said


def _follows(found: BoardPage, seat: SeatRow) -> bool:
    """Whether somebody of the same body takes over, in the same sort of place."""
    return any(one.organisation_id == seat.organisation_id and one.kind is seat.kind for one in found.coming)
