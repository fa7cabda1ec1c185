"""The person's meetings: what is booked, what was held and what came of it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samkraft.partners.rules.roles import Permission, may
from samkraft.people.rules import contents
from samkraft.people.rules.contents.choices import MeetingState, name_of
from samkraft.people.rules.held import latest
from samkraft.web.acting import page
from samkraft.web.people import opened, person

_SHAPES = {MeetingState.BOOKED: "needs", MeetingState.HELD: "ok", MeetingState.CANCELLED: "closed"}


@page(needs=Permission.WORK_WITH_PEOPLE)
def show(request: Any, person_id: UUID) -> HttpResponse:
    """Newest first, each held meeting with its points."""
    one = opened.open_page(request, person_id, what="meetings")
    minutes: dict[UUID, list[Any]] = {}
    for held in latest(one.opened.held, "minutes"):
        content = contents.read("minutes", held.content)
        minutes.setdefault(content.meeting, []).append(
            {"held": held, "points": [_point(one) for one in content.points]}
        )
    rows = []
    for held in latest(one.opened.held, "meeting"):
        content = contents.read("meeting", held.content)
        rows.append(
            {
                "held": held,
                "content": content,
                "purpose": _(name_of(content.purpose)),
                "shape": _SHAPES[content.state],
                "state": _(name_of(content.state)).lower(),
                "minutes": minutes.get(held.lineage, []),
                "body": one.bodies.get(held.author_area_id),
                "is_ours": held.author_area_id == request.by.area_id and content.state is MeetingState.BOOKED,
            }
        )
    rows.sort(key=lambda row: row["content"].starts_at, reverse=True)
    context = {
        "tabs": opened.tabs(person_id, "meetings"),
        "rows": rows,
        "hold": may(request.by.role, Permission.WRITE_PLAN),
    }
    context["actions"] = person.actions(
        request,
        person_id,
        (_("Boka möte"), "people:book_meeting", "plus"),
        (_("Bjud in att välja tid"), "invitations:person", "calendar-days"),
    )
    return render(request, "people/person/meetings.html", person.with_crumbs(request, one, context))


def _point(one: Any) -> dict[str, str]:
    return {"about": one.about, "closed": _(name_of(one.closed_as)), "text": one.text}
