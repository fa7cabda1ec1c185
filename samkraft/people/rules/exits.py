"""How a person leaves: with an outcome, with a promise that is looked at, and with follow-ups that land with somebody.

Who begins work or studies within the initiative's number of days (90 in the first) may leave on the promise. When the day
comes, somebody looks: was it kept? If not, the person is back in place without a new referral.
"""

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from samkraft.people.rules import contents
from samkraft.people.rules.contents.choices import FollowUpState, Outcome
from samkraft.people.rules.contents.endings import Exit, FollowUp
from samkraft.people.rules.held import Held, latest, newest
from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase

# It tells how it is so many months afterwards, so what was seen long before is no answer to it. A fortnight before its day,
# when the inbox asks for it too, is near enough; of the first, after one month, a week, or half the month would be missing.
FOLLOW_UP_DAYS_BEFORE = 14
_DAYS_BEFORE_PER_MONTH = 7
PROMISING = frozenset({Outcome.WORK, Outcome.STUDIES})

BEFORE_START = Reason(
    "exit_before_entry",
    phrase("Sista dagen {left} är före inskrivningen {start}."),
    phrase("Rätta dagen. Var inskrivningen ett misstag, skriv det i anteckningen."),
)
EXITED_ALREADY = Reason(
    "exit_already",
    phrase("Personen är redan utskriven, {left}."),
    phrase("Stämmer det inte, ta personen tillbaka på sin plats."),
)
PROMISE_TOO_FAR = Reason(
    "exit_promise_too_far",
    phrase("Starten {start} ligger mer än {days} dagar efter sista dagen."),
    phrase("Låt personen vara kvar tills starten är närmare."),
)
PROMISE_BEFORE_EXIT = Reason(
    "exit_promise_before_exit",
    phrase("Den avtalade starten {start} är före sista dagen {left}."),
    phrase("Rätta en av dagarna. Har personen redan börjat, lämna fältet för start tomt."),
)
PROMISE_WITHOUT_WORK = Reason(
    "exit_promise_without_work",
    phrase("En avtalad start hör till arbete eller studier."),
    phrase("Välj utfallet arbete eller studier, eller ta bort dagen."),
)
NOT_EXITED = Reason(
    "exit_none",
    phrase("Personen är inte utskriven."),
    phrase("Ladda om sidan och se vad som har hänt."),
)
NO_PROMISE = Reason(
    "exit_without_promise",
    phrase("Det finns ingen avtalad start att kontrollera."),
    phrase("Du behöver inte göra något."),
)
NOT_DUE_YET = Reason(
    "exit_promise_not_due",
    phrase("Starten är avtalad till {start} och har inte varit än."),
    phrase("Kontrollera när dagen har varit."),
)
LOOKED_ALREADY = Reason(
    "exit_promise_looked_at",
    phrase("Starten är redan kontrollerad."),
    phrase("Du behöver inte göra något."),
)
FOLLOW_UP_TOO_EARLY = Reason(
    "follow_up_before_exit",
    phrase("Uppföljningen kan inte vara gjord {done}, före utskrivningen {left}."),
    phrase("Rätta dagen."),
)
FOLLOW_UP_NOT_YET = Reason(
    "follow_up_not_yet",
    phrase(
        "Uppföljningen gäller hur det är {due}. Den kan skrivas från {first}, så att svaret säger något om den tiden."
    ),
    phrase("Har du pratat med personen redan nu, anteckna det under Kontakt. Skriv uppföljningen från {first}."),
)
FOLLOW_UP_WITHOUT_SITUATION = Reason(
    "follow_up_without_situation",
    phrase("Det står inte vad personen gör nu."),
    phrase("Välj det som stämmer bäst."),
)


@dataclass(frozen=True, slots=True)
class Left:
    """That the person has left. `must_look` is the day from which somebody has to look at the promise."""

    held: Held
    content: Exit

    @property
    def must_look(self) -> date | None:
        """The promised day, until somebody has looked."""
        return self.content.promised_start if self.content.promise_kept is None else None

    def is_to_look_at(self, today: date) -> bool:
        """Whether the promised day has come and nobody has looked."""
        return self.must_look is not None and self.must_look <= today


@dataclass(frozen=True, slots=True)
class Planned:
    """A follow-up with its answer, which another area may have written."""

    held: Held
    content: FollowUp
    answer: Held | None

    @property
    def state(self) -> FollowUpState:
        """The newest state, whoever wrote it."""
        if self.answer is None:
            return self.content.state
        return FollowUpState(self.answer.content["state"])

    def is_late(self, today: date) -> bool:
        """Whether it should have been done."""
        return self.state is FollowUpState.DUE and self.content.due_date < today


