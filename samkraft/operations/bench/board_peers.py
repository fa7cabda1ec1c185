"""The board as one would otherwise write it: from the events, by the ORM, with a template for the page. Also addresses.

`annotated` is the careful way: one queryset that fetches all that a row needs by sub-queries, and one template. `naive` opens
each person's file and folds it. Both go through the product's own door (session, membership, context, access, trail) and
make the same page in the product's own frame: heading, tabs, chips that count, heads that sort, rows.
"""
# ruff: noqa: E501 - a template reads best with its lines whole

import importlib
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpResponse
from django.template import engines
from django.urls import include, path
from django.utils import timezone

from samkraft.audit.actions.reads import Read
from samkraft.partners.rules.roles import Permission
from samkraft.people.queries import boards as asked
from samkraft.people.queries import contributions
from samkraft.people.rules import boards, overviews
from samkraft.people.rules.boards import Line, Row
from samkraft.values.period import day_in_stockholm

# By name: the floors do not let the machine room import a page.
page = importlib.import_module("samkraft.web.acting").page

TEMPLATE = """{% extends "page.html" %}{% load look %}{% block title %}Team{% endblock %}{% block heading %}Team{% endblock %}
{% block lead %}{{ lines|length|number }} deltagare · {{ today|weekday_day }}, {{ today|week }}{% endblock %}
{% block main %}<div class="content board-page">{% include "components/tabs.html" with tabs=tabs label="Vilka" only %}
<form class="board-search" role="search" method="get"><input class="ds-input" type="search" name="q"><button class="ds-button">{% icon "search" %}Sök</button></form>
<ul class="chips">{% for one in chips %}<li>{% chip one.label one.url count=one.count shape=one.shape %}</li>{% endfor %}</ul>
<form method="post">{% csrf_token %}<table class="board"><thead><tr>{% for one in heads %}{% sort_head one.label one.key "" %}{% endfor %}</tr></thead><tbody>
{% for one in lines %}<tr{% if one.late %} class="row-overdue"{% endif %}>
<th scope="row"><input type="checkbox" name="p" value="{{ one.row.enrolment_id }}" aria-label="Markera {{ one.row.name }}"><a href="/deltagare/{{ one.row.person_id }}/">{{ one.row.name }}</a></th><td class="num">{{ one.row.phase }}</td>
<td class="num">{{ one.day }}</td><td>{{ one.row.next_step }}</td>
<td>{% if one.row.waits_who == "participant" %}deltagaren{% elif one.row.waits_who %}{{ one.row.waits_name }}{% endif %}</td>
<td>{% if one.waited is not None %}{{ one.waited }} d sedan {{ one.row.waiting_since|day }}
{% if one.late %}, försenat{% endif %}{% endif %}</td>
<td>{{ one.row.last_contact_on|day }}</td><td>{{ one.row.lead_name }}</td></tr>{% endfor %}</tbody></table></form></div>{% endblock %}"""


