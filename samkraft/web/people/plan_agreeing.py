"""Fix the plan as a version, and note who said yes to it: the person first, then each party for itself."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.audit.actions import transactions
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import plans as actions
from samkraft.people.rules.contents.choices import Agreeing, name_of
from samkraft.people.rules.contents.plans import PARTICIPANT
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase
from samkraft.web import date_fields, refusals
from samkraft.web.acting import page
from samkraft.web.people import methods, opened, person

UNREADABLE_DAY = Reason(
    "agreement_unreadable_day",
    phrase("Dagen går inte att läsa."),
    phrase("Skriv den till exempel som 31 mars 2026 eller 2026-03-31."),
)


@page(needs=Permission.WRITE_PLAN)
def show(request: Any, person_id: UUID) -> HttpResponse:
    """The newest version with its yeses; buttons to fix a new one and to note a yes."""
    if request.method != "POST":
        return _render(request, person_id, None)
    try:
        told = _act(request, person_id)
    except Refused as refusal:
        with transactions.read(request.by):
            return _render(request, person_id, refusal)
    messages.success(request, told)
    return HttpResponseRedirect(reverse("people:agree", args=[person_id]), status=303)


def _act(request: Any, person_id: UUID) -> str:
    if request.POST.get("do") == "fix":
        number = actions.fix_version(
            by=request.by, person_id=person_id, why_no_work=request.POST.get("why_no_work", "")
        )
        return _("Version {number} är fastlagd. Läs den tillsammans och anteckna vem som säger ja.").format(
            number=number
        )
    try:
        day = date_fields.read(request.POST.get("agreed_on", ""))
    except ValueError:
        raise Refused(UNREADABLE_DAY) from None
    actions.agree(
        by=request.by,
        person_id=person_id,
        number=int(request.POST.get("number") or 0),
        party=request.POST.get("party", ""),
        how=request.POST.get("how", ""),
        agreed_on=day,
    )
    return _("Antecknat.")


def _render(request: Any, person_id: UUID, refusal: Refused | None) -> HttpResponse:
    one = opened.open_page(request, person_id, what="plan_agree")
    current = one.plan.current
    own = request.by.area_id
    held = methods.of(one)
    question = one.opened.joint.work_question
    context = {
        "tabs": opened.tabs(person_id, "plan"),
        "current": current,
        "methods": held,
        "fixed": [
            {
                "number": each.content.number,
                "at": each.held.occurred_at,
                "method": held.then(each.held.occurred_at) if held else None,
            }
            for each in reversed(one.plan.versions)
        ],
        "yes": [
            {
                "who": _("Deltagaren") if said.party == PARTICIPANT else _body(one, said.party),
                "how": _(name_of(said.how)).lower(),
                "on": said.agreed_on,
            }
            for said in (current.agreements if current else ())
        ],
        "parties": [
            (party, name)
            for party, name in ((PARTICIPANT, _("Deltagaren")), (str(own), one.bodies[own].name))
            if party not in {said.party for said in (current.agreements if current else ())}
        ],
        "ways": [(way.value, _(name_of(way))) for way in Agreeing],
        "question": _(question.text) if question else "",
        "why_no_work": request.POST.get("why_no_work", ""),
        "typed": {
            "party": request.POST.get("party", ""),
            "how": request.POST.get("how", ""),
            "agreed_on": request.POST.get("agreed_on") or one.today.isoformat(),
        },
        "refusal": refusals.explain(refusal) if refusal else None,
        "own": one.bodies[own],
    }
    return render(request, "people/person/agree.html", person.with_crumbs(request, one, context))


def _body(one: opened.Page, area: str) -> str:
    found = one.bodies.get(UUID(area))
    return found.name if found else ""
