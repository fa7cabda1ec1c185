"""The whole state machine of the joint work, as one table: what may become what, who may do it, and when a reason is due.

Everything else asks this table: actions refuse by it, pages show its words as buttons, and the manual's diagram is made
from it. A state is never stored as truth; it stands in the newest version of the contribution itself, or follows from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from samkraft.partners.rules.roles import Permission, may
from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase


class Kind(StrEnum):
    """What has states. The value is the kind of the contribution, except for the enrolment as a whole."""

    ENROLMENT = "enrolment"
    STEP = "step"
    MEETING = "meeting"
    PROLONGATION = "prolongation"
    HANDOVER = "handover"
    FOLLOW_UP = "follow_up"
    MESSAGE = "message"
    STUDY_PLAN = "study_plan"
    OWN_SYSTEM_NOTE = "own_system_note"


class Who(StrEnum):
    """What is asked beside the permission of the role."""

    ON_CASE = "on_case"
    OWN_PART = "own_part"  # somebody of the area that wrote it: each authority writes its own part
    ANOTHER = "another"  # another person than the one who asked
    RECEIVER = "receiver"  # the one it is handed to


NEW = ""


@dataclass(frozen=True, slots=True)
class Move:
    """One arrow: from a state (NEW: from nothing) to another."""

    kind: Kind
    before: str
    after: str
    permission: Permission
    words: str
    who: Who = Who.ON_CASE
    needs_reason: bool = False


K, P, W = Kind, Permission, Who
MOVES: tuple[Move, ...] = (
    Move(K.ENROLMENT, NEW, "referred", P.REFER, phrase("Remittera")),
    Move(K.ENROLMENT, "referred", "enrolled", P.ENROL, phrase("Skriv in")),
    Move(K.ENROLMENT, "referred", "referral_ended", P.REFER, phrase("Avsluta remitteringen"), needs_reason=True),
    Move(K.ENROLMENT, "referral_ended", "referred", P.REFER, phrase("Remittera på nytt")),
    Move(K.ENROLMENT, "enrolled", "paused", P.MOVE_PHASE, phrase("Gör en paus"), needs_reason=True),
    Move(K.ENROLMENT, "paused", "enrolled", P.MOVE_PHASE, phrase("Avsluta pausen")),
    Move(K.ENROLMENT, "enrolled", "exited", P.EXIT, phrase("Skriv ut"), needs_reason=True),
    Move(K.ENROLMENT, "paused", "exited", P.EXIT, phrase("Skriv ut"), needs_reason=True),
    Move(K.ENROLMENT, "exited", "enrolled", P.EXIT, phrase("Tillbaka på sin plats"), needs_reason=True),
    Move(K.STEP, NEW, "planned", P.WRITE_PLAN, phrase("Lägg till ett steg"), W.OWN_PART),
    Move(K.STEP, NEW, "waiting", P.WRITE_PLAN, phrase("Lägg till ett steg som väntar"), W.OWN_PART),
    Move(K.STEP, NEW, "ongoing", P.WRITE_PLAN, phrase("Lägg till ett steg som pågår"), W.OWN_PART),
    Move(K.STEP, "planned", "waiting", P.WRITE_PLAN, phrase("Väntar på någon"), W.OWN_PART),
    Move(K.STEP, "planned", "ongoing", P.WRITE_PLAN, phrase("Starta"), W.OWN_PART),
    Move(K.STEP, "planned", "done", P.WRITE_PLAN, phrase("Klart"), W.OWN_PART, needs_reason=True),
    Move(K.STEP, "planned", "dropped", P.WRITE_PLAN, phrase("Utgår"), W.OWN_PART, needs_reason=True),
    Move(K.STEP, "waiting", "planned", P.WRITE_PLAN, phrase("Väntar inte längre"), W.OWN_PART),
    Move(K.STEP, "waiting", "ongoing", P.WRITE_PLAN, phrase("Starta"), W.OWN_PART),
    Move(K.STEP, "waiting", "done", P.WRITE_PLAN, phrase("Klart"), W.OWN_PART, needs_reason=True),
    Move(K.STEP, "waiting", "dropped", P.WRITE_PLAN, phrase("Utgår"), W.OWN_PART, needs_reason=True),
    Move(K.STEP, "ongoing", "waiting", P.WRITE_PLAN, phrase("Väntar på någon"), W.OWN_PART),
    # Said by mistake: no figure counts it as begun.
    Move(K.STEP, "ongoing", "planned", P.WRITE_PLAN, phrase("Hade inte börjat"), W.OWN_PART),
    Move(K.STEP, "ongoing", "done", P.WRITE_PLAN, phrase("Klart"), W.OWN_PART, needs_reason=True),
    Move(K.STEP, "ongoing", "dropped", P.WRITE_PLAN, phrase("Utgår"), W.OWN_PART, needs_reason=True),
    Move(K.STEP, "done", "ongoing", P.WRITE_PLAN, phrase("Öppna igen"), W.OWN_PART, needs_reason=True),
    Move(K.STEP, "dropped", "planned", P.WRITE_PLAN, phrase("Ta upp igen"), W.OWN_PART, needs_reason=True),
    Move(K.MEETING, NEW, "booked", P.WRITE_PLAN, phrase("Boka möte")),
    Move(K.MEETING, "booked", "held", P.WRITE_PLAN, phrase("Mötet är hållet"), W.OWN_PART),
    Move(K.MEETING, "booked", "cancelled", P.WRITE_PLAN, phrase("Ställ in mötet"), W.OWN_PART),
    Move(K.PROLONGATION, NEW, "asked", P.MOVE_PHASE, phrase("Begär mer tid"), needs_reason=True),
    Move(K.PROLONGATION, "asked", "granted", P.DECIDE_PROLONGATION, phrase("Bevilja"), W.ANOTHER),
    Move(K.PROLONGATION, "asked", "refused", P.DECIDE_PROLONGATION, phrase("Avslå"), W.ANOTHER, needs_reason=True),
    Move(K.HANDOVER, NEW, "asked", P.HAND_OVER, phrase("Be någon ta över"), needs_reason=True),
    Move(K.HANDOVER, "asked", "accepted", P.HAND_OVER, phrase("Ta emot"), W.RECEIVER),
    Move(K.HANDOVER, "asked", "refused", P.HAND_OVER, phrase("Ta inte emot"), W.RECEIVER),
    Move(K.FOLLOW_UP, NEW, "due", P.EXIT, phrase("Planera uppföljning")),
    Move(K.FOLLOW_UP, "due", "done", P.FOLLOW_UP, phrase("Uppföljningen är gjord")),
    Move(K.FOLLOW_UP, "due", "not_reached", P.FOLLOW_UP, phrase("Personen nåddes inte")),
    Move(K.FOLLOW_UP, "not_reached", "done", P.FOLLOW_UP, phrase("Uppföljningen är gjord")),
    Move(K.MESSAGE, NEW, "open", P.WRITE_PLAN, phrase("Skriv i tråden")),
    Move(K.MESSAGE, "open", "answered", P.WRITE_PLAN, phrase("Svara")),
    Move(K.STUDY_PLAN, NEW, "proposed", P.MAKE_STUDY_PLANS, phrase("Skriv ett förslag till studieplan")),
    Move(K.STUDY_PLAN, NEW, "agreed", P.MAKE_STUDY_PLANS, phrase("Skriv en studieplan")),
    Move(K.STUDY_PLAN, "proposed", "agreed", P.MAKE_STUDY_PLANS, phrase("Deltagaren säger ja"), W.OWN_PART),
    Move(K.STUDY_PLAN, "proposed", "ended", P.MAKE_STUDY_PLANS, phrase("Avsluta"), W.OWN_PART, needs_reason=True),
    Move(K.STUDY_PLAN, "agreed", "ended", P.MAKE_STUDY_PLANS, phrase("Avsluta"), W.OWN_PART, needs_reason=True),
    Move(K.OWN_SYSTEM_NOTE, NEW, "written", P.WRITE_PLAN, phrase("Skriv underlag till egna systemet")),
    Move(K.OWN_SYSTEM_NOTE, "written", "entered", P.WRITE_PLAN, phrase("Införd i egna systemet"), W.OWN_PART),
)  # fmt: skip

NAMES = {
    Kind.ENROLMENT: phrase("Deltagandet"),
    Kind.STEP: phrase("Ett steg"),
    Kind.MEETING: phrase("Ett möte"),
    Kind.PROLONGATION: phrase("Mer tid"),
    Kind.HANDOVER: phrase("En överlämning"),
    Kind.FOLLOW_UP: phrase("En uppföljning"),
    Kind.MESSAGE: phrase("Ett meddelande"),
    Kind.STUDY_PLAN: phrase("En studieplan"),
    Kind.OWN_SYSTEM_NOTE: phrase("Underlag till egna systemet"),
}
STATE_NAMES: dict[tuple[Kind, str], str] = {
    (K.ENROLMENT, "referred"): phrase("remitterad"),
    (K.ENROLMENT, "referral_ended"): phrase("remitteringen avslutad"),
    (K.ENROLMENT, "enrolled"): phrase("inskriven"),
    (K.ENROLMENT, "paused"): phrase("pausad"),
    (K.ENROLMENT, "exited"): phrase("utskriven"),
    (K.STEP, "planned"): phrase("planerat"),
    (K.STEP, "waiting"): phrase("väntar"),
    (K.STEP, "ongoing"): phrase("pågår"),
    (K.STEP, "done"): phrase("klart"),
    (K.STEP, "dropped"): phrase("utgår"),
    (K.MEETING, "booked"): phrase("bokat"),
    (K.MEETING, "held"): phrase("hållet"),
    (K.MEETING, "cancelled"): phrase("inställt"),
    (K.PROLONGATION, "asked"): phrase("begärd"),
    (K.PROLONGATION, "granted"): phrase("beviljad"),
    (K.PROLONGATION, "refused"): phrase("avslagen"),
    (K.HANDOVER, "asked"): phrase("begärd"),
    (K.HANDOVER, "accepted"): phrase("mottagen"),
    (K.HANDOVER, "refused"): phrase("inte mottagen"),
    (K.FOLLOW_UP, "due"): phrase("ska göras"),
    (K.FOLLOW_UP, "done"): phrase("gjord"),
    (K.FOLLOW_UP, "not_reached"): phrase("nåddes inte"),
    (K.MESSAGE, "open"): phrase("obesvarat"),
    (K.MESSAGE, "answered"): phrase("besvarat"),
    (K.STUDY_PLAN, "proposed"): phrase("förslag"),
    (K.STUDY_PLAN, "agreed"): phrase("överenskommen"),
    (K.STUDY_PLAN, "ended"): phrase("avslutad"),
    (K.OWN_SYSTEM_NOTE, "written"): phrase("inte införd"),
    (K.OWN_SYSTEM_NOTE, "entered"): phrase("införd"),
}
WHO_NAMES = {
    Who.ON_CASE: phrase("den som är med i ärendet"),
    Who.OWN_PART: phrase("den part som skrev det"),
    Who.ANOTHER: phrase("någon annan än den som begärde"),
    Who.RECEIVER: phrase("den som ska ta över"),
}

NO_SUCH_MOVE = Reason(
    "state_no_such_move",
    phrase("{thing} är i läget ”{before}” och kan inte bli ”{after}”."),
    phrase("Ladda om sidan och se vad som har hänt."),
)
NO_REASON = Reason(
    "state_without_reason",
    phrase("Det står inte varför."),
    phrase("Skriv en mening om varför, eller om hur det gick."),
)
NOT_YOUR_PART = Reason(
    "state_not_your_part",
    phrase("Det här är en annan parts del. Varje part skriver sin egen."),
    phrase("Skriv till den parten, eller lägg till ett eget steg som väntar på den."),
)
SAME_PERSON = Reason(
    "state_same_person",
    phrase("Du begärde det själv. Någon annan måste besluta."),
    phrase("Be en kollega i teamet."),
)
NOT_RECEIVER = Reason(
    "state_not_receiver",
    phrase("Bara den som ska ta över kan svara."),
    phrase("Vänta på svaret, eller be någon annan ta över."),
)
NOT_FOR_ROLE = Reason(
    "state_not_for_role",
    phrase("Din roll får inte göra det här."),
    phrase("Be processledaren eller en kollega i teamet."),
)


def find(kind: Kind, before: str, after: str) -> Move | None:
    """The arrow, or None when there is none."""
    return next((one for one in MOVES if (one.kind, one.before, one.after) == (kind, before, after)), None)


def from_here(kind: Kind, before: str, role: str) -> list[Move]:
    """What the role may do from a state, in the order of the table."""
    return [one for one in MOVES if (one.kind, one.before) == (kind, before) and may(role, one.permission)]


def why_not(
    kind: Kind,
    before: str,
    after: str,
    *,
    role: str,
    reason: str = "",
    is_own_part: bool = True,
    is_another: bool = True,
    is_receiver: bool = True,
) -> Reason | None:
    """None when it may happen, else the reason. To stay in a state is no move: what else is written may change then.

    `is_own_part`: the asker's area wrote it. `is_another`: the asker is not the one who asked. `is_receiver`: it is handed
    to the asker.
    """
    move = find(kind, before, after)
    if before == after and before != NEW:
        return None if is_own_part else NOT_YOUR_PART
    if move is None:
        return NO_SUCH_MOVE
    if not may(role, move.permission):
        return NOT_FOR_ROLE
    right = {Who.ON_CASE: True, Who.OWN_PART: is_own_part, Who.ANOTHER: is_another, Who.RECEIVER: is_receiver}
    if not right[move.who]:
        return {Who.OWN_PART: NOT_YOUR_PART, Who.ANOTHER: SAME_PERSON, Who.RECEIVER: NOT_RECEIVER}[move.who]
    return NO_REASON if move.needs_reason and not reason.strip() else None


def told(kind: Kind, before: str, after: str) -> dict[str, str]:
    """The details of NO_SUCH_MOVE in words."""
    return {
        "thing": NAMES[kind],
        "before": STATE_NAMES.get((kind, before), "–"),
        "after": STATE_NAMES.get((kind, after), "–"),
    }


def state_of(kind: Kind, content: Mapping[str, Any]) -> str:
    """The state that a stored content is in."""
    if kind is Kind.MESSAGE:
        return "answered" if content.get("answered_by") else "open"
    if kind is Kind.OWN_SYSTEM_NOTE:
        return "entered" if content.get("entered_at") else "written"
    return str(content.get("state", "planned" if kind is Kind.STEP else NEW))
