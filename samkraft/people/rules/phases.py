"""Where in the initiative a person is, and how much time is left. The initiative's own phases and limits are data.

Days count from the first day of a phase. Paused days count neither against the guide time nor against the limit. The
limit (six months for the phases that count, in the first initiative) may be prolonged by another person than who asked.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from samkraft.people.rules import contents
from samkraft.people.rules.contents.choices import Answer
from samkraft.people.rules.contents.persons import Pause, Prolongation
from samkraft.people.rules.held import Held, latest
from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase

NO_SUCH_PHASE = Reason(
    "phase_no_such",
    phrase("Insatsen har ingen fas {number}."),
    phrase("Välj en av insatsens faser."),
)
SAME_PHASE = Reason(
    "phase_same",
    phrase("Personen är redan i fas {number}."),
    phrase("Välj en annan fas."),
)
BEFORE_LAST_MOVE = Reason(
    "phase_before_last_move",
    phrase("{date} är före den dag då den nuvarande fasen började, {start}."),
    phrase("Välj en senare dag."),
)
BEFORE_START = Reason(
    "phase_before_start",
    phrase("{date} är före inskrivningen {start}."),
    phrase("Välj en dag då personen deltog."),
)
NO_REASON = Reason(
    "phase_without_reason",
    phrase("Det står inte varför fasen byts."),
    phrase("Skriv en mening om varför."),
)
PAUSED_ALREADY = Reason(
    "pause_already",
    phrase("Det finns redan en paus under den tiden."),
    phrase("Avsluta den pausen först."),
)
NOT_PAUSED = Reason(
    "pause_none",
    phrase("Personen har ingen paus att avsluta."),
    phrase("Du behöver inte göra något."),
)
NO_LIMIT = Reason(
    "prolongation_without_limit",
    phrase("Insatsen har ingen tidsgräns, så det finns inget att förlänga."),
    phrase("Du behöver inte göra något."),
)
NOT_LONGER = Reason(
    "prolongation_not_longer",
    phrase("Tiden räcker redan till {limit}."),
    phrase("Välj en senare dag, eller låt tiden vara."),
)
ASKED_ALREADY = Reason(
    "prolongation_asked_already",
    phrase("Mer tid är redan begärd och väntar på beslut."),
    phrase("Be den som ska besluta."),
)


@dataclass(frozen=True, slots=True)
class PhaseRule:
    """One phase of the initiative. `guide_days` None means no guide time."""

    number: int
    name: str
    guide_days: int | None
    counts_to_limit: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days in one phase, from its first day up to but not including `end_date`; None: it goes on."""

    number: int
    start_date: date
    end_date: date | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the person is on a day. Days are whole; None where there is no rule or nothing is known.

    `limit_date` is the last day within the limit; it moves for each paused day. `guide_left` and `days_left` are
    negative when the time has passed.
    """

    phase: int | None
    phase_since: date | None
    days_in_phase: int
    guide_days: int | None
    guide_left: int | None
    counted_days: int
    limit_days: int | None
    days_left: int | None
    limit_date: date | None
    prolonged_until: date | None
    is_paused: bool
    is_over_limit: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for more time and what became of it."""

    held: Held
    content: Prolongation
    answer: Held | None

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided yet."""
        return self.content.state is Answer.ASKED and self.answer is None


def stretches(contributions: Iterable[Held], exited_on: date | None = None) -> list[Stretch]:
    """The phases that the person has been in, in order of time. Of several that began the same day the last one holds."""
    found = sorted(latest(contributions, "phase"), key=lambda held: (held.content["since"], held.written_at, held.id))
    begun: dict[date, int] = {}
    for held in found:
        content = contents.read("phase", held.content)
        begun[content.since] = content.number
    days = sorted(begun)
    end = None if exited_on is None else exited_on + timedelta(days=1)
    ends = [*days[1:], end]
    return [Stretch(begun[start], start, stop) for start, stop in zip(days, ends, strict=True)]


def pauses(contributions: Iterable[Held]) -> list[Pause]:
    """The pauses, by their first day."""
    return sorted(
        (contents.read("pause", held.content) for held in latest(contributions, "pause")),
        key=lambda pause: pause.from_date,
    )


def prolongations(contributions: Sequence[Held]) -> list[Asked]:
    """The requests for more time with their answers, oldest first. An answer may have been written by another area."""
    found = latest(contributions, "prolongation")
    answers = {contents.read("prolongation", held.content).answers: held for held in found}
    answers.pop(None, None)
    return [
        Asked(held, content, answers.get(held.lineage))
        for held in found
        if (content := contents.read("prolongation", held.content)).answers is None
    ]


def prolonged_until(contributions: Sequence[Held]) -> date | None:
    """The latest day that was granted; None when nothing was."""
    granted = [
        content.until
        for held in latest(contributions, "prolongation")
        if (content := contents.read("prolongation", held.content)).state is Answer.GRANTED
    ]
    return max(granted, default=None)


def standing(
    contributions: Sequence[Held],
    rules: Sequence[PhaseRule],
    *,
    limit_days: int | None,
    today: date,
    exited_on: date | None = None,
) -> Standing:
    """Where the person is on a day, by the initiative's own phases and limit. A phase that does not count has no limit."""
    by_number = {rule.number: rule for rule in rules}
    been = [one for one in stretches(contributions, exited_on) if one.start_date <= today]
    now = been[-1] if been else None
    rule = by_number.get(now.number) if now else None
    paused = pauses(contributions)
    in_phase = len(_days(now, paused, today)) if now else 0
    counting = [one for one in been if one.number in by_number and by_number[one.number].counts_to_limit]
    counted = [day for one in counting for day in _days(one, paused, today)]
    until = prolonged_until(contributions)
    limit_date = None
    if limit_days is not None and rule is not None and rule.counts_to_limit:
        limit_date = _limit_date(counted, paused, limit_days, today)
        limit_date = max(limit_date, until) if until else limit_date
    guide_days = rule.guide_days if rule else None
    return Standing(
        phase=now.number if now else None,
        phase_since=now.start_date if now else None,
        days_in_phase=in_phase,
        guide_days=guide_days,
        guide_left=None if guide_days is None else guide_days - in_phase,
        counted_days=len(counted),
        limit_days=limit_days,
        days_left=None if limit_date is None else (limit_date - today).days,
        limit_date=limit_date,
        prolonged_until=until,
        is_paused=any(_covers(pause, today) for pause in paused),
        is_over_limit=limit_date is not None and limit_date < today,
    )


