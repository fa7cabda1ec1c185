"""The person's way through the initiative: begin, who takes part, lead, phase, pause, more time, hand-over, exit."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from samkraft.partners.rules.roles import Permission
from samkraft.web.acting import page
from samkraft.web.people import journey_begin, journey_end, opened, person, sections
from samkraft.web.people.journey_begin import Building
from samkraft.web.people.sections import Section


@page(needs=Permission.ENROL)
def show(request: Any, person_id: UUID) -> HttpResponse:
    """What can be done now, one section for each."""

    def build(data: Any) -> list[Section]:
        one = opened.open_page(request, person_id, what="journey")
        request.opened_page = one
        made = Building(request, one, data)
        if one.opened.enrolled is None or one.head.exited_on:
            return [*journey_end.after(made), *journey_begin.enrol(made)]
        return [
            *journey_begin.phase(made),
            *journey_begin.parties(made),
            *journey_begin.lead(made),
            *journey_begin.pause(made),
            *journey_begin.more_time(made),
            *journey_end.handover(made),
            *journey_end.leave(made),
        ]

    def render_all(found: list[Section]) -> HttpResponse:
        one = request.opened_page
        context = {"tabs": opened.tabs(person_id, "journey"), "sections": found}
        return render(request, "people/person/sections.html", person.with_crumbs(request, one, context))

    return sections.serve(request, build, render_all)
