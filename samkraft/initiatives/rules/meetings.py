"""Bodies that steer an initiative, their meetings, what they decide, and minutes that another person adjusts."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase


class BoardKind(StrEnum):
    """What sort of body it is."""

    STEERING = "steering"
    OPERATIVE = "operative"
    AGREEMENT = "agreement"
    COORDINATION = "coordination"


BOARD_NAMES = {
    BoardKind.STEERING: phrase("Strategisk styrgrupp"),
    BoardKind.OPERATIVE: phrase("Operativ styrgrupp"),
    BoardKind.AGREEMENT: phrase("SÖK"),
    BoardKind.COORDINATION: phrase("FINSAM"),
}
DECIDING = (BoardKind.STEERING,)  # whose decisions bind capacity, the handbook and the activity plan


class MeetingState(StrEnum):
    """How far a meeting has come; derived from what has happened."""

    CALLED = "called"
    HELD = "held"
    MINUTED = "minuted"
    ADJUSTED = "adjusted"
    CANCELLED = "cancelled"


STATE_NAMES = {
    MeetingState.CALLED: phrase("kallat"),
    MeetingState.HELD: phrase("hållet, protokoll saknas"),
    MeetingState.MINUTED: phrase("väntar på justering"),
    MeetingState.ADJUSTED: phrase("justerat"),
    MeetingState.CANCELLED: phrase("inställt"),
}


class MeetingEventKind(StrEnum):
    """What happens to a meeting."""

    MOVED = "moved"
    CANCELLED = "cancelled"
    PACK = "pack"
    MINUTED = "minuted"
    RETURNED = "returned"
    ADJUSTED = "adjusted"


EVENT_NAMES = {
    MeetingEventKind.MOVED: phrase("Mötet flyttades"),
    MeetingEventKind.CANCELLED: phrase("Mötet ställdes in"),
    MeetingEventKind.PACK: phrase("Underlaget lades till"),
    MeetingEventKind.MINUTED: phrase("Protokollet skrevs"),
    MeetingEventKind.RETURNED: phrase("Protokollet lämnades tillbaka"),
    MeetingEventKind.ADJUSTED: phrase("Protokollet justerades"),
}


class About(StrEnum):
    """What a point on the agenda is about; some kinds bind something when they are decided."""

    RISK = "risk"
    FORECAST = "forecast"
    PROPOSAL = "proposal"
    HANDBOOK = "handbook"
    ACTIVITY_PLAN = "activity_plan"
    CAPACITY = "capacity"
    STAFFING = "staffing"
    DELIVERY = "delivery"
    OTHER = "other"


ABOUT_NAMES = {
    About.RISK: phrase("Risk"),
    About.FORECAST: phrase("Prognos"),
    About.PROPOSAL: phrase("Förslag om platser"),
    About.HANDBOOK: phrase("Metodstöd"),
    About.ACTIVITY_PLAN: phrase("Aktivitetsplan"),
    About.CAPACITY: phrase("Team och platser"),
    About.STAFFING: phrase("Bemanning"),
    About.DELIVERY: phrase("Leverans"),
    About.OTHER: phrase("Övrigt"),
}
BINDING = (About.HANDBOOK, About.ACTIVITY_PLAN, About.CAPACITY)


class Outcome(StrEnum):
    """What a meeting did with a point."""

    DECIDED = "decided"
    CHANGED = "changed"
    REJECTED = "rejected"
    RETURNED = "returned"
    POSTPONED = "postponed"
    NOTED = "noted"


OUTCOME_NAMES = {
    Outcome.DECIDED: phrase("beslutat enligt förslaget"),
    Outcome.CHANGED: phrase("beslutat med ändring"),
    Outcome.REJECTED: phrase("avslaget"),
    Outcome.RETURNED: phrase("tillbaka för mer beredning"),
    Outcome.POSTPONED: phrase("flyttat till ett senare möte"),
    Outcome.NOTED: phrase("till kännedom"),
}
YES = (Outcome.DECIDED, Outcome.CHANGED)

NO_TITLE = Reason("agenda_without_title", phrase("Punkten saknar rubrik."), phrase("Skriv vad den handlar om."))
NO_TEXT = Reason("resolution_without_text", phrase("Beslutet saknar lydelse."), phrase("Skriv vad mötet beslutade."))
NO_MINUTES = Reason(
    "minutes_empty", phrase("Protokollet är tomt."), phrase("Skriv vilka som var med och vad som sades.")
)
NO_REASON = Reason("meeting_without_reason", phrase("Skälet saknas."), phrase("Skriv varför."))
IN_THE_PAST = Reason(
    "meeting_in_the_past", phrase("Mötet kan inte kallas till {when}: det har redan varit."), phrase("Välj en ny tid.")
)
IS_CANCELLED = Reason("meeting_cancelled", phrase("Mötet är inställt."), phrase("Kalla till ett nytt möte."))
NOT_YET_HELD = Reason(
    "meeting_not_yet_held",
    phrase("Mötet har inte börjat än: det är kallat till {when}."),
    phrase("Beslut och protokoll skrivs när mötet har börjat."),
)
MINUTES_STAND = Reason(
    "minutes_stand",
    phrase("Protokollet är justerat och ändras inte mer."),
    phrase("Ta upp frågan på nästa möte."),
)
WAITS_FOR_ADJUSTING = Reason(
    "minutes_wait_for_adjusting",
    phrase("Protokollet väntar på justering."),
    phrase("Vill du ändra något måste den som justerar först lämna tillbaka det."),
)
NOTHING_TO_ADJUST = Reason(
    "minutes_nothing_to_adjust", phrase("Det finns inget protokoll att justera."), phrase("Vänta tills det är skrivet.")
)
OWN_MINUTES = Reason(
    "minutes_own",
    phrase("Du har själv skrivit protokollet."),
    phrase("Någon annan som var med justerar det."),
)
NO_SEAT = Reason(
    "minutes_without_seat",
    phrase("Du har ingen plats i {board}."),
    phrase("Be någon som sitter i gruppen justera."),
)
DECIDED_ALREADY = Reason(
    "agenda_decided_already",
    phrase("Punkten har redan beslutet {number}."),
    phrase("Ta upp frågan på ett nytt möte för att besluta något annat."),
)
UNDECIDED = Reason(
    "minutes_with_undecided",
    phrase("Punkt {number}, {title}, har inget beslut än."),
    phrase("Skriv vad mötet gjorde med den, också om den flyttades."),
)
MAY_NOT_BIND = Reason(
    "board_may_not_bind",
    phrase("{board} beslutar inte om detta."),
    phrase("Ta upp punkten i den strategiska styrgruppen, eller lägg den här till kännedom."),
)
NOTHING_TO_BIND = Reason(
    "agenda_nothing_to_bind",
    phrase("Punkten säger inte vad beslutet skulle gälla."),
    phrase("Välj vilken version eller vilken ändring den gäller."),
)
TASK_INCOMPLETE = Reason(
    "resolution_task_incomplete",
    phrase("Uppgiften ”{title}” saknar dag eller ansvarig."),
    phrase("Skriv vad som ska göras, vem som gör det och senast när."),
)
TASK_IN_THE_PAST = Reason(
    "resolution_task_in_the_past",
    phrase("Uppgiften ”{title}” skulle vara klar {day}, före mötet."),
    phrase("Välj en dag efter mötet."),
)
SEAT_TWICE = Reason("board_seat_twice", phrase("{name} har redan en plats i gruppen."), phrase("Välj någon annan."))
NAME_TAKEN = Reason(
    "board_name_taken", phrase("Det finns redan en grupp som heter så."), phrase("Välj ett annat namn.")
)


@dataclass(frozen=True, slots=True)
class Task:
    """What shall be done because of a decision, by which body, at the latest when."""

    title: str
    body_id: UUID
    due_date: date


def state(*, has_begun: bool, kinds: Collection[MeetingEventKind]) -> MeetingState:
    """Where a meeting stands, from all that has happened to it. Minutes that were given back are to be written again."""
    happened = Counter(kinds)
    if happened[MeetingEventKind.CANCELLED]:
        return MeetingState.CANCELLED
    if happened[MeetingEventKind.ADJUSTED]:
        return MeetingState.ADJUSTED
    if happened[MeetingEventKind.MINUTED] > happened[MeetingEventKind.RETURNED]:
        return MeetingState.MINUTED
    return MeetingState.HELD if has_begun else MeetingState.CALLED


def why_not_decide(now: MeetingState) -> Reason | None:
    """None when decisions and minutes can be written."""
    return {
        MeetingState.CANCELLED: IS_CANCELLED,
        MeetingState.ADJUSTED: MINUTES_STAND,
        MeetingState.MINUTED: WAITS_FOR_ADJUSTING,
        MeetingState.CALLED: NOT_YET_HELD,
    }.get(now)


def why_not_plan(now: MeetingState) -> Reason | None:
    """None when the agenda can still get points."""
    return {
        MeetingState.CANCELLED: IS_CANCELLED,
        MeetingState.ADJUSTED: MINUTES_STAND,
        MeetingState.MINUTED: WAITS_FOR_ADJUSTING,
    }.get(now)


def why_not_adjust(now: MeetingState, *, wrote: UUID | None, actor: UUID, has_seat: bool) -> Reason | None:
    """None when the person may adjust the minutes: they were there, and somebody else wrote them."""
    if now is MeetingState.CANCELLED:
        return IS_CANCELLED
    if now is MeetingState.ADJUSTED:
        return MINUTES_STAND
    if now is not MeetingState.MINUTED:
        return NOTHING_TO_ADJUST
    if not has_seat:
        return NO_SEAT
    return OWN_MINUTES if wrote == actor else None


def number_in_words(prefix: str, year: int, number: int) -> str:
    """How a decision is referred to: "STY 2026:3"."""
    return f"{prefix} {year}:{number}"
