"""What an officer carries over to the own authority's system after a meeting: drafted from what that area holds.

A draft holds what the own area wrote and what the parties decided together. What another area has given stays out: it
is in this area's file here, and whether it belongs in the other system too is for the officer to judge.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from samkraft.people.rules import contents, plans
from samkraft.people.rules.contents.choices import NAMES
from samkraft.people.rules.contents.meetings import Meeting, Minutes
from samkraft.people.rules.held import Held, latest
from samkraft.values.period import STOCKHOLM
from samkraft.values.wording import phrase

MEETING = phrase("Gemensamt möte {day} kl. {time}.")
POINT = phrase("{about}: {how}. {text}")
OWN_STEP = phrase("Vårt steg: {title}, {state}.")
OWN_STEP_DUE = phrase("Vårt steg: {title}, {state}, senast klart {due}.")
NEXT_STEP = phrase("Nästa steg: {title}.")


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence: a template to translate, and what fills it. Details that are wording are templates too."""

    template: str
    details: dict[str, str]


def draft(contributions: Sequence[Held], area_id: UUID, meeting: UUID | None = None) -> tuple[Line, ...]:
    """The sentences of a note, after a meeting when one is named; an officer edits and enters them."""
    lines = [*_of_meeting(contributions, meeting, area_id)] if meeting is not None else []
    plan = plans.fold(contributions)
    for step in plan.steps:
        if step.is_open and step.held.author_area_id == area_id:
            due = step.content.due_date
            details = {"title": step.content.title, "state": NAMES[type(step.content.state), step.content.state]}
            lines.append(Line(OWN_STEP_DUE, {**details, "due": due.isoformat()}) if due else Line(OWN_STEP, details))
    if plan.next_step is not None and plan.next_step.held.received is None:
        lines.append(Line(NEXT_STEP, {"title": plan.next_step.content.title}))
    return tuple(lines)


def to_enter(contributions: Sequence[Held], membership_id: UUID | None = None) -> list[Held]:
    """The notes that nobody has entered yet, the oldest first; of one officer when the membership is named."""
    return [
        held
        for held in latest(contributions, "own_system_note")
        if "entered_at" not in held.content and membership_id in (None, held.author_membership_id)
    ]


def _of_meeting(contributions: Sequence[Held], lineage: UUID, area_id: UUID) -> list[Line]:
    found = [held for held in latest(contributions, "meeting") if held.lineage == lineage]
    if not found:
        return []
    meeting: Meeting = contents.read("meeting", found[0].content)
    begins = meeting.starts_at.astimezone(STOCKHOLM)
    lines = [Line(MEETING, {"day": f"{begins:%Y-%m-%d}", "time": f"{begins:%H.%M}"})]
    for held in latest(contributions, "minutes"):
        minutes: Minutes = contents.read("minutes", held.content)
        if minutes.meeting == lineage and held.author_area_id == area_id:
            lines += [
                Line(POINT, {"about": one.about, "how": NAMES[type(one.closed_as), one.closed_as], "text": one.text})
                for one in minutes.points
            ]
    return lines
