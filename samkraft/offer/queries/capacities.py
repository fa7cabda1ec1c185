"""How much of each activity there is: places at the same time, how long an occasion lasts, and how many occasions say so."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Q

from samkraft.offer.models import Activity, Occasion


@dataclass(frozen=True, slots=True)
class Capacity:
    """One activity in a period. places: at the same time, in mean over its days; days: how long an occasion with an end lasts.

    occasions: that lie in the period. usual_days: what the catalogue says where no occasion does.
    """

    activity_id: UUID
    code: str
    name: str
    places: float
    occasions: int
    days: float | None
    usual_days: int | None


def measured(*, since: date, until: date, initiative_id: UUID | None = None) -> list[Capacity]:
    """Every activity open to an initiative, with its occasions from a day until another, in order of name."""
    activities = Activity.objects.filter(Q(initiative=None) | Q(initiative_id=initiative_id)).order_by("sort_key")
    occasions: dict[UUID, list[tuple[date, date | None, int]]] = {}
    rows = Occasion.objects.filter(cancelled_at=None, starts_on__lt=until).exclude(ends_on__lt=since)
    counted = rows.annotate(many=Count("places", filter=Q(places__withdrawn_at=None)))
    for activity_id, starts_on, ends_on, many in counted.values_list("activity_id", "starts_on", "ends_on", "many"):
        occasions.setdefault(activity_id, []).append((starts_on, ends_on, many))
    return [_capacity(one, occasions.get(one.id, []), since, until) for one in activities]


def _capacity(one: Activity, found: list[tuple[date, date | None, int]], since: date, until: date) -> Capacity:
    place_days = sum(many * (min(_after(ends), until) - max(starts, since)).days for starts, ends, many in found)
    lasting = [(_after(ends) - starts).days for starts, ends, _many in found if ends is not None]
    return Capacity(
        one.id, one.code, one.name, place_days / (until - since).days, len(found),
        sum(lasting) / len(lasting) if lasting else None, 7 * one.usual_weeks if one.usual_weeks else None,
    )  # fmt: skip


def _after(ends: date | None) -> date:
    return date.max if ends is None else ends + timedelta(days=1)
