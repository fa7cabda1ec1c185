"""What every page about one person starts with: opened, noted as read, and the head that says who and what is next."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.audit.actions.reads import Read
from samkraft.partners.queries import areas
from samkraft.partners.queries.areas import AreaLabel
from samkraft.partners.rules.roles import Permission, may
from samkraft.people.queries import persons
from samkraft.people.queries.persons import Opened
from samkraft.people.rules import contents, referrals
from samkraft.people.rules.contents.choices import FollowUpState, MeetingState
from samkraft.people.rules.contents.endings import FollowUp
from samkraft.people.rules.contents.meetings import Meeting
from samkraft.people.rules.contents.plans import Goal
from samkraft.people.rules.held import Held, latest, newest
from samkraft.people.rules.plans import Plan, Waiting
from samkraft.values.period import STOCKHOLM
from samkraft.web import days
from samkraft.web.people import bodies as bodies_kept

PERSON = "people.person"


@dataclass(frozen=True, slots=True)
class Head:
    """Who, where in the initiative, and the three things of the strip: goal, next step, next meeting."""

    person_id: UUID
    name: str
    phase: str
    lead_name: str
    team_name: str
    language: str
    safe_contact: str
    partner_participates: bool
    protection: str
    exited_on: date | None
    goal: Goal | None
    goal_source: Held | None
    next_step: Any
    next_step_body: str
    has_begun: bool
    waiting: Waiting | None
    waits_on: str
    waited_days: int | None
    meeting: Meeting | None
    unanswered_days: int | None
    follow_up: FollowUp | None
    follow_up_is_late: bool
    about: tuple[str, ...]
    may_be_enrolled: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """Everything that a person's page is made from."""

    opened: Opened
    plan: Plan
    bodies: dict[UUID, AreaLabel]
    head: Head
    today: date


def open_page(request: Any, person_id: UUID, *, what: str, names_kept: bool = False) -> Page:
    """Open the person's file, note the reading with its purpose, and work out the head.

    `names_kept`: the page only tells who wrote what, so the names of the parties may be a minute old.
    """
    today = timezone.localdate()
    opened = persons.open_person(request.by, person_id, today=today)
    if hasattr(request, "reads"):
        request.reads.append(Read("person.read", PERSON, str(person_id), content={"page": what}))
    found = bodies_kept.labels({one.author_area_id for one in opened.held}) if names_kept else areas.labels()
    plan = opened.joint.plan
    head = _head(opened, plan, found, today, may_enrol=may(request.by.role, Permission.ENROL))
    return Page(opened, plan, found, head, today)


def today() -> date:
    """The day in Sweden."""
    return timezone.localdate()


def _head(opened: Opened, plan: Plan, bodies: dict[UUID, AreaLabel], today: date, *, may_enrol: bool = False) -> Head:
    phase, lead, team = (_content(opened, kind) for kind in ("phase", "lead", "team"))
    left = _content(opened, "exit")
    goal = plan.goals[-1] if plan.goals else None
    step = plan.next_step
    waiting = next((one for one in plan.waiting if step and one.step.held.lineage == step.held.lineage), None)
    names = {row.number: row for row in opened.joint.phases} if opened.enrolled else {}
    here = names.get(phase.number) if phase else None
    card = opened.card
    ended = referrals.last_ended(opened.held)
    waited_for = (one.content for one in opened.joint.follow_ups if one.state is FollowUpState.DUE)
    due = min(waited_for, key=lambda one: one.due_date, default=None)
    return Head(
        person_id=opened.person_id,
        name=opened.name or _("Namn saknas"),
        phase=_phase(here.name if here else "", phase.number) if phase else "",
        lead_name=lead.name if lead else "",
        team_name=team.team_name if team else "",
        language=card.language if card else "",
        safe_contact=card.safe_contact if card else "",
        partner_participates=bool(card and card.partner_participates),
        protection=opened.protection,
        exited_on=left.left_on if left and left.promise_kept is not False else None,
        goal=goal.content if goal else None,
        goal_source=goal.held if goal else None,
        next_step=step,
        next_step_body=_body(bodies, step.content.body_area_id) if step else "",
        has_begun=bool(step and step.content.from_date and step.content.from_date <= today),
        waiting=waiting,
        waits_on=waits_on_words(waiting, bodies) if waiting else "",
        waited_days=waiting.days(today) if waiting else None,
        meeting=_next_meeting(opened, datetime.now(tz=STOCKHOLM)),
        unanswered_days=(today - since).days if (since := opened.joint.thread.waits_on_us_since) else None,
        follow_up=due,
        follow_up_is_late=due is not None and due.due_date < today,
        about=_about(opened, here.name if here else "", bodies, today),
        may_be_enrolled=may_enrol and not opened.enrolled and not left and not ended,
    )


