"""Young people of a round whom something has happened to that they have not been told: an offer, or a place that is gone."""

from dataclasses import dataclass
from uuid import UUID

from samkraft.people.models import SummerApplicant, SummerEvent, SummerPlacement
from samkraft.people.rules import summer_places as rules
from samkraft.people.rules.summer_places import State

TELLS = ("offered", "ended", "lapsed")
ORDER = {"ended": 0, "lapsed": 0, "offered": 1, "told": 2}  # of what happened in one moment


@dataclass(frozen=True, slots=True)
class Untold:
    """What somebody has not been told. `placement_id` is what it is about; `kind` is offered, ended or lapsed."""

    applicant_id: UUID
    name: str
    code: str
    kind: str
    placement_id: UUID
    has_email: bool
    has_phone: bool


def untold(round_id: UUID) -> list[Untold]:
    """One for each young person, the newest thing that counts, in order of name. Asked inside the reader's context.

    An offer that has been answered needs no letter, nor does anything that happened before what was told last.
    """
    newest: dict[UUID, SummerEvent] = {}
    told: set[UUID] = set()
    rows = SummerEvent.objects.filter(round_id=round_id, kind__in=[*TELLS, "told"])
    for event in sorted(rows, key=lambda row: (row.at, ORDER[row.kind])):
        if event.kind == "told":
            told.add(event.applicant_id)
        else:
            newest[event.applicant_id] = event
            told.discard(event.applicant_id)
    waiting = {one: event for one, event in newest.items() if one not in told}
    open_offers = _open_offers(round_id)
    people = SummerApplicant.objects.filter(id__in=waiting, has_withdrawn=False).order_by("sort_key", "code")
    return [
        Untold(
            who.id, f"{who.given_name} {who.family_name}", who.code, waiting[who.id].kind, about, bool(who.email),
            bool(who.phone),
        )
        for who in people
        if (about := waiting[who.id].about) is not None
        and (waiting[who.id].kind != "offered" or about in open_offers)
    ]  # fmt: skip


def _open_offers(round_id: UUID) -> set[UUID]:
    rows = SummerPlacement.objects.filter(round_id=round_id).values_list("id", "answer", "confirmed_at", "has_ended")
    return {
        one for one, answer, confirmed, ended in rows
        if rules.state(answer=answer, is_confirmed=confirmed is not None, has_ended=ended) is State.OFFERED
    }  # fmt: skip
