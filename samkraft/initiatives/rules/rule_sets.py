"""What holds for participants in one initiative, as data: limits, follow-ups, who agrees, and what is asked at the start.

Another initiative has other rules and needs no other code. The shape below is what is kept as JSON.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase


class Agrees(StrEnum):
    """Who agrees on a plan."""

    PARTICIPANT = "participant"
    LEADING_AREA = "leading_area"  # the area of the process lead
    WRITING_AREAS = "writing_areas"  # every area with a step in the plan


AGREES_NAMES = {
    Agrees.PARTICIPANT: phrase("deltagaren"),
    Agrees.LEADING_AREA: phrase("processledarens myndighet"),
    Agrees.WRITING_AREAS: phrase("varje myndighet med ett steg i planen"),
}

UNREADABLE = Reason(
    "rule_set_unreadable",
    phrase("Reglerna går inte att läsa: ”{what}”."),
    phrase("Jämför med en insats som redan har regler."),
)
NOT_ABOVE_NONE = Reason(
    "rule_set_not_above_none",
    phrase("{what} måste vara minst 1."),
    phrase("Lämna tomt om ingen gräns finns."),
)
FOLLOW_UPS_TWICE = Reason(
    "rule_set_follow_ups_twice",
    phrase("Samma uppföljning står två gånger."),
    phrase("Skriv varje antal månader en gång."),
)
QUESTION_TWICE = Reason(
    "rule_set_question_twice",
    phrase("Två frågor vid start har samma kortnamn: {code}."),
    phrase("Ge dem olika kortnamn."),
)
QUESTION_REUSED = Reason(
    "rule_set_question_reused",
    phrase("Kortnamnet {code} har använts för en annan fråga: ”{text}”."),
    phrase("Ge den nya frågan ett eget kortnamn. Svar på den förra frågan ska inte läsas som svar på den nya."),
)
CRITERION_TWICE = Reason(
    "rule_set_criterion_twice",
    phrase("Två rader om målgruppen har samma kortnamn: {code}."),
    phrase("Ge dem olika kortnamn."),
)
CHANGED_MEANWHILE = Reason(
    "rule_set_changed_meanwhile",
    phrase("{who} bestämde version {version} av reglerna efter att du öppnade sidan."),
    phrase("Läs reglerna som gäller nu. Det du skrev står kvar. Spara igen om det ska gälla i stället."),
)
NOBODY_AGREES = Reason(
    "rule_set_without_participant",
    phrase("Deltagaren måste vara med och komma överens om planen."),
    phrase("Lägg till deltagaren bland dem som godkänner."),
)


@dataclass(frozen=True, slots=True)
class Criterion:
    """One way to belong to the target group. `priority` goes before others when places are scarce."""

    code: str
    text: str
    priority: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that is checked before somebody is enrolled. `expected` is the answer that lets the person begin."""

    code: str
    text: str
    expected: str = "yes"
    must_hold: bool = False


@dataclass(frozen=True, slots=True)
class RuleSet:
    """One version of an initiative's rules. None where there is no limit; days, months and hours are whole.

    `limit_days` counts days in the phases that count to it. `promise_days` is how soon what was promised at exit must
    begin. `certificate` is what a participant takes along in writing; empty when there is none.
    """

    limit_days: int | None = None
    promise_days: int | None = None
    follow_up_months: tuple[int, ...] = ()
    least_weekly_hours: int | None = None
    monthly_time_report: bool = False
    meets_at_phase_moves: bool = True
    meets_around_activities: bool = True
    equal_places: bool = False
    agreement_parties: tuple[Agrees, ...] = (Agrees.PARTICIPANT,)
    target_group: tuple[Criterion, ...] = ()
    start_check: tuple[Question, ...] = ()
    certificate: str = ""

    def as_data(self) -> dict[str, Any]:
        """As it is kept: JSON's own kinds of values only."""
        data = asdict(self)
        return data | {name: list(value) for name, value in data.items() if isinstance(value, tuple)}


def of_data(data: Mapping[str, Any]) -> RuleSet:
    """Read what was kept or sent. Raises Refused (UNREADABLE) for names and kinds of values that are not ours."""
    known = dict(data)
    try:
        return RuleSet(
            follow_up_months=tuple(_whole(value) for value in known.pop("follow_up_months", ())),
            agreement_parties=tuple(Agrees(value) for value in known.pop("agreement_parties", (Agrees.PARTICIPANT,))),
            target_group=tuple(Criterion(**row) for row in known.pop("target_group", ())),
            start_check=tuple(Question(**row) for row in known.pop("start_check", ())),
            **{name: _simple(name, value) for name, value in known.items()},
        )
    except (TypeError, ValueError) as fault:
        raise Refused(UNREADABLE, what=str(fault)) from fault


def require_sound(rules: RuleSet) -> None:
    """Refuse rules that contradict themselves."""
    for what, value in (
        (phrase("Gränsen i dagar"), rules.limit_days),
        (phrase("Dagar till utlovad start"), rules.promise_days),
        (phrase("Minsta tid i veckan"), rules.least_weekly_hours),
        *((phrase("Månader till uppföljning"), months) for months in rules.follow_up_months),
    ):
        if value is not None and value < 1:
            raise Refused(NOT_ABOVE_NONE, what=what)
    if len(set(rules.follow_up_months)) < len(rules.follow_up_months):
        raise Refused(FOLLOW_UPS_TWICE)
    if Agrees.PARTICIPANT not in rules.agreement_parties:
        raise Refused(NOBODY_AGREES)
    for reason, codes in (
        (QUESTION_TWICE, [question.code for question in rules.start_check]),
        (CRITERION_TWICE, [criterion.code for criterion in rules.target_group]),
    ):
        for code in codes:
            if codes.count(code) > 1:
                raise Refused(reason, code=code)


def require_own_codes(rules: RuleSet, before: Iterable[RuleSet]) -> None:
    """Refuse a question under the code of another that was asked before: answers are kept by code and stay answers to it."""
    asked = {question.code: question for held in before for question in held.start_check}
    for question in rules.start_check:
        earlier = asked.get(question.code)
        if earlier is not None and (earlier.text, earlier.expected) != (question.text, question.expected):
            raise Refused(QUESTION_REUSED, code=question.code, text=earlier.text)


_WHOLE = {"limit_days", "promise_days", "least_weekly_hours"}
_FLAGS = {"monthly_time_report", "meets_at_phase_moves", "meets_around_activities", "equal_places"}


def _simple(name: str, value: Any) -> Any:
    if name in _WHOLE:
        return None if value is None else _whole(value)
    if name in _FLAGS and not isinstance(value, bool):
        raise ValueError(f"{name}: {value!r}")
    if name == "certificate" and not isinstance(value, str):
        raise ValueError(f"{name}: {value!r}")
    return value


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(repr(value))
    return value
