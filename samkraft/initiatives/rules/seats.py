"""Seats in the bodies that steer: who chairs, who votes, who stands in for whom, and how many must be there to decide."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from samkraft.initiatives.rules.meetings import YES, Outcome
from samkraft.partners.rules.roles import Role, conflict_between
from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase


class SeatKind(StrEnum):
    """What somebody is in a body."""

    CHAIR = "chair"
    MEMBER = "member"
    DEPUTY = "deputy"
    ADJUNCT = "adjunct"


SEAT_NAMES = {
    SeatKind.CHAIR: phrase("ordförande"),
    SeatKind.MEMBER: phrase("ledamot"),
    SeatKind.DEPUTY: phrase("ersättare"),
    SeatKind.ADJUNCT: phrase("adjungerad"),
}
SEAT_MEANINGS = {
    SeatKind.CHAIR: phrase("Leder mötet och räknas när gruppen beslutar."),
    SeatKind.MEMBER: phrase("Räknas när gruppen beslutar."),
    SeatKind.DEPUTY: phrase("Kallas till mötet och räknas när någon från samma organisation inte är med."),
    SeatKind.ADJUNCT: phrase("Är med och talar, men räknas inte när gruppen beslutar."),
}
ORDINARY = (SeatKind.CHAIR, SeatKind.MEMBER)
COUNTED = (*YES, Outcome.REJECTED)  # outcomes that need enough people


class BoardEventKind(StrEnum):
    """What happens to a body."""

    SEATED = "seated"
    ENDED = "ended"
    QUORUM = "quorum"


CHAIR_TAKEN = Reason(
    "board_chair_taken",
    phrase("{name} är redan ordförande under den tiden."),
    phrase("Avsluta den platsen först, eller välj en annan första dag."),
)
SEAT_SEES_NOTHING = Reason(
    "board_seat_sees_nothing",
    phrase("{name} ({role}) kan inte läsa möten och beslut och kan därför inte ha en plats i gruppen."),
    phrase("Välj någon annan, eller be systemadministratören lägga till en roll som ser styrningen."),
)
SEAT_CONFLICT = Reason(
    "board_seat_conflict",
    phrase("{name} är också {role}. {why}"),
    phrase("Välj någon annan från organisationen."),
)
SEAT_ENDED = Reason("board_seat_ended", phrase("Platsen slutar redan {day}."), phrase("Välj en tidigare dag."))
SEAT_NOT_BEGUN = Reason(
    "board_seat_not_begun", phrase("Sista dagen {end} är före första dagen {start}."), phrase("Rätta dagen.")
)
QUORUM_TOO_HIGH = Reason(
    "board_quorum_too_high",
    phrase("Gruppen har {seats} som räknas. {quorum} kan aldrig vara med."),
    phrase("Skriv ett lägre antal."),
)
NOT_OF_BOARD = Reason(
    "meeting_seat_of_another_board",
    phrase("En av dem har ingen plats i gruppen den dagen."),
    phrase("Öppna sidan på nytt och välj igen."),
)
NO_QUORUM = Reason(
    "meeting_without_quorum",
    phrase(
        "Beslutet {number} räknar {votes} som var med och inte hade jäv. Gruppen beslutar när minst {quorum} är med."
    ),
    phrase("Kontrollera vilka som var med, eller ta upp frågan på ett nytt möte."),
)
ASIDE_WITHOUT_REASON = Reason(
    "resolution_aside_without_reason", phrase("Det står inte varför {name} hade jäv."), phrase("Skriv skälet.")
)
NOT_THERE = Reason(
    "minutes_adjuster_not_there",
    phrase("Enligt protokollet var du inte med på mötet."),
    phrase("Någon som var med justerar det."),
)


@dataclass(frozen=True, slots=True)
class Place:
    """A seat as the counting needs it."""

    id: UUID
    kind: SeatKind
    body_id: UUID


@dataclass(frozen=True, slots=True)
class Aside:
    """Somebody who takes no part in a point because of a conflict of interest, and why."""

    seat_id: UUID
    reason: str


def votes(seats: Collection[Place], present: Collection[UUID], aside: Iterable[UUID] = ()) -> int:
    """How many count: ordinary members who are there, and deputies for those of their own body who are not.

    Whoever stands aside is not there for that point, so a deputy of the same body counts instead.
    """
    out = set(aside)
    there = [one for one in seats if one.id in set(present) and one.id not in out]
    count = sum(one.kind in ORDINARY for one in there)
    empty = Counter(one.body_id for one in seats if one.kind in ORDINARY and one not in there)
    spare = Counter(one.body_id for one in there if one.kind is SeatKind.DEPUTY)
    return count + sum(min(many, empty[body]) for body, many in spare.items())


def usual_quorum(seats: Collection[Place]) -> int:
    """More than half of the ordinary seats, which is what most bodies ask for."""
    ordinary = sum(one.kind in ORDINARY for one in seats)
    return ordinary // 2 + 1 if ordinary else 0


def why_not_with(roles: Iterable[Role]) -> tuple[Role, str] | None:
    """The role of a person that does not go with steering, and why; None when nothing stands in the way."""
    for role in roles:
        if why := conflict_between(Role.STEERING_GROUP, role):
            return role, why
    return None
