"""The joint plan: need, goal in the person's own words, steps by the bodies that know of the person, and agreement."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from samkraft.operations.world.people import texts
from samkraft.operations.world.people.casework import Casework, weekday
from samkraft.operations.world.people.deeds import Agree, Fix, Ref
from samkraft.operations.world.people.parties import AF, CARE, INSURANCE, LABOUR, SOCIAL
from samkraft.operations.world.people.texts import StepFacts

OVERDUE = 0.12  # of the steps that should be done by now: still going on
WAITING = 0.3
PLACE_TELLS = 0.6  # of the steps at a workplace: the supervisor says how it went
SENSITIVE_STEPS = {INSURANCE: "benefit_case", CARE: "health"}


@dataclass(frozen=True, slots=True)
class Window:
    """When a step begins and ends."""

    start: date
    end: date


def plan(case: Casework) -> None:
    """Everything that leads to a first agreed plan, and what became of its steps until today."""
    enrolled, draw = case.course.enrolled_on, case.draw
    assert enrolled is not None
    day = case.later(enrolled, *case.way.pace.plan_after)
    if case.is_over(day):
        return
    lead = case.lead
    need, goal = draw.choice(case.way.needs), draw.choice(case.way.goals)
    case.write(day, lead.area, "need", "need", {"text": need[0], "life_area": need[1]}, by=lead)
    by_date = (case.course.exit_on + timedelta(days=draw.randint(-20, 60))).isoformat()
    content = {"words": goal[0], "measure": goal[1], "by_date": by_date, "need": Ref("need")}
    case.write(day, lead.area, "goal", "goal", content, by=lead, voice="participant")
    earlier: str | None = None
    start = day
    steps = _chosen(case)
    for number, (area, facts) in enumerate(steps):
        window = Window(start, weekday(start + timedelta(weeks=facts.weeks)))
        in_parallel = number > 0 and draw.random() < 0.3
        name = f"step:{number}"
        _step(case, name, area, facts, day, window, None if in_parallel else earlier)
        if not in_parallel:
            start = window.end + timedelta(days=draw.randint(0, 9))
        # What everybody reads may not point at what is handed over one by one: the link would tell of it.
        earlier = None if area in SENSITIVE_STEPS else name
    _agree(case, day, steps)


def _chosen(case: Casework) -> list[tuple[str, StepFacts]]:
    """So many steps as the initiative's plans have, in a likely order, by the bodies that know of the person."""
    draw = case.draw
    fitting = [one for one in case.way.steps if one.body in case.knowing]
    chosen = draw.sample(fitting, min(len(fitting), draw.randint(*case.way.pace.steps)))
    towards_work = [one for one in fitting if one.is_work]
    if towards_work and not any(one.is_work for one in chosen):
        chosen[-1] = draw.choice(towards_work)
    order = (SOCIAL, *(area for area in case.way.core if area not in (SOCIAL, AF)), AF)
    chosen.sort(key=lambda one: (order.index(one.body), one.is_work))
    called = [one for one in case.way.called_in_steps if one.body in case.knowing]
    every = [*chosen, *called[:1]] if case.way.pace.called_in_last else [*called[:1], *chosen]
    return [(one.body, one) for one in every]


def _step(
    case: Casework, name: str, area: str, facts: StepFacts, written: date, window: Window, after: str | None
) -> None:
    draw, by = case.draw, case.actor(area)
    content: dict[str, Any] = {
        "title": facts.title, "step_kind": facts.kind, "work_oriented": facts.is_work, "goal": Ref("goal"),
        "body_area_id": case.setting.areas[area], "responsible": by.name, "from_date": window.start.isoformat(),
        "to_date": window.end.isoformat(), "due_date": window.end.isoformat(),
        "order": "sequence" if after else "parallel", "depends_on": [Ref(after)] if after else [], "state": "planned",
    }  # fmt: skip
    if facts.programme:
        content["programme"] = {"number": f"P-{case.index % 100_000:05}-{name[-1]}", "ends_on": window.end.isoformat()}
    of_kind = {"category": SENSITIVE_STEPS.get(area, "plan")}
    case.write(written, area, name, "step", content, **of_kind)
    start = window.start
    asked = max(written, start)
    if facts.waits and draw.random() < WAITING and asked < case.course.exit_on:
        until = weekday(asked + timedelta(days=draw.randint(4, 38)))
        who, what = draw.choice(facts.waits)
        case.write(asked, area, name, "step", _waiting(case, content, area, who, what, asked), **of_kind)
        start = until
    _go_on(case, name, area, content, Window(max(start, written), window.end), of_kind)


def _waiting(case: Casework, content: dict[str, Any], area: str, who: str, what: str, since: date) -> dict[str, Any]:
    waits: dict[str, Any] = {"who": who, "what": what}
    if who == "body":
        others = [one for one in (CARE, INSURANCE, LABOUR, AF) if one in case.knowing and one != area]
        if others:
            whom = case.actor(others[0])
            waits |= {"area_id": whom.area_id, "role": whom.role, "name": whom.name}
        else:
            waits["who"] = "participant"
    return {**content, "state": "waiting", "waits_on": waits, "waiting_since": weekday(since).isoformat()}


def _go_on(
    case: Casework, name: str, area: str, content: dict[str, Any], window: Window, of_kind: dict[str, str]
) -> None:
    """Started, then done, dropped or left open; what would be after the exit is dropped or done by then."""
    draw, leaves = case.draw, case.course.exit_on
    if window.start >= leaves:
        _end(case, name, area, content, leaves, "dropped", of_kind)
        return
    case.write(window.start, area, name, "step", {**content, "state": "ongoing"}, **of_kind)
    chance = draw.random()
    ends = weekday(window.end + timedelta(days=draw.randint(20, 50) if chance < OVERDUE else draw.randint(-6, 3)))
    outcome = "dropped" if chance > 0.9 else "done"
    _end(case, name, area, content, max(min(ends, leaves), window.start), outcome, of_kind)


def _end(
    case: Casework, name: str, area: str, content: dict[str, Any], day: date, state: str, of_kind: dict[str, str]
) -> None:
    draw = case.draw
    result, voice = draw.choice(case.way.results if state == "done" else texts.DROPPED), "staff"
    if content["step_kind"] == "workplace" and state == "done" and draw.random() < PLACE_TELLS:
        result, voice = draw.choice(case.way.place_says), "partner"  # as the place told it
    case.write(day, area, name, "step", {**content, "state": state, "result": result}, voice=voice, **of_kind)


def _agree(case: Casework, day: date, steps: list[tuple[str, StepFacts]]) -> None:
    """The plan is fixed and agreed by the person and each body that writes in it, some of them on paper. Or not yet."""
    when = case.later(day, 2, 16)
    if case.is_over(when) or case.draw.random() < 0.08:
        return
    lead = case.lead
    why = "" if any(facts.is_work for _, facts in steps) else texts.WHY_NO_WORK
    case.deeds.append(Fix(case.at(when), lead, 1, why))
    case.deeds.append(Agree(case.at(when), lead, 1, "participant", case.draw.choice(("paper", "in_person", "digital"))))
    for area in case.knowing if case.setting.all_agree else [lead.area]:
        by = case.actor(area) if area != lead.area else lead
        if by is not lead:
            case.deeds.append(Fix(case.at(when), by, 1, why))
        case.deeds.append(Agree(case.at(when), by, 1, by.area_id, "paper"))
