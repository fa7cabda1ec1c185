"""Who looks after my inbox while I am away."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from samkraft.audit.actions import transactions
from samkraft.partners.actions import stand_ins as actions
from samkraft.partners.queries import colleagues
from samkraft.partners.queries import stand_ins as queries
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, refusals, shell
from samkraft.web.acting import page
from samkraft.web.date_fields import SwedishDateField


class StandInForm(forms.Form):
    """Who, and from when to when."""

    use_required_attribute = False

    who = forms.ChoiceField(label=gettext_lazy("Vem?"), help_text=gettext_lazy("En kollega i din myndighet."))
    first = SwedishDateField(label=gettext_lazy("Från och med"))
    last = SwedishDateField(label=gettext_lazy("Till och med"))


@page(needs=Permission.WORK_WITH_PEOPLE)
def show(request: Any) -> HttpResponse:
    """Those appointed, and a form for another."""
    if request.method != "POST":
        return _answer(request, _form(request, None))
    with transactions.read(request.by):
        form = _form(request, request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            actions.appoint(
                by=request.by, stand_in_id=UUID(said["who"]), start_date=said["first"], last_date=said["last"]
            )
        except Refused as refused:
            refusals.put_in(form, refused)
        else:
            messages.success(request, _("Ställföreträdaren är utsedd."))
            return afterwards.to("stand_in")
    with transactions.read(request.by):
        return _answer(request, form)


@require_POST
@page(needs=Permission.WORK_WITH_PEOPLE)
def end(request: Any, stand_in_id: UUID) -> HttpResponse:
    """From now."""
    actions.end(by=request.by, stand_in_id=stand_in_id)
    messages.success(request, _("Ställföreträdaren är avslutad, och ser inte längre det som väntar på dig."))
    return afterwards.to("stand_in")


def _today() -> date:
    return day_in_stockholm(timezone.now())


def _form(request: Any, sent: Any) -> StandInForm:
    form = StandInForm(sent, initial={"first": _today()})
    found = colleagues.meeting_people([request.by.area_id], on=_today())
    form.fields["who"].choices = [("", _("Välj"))] + [
        (str(one.membership_id), f"{one.name}, {_(one.role_name)}")
        for one in found
        if one.user_id != request.by.actor_id and may(one.role, Permission.SEE_CASELOAD)
    ]
    return form


def _answer(request: Any, form: StandInForm) -> HttpResponse:
    frame = shell.of(request)
    frame.crumbs = [{"label": _("Inkorg"), "url": reverse("inbox")}, {"label": _("Ställföreträdare"), "url": ""}]
    context = {"shell": frame, "form": form, "rows": queries.appointed(request.by, _today())}
    context["for_others"] = queries.standing_in_for(request.by, _today())
    return render(request, "inbox/stand_in.html", context)
