"""The thread with the participant: messages in order, and how long each side has waited for the other."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samkraft.people.rules import contents
from samkraft.people.rules.contents.choices import Waited
from samkraft.people.rules.contents.meetings import Message
from samkraft.people.rules.held import Held, latest
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase

ANSWERED_ALREADY = Reason(
    "message_answered_already",
    phrase("Meddelandet är redan besvarat."),
    phrase("Läs svaret. Skriv ett nytt meddelande om något är kvar."),
)
REPORTED_ALREADY = Reason(
    "time_report_in_already",
    phrase("Tidrapporten för {month} är redan inlämnad."),
    phrase("Ingen påminnelse behövs."),
)
REMINDED_ALREADY = Reason(
    "reminded_already",
    phrase("Samma påminnelse är redan skriven i dag."),
    phrase("Vänta på svar, eller ring."),
)
WAITS_ON_BODY = Reason(
    "message_waits_on_body",
    phrase("I tråden väntar antingen ni eller deltagaren."),
    phrase("Väntar ni på en annan part? Skriv det som ett steg i planen."),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One message. `is_answered`: nobody waits for an answer to it any more."""

    held: Held
    content: Message
    is_answered: bool


@dataclass(frozen=True, slots=True)
class Thread:
    """All messages, the oldest first, and since when each side waits for the other; None when nobody does."""

    lines: tuple[Line, ...]
    waits_on_us_since: date | None
    waits_on_participant_since: date | None


def fold(contributions: Iterable[Held]) -> Thread:
    """The thread as the area holds it.

    A message that waits on one side is answered when it is said to be, or when that side has written since.
    """
    found = [(held, contents.read("message", held.content)) for held in latest(contributions, "message")]
    lines = tuple(Line(held, content, _is_answered(place, found)) for place, (held, content) in enumerate(found))
    return Thread(lines, _since(lines, Waited.US), _since(lines, Waited.PARTICIPANT))


def _is_answered(place: int, found: list[tuple[Held, Message]]) -> bool:
    _, message = found[place]
    if message.waits_on is Waited.NONE or message.answered_by is not None:
        return True
    answers_from_participant = message.waits_on is Waited.PARTICIPANT
    return any(later.from_participant == answers_from_participant for _, later in found[place + 1 :])


def _since(lines: Iterable[Line], side: Waited) -> date | None:
    days = [
        day_in_stockholm(one.held.occurred_at) for one in lines if one.content.waits_on is side and not one.is_answered
    ]
    return min(days, default=None)


def why_not_answer(thread: Thread, lineage: UUID) -> Reason | None:
    """None when the message still waits for an answer."""
    line = next((one for one in thread.lines if one.held.lineage == lineage), None)
    return ANSWERED_ALREADY if line is None or line.is_answered else None


def why_not_remind(thread: Thread, text: str, today: date) -> Reason | None:
    """None when the same words have not been written to the participant today: a form sent twice reminds once."""
    said = [one for one in thread.lines if not one.content.from_participant and one.content.text == text]
    return REMINDED_ALREADY if any(day_in_stockholm(one.held.occurred_at) == today for one in said) else None


def why_not_write(waits_on: str) -> Reason | None:
    """None when a message may wait on that side."""
    return WAITS_ON_BODY if waits_on == Waited.BODY else None
