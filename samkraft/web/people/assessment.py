"""The joint assessment: what each authority has found out in each area of life, and what they conclude together."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samkraft.partners.rules.roles import Permission
from samkraft.people.rules import assessments
from samkraft.people.rules.contents.choices import name_of
from samkraft.web.acting import page
from samkraft.web.people import opened, person


@page(needs=Permission.WORK_WITH_PEOPLE)
def show(request: Any, person_id: UUID) -> HttpResponse:
    """Item by item with author, body and date; conclusions first."""
    one = opened.open_page(request, person_id, what="assessment")
    found = assessments.fold(one.opened.held)
    own = request.by.area_id
    context = {
        "tabs": opened.tabs(person_id, "assessment"),
        "actions": person.actions(
            request,
            person_id,
            (_("Lägg till uppgift"), "people:add_item", "plus"),
            (_("Skriv slutsats"), "people:conclude", "pencil"),
        ),
        "conclusions": [
            {"drawn": drawn, "bodies": [one.bodies[area] for area in drawn.content.bodies if area in one.bodies]}
            for drawn in found.conclusions
        ],
        "areas": [
            {
                "name": _(name_of(area.life_area)),
                "items": [
                    {
                        "item": item,
                        "body": one.bodies.get(item.held.author_area_id),
                        "is_ours": item.held.author_area_id == own,
                    }
                    for item in area.items
                ],
            }
            for area in found.areas
        ],
    }
    return render(request, "people/person/assessment.html", person.with_crumbs(request, one, context))