HEADS = tuple(
    {"label": label, "key": key}
    for key, label in (
        ("namn", "Namn"), ("fas", "Fas"), ("dag", "Dag"), ("steg", "Nästa steg"), ("pa", "Väntar på"), ("vantat", "Väntat"),
        ("kontakt", "Kontakt"), ("ledare", "Processledare"),
    )
)  # fmt: skip
_ROWS = (
    "{% load look %}"
    + TEMPLATE[TEMPLATE.index("<table") : TEMPLATE.index("<thead>")]
    + TEMPLATE[TEMPLATE.index("<tbody>") : TEMPLATE.index("</table>")]
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A line as the template takes it."""

    row: Row
    day: int | None
    waited: int | None
    late: bool


@page(needs=Permission.SEE_CASELOAD)
def annotated(request: Any) -> HttpResponse:
    """One queryset with sub-queries, then a template."""
    return _answer(request, lambda frame: [_row_of(one, frame) for one in _annotated(request.by, frame.teams[0].id)])


@page(needs=Permission.SEE_CASELOAD)
def naive(request: Any) -> HttpResponse:
    """Each person's file opened and folded in turn."""

    def rows(frame: asked.Frame) -> list[Row]:
        people = _enrolments(frame.teams[0].id).values_list("id", "person_id", "initiative_id")
        found = []
        for enrolment, person, initiative in people:
            folded = overviews.fold(contributions.held(request.by, person), enrolment)
            if folded is not None:
                said = {name: getattr(folded, name) for name in Row._fields if hasattr(folded, name)}
                found.append(Row(person_id=person, enrolment_id=enrolment, initiative_id=initiative, **said))
        return found

    return _answer(request, rows)


def _answer(request: Any, rows: Any) -> HttpResponse:
    today = day_in_stockholm(timezone.now())
    frame = asked.frame(request.by, today)
    lines = boards.in_order(boards.lines(rows(frame), frame.day))
    request.reads.append(
        Read(
            "caseload.listed",
            "people.caseload",
            "",
            content={"shown": [str(one.row.person_id) for one in lines]},
        )
    )
    template = engines["django"].from_string(TEMPLATE) if "made" not in _kept else _kept["made"]
    _kept["made"] = template
    counts = boards.counts(lines, 0)
    chips = [
        {"label": chip.label, "url": f"?visa={chip.code}", "count": counts[chip.code], "shape": chip.shape}
        for chip in boards.CHIPS
    ]
    mine = sum(one.row.lead_membership_id == request.by.membership_id for one in lines)
    tabs = [
        {"label": "Alla", "url": "?", "current": True, "count": len(lines)},
        {"label": "Mina", "url": "?vilka=mina", "current": False, "count": mine},
    ]
    context = {
        "lines": [_shown(one) for one in lines],
        "chips": chips,
        "tabs": tabs,
        "heads": HEADS,
        "today": today,
    }
    return HttpResponse(template.render(context, request))


_kept: dict[str, Any] = {}


def rows_alone(by: Any, today: date) -> str:
    """Only what differs between the ways: the rows from the events to markup, without the page's frame. In a read transaction."""
    frame = asked.frame(by, today)
    lines = boards.in_order(boards.lines([_row_of(one, frame) for one in _annotated(by, frame.teams[0].id)], frame.day))
    alone = _kept.setdefault("rows", engines["django"].from_string(_ROWS))
    return str(alone.render({"lines": [_shown(one) for one in lines]}))


def _shown(one: Line) -> Shown:
    return Shown(one.row, one.day, one.waited, bool(one.bits & boards.LATE))


def _enrolments(team_id: UUID) -> "QuerySet[Any]":
    on = apps.get_model("people", "CaseAccess").objects.filter(team_id=team_id, period__contains=timezone.now())
    return apps.get_model("people", "Enrolment").objects.filter(person_id__in=on.values("person_id"))


def _annotated(by: Any, team_id: UUID) -> "QuerySet[Any]":
    """The newest of each kind and the nearest open step as JSON, the latest contact as a date: one statement."""
    events = apps.get_model("people", "Contribution").objects.filter(
        Q(enrolment_id=OuterRef("id")) | Q(enrolment_id=None), person_id=OuterRef("person_id"), area_id=by.area_id
    )

    def newest(kind: str) -> Subquery:
        return Subquery(events.filter(kind=kind).order_by("-occurred_at", "-written_at", "-id").values("content")[:1])

    steps = events.filter(kind="step")
    waiting = steps.filter(content__state="waiting").order_by("content__waiting_since", "lineage")
    coming = steps.filter(content__state__in=["planned", "ongoing"]).order_by("content__from_date", "lineage")
    return _enrolments(team_id).annotate(
        **{kind: newest(kind) for kind in ("card", "enrolled", "team", "lead", "phase", "exit", "time_report")},
        waiting_step=Subquery(waiting.values("content")[:1]),
        coming_step=Subquery(coming.values("content")[:1]),
        contact=Subquery(events.filter(kind="contact_made").order_by("-content__on").values("content__on")[:1]),
        plan=Subquery(events.filter(kind="plan_version").values("id")[:1]),
    )


def _row_of(one: Any, frame: asked.Frame) -> Row:
    step = one.waiting_step or one.coming_step or {}
    waits = (one.waiting_step or {}).get("waits_on", {})
    report = one.time_report or {}
    said: dict[str, Any] = dict.fromkeys(Row._fields) | {"meetings": (), "sort_key": one.card["_sort_key"]}
    who = waits.get("who", "")
    return Row(
        **said
        | {
            "person_id": one.person_id,
            "enrolment_id": one.id,
            "initiative_id": one.initiative_id,
            "name": f"{one.card['given_name']} {one.card['family_name']}",
            "lead_name": one.lead["name"],
            "lead_membership_id": UUID(one.lead["membership_id"]),
            "phase": one.phase["number"],
            "phase_since": _day(one.phase["since"]),
            "started_on": _day(one.enrolled["started_on"]),
            "next_step": step.get("title", ""),
            "waits_who": who,
            "waits_area_id": frame.day.area_id if who == "us" else UUID(waits["area_id"]) if who == "body" else None,
            "waits_name": waits.get("name", ""),
            "waiting_since": _day((one.waiting_step or {}).get("waiting_since")),
            "last_contact_on": _day(one.contact),
            "has_plan": one.plan is not None,
            "time_report_through": report.get("month", ""),
        }
    )


@page()
def door(_request: Any) -> HttpResponse:
    """Nothing but the door."""
    return HttpResponse("")


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


urlpatterns = [
    path("annoterad/", annotated),
    path("naiv/", naive),
    path("dorr/", door),
    path("", include("samkraft.project.urls")),
]
