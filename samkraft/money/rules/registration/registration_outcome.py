"""What an interpreted text comes to: points ready for the actions, planned meetings, and the new money that it takes."""

from datetime import date
from uuid import UUID

from samkraft.money.rules.posting import ItemDraft, PointDraft
from samkraft.money.rules.registration.registration import SPLIT_EQUALLY, Interpretation, Known, Row


def drafts(interpretation: Interpretation) -> list[PointDraft]:
    """The points in the shape that the actions take. A row over several years gives one item for each."""
    return [
        PointDraft(
            number=point.number,
            verb=point.verb,
            text=point.text,
            items=tuple(item for row in point.rows for item in _items(row, posts=point.posts)),
            due_words=point.due,
            binding=point.binding,
        )
        for point in interpretation.points
    ]


def meetings(interpretation: Interpretation, known: Known) -> list[tuple[UUID, date]]:
    """The planned meetings of bodies that are known here."""
    found = []
    for meeting in interpretation.reading.meetings:
        if meeting.body in known.receivers:
            found.append((known.receivers[meeting.body], date.fromisoformat(meeting.date)))
    return found


def new_money(interpretation: Interpretation) -> dict[tuple[UUID | None, int | None], int]:
    """Öre that the matter takes anew, per fund and year: what is paid by another point, or by the own frame, is not new.

    Money whose year nobody has said yet comes under None.
    """
    found: dict[tuple[UUID | None, int | None], int] = {}
    for point in interpretation.points:
        for row in point.rows if point.posts else ():
            if row.amount_ore is None or row.paid_by or not row.appropriation:
                continue
            for item in _items(row, posts=True):
                if item.amount_ore is not None:
                    place = (row.fund_id, item.year)
                    found[place] = found.get(place, 0) + item.amount_ore
    return found


def _items(row: Row, *, posts: bool) -> list[ItemDraft]:
    years: tuple[int | None, ...] = row.years or (None,)
    each = row.amount_ore
    if each is not None and row.split == SPLIT_EQUALLY and len(years) > 1:
        each //= len(years)
    return [
        ItemDraft(
            receiver_id=row.receiver_id,
            receiver_words=row.words,
            amount_ore=each,
            year=year,
            purpose=row.purpose,
            fund_id=row.fund_id,
            appropriation=row.appropriation or "" if posts else row.appropriation_words,
            contract=row.contract,
            support=row.support,
            paid_by=row.paid_by,
        )
        for year in years
    ]
