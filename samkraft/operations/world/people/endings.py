"""How a person leaves, and the follow-ups that the exit plans: at one, three and six months."""

from datetime import datetime, time

from samkraft.operations.world.people.casework import Casework, weekday
from samkraft.operations.world.people.deeds import Write
from samkraft.people.rules import contents, exits
from samkraft.people.rules.contents.endings import FollowUp
from samkraft.values.period import STOCKHOLM

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
    if note := case.way.exit_notes.get(course.outcome):
        content["note"] = note
    at = datetime.combine(day, time(17, 40), STOCKHOLM)
    case.deeds.append(Write(at, lead, "exit", "exit", content))
    for planned in exits.follow_ups_of(contents.read("exit", content), case.setting.follow_up_months):
        name = f"follow_up:{planned.months}"
        case.deeds.append(Write(at, lead, name, "follow_up", contents.write(planned)))
    if course.promised_start:
        looked = case.later(max(course.promised_start, day), 1, 12)
        case.write(looked, lead.area, "exit", "exit", {**content, "promise_kept": course.promise_kept}, by=lead)
        if not course.promise_kept and case.at(looked) <= case.setting.now:
            return  # back in place, without a new referral
    for planned in exits.follow_ups_of(contents.read("exit", content), case.setting.follow_up_months):
        _follow_up(case, planned)


def _follow_up(case: Casework, planned: FollowUp) -> None:
    draw, lead = case.draw, case.lead
    due, name = planned.due_date, f"follow_up:{planned.months}"
    content = contents.write(planned)
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
            {**content, "state": "not_reached"},
            by=lead,
        )
        return
    stays = draw.random() < STAYS_ON.get(case.course.outcome, 0.8)
    situation = case.course.outcome if stays else draw.choice(("other", "work", "studies"))
    told = {**content, "state": "done", "done_on": done.isoformat(), "situation": situation}
    case.write(done, lead.area, name, "follow_up", told, by=lead)
