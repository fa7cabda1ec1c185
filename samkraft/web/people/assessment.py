"""The joint assessment: what each authority has found out in each area of life, and what they conclude together."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samkraft.partners.rules.roles import Permission, may
from samkraft.people.actions import assessments as actions
from samkraft.people.queries import consents as queries
from samkraft.people.queries import plans
from samkraft.people.rules import assessments
from samkraft.people.rules.categories import Release, release_of
from samkraft.people.rules.contents.choices import LifeArea, name_of
from samkraft.people.rules.held import Held, latest
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, refusals
from samkraft.web.acting import page
from samkraft.web.people import methods, opened, person


@page(needs=Permission.WORK_WITH_PEOPLE)
def show(request: Any, person_id: UUID) -> HttpResponse:
    """Item by item with author, body and date; conclusions first, and what earlier assessments said last."""
    if request.method == "POST":
        return _reuse(request, person_id)
    one = opened.open_page(request, person_id, what="assessment")
    found = assessments.fold(one.opened.held)
    own, held = request.by.area_id, methods.of(one)
    told = _told(request, one)
    context = {
        "methods": held,
        "own": own,
        "tabs": opened.tabs(person_id, "assessment"),
        "actions": person.actions(
            request,
            person_id,
            (_("Lägg till uppgift"), "people:add_item", "plus"),
            (_("Skriv slutsats"), "people:conclude", "pencil"),
        ),
        "conclusions": [
            {
                "drawn": drawn,
                "bodies": [one.bodies[area] for area in drawn.content.bodies if area in one.bodies],
                "method": held.then(drawn.held.occurred_at) if held else None,
            }
            for drawn in found.conclusions
        ],
        "earlier": [
            {"held": held, "area": _(name_of(LifeArea(held.content["life_area"]))), "body": _body(one, held)}
            for held in (plans.reusable(request.by, person_id) if may(request.by.role, Permission.ASSESS) else ())
        ],
        "areas": [
            {
                "name": _(name_of(area.life_area)),
                "items": [
                    {
                        "item": item,
                        "body": one.bodies.get(item.held.author_area_id),
                        "is_ours": item.held.author_area_id == own,
                        "from": _body_of(one, item.held.received.from_area_id) if item.held.received else "",
                        "told": told.get(item.held.lineage, []),
                        "goes_alone": release_of(item.held.category) is not Release.STANDING,
                    }
                    for item in area.items
                ],
            }
            for area in found.areas
        ],
    }
    return render(request, "people/person/assessment.html", person.with_crumbs(request, one, context))


@dataclass(frozen=True, slots=True)
class Told:
    """Which authority has one of our own things, since when; `is_older`: in words that have been changed since."""

    name: str
    at: datetime
    is_older: bool


def _told(request: Any, one: opened.Page) -> dict[UUID, list[Told]]:
    """Lineage of an own thing → who has it, the newest act with each, by name."""
    newest = {held.lineage: held.version for held in latest(one.opened.held, "assessment_item")}
    acts = {
        (act.lineage, act.to_area_id): act
        for act in sorted(queries.disclosures(request.by, one.opened.person_id), key=lambda act: act.version)
        if act.from_area_id == request.by.area_id and act.lineage in newest
    }
    found: dict[UUID, list[Told]] = {}
    for (lineage, area_id), act in sorted(acts.items(), key=lambda pair: _body_of(one, pair[0][1])):
        told = Told(_body_of(one, area_id), act.disclosed_at, act.version < newest[lineage])
        found.setdefault(lineage, []).append(told)
    return found


def _reuse(request: Any, person_id: UUID) -> HttpResponse:
    """Use what was ticked again. What somebody else took with meanwhile is there already, and that is no fault."""
    taken = 0
    for value in request.POST.getlist("lineage"):
        try:
            actions.reuse_item(by=request.by, person_id=person_id, lineage=UUID(value))
        except ValueError:
            continue
        except Refused as refusal:
            refusals.tell(request, refusal)
        else:
            taken += 1
    if taken:
        told = ngettext(
            "{number} uppgift är med i kartläggningen.", "{number} uppgifter är med i kartläggningen.", taken
        )
        messages.success(request, told.format(number=taken))
    return afterwards.to("people:assessment", person_id)


def _body(one: opened.Page, held: Held) -> str:
    found = one.bodies.get(held.author_area_id)
    return found.name if found else ""


def _body_of(one: opened.Page, area_id: UUID) -> str:
    return one.bodies[area_id].name if area_id in one.bodies else ""
