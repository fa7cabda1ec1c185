"""How a person leaves, and the follow-ups that the exit plans: at one, three and six months."""

from datetime import date

from samkraft.operations.world.people import texts
from samkraft.operations.world.people.casework import Casework, weekday
from samkraft.operations.world.people.deeds import Leave

NOT_REACHED = 0.18
LEFT_UNDONE = 0.05
STAYS_ON = {"work": 0.86, "studies": 0.9}


def leave(case: Casework) -> None:
    """The exit on its day, the check of what was promised, and the follow-ups."""
    course, lead = case.course, case.lead
    day = weekday(course.exit_on)
    content = {"outcome": course.outcome, "left_on": day.isoformat()}
    if course.promised_start:
        content["promised_start"] = course.promised_start.isoformat()
    if note := texts.EXIT_NOTES.get(course.outcome):
        content["note"] = note
    case.write(day, lead.area, "exit", "exit", content, by=lead)
    if course.promised_start:
        looked = case.later(course.promised_start, 1, 12)
        case.write(looked, lead.area, "exit", "exit", {**content, "promise_kept": course.promise_kept}, by=lead)
        if not course.promise_kept and case.at(looked) <= case.setting.now:
            return  # back in place, without a new referral
    case.deeds.append(Leave(case.at(day), case.actor(case.home)))
    for months in case.setting.follow_up_months:
        _follow_up(case, day, months)


def _follow_up(case: Casework, left: date, months: int) -> None:
    draw, lead = case.draw, case.lead
    due = _months_later(left, months)
    content = {"months": months, "due_date": due.isoformat(), "state": "due"}
    name = f"follow_up:{months}"
    case.write(left, lead.area, name, "follow_up", content, by=lead)
    chance = draw.random()
    if chance < LEFT_UNDONE:
        return
    done = case.later(due, -6, 10)
    if chance < LEFT_UNDONE + NOT_REACHED:
        case.write(
            done,
            lead.area,
            name,
            "follow_up",
            {**content, "state": "not_reached", "done_on": done.isoformat()},
            by=lead,
        )
        return
    stays = draw.random() < STAYS_ON.get(case.course.outcome, 0.8)
    situation = case.course.outcome if stays else draw.choice(("other", "work", "studies"))
    told = {**content, "state": "done", "done_on": done.isoformat(), "situation": situation}
    case.write(done, lead.area, name, "follow_up", told, by=lead)


def _months_later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    last = (28, 30)[month not in (1,)]
    return date(day.year + years, month + 1, min(day.day, last))
