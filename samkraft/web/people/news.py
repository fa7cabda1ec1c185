"""What is new to the reader since the last visit: told on top of the person's page, and marked in plan and timeline."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.audit.queries import events
from samkraft.people.rules import plan_history, visits
from samkraft.people.rules.held import Held
from samkraft.people.rules.plan_history import Entry, What
from samkraft.values.period import STOCKHOLM
from samkraft.web.people import opened, timeline
from samkraft.web.people.timeline import Line

KINDS = (
    *plan_history.PLAN_KINDS,
    *("meeting", "minutes", "message", "assessment_item", "referral", "referral_end", "phase", "lead", "team", "pause"),
    *("prolongation", "handover", "exit", "follow_up"),
)
MOST = 5
_PAGES = {
    "meeting": "people:meetings", "minutes": "people:meetings", "message": "people:contact",
    "assessment_item": "people:assessment", "conclusion": "people:assessment", "dissent": "people:assessment",
    "correction": "people:assessment", "phase": "people:journey", "lead": "people:journey", "team": "people:journey",
    "pause": "people:journey", "prolongation": "people:journey", "handover": "people:journey", "exit": "people:journey",
    "follow_up": "people:journey", "referral_end": "people:journey", "plan_version": "people:agree", "agreement": "people:agree",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class New:
    """One thing that somebody else wrote or gave: the line as the timeline tells it, what changed, and where it stands."""

    line: Line
    known: date
    changed: str
    url: str


@dataclass(frozen=True, slots=True)
class News:
    """Since when, the first few things, how many more there are, and the ids of everything new."""

    since: datetime
    told: tuple[New, ...]
    more: int
    ids: frozenset[UUID]
    lineages: frozenset[UUID]


def since_last_visit(request: Any, one: opened.Page) -> News | None:
    """None on the first visit. What the reader wrote is not news to the reader."""
    moments = events.moments_read(
        actor_id=request.by.actor_id,
        action="person.read",
        subject_kind=opened.PERSON,
        subject_id=str(one.opened.person_id),
    )
    since = visits.ended_before(moments, timezone.now())
    if since is None:
        return None
    found = [
        entry
        for entry in plan_history.changes_since(one.opened.held, since, *KINDS)
        if entry.held.author_membership_id != request.by.membership_id
    ]
    return News(
        since=since,
        told=tuple(_new(entry, one) for entry in found[:MOST]),
        more=max(0, len(found) - MOST),
        ids=frozenset(entry.held.id for entry in found),
        lineages=frozenset(entry.held.lineage for entry in found),
    )


def _new(entry: Entry, one: opened.Page) -> New:
    held: Held = entry.held
    return New(
        line=timeline.lines([held], one.bodies, only_told=False)[0],
        known=plan_history.known_at(held).astimezone(STOCKHOLM).date(),
        changed=_changed(entry),
        url=reverse(_PAGES.get(held.kind, "people:edit_plan"), args=[one.opened.person_id]),
    )


def _changed(entry: Entry) -> str:
    """Which fields changed, by their labels; empty for what is new."""
    if entry.what is What.NEW:
        return ""
    return _names([_(field.label).lower() for field in entry.fields if field.label])


def _names(labels: Sequence[str]) -> str:
    return _("ändrat: {fields}").format(fields=", ".join(labels)) if labels else ""
