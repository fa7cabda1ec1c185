"""To whom the method handbook has been spread, as it was known at the end of a day."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from samkraft.initiatives.models import HandbookSpread
from samkraft.initiatives.rules.spreads import SpreadKind
from samkraft.values.period import STOCKHOLM


@dataclass(frozen=True, slots=True)
class SpreadRow:
    """One note: which version reached whom, how, when, and how many were there (None: not known)."""

    id: UUID
    version_number: str
    receiver_id: UUID
    receiver_name: str
    kind: SpreadKind
    on_date: date
    people: int | None
    about: str
    at: datetime
    by: str


def of_initiative(initiative_id: UUID, *, until: date) -> list[SpreadRow]:
    """Notes that were made, and not taken back, by the end of a day; the earliest first."""
    known = HandbookSpread.objects.filter(
        version__initiative_id=initiative_id, at__lt=datetime.combine(until + timedelta(days=1), time(), STOCKHOLM)
    )
    found = known.filter(takes_back__isnull=True, on_date__lte=until).exclude(
        id__in=known.filter(takes_back__isnull=False).values("takes_back")
    )
    return [
        SpreadRow(
            one.id, one.version.number, one.receiver_id, one.receiver.name, SpreadKind(one.kind), one.on_date, one.people,
            one.about, one.at, one.by,
        )
        for one in found.select_related("version", "receiver").order_by("on_date", "at", "id")
    ]  # fmt: skip


def one(spread_id: UUID, *, until: date) -> tuple[UUID, SpreadRow] | None:
    """A note that still stands, with its initiative; None when there is none or it is taken back."""
    row = HandbookSpread.objects.filter(id=spread_id).values_list("version__initiative_id", flat=True).first()
    if row is None:
        return None
    found = next((each for each in of_initiative(row, until=until) if each.id == spread_id), None)
    return None if found is None else (row, found)