def left(contributions: Iterable[Held]) -> Left | None:
    """The exit that holds; None while the person takes part, or is back in place after a promise that was not kept."""
    held = newest(contributions, "exit")
    if held is None:
        return None
    content = contents.read("exit", held.content)
    return None if content.promise_kept is False else Left(held, content)


def last_exit(contributions: Iterable[Held]) -> Left | None:
    """The newest exit, whether or not the person came back after it."""
    held = newest(contributions, "exit")
    return None if held is None else Left(held, contents.read("exit", held.content))


def why_not_exit(
    content: Exit, *, started_on: date, exited_on: date | None, promise_days: int | None
) -> tuple[Reason, dict[str, object]] | None:
    """None when the person may leave like this. `promise_days` None: the initiative does not let a promise wait."""
    if exited_on is not None:
        return EXITED_ALREADY, {"left": exited_on.isoformat()}
    if content.left_on < started_on:
        return BEFORE_START, {"left": content.left_on.isoformat(), "start": started_on.isoformat()}
    start = content.promised_start
    if start is None:
        return None
    if content.outcome not in PROMISING:
        return PROMISE_WITHOUT_WORK, {}
    if start < content.left_on:
        return PROMISE_BEFORE_EXIT, {"start": start.isoformat(), "left": content.left_on.isoformat()}
    if (start - content.left_on).days > (promise_days or 0):
        return PROMISE_TOO_FAR, {"start": start.isoformat(), "days": promise_days or 0}
    return None


def why_not_look(found: Left | None, today: date) -> tuple[Reason, dict[str, object]] | None:
    """None when it can be noted today whether the promise was kept."""
    if found is None:
        return NOT_EXITED, {}
    if found.content.promised_start is None:
        return NO_PROMISE, {}
    if found.content.promise_kept is not None:
        return LOOKED_ALREADY, {}
    if today < found.content.promised_start:
        return NOT_DUE_YET, {"start": found.content.promised_start.isoformat()}
    return None


def follow_ups_of(content: Exit, months: Sequence[int]) -> list[FollowUp]:
    """The follow-ups that an exit brings: counted from the promised start when there is one, else from the last day."""
    begin = content.promised_start or content.left_on
    return [
        FollowUp(months=count, due_date=months_after(begin, count), state=FollowUpState.DUE)
        for count in sorted(set(months))
    ]


def follow_ups(contributions: Iterable[Held]) -> list[Planned]:
    """The planned follow-ups by date, each with its answer.

    Those of an exit after which the person came back fall away, unless they were answered.
    """
    contributions = list(contributions)
    came_back_at = max(
        (
            held.occurred_at
            for held in contributions
            if held.kind == "exit" and held.content.get("promise_kept") is False
        ),
        default=None,
    )
    found = latest(contributions, "follow_up")
    read = {held.lineage: contents.read("follow_up", held.content) for held in found}
    answers = {content.answers: held for held in found if (content := read[held.lineage]).answers is not None}
    planned = [
        Planned(held, content, answers.get(held.lineage))
        for held in found
        if (content := read[held.lineage]).answers is None
    ]
    standing = [
        one
        for one in planned
        if one.state is not FollowUpState.DUE or came_back_at is None or one.held.occurred_at > came_back_at
    ]
    return sorted(standing, key=lambda one: (one.content.due_date, str(one.held.lineage)))


def follow_up_from(content: FollowUp) -> date:
    """The first day on which a follow-up can be made: a fortnight before its day, and a week before that after one month."""
    days = min(FOLLOW_UP_DAYS_BEFORE, _DAYS_BEFORE_PER_MONTH * content.months)
    return content.due_date - timedelta(days=days)


def why_not_follow_up(content: FollowUp, left_on: date, today: date) -> tuple[Reason, dict[str, object]] | None:
    """None when the answer can be noted: after the exit, near its day, and with what the person does now when it was done.

    That somebody was not reached says as little when it was tried months too early.
    """
    if content.done_on is not None and content.done_on < left_on:
        return FOLLOW_UP_TOO_EARLY, {"done": content.done_on.isoformat(), "left": left_on.isoformat()}
    first = follow_up_from(content)
    if (content.done_on or today) < first:
        return FOLLOW_UP_NOT_YET, {"due": content.due_date.isoformat(), "first": first.isoformat()}
    if content.state is FollowUpState.DONE and content.situation is None:
        return FOLLOW_UP_WITHOUT_SITUATION, {}
    return None


def months_after(day: date, months: int) -> date:
    """The same day some months later; the last of the month when there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
