"""Which referrals are open, what is next with each, and when one may be ended.

A referral is open from the day it came until the person begins, or until somebody ends it with a reason. It is taken up by
an enrolment that lasts on that day or begins afterwards; what came while somebody took part already waits for nothing.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from samkraft.people.rules import contents, start_check
from samkraft.people.rules.contents.persons import Referral, ReferralEnd
from samkraft.people.rules.held import Held, is_left, latest, newest
from samkraft.people.rules.start_check import Answer, Asked
from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase

# No law and no decision says how soon; a fortnight is what the inbox gives elsewhere, and half of what people wait today.
DAYS_TO_BEGIN = 14

ENDED_ALREADY = Reason(
    "referral_ended_already",
    phrase("Remitteringen är redan avslutad, {ended}."),
    phrase("Du behöver inte göra något. Ska personen börja ändå, registrera en ny remittering."),
)
TAKEN_UP = Reason(
    "referral_taken_up",
    phrase("Personen är inskriven, så remitteringen väntar inte längre."),
    phrase("Ska personen sluta, skriv ut i stället. Det gör du längre ner på sidan Insatsen."),
)
ENDED_BEFORE_IT_CAME = Reason(
    "referral_ended_before_it_came",
    phrase("Dagen {ended} är före den dag då remitteringen kom in, {received}."),
    phrase("Rätta dagen."),
)

CAME_BEFORE_THE_LAST = Reason(
    "referral_came_before_the_last",
    phrase("Dagen {received} är före den dag då den förra remitteringen kom in, {last}."),
    phrase("Rätta dagen."),
)

ANOTHER_STANDS = Reason(
    "referral_another_stands",
    phrase("Personen har redan en remittering som väntar, eller deltar."),
    phrase("Ladda om sidan och gå vidare därifrån."),
)


class Next(StrEnum):
    """What there is to do with an open referral."""

    CHECK = "check"
    STOPPED = "stopped"
    ENROL = "enrol"
    HAND_OVER = "hand_over"
    HANDED_OVER = "handed_over"


@dataclass(frozen=True, slots=True)
class Standing:
    """A referral as an area holds it, and its end when there is one."""

    held: Held
    content: Referral
    end: ReferralEnd | None


@dataclass(frozen=True, slots=True)
class Begun:
    """From when until when the person has taken part, as the area knows it; `left_on` None: still."""

    started_on: date
    left_on: date | None


def all_of(contributions: Sequence[Held]) -> list[Standing]:
    """Every referral that the area holds, oldest first; the first end of each counts, whoever wrote it."""
    ends: dict[UUID, ReferralEnd] = {}
    for held in latest(contributions, "referral_end"):
        content = contents.read("referral_end", held.content)
        ends.setdefault(content.referral, content)
    found = [
        Standing(held, contents.read("referral", held.content), ends.get(held.lineage))
        for held in latest(contributions, "referral")
    ]
    return sorted(found, key=lambda one: (one.content.received_on, one.held.written_at, str(one.held.lineage)))


def begun(contributions: Sequence[Held]) -> list[Begun]:
    """The person's times in any initiative, as the area knows them."""
    found = []
    for held in latest(contributions, "enrolled"):
        left = newest((one for one in contributions if one.enrolment_id == held.enrolment_id), "exit")
        is_over = left is not None and is_left(contributions, held.enrolment_id)
        left_on = contents.read("exit", left.content).left_on if left is not None and is_over else None
        found.append(Begun(contents.read("enrolled", held.content).started_on, left_on))
    return found


def is_taken_up(received_on: date, times: Iterable[Begun]) -> bool:
    """Whether the person took part when it came, or has begun since."""
    return any(one.started_on >= received_on or one.left_on is None or one.left_on > received_on for one in times)


def open_ones(contributions: Sequence[Held]) -> list[Standing]:
    """Those that wait, oldest first."""
    times = begun(contributions)
    return [one for one in all_of(contributions) if one.end is None and not is_taken_up(one.content.received_on, times)]


def ground(contributions: Sequence[Held]) -> Standing | None:
    """The one that somebody may begin on: the newest that has not been ended. None when there is none."""
    left = [one for one in all_of(contributions) if one.end is None]
    return left[-1] if left else None


def last_ended(contributions: Sequence[Held]) -> ReferralEnd | None:
    """The newest end, when every referral has been ended: then nobody can begin on any."""
    every = all_of(contributions)
    return None if not every or any(one.end is None for one in every) else every[-1].end


def why_not_end(
    standing: Standing, ended: ReferralEnd, times: Iterable[Begun]
) -> tuple[Reason, dict[str, object]] | None:
    """None when it may be ended like this."""
    if standing.end is not None:
        return ENDED_ALREADY, {"ended": standing.end.ended_on.isoformat()}
    if is_taken_up(standing.content.received_on, times):
        return TAKEN_UP, {}
    if ended.ended_on < standing.content.received_on:
        told = {"ended": ended.ended_on.isoformat(), "received": standing.content.received_on.isoformat()}
        return ENDED_BEFORE_IT_CAME, told
    return None


def why_not_again(contributions: Sequence[Held], received_on: date) -> tuple[Reason, dict[str, object]] | None:
    """None when a new referral may come that day: the latest is the one that is gone on with, so it cannot be an older."""
    latest_day = max((one.content.received_on for one in all_of(contributions)), default=received_on)
    if received_on < latest_day:
        return CAME_BEFORE_THE_LAST, {"received": received_on.isoformat(), "last": latest_day.isoformat()}
    return None


def due_date(received_on: date) -> date:
    """When the person should have begun, or been told that nothing comes of it."""
    return received_on + timedelta(days=DAYS_TO_BEGIN)


def unknown(content: Referral, questions: Sequence[Asked]) -> int:
    """How many of the questions of the start check nobody has answered."""
    return sum((content.start_check.get(one.code) or Answer.UNKNOWN) == Answer.UNKNOWN for one in questions)


def asked_of(content: Referral, questions: Collection[Sequence[Asked]]) -> Sequence[Asked]:
    """The questions that this referral answers: those of the initiative that most of the answers belong to, of several."""
    return max(questions, key=lambda asked: len(asked) - unknown(content, asked), default=())


def next_thing(
    content: Referral,
    *,
    questions: Collection[Sequence[Asked]],
    is_own: bool,
    is_handed_over: bool,
    may_enrol: bool,
) -> Next:
    """What comes next. `questions`: of each initiative that the area may enrol in; of none, the area enrols nobody.

    A no that must be a yes stops only where it stops everywhere. What nobody knows stops nobody, but is found out first by
    whoever wrote it; who received it cannot change another's words, and goes on.
    """
    if is_own and is_handed_over:
        return Next.HANDED_OVER
    if not may_enrol or not questions:
        return Next.HAND_OVER
    checked = [start_check.check(asked, _known(content)) for asked in questions]
    if all(start_check.why_not_begin(one) for one in checked):
        return Next.STOPPED
    return Next.CHECK if is_own and unknown(content, asked_of(content, questions)) else Next.ENROL


def _known(content: Referral) -> dict[str, str]:
    return {code: answer for code, answer in content.start_check.items() if answer in set(Answer)}