def _about(opened: Opened, phase_name: str, bodies: dict[UUID, AreaLabel], today: date) -> tuple[str, ...]:
    """The line under the name, part by part: where in the initiative, who leads, and how one speaks with the person."""
    phase, lead, left, card = _content(opened, "phase"), _content(opened, "lead"), _content(opened, "exit"), opened.card
    parts = []
    if left and left.promise_kept is not False:
        parts.append(_("Utskriven {day}").format(day=days.dated(left.left_on)))
    elif opened.enrolled:
        parts.append(_phase(phase_name, phase.number) if phase else "")
        parts.append(_day(opened, opened.enrolled.started_on, today))
    else:
        parts.append(_("Inte inskriven"))
    if waits := referrals.open_ones(opened.held):
        parts.append(_("väntar sedan {day}").format(day=days.dated(waits[0].content.received_on)))
    elif (ended := referrals.last_ended(opened.held)) and not opened.enrolled:
        parts.append(_("remitteringen avslutad {day}").format(day=days.dated(ended.ended_on)))
    if lead:
        body = _body(bodies, lead.area_id)
        parts.append(_("processledare {name}, {body}").format(name=lead.name, body=body))
    if card and card.language not in ("", "sv", "svenska"):
        parts.append(_("språk: {language}").format(language=card.language))
    if card and card.interpreter:
        parts.append(_("tolk behövs"))
    return tuple(part for part in parts if part)


def _day(opened: Opened, started_on: date, today: date) -> str:
    """Which day it is, counted as on the team's list: without pauses, and of what, where something is counted to."""
    here = opened.joint.standing
    if here is None or (here.limit_days is None and here.guide_days is None):
        return _("dag {day}").format(day=(today - started_on).days + 1)
    if here.limit_days is None:
        return _("dag {day} av {guide} i fasen").format(day=here.days_in_phase, guide=here.guide_days)
    if here.limit_date is None:
        return _("{day} av {guide} dagar räknade").format(day=here.counted_days, guide=here.limit_days)
    if here.prolonged_until and here.prolonged_until == here.limit_date:
        until = days.dated(here.prolonged_until)
        return _("dag {day}, förlängt till {until}").format(day=here.counted_days, until=until)
    return _("dag {day} av {guide}").format(day=here.counted_days, guide=here.limit_days)


def _phase(name: str, number: int) -> str:
    return _("Fas {number}, {name}").format(number=number, name=name.lower()) if name else str(number)


def _body(bodies: dict[UUID, AreaLabel], area_id: UUID) -> str:
    return bodies[area_id].name if area_id in bodies else ""


def _content(opened: Opened, kind: str) -> Any:
    held = newest(opened.held, kind)
    return contents.read(kind, held.content) if held else None


def _next_meeting(opened: Opened, now: datetime) -> Meeting | None:
    meetings = [contents.read("meeting", one.content) for one in latest(opened.held, "meeting")]
    coming = [one for one in meetings if one.state is MeetingState.BOOKED and one.starts_at >= now]
    return min(coming, key=lambda one: one.starts_at, default=None)


def waits_on_words(waiting: Waiting, bodies: dict[UUID, AreaLabel]) -> str:
    """Whom it waits on, in words: the name or the role, and the body."""
    if waiting.who == "participant":
        return _("deltagaren")
    body = _body(bodies, waiting.area_id or waiting.step.held.author_area_id)
    person = waiting.name or waiting.role
    return f"{person}, {body}" if person and body else person or body


TABS = (
    ("plan", "people:person"),
    ("assessment", "people:assessment"),
    ("studies", "people:studies"),
    ("meetings", "people:meetings"),
    ("contact", "people:contact"),
    ("places", "offer:person"),
    ("jobs", "employers:person"),
    ("progression", "months:person"),
    ("journey", "people:journey"),
    ("particulars", "people:particulars"),
    ("consents", "people:consents"),
    ("looked", "people:looked"),
)


def tabs(person_id: UUID, current: str) -> list[dict[str, Any]]:
    """The person's pages as tabs; each is a link."""
    labels = {
        "plan": _("Plan och tidslinje"),
        "assessment": _("Kartläggning"),
        "studies": _("Studier"),
        "meetings": _("Möten"),
        "contact": _("Kontakt"),
        "places": _("Platser"),
        "jobs": _("Jobb"),
        "progression": _("Progression"),
        "journey": _("Insatsen"),
        "particulars": _("Uppgifter"),
        "consents": _("Samtycken"),
        "looked": _("Vem har tittat"),
    }
    return [
        {"label": labels[key], "url": reverse(route, args=[person_id]), "current": key == current}
        for key, route in TABS
    ]
