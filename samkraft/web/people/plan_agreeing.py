"""Fix the plan as a version, read and print it as it was fixed, and note who said yes: the person, and each party for itself."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samkraft.audit.actions import transactions
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import plans as actions
from samkraft.people.rules import plan_versions
from samkraft.people.rules.contents.choices import Agreeing, name_of
from samkraft.people.rules.contents.plans import PARTICIPANT
from samkraft.people.rules.plans import FixedVersion
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, refusals
from samkraft.web.acting import page
from samkraft.web.date_fields import SwedishDateField
from samkraft.web.people import methods, opened, person, plan_copies


class YesForm(forms.Form):
    """Who said yes, how and when."""

    party = forms.ChoiceField(label=gettext_lazy("Vem säger ja?"), widget=forms.RadioSelect)
    how = forms.ChoiceField(label=gettext_lazy("Hur?"), widget=forms.RadioSelect)
    agreed_on = SwedishDateField(label=gettext_lazy("Vilken dag?"))

    def __init__(self, *args: Any, parties: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].choices = parties
        self.fields["how"].choices = [(way.value, _(name_of(way))) for way in Agreeing]


@page(needs=Permission.WRITE_PLAN)
def show(request: Any, person_id: UUID) -> HttpResponse:
    """The newest version with its yeses; buttons to fix a new one and to note a yes."""
    if request.method != "POST":
        return _render(request, person_id)
    if request.POST.get("do") == "fix":
        return _fix(request, person_id)
    with transactions.read(request.by):
        one = opened.open_page(request, person_id, what="plan_agree")
        form = _form(one, request.by.area_id, request.POST)
    if form is not None and form.is_valid():
        try:
            number = int(request.POST.get("number") or 0)
            actions.agree(by=request.by, person_id=person_id, number=number, **form.cleaned_data)
        except Refused as refusal:
            refusals.put_in(form, refusal)
        else:
            messages.success(request, _("Antecknat."))
            return afterwards.to("people:agree", person_id)
    with transactions.read(request.by):
        return _render(request, person_id, form)


@page(needs=Permission.WRITE_PLAN)
def copy(request: Any, person_id: UUID, number: int) -> HttpResponse:
    """One version as it was fixed and filed with the own authority: to read together, print and sign."""
    one = opened.open_page(request, person_id, what="plan_version")
    version = next((each for each in one.plan.versions if each.content.number == number), None)
    if version is None:
        raise Http404
    signed = {said.party for said in version.agreements}
    parties = [(party, name) for party, name in _parties(one, request.by.area_id) if party not in signed]
    context = {
        "tabs": opened.tabs(person_id, "plan"),
        "number": number,
        "version": version,
        "copy": plan_copies.of(one, version),
        "yes": _yes(one, version),
        "unsigned": [name for _party, name in parties],
        "own": one.bodies[request.by.area_id],
    }
    return render(request, "people/person/plan_version.html", person.with_crumbs(request, one, context))


def _fix(request: Any, person_id: UUID) -> HttpResponse:
    try:
        number = actions.fix_version(
            by=request.by, person_id=person_id, why_no_work=request.POST.get("why_no_work", "")
        )
    except Refused as refusal:
        with transactions.read(request.by):
            return _render(request, person_id, refusal=refusal)
    said = _("Version {number} är fastlagd. Läs den tillsammans och anteckna vem som säger ja.")
    messages.success(request, said.format(number=number))
    return afterwards.to("people:agree", person_id)


def _form(one: opened.Page, own: UUID, data: Any = None) -> YesForm | None:
    """Whose yes is left to note; None when both have said yes, or when there is nothing to say yes to."""
    current = one.plan.current
    if current is None:
        return None
    parties = [(party, name) for party, name in _parties(one, own) if not current.agreed_by(party)]
    first = {"party": parties[0][0] if parties else "", "how": Agreeing.IN_PERSON.value, "agreed_on": one.today}
    return YesForm(data, parties=parties, initial=first) if parties else None


def _render(request: Any, person_id: UUID, form: YesForm | None = None, refusal: Refused | None = None) -> HttpResponse:
    one = opened.open_page(request, person_id, what="plan_agree")
    current, held, question = one.plan.current, methods.of(one), one.opened.joint.work_question
    nothing = plan_versions.why_not_fix(one.plan)
    is_changed = current is None or plan_versions.is_changed(one.plan)
    context = {
        "tabs": opened.tabs(person_id, "plan"),
        "current": current,
        "is_changed": is_changed,
        "nothing": refusals.explain(Refused(nothing)) if nothing else None,
        "now": plan_copies.of_now(one),
        "methods": held,
        "fixed": [
            {
                "number": each.content.number,
                "at": each.held.occurred_at,
                "method": held.then(each.held.occurred_at) if held else None,
                "url": reverse("people:plan_version", args=[person_id, each.content.number]),
            }
            for each in reversed(one.plan.versions)
        ],
        "yes": _yes(one, current) if current else [],
        "form": form or _form(one, request.by.area_id),
        "question": _(question.text) if question else "",
        "why_no_work": request.POST.get("why_no_work", ""),
        "refusal": refusals.explain(refusal) if refusal else None,
        "own": one.bodies[request.by.area_id],
    }
    return render(request, "people/person/agree.html", person.with_crumbs(request, one, context))


def _parties(one: opened.Page, own: UUID) -> list[tuple[str, str]]:
    """Whose yes can be noted here: the participant's, and the own authority's."""
    return [(PARTICIPANT, _("Deltagaren")), (str(own), one.bodies[own].name)]


def _yes(one: opened.Page, version: FixedVersion) -> list[dict[str, Any]]:
    return [
        {
            "who": _("Deltagaren") if said.party == PARTICIPANT else _body(one, said.party),
            "how": _(name_of(said.how)).lower(),
            "on": said.agreed_on,
        }
        for said in version.agreements
    ]


def _body(one: opened.Page, area: str) -> str:
    found = one.bodies.get(UUID(area))
    return found.name if found else ""
