"""Who has looked at the person's file in the own area, when, as what and for which purpose."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samkraft.audit.queries import events
from samkraft.partners.rules.roles import ROLES, Permission, Role
from samkraft.people.queries import persons
from samkraft.people.rules import number_reasons
from samkraft.values.wording import phrase
from samkraft.web.acting import page
from samkraft.web.people import opened, person

ACTIONS = {
    "person.read": phrase("läste"),
    "case.begun": phrase("öppnade ärendet"),
    "case.assigned": phrase("lade till en handläggare"),
    "case.team_assigned": phrase("lade till ett team"),
    "case.access_ended": phrase("tog bort någon från ärendet"),
    "case.recused": phrase("anmälde jäv"),
    "consent.given": phrase("registrerade ett samtycke"),
    "consent.withdrawn": phrase("registrerade att ett samtycke togs tillbaka"),
    "disclosure.made": phrase("lämnade ut en uppgift"),
    "number.read": phrase("läste personnumret"),
    "number.changed": phrase("ändrade personnumret"),
    "break_glass.opened": phrase("öppnade akten med nödåtkomst"),
    "protection.begun": phrase("registrerade skyddade personuppgifter"),
    "protection.named": phrase("lade till någon på listan"),
    "protection.struck": phrase("tog bort någon från listan"),
    "protection.asked": phrase("begärde att skyddet ska upphöra"),
    "protection.lifted": phrase("beslutade att skyddet upphör"),
}


@page(needs=Permission.WORK_WITH_PEOPLE)
def show(request: Any, person_id: UUID) -> HttpResponse:
    """Newest first. Only the own area's: another authority answers for its own."""
    one = opened.open_page(request, person_id, what="looked")
    keys = persons.keys_of(person_id)
    found = events.about(subject_kind=opened.PERSON, subject_ids=keys, after=request.GET.get("efter", ""))
    rows = [
        {
            "at": row.at,
            "who": row.actor_name,
            "role": _(ROLES[Role(row.role)].name) if row.role in set(Role) else row.role,
            "what": _(ACTIONS.get(row.action, phrase("ändrade i akten"))),
            "why": _why(row),
            "purpose": _(row.purpose) if row.purpose else "",
        }
        for row in found.rows
    ]
    context = {"tabs": opened.tabs(person_id, "looked"), "rows": rows, "after": found.after}
    return render(request, "people/person/looked.html", person.with_crumbs(request, one, context))


def _why(row: events.EventRow) -> str:
    """What the identity number was read for, where that was said."""
    why = row.content.get("why")
    return _(number_reasons.NAMES[number_reasons.Why(why)]) if why in set(number_reasons.Why) else ""
