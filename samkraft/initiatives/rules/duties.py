"""What is due, when, and whether it is late. A duty's state is derived from its date and its events, never stored."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase


class DutyEventKind(StrEnum):
    """What can happen to a duty."""

    DONE = "done"
    REOPENED = "reopened"
    MOVED = "moved"
    REMINDED = "reminded"
    WITHDRAWN = "withdrawn"
    RESTORED = "restored"


class DutyState(StrEnum):
    """Derived: done, late, due within a month, or later; or withdrawn, when what it came from was taken back."""

    DONE = "done"
    LATE = "late"
    SOON = "soon"
    LATER = "later"
    WITHDRAWN = "withdrawn"


class ReminderStep(StrEnum):
    """The three times that a body is reminded of one date."""

    TWO_WEEKS = "two_weeks"
    THREE_DAYS = "three_days"
    LATE = "late"


LABELS = {
    DutyState.DONE: phrase("klar"),
    DutyState.LATE: phrase("försenad"),
    DutyState.SOON: phrase("snart"),
    DutyState.LATER: phrase("senare"),
    DutyState.WITHDRAWN: phrase("återtagen"),
}

EVENT_LABELS = {
    DutyEventKind.DONE: phrase("Klar"),
    DutyEventKind.REOPENED: phrase("Öppnad igen"),
    DutyEventKind.MOVED: phrase("Flyttad"),
    DutyEventKind.REMINDED: phrase("Påminnelse skickad"),
    DutyEventKind.WITHDRAWN: phrase("Återtagen"),
    DutyEventKind.RESTORED: phrase("Gäller igen"),
}

DELIVERY_PREFIX = "delivery:"
"""How the key of a duty begins that is something which others hand in to an initiative, such as an evaluator's report."""
SOON_DAYS = 30
STEP_DAYS = {ReminderStep.TWO_WEEKS: 14, ReminderStep.THREE_DAYS: 3}

OPEN = frozenset({DutyState.LATE, DutyState.SOON, DutyState.LATER})

# What decides whether it is open: the latest of these.
DECIDING = frozenset({DutyEventKind.DONE, DutyEventKind.REOPENED, DutyEventKind.WITHDRAWN, DutyEventKind.RESTORED})

# From which states each thing may happen, and what the duty becomes. Open states differ only by the day's date.
MOVES: dict[DutyEventKind, frozenset[DutyState]] = {
    DutyEventKind.DONE: OPEN,
    DutyEventKind.REOPENED: frozenset({DutyState.DONE}),
    DutyEventKind.MOVED: OPEN,
    DutyEventKind.REMINDED: OPEN,
    DutyEventKind.WITHDRAWN: OPEN,
    DutyEventKind.RESTORED: frozenset({DutyState.WITHDRAWN}),
}

ALREADY_DONE = Reason(
    "duty_already_done",
    phrase("Uppgiften är redan klar. {who} markerade den {when}."),
    phrase("Öppna den igen först om något är kvar att göra."),
)
NOT_DONE = Reason(
    "duty_not_done",
    phrase("Uppgiften är inte markerad som klar, så den kan inte öppnas igen."),
    phrase("Du behöver inte göra något."),
)
IS_WITHDRAWN = Reason(
    "duty_withdrawn",
    phrase("Uppgiften är återtagen, för beslutet som den kom av är taget tillbaka."),
    phrase("Öppna ärendet. Har beslutet registrerats på nytt finns uppgiften i årshjulet igen."),
)
NOT_WITHDRAWN = Reason(
    "duty_not_withdrawn",
    phrase("Uppgiften är inte återtagen."),
    phrase("Du behöver inte göra något."),
)
NOT_YOURS = Reason(
    "duty_not_yours",
    phrase("Bara {body} eller den som håller i årshjulet kan göra det här."),
    phrase("Be någon hos {body}, eller stadskontorets handläggare."),
)
NOT_YOURS_TO_PLAN = Reason(
    "duty_not_yours_to_plan",
    phrase("Du håller bara i uppgifter för insatser som {body} äger."),
    phrase("Be stadskontorets handläggare, eller välj en av era egna insatser."),
)
CHANGED_MEANWHILE = Reason(
    "duty_changed_meanwhile",
    phrase("{who} ändrade uppgiften {when}, efter att du öppnade sidan."),
    phrase("Läs vad som hänt under Historik. Det du skrev står kvar. Skicka igen om det fortfarande ska gälla."),
)
NO_REASON = Reason(
    "duty_move_without_reason",
    phrase("Det står inte varför datumet flyttas."),
    phrase("Skriv en mening om varför. Den syns i historiken."),
)
SAME_DATE = Reason(
    "duty_move_to_same_date",
    phrase("Det nya datumet är samma som det gamla, {when}."),
    phrase("Välj ett annat datum."),
)
MOVE_TO_PAST = Reason(
    "duty_move_to_past",
    phrase("Det nya datumet {when} har redan varit."),
    phrase("Välj i dag eller en dag längre fram."),
)
NO_TITLE = Reason(
    "duty_without_title",
    phrase("Det står inte vad som ska göras."),
    phrase("Skriv det i en mening, till exempel ”Lämna årsanalys för 2026”."),
)


def state_of(due_date: date, kinds: Iterable[str], today: date) -> DutyState:
    """The state on a day, from the date and the kinds of its events in order of time."""
    latest = [kind for kind in kinds if kind in DECIDING][-1:]
    if latest == [DutyEventKind.WITHDRAWN]:
        return DutyState.WITHDRAWN
    if latest == [DutyEventKind.DONE]:
        return DutyState.DONE
    if due_date < today:
        return DutyState.LATE
    return DutyState.SOON if (due_date - today).days <= SOON_DAYS else DutyState.LATER


def why_not(kind: DutyEventKind, state: DutyState) -> Reason | None:
    """None when this may happen to a duty in the state, else the reason."""
    if state in MOVES[kind]:
        return None
    if DutyState.WITHDRAWN in (state, *MOVES[kind]):
        return IS_WITHDRAWN if state is DutyState.WITHDRAWN else NOT_WITHDRAWN
    return NOT_DONE if kind is DutyEventKind.REOPENED else ALREADY_DONE


def why_not_move(state: DutyState, old: date, new: date, today: date, reason: str) -> Reason | None:
    """None when the duty may get the new date with that reason, else why not."""
    if refused := why_not(DutyEventKind.MOVED, state):
        return refused
    if new == old:
        return SAME_DATE
    if new < today:
        return MOVE_TO_PAST
    return None if reason.strip() else NO_REASON


def reminder_step(due_date: date, today: date) -> ReminderStep | None:
    """Which reminder an open duty calls for today; None when it is too early.

    Only the nearest step counts, so that a worker that stood still for a week sends one reminder and not three.
    """
    if due_date < today:
        return ReminderStep.LATE
    left = due_date - today
    for step in (ReminderStep.THREE_DAYS, ReminderStep.TWO_WEEKS):
        if left <= timedelta(days=STEP_DAYS[step]):
            return step
    return None
