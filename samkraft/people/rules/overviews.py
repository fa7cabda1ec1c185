"""The row behind the caseload board: one enrolment as one area may know it, folded from what that area holds.

The database keeps the same row by a trigger (`people_work_out_overviews`); `samkraft prove overview` compares the two.
Nothing here knows today: what depends on the day (overdue, days waited, over the limit) is worked out by the reader.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from samkraft.partners.rules.organisations import swedish_sort_key
from samkraft.people.rules import contents, phases
from samkraft.people.rules.categories import READS, Category
from samkraft.people.rules.contents.choices import MeetingState, StepState, Waited
from samkraft.people.rules.contents.plans import Step
from samkraft.people.rules.held import Held, latest, newest, of_enrolment
from samkraft.values.period import day_in_stockholm

# Everybody on the case who meets plans sees the row, so it is made only of what each such role reads.
FOR_EVERY_ROLE = frozenset(
    category.value
    for category in frozenset.intersection(*(reads for reads in READS.values() if Category.PLAN in reads))
)
OPEN = frozenset({StepState.PLANNED, StepState.WAITING, StepState.ONGOING})


@dataclass(frozen=True, slots=True)
class Overview:
    """One row. Empty text, None and no meetings mean that the area does not know."""

    team_id: UUID | None = None
    name: str = ""
    sort_key: str = ""
    lead_membership_id: UUID | None = None
    lead_name: str = ""
    lead_area_id: UUID | None = None
    phase: int | None = None
    phase_since: date | None = None
    started_on: date | None = None
    next_step: str = ""
    next_step_from: date | None = None
    due_date: date | None = None
    waits_who: str = ""
    waits_area_id: UUID | None = None
    waits_role: str = ""
    waits_name: str = ""
    waits_what: str = ""
    waiting_since: date | None = None
    last_contact_on: date | None = None
    has_plan: bool = False
    plan_agreed_on: date | None = None
    programme_ends_on: date | None = None
    meetings: tuple[datetime, ...] = ()
    time_report_through: str = ""
    paused_from: date | None = None
    paused_until: date | None = None
    exited_on: date | None = None
    consent_ends_on: date | None = None
    prolonged_until: date | None = None


def fold(contributions: Iterable[Held], enrolment_id: UUID, consent_ends: Iterable[date] = ()) -> Overview | None:
    """The row of one enrolment; None when the area does not hold that the person is enrolled.

    `consent_ends` are the end days of the consents that the area is a party to and that are not taken back.
    """
    held = [one for one in of_enrolment(contributions, enrolment_id) if one.category in FOR_EVERY_ROLE]
    enrolled = [one for one in latest(held, "enrolled") if one.enrolment_id == enrolment_id]
    if not enrolled:
        return None
    return Overview(
        started_on=min(contents.read("enrolled", one.content).started_on for one in enrolled),
        consent_ends_on=min(consent_ends, default=None),
        **_who(held),
        **_step(held),
        **_done(held),
    )


def nearest_step(contributions: Iterable[Held]) -> Held | None:
    """What is shown as the next step: what has waited longest, else what begins first, else what is due first."""
    open_steps = [(one, step) for one, step in _steps(contributions) if step.state in OPEN]
    return min(open_steps, key=_nearness)[0] if open_steps else None


def _steps(contributions: Iterable[Held]) -> list[tuple[Held, Step]]:
    return [(one, contents.read("step", one.content)) for one in latest(contributions, "step")]


def _nearness(pair: tuple[Held, Step]) -> tuple[bool, date, date, date, str]:
    held, step = pair
    never = date.max
    if step.state is StepState.WAITING:
        return (False, step.waiting_since or never, never, never, str(held.lineage))
    return (True, never, step.from_date or never, step.due_date or never, str(held.lineage))


def _who(held: Sequence[Held]) -> dict[str, Any]:
    card, team, lead, phase = (_content(newest(held, kind), kind) for kind in ("card", "team", "lead", "phase"))
    pause, left = _content(newest(held, "pause"), "pause"), _content(newest(held, "exit"), "exit")
    return {
        "name": f"{card.given_name} {card.family_name}" if card else "",
        "sort_key": swedish_sort_key(f"{card.family_name} {card.given_name}")[:320] if card else "",
        "team_id": team.team_id if team else None,
        "lead_membership_id": lead.membership_id if lead else None,
        "lead_name": lead.name if lead else "",
        "lead_area_id": lead.area_id if lead else None,
        "phase": phase.number if phase else None,
        "phase_since": phase.since if phase else None,
        "paused_from": pause.from_date if pause else None,
        "paused_until": pause.until if pause else None,
        "exited_on": left.left_on if left and left.promise_kept is not False else None,
    }


def _step(held: Sequence[Held]) -> dict[str, Any]:
    nearest = nearest_step(held)
    step = _content(nearest, "step")
    said = {
        "next_step": step.title if step else "",
        "next_step_from": step.from_date if step else None,
        "due_date": step.due_date if step else None,
    }
    if nearest is None or step.state is not StepState.WAITING:
        return said | _message(newest(held, "message"))
    waits = step.waits_on
    areas = {Waited.US: nearest.author_area_id, Waited.BODY: waits.area_id}
    return said | {
        "waits_who": waits.who.value,
        "waits_area_id": areas.get(waits.who),
        "waits_role": waits.role,
        "waits_name": waits.name,
        "waits_what": waits.what,
        "waiting_since": step.waiting_since,
    }


def _message(held: Held | None) -> dict[str, Any]:
    """Whom the thread waits on: the newest message says it."""
    message = _content(held, "message")
    if held is None or message.waits_on not in (Waited.US, Waited.PARTICIPANT):
        return {}
    return {
        "waits_who": message.waits_on.value,
        "waits_area_id": held.author_area_id if message.waits_on is Waited.US else None,
        "waiting_since": day_in_stockholm(held.occurred_at),
    }


def _done(held: Sequence[Held]) -> dict[str, Any]:
    meetings = [contents.read("meeting", one.content) for one in latest(held, "meeting")]
    days = [contents.read("contact_made", one.content).on for one in latest(held, "contact_made")]
    days += [day_in_stockholm(one.occurred_at) for one in latest(held, "message")]
    days += [day_in_stockholm(one.starts_at) for one in meetings if one.state is MeetingState.HELD]
    agreed = [contents.read("agreement", one.content).agreed_on for one in latest(held, "agreement")]
    programmes = [step.programme.ends_on for _, step in _steps(held) if step.programme and step.state in OPEN]
    months = [one.content["month"] for one in latest(held, "time_report")]
    return {
        "last_contact_on": max(days, default=None),
        "has_plan": bool(latest(held, "plan_version")),
        "plan_agreed_on": max(agreed, default=None),
        "programme_ends_on": min(programmes, default=None),
        "meetings": tuple(sorted(one.starts_at for one in meetings if one.state is MeetingState.BOOKED)),
        "time_report_through": max(months, default=""),
        "prolonged_until": phases.prolonged_until(held),
    }


def _content(held: Held | None, kind: str) -> Any:
    return contents.read(kind, held.content) if held else None
