"""What lets a way be followed: attested hours, the signs of progression, and what SUS asks for at both ends.

With chance of its own, so that the rest of a life stays what it was. Of the month that has just been some is still to come in.
"""

from datetime import date, timedelta
from random import Random
from typing import Any

from samkraft.operations.world.people.casework import Casework
from samkraft.operations.world.people.deeds import Protect, Withdraw, Write
from samkraft.operations.world.people.parties import AF

ATTESTED = 0.96
STILL_OUT = 0.24  # of last month's reports
ATTESTED_LAST_MONTH = 0.6
ASKED = 0.93  # whose progression is followed
ANSWERS_ALSO = 0.75
ASKED_AT_EXIT = 0.85
IN_SUS = 0.45
CONSENTS_TO_SUS = 0.8
_SIGNS = ("job", "aim", "skills", "market", "together")


def follow(case: Casework, draw: Random, schooling: str) -> None:
    """Everything below. schooling: the level of education, as it is written elsewhere."""
    if case.setting.monthly_time_report and case.setting.administrator is not None:
        _attest(case, draw)
    if case.setting.limit_days is not None:
        _progress(case, draw)
        _sus(case, draw, schooling)


def _attest(case: Casework, draw: Random) -> None:
    """By the one who closes the months, of what the employment service knows."""
    by = case.setting.administrator
    assert by is not None
    this = case.setting.today.replace(day=1)
    last = f"{this - timedelta(days=1):%Y-%m}"
    ends = [deed.at for deed in case.deeds if isinstance(deed, Protect | Withdraw)]
    for deed in [one for one in case.deeds if isinstance(one, Write) and one.kind == "time_report"]:
        month, chance = str(deed.content["month"]), draw.random()
        if month == last and chance < STILL_OUT:
            case.deeds.remove(deed)
            continue
        share = ATTESTED_LAST_MONTH if month == last else ATTESTED
        at = case.at(case.later_by(draw, deed.at.date(), 1, 4))
        knows = AF in case.knowing and case.knowing[AF] < deed.at.date()
        if draw.random() < share and knows and not any(end <= at for end in ends):
            content = {"month": month, "hours": deed.content["hours"]}
            case.deeds.append(Write(at, by, f"attest:{month}", "time_attest", content))


def _progress(case: Casework, draw: Random) -> None:
    """At the start, every third month and at the exit; those who go on to work have moved a little more."""
    start = case.course.enrolled_on
    assert start is not None
    if draw.random() > ASKED:
        return
    lead = case.lead
    writes_health = lead.role in ("employment_officer", "social_secretary")
    level = {sign: draw.gauss(2.3, 0.8) for sign in (*_SIGNS, "health", "belief")}
    step = draw.gauss(0.45, 0.3) + (0.25 if case.course.outcome in ("work", "studies") else 0.0)
    day, number = case.later_by(draw, start, 4, 18), 0
    while not case.is_over(day):
        _ask(case, draw, day, number, level, writes_health)
        level = {sign: value + draw.gauss(step, 0.45) for sign, value in level.items()}
        day, number = case.later_by(draw, day, 85, 96), number + 1
    if number and draw.random() < ASKED_AT_EXIT:
        _ask(case, draw, case.later_by(draw, case.course.exit_on, -6, 3), number, level, writes_health, "exit")


def _ask(
    case: Casework, draw: Random, day: date, number: int, level: dict[str, float], writes_health: bool, when: str = ""
) -> None:
    lead, occasion = case.lead, when or ("start" if number == 0 else "quarter")
    said: dict[str, Any] = {"occasion": occasion, "on": day.isoformat()}
    answers = {sign: _answer(level[sign]) for sign in _SIGNS}
    case.write(day, lead.area, f"progression:{number}", "progression", {**said, **answers}, by=lead)
    if writes_health:
        content = {**said, "health": _answer(level["health"])}
        case.write(day, lead.area, f"progression:{number}:health", "progression_health", content, by=lead)
    if draw.random() < ANSWERS_ALSO:
        own = {sign: _answer(level[sign] + draw.gauss(0.1, 0.6)) for sign in ("market", "together", "belief")}
        name = f"progression:{number}:own"
        case.write(day, lead.area, name, "progression", {**said, **own}, by=lead, voice="participant")


def _answer(level: float) -> int:
    return min(5, max(1, round(level)))


def _sus(case: Casework, draw: Random, schooling: str) -> None:
    start, lead = case.course.enrolled_on, case.lead
    assert start is not None
    if draw.random() > IN_SUS:
        return
    has_consent = draw.random() < CONSENTS_TO_SUS
    ends = (("in", start), ("out", case.course.exit_on))
    for direction, on in ends:
        content: dict[str, Any] = {"direction": direction, "on": on.isoformat(), "has_consent": has_consent}
        content |= {"enrolled_at_af": has_consent, "in_programme": has_consent}
        if has_consent:
            content |= {
                "municipality": "Malmö", "support_months": draw.randint(8, 90),
                "supports": [draw.choice(("assistance", "activity", "sickness"))],
                "schooling": schooling, "busy": ["seeks"],
            }  # fmt: skip
        if direction == "out":
            content["leaving"] = "moved" if case.course.outcome == "moved" else "completed"
        case.write(case.later_by(draw, on, 1, 9), lead.area, f"sus:{direction}", "sus_sheet", content, by=lead)