def why_not_move(
    number: int,
    since: date,
    reason: str,
    *,
    rules: Sequence[PhaseRule],
    now: Stretch | None,
    started_on: date,
) -> Reason | None:
    """None when the person may begin that phase on that day. Backwards is allowed too, with a reason."""
    if number not in {rule.number for rule in rules}:
        return NO_SUCH_PHASE
    if since < started_on:
        return BEFORE_START
    if now is None:
        return None
    if now.number == number:
        return SAME_PHASE
    if since < now.start_date:
        return BEFORE_LAST_MOVE
    return None if reason.strip() else NO_REASON


def why_not_pause(pause: Pause, existing: Iterable[Pause], started_on: date) -> Reason | None:
    """None when the pause shares no day with another and begins when the person takes part."""
    if pause.from_date < started_on:
        return BEFORE_START
    for other in existing:
        if (pause.until is None or other.from_date < pause.until) and (
            other.until is None or pause.from_date < other.until
        ):
            return PAUSED_ALREADY
    return None


def why_not_prolong(until: date, asked: Iterable[Asked], limit_date: date | None) -> Reason | None:
    """None when more time may be asked for: there is a limit, the day lies after it, and no request is waiting."""
    if limit_date is None:
        return NO_LIMIT
    if any(one.is_open for one in asked):
        return ASKED_ALREADY
    return None if until > limit_date else NOT_LONGER


def _covers(pause: Pause, day: date) -> bool:
    return pause.from_date <= day and (pause.until is None or day < pause.until)


def _days(stretch: Stretch, paused: Sequence[Pause], today: date) -> list[date]:
    """The days of the stretch up to and including today, without the paused ones."""
    end = min(stretch.end_date or date.max, today + timedelta(days=1))
    days = [stretch.start_date + timedelta(days=offset) for offset in range((end - stretch.start_date).days)]
    return [day for day in days if not any(_covers(pause, day) for pause in paused)]


def _limit_date(counted: Sequence[date], paused: Sequence[Pause], limit_days: int, today: date) -> date:
    """The last day within the limit. Days to come count unless a pause with an end is noted for them."""
    if len(counted) >= limit_days:
        return counted[limit_days - 1]
    ending = [pause for pause in paused if pause.until is not None]
    left, day = limit_days - len(counted), today
    while left:
        day += timedelta(days=1)
        left -= not any(_covers(pause, day) for pause in ending)
    return day
