"""The person's way through the initiative: begin, who takes part, lead, phase, pause, more time, hand-over, exit."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samkraft.partners.rules.roles import Permission, may
from samkraft.web import sections
from samkraft.web.acting import page
from samkraft.web.people import calling_in, journey_begin, journey_end, opened, person, referral_waits
from samkraft.web.people.journey_begin import Building
from samkraft.web.sections import Section

_ASKED_OF_ME = ("take-", "decide-")


@page(needs=Permission.WORK_WITH_PEOPLE)
def show(request: Any, person_id: UUID) -> HttpResponse:
    """What can be done now, one section for each."""

    def build(data: Any) -> list[Section]:
        one = opened.open_page(request, person_id, what="journey")
        request.opened_page = one
        if not may(request.by.role, Permission.ENROL):
            made = Building(request, one, data)
            return [_others_do_it(one), *referral_waits.sections(made), *referral_waits.again(made)]
        made = Building(request, one, data)
        if one.opened.enrolled is None or one.head.exited_on:
            begin = referral_waits.nothing_to_begin_on(made) or journey_begin.enrol(made)
            return [*journey_end.after(made), *begin, *referral_waits.sections(made), *referral_waits.again(made)]
        found = [
            *journey_begin.phase(made),
            *journey_begin.parties(made),
            *calling_in.section(made),
            *journey_begin.lead(made),
            *journey_begin.pause(made),
            *journey_begin.more_time(made),
            *journey_end.handover(made),
            *journey_end.leave(made),
        ]
        # What somebody waits for, then a process lead where there is none, and the rest as it stands.
        return sorted(found, key=lambda one: (not one.key.startswith(_ASKED_OF_ME), one.key != "lead" or not one.main))

    def render_all(found: list[Section]) -> HttpResponse:
        one = request.opened_page
        context = {"tabs": opened.tabs(person_id, "journey"), "sections": found}
        return render(request, "people/person/sections.html", person.with_crumbs(request, one, context))

    return sections.serve(request, build, render_all)


def _others_do_it(one: opened.Page) -> Section:
    """What those see who are called in: where the person is, and who looks after the rest."""
    text = _("Processledaren och teamets handläggare sköter inskrivning, faser och utskrivning.")
    return Section("journey", one.head.phase or _("Insatsen"), text=text)
