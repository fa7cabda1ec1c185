"""What goes on all along: meetings, phase moves, contacts, messages both ways, and the participant's time reports."""

from datetime import date, datetime, timedelta
from typing import Any

from samkraft.operations.world.people.casework import Casework, weekday
from samkraft.operations.world.people.deeds import Ref, Write
from samkraft.values.period import STOCKHOLM

HANDED_IN = 0.86
UNDER_TWO_HOURS = 0.06  # share of reports with less than two hours a week
LONGEST_UNANSWERED = 18  # days: somebody would have called
MEETING_HOURS = (9, 10, 11, 13, 14, 15)


def keep(case: Casework) -> None:
    """Everything below, for the whole stay."""
    start = case.course.enrolled_on
    assert start is not None
    _meet(case, "meeting:start", case.later(start, 3, 10), "start")
    for number, since in enumerate(case.course.phases, 2):
        _move(case, number, weekday(since))
    _follow_up_meetings(case, start)
    _contacts(case, start)
    _messages(case, start)
    if case.setting.monthly_time_report:
        _time_reports(case, start)


def _meet(case: Casework, name: str, day: date, purpose: str) -> None:
    """Booked some days before; held, or now and then cancelled. What lies ahead is only booked."""
    draw, lead = case.draw, case.lead
    start = case.course.enrolled_on
    assert start is not None
    day = weekday(day)
    if case.is_over(day):
        return
    booked = max(start, day - timedelta(days=draw.randint(9, 34)))
    starts_at = datetime(
        day.year, day.month, day.day, draw.choice(MEETING_HOURS), draw.choice((0, 0, 30)), tzinfo=STOCKHOLM
    )
    content: dict[str, Any] = {
        "starts_at": starts_at.isoformat(), "place": draw.choice(case.way.places), "purpose": purpose, "state": "booked",
        "with": [case.team.core[area].name for area in case.core],
    }  # fmt: skip
    case.write(booked, lead.area, name, "meeting", content, by=lead)
    after = starts_at + timedelta(minutes=70)
    state = "cancelled" if draw.random() < 0.07 else "held"
    case.deeds.append(Write(after, lead, name, "meeting", {**content, "state": state}))
    if state == "held" and draw.random() < 0.6:
        points = [
            {"about": about, "closed_as": closed, "text": text}
            for about, closed, text in draw.sample(case.way.minutes, 2)
        ]
        later = after + timedelta(minutes=30)
        case.deeds.append(Write(later, lead, f"{name}:minutes", "minutes", {"meeting": Ref(name), "points": points}))


def _move(case: Casework, number: int, since: date) -> None:
    """A talk, then the next phase."""
    if case.is_over(since):
        return
    _meet(case, f"meeting:phase:{number}", since, "phase")
    content = {"number": number, "since": since.isoformat(), "reason": case.way.phase_reasons[number - 2]}
    moment = datetime(since.year, since.month, since.day, 17, 10, tzinfo=STOCKHOLM)
    lead = case.lead
    case.deeds.append(Write(moment, lead, f"phase:{number}", "phase", content))


def _follow_up_meetings(case: Casework, start: date) -> None:
    day, number = case.later(start, 35, 60), 0
    while not case.is_over(day) and number < 6:
        _meet(
            case,
            f"meeting:{number}",
            day,
            case.draw.choice(("follow_up", "planning", "before_activity", "after_activity")),
        )
        day, number = case.later(day, 28, 62), number + 1


def _contacts(case: Casework, start: date) -> None:
    day, number = case.later(start, 4, 20), 0
    while not case.is_over(day):
        area = case.draw.choice(case.core)
        content = {
            "on": day.isoformat(), "how": case.draw.choices(("phone", "visit", "digital", "letter"), (60, 20, 15, 5))[0],
            "by_participant": case.draw.random() < 0.25,
        }  # fmt: skip
        case.write(day, area, f"contact:{number}", "contact_made", content)
        day, number = case.later(day, 9, 52), number + 1


def _messages(case: Casework, start: date) -> None:
    """Some threads: who wrote last waits for the other, until it is answered."""
    if case.draw.random() > 0.45:
        return
    draw, lead = case.draw, case.lead
    day = case.later(start, 6, 40)
    for number in range(draw.randint(1, 4)):
        if case.is_over(day):
            return
        from_participant = draw.random() < 0.5
        text, reply = draw.choice(case.way.from_participant if from_participant else case.way.from_us)
        name, voice = f"message:{number}", "participant" if from_participant else "staff"
        content = {
            "text": text,
            "from_participant": from_participant,
            "waits_on": "us" if from_participant else "participant",
        }
        case.write(day, lead.area, name, "message", content, by=lead, voice=voice)
        written_at = case.deeds[-1].at
        answered = case.later(day, 0, 12)
        is_old = (case.setting.today - answered).days > LONGEST_UNANSWERED
        if (is_old or draw.random() < 0.85) and not case.is_over(answered):
            answer = {"text": reply, "from_participant": not from_participant, "waits_on": "none"}
            by_whom = "staff" if from_participant else "participant"
            case.write(answered, lead.area, f"{name}:answer", "message", answer, by=lead, voice=by_whom)
            done = {**content, "answered_by": Ref(f"{name}:answer")}
            case.write(answered, lead.area, name, "message", done, by=lead, voice=voice, occurred_at=written_at)
        day = case.later(max(day, answered), 10, 45)


def _time_reports(case: Casework, start: date) -> None:
    """One for each month, handed in in the first days of the next. Some are missing, and some are short."""
    lead, draw = case.lead, case.draw
    month = start.replace(day=1)
    while month <= case.course.exit_on:
        following = (month + timedelta(days=32)).replace(day=1)
        if draw.random() < HANDED_IN:
            hours = draw.randint(0, 7) if draw.random() < UNDER_TWO_HOURS else draw.randint(9, 130)
            content = {"month": f"{month:%Y-%m}", "hours": hours, "how": "paper" if draw.random() < 0.7 else "digital"}
            handed_in = case.later(following, 0, 8)
            if not case.is_over(handed_in) or following > case.course.exit_on:
                case.write(handed_in, lead.area, f"time:{month:%Y-%m}", "time_report", content, by=lead)
        month = following
