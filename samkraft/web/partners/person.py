"""One person: roles over time, and the account."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samkraft.audit.actions import transactions
from samkraft.partners.actions import invitations, memberships
from samkraft.partners.actions import people as actions
from samkraft.partners.queries import organisations, people
from samkraft.partners.rules.roles import ROLES, Permission, Role
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, refusals, shell
from samkraft.web.acting import page
from samkraft.web.date_fields import SwedishDateField
from samkraft.web.partners import letters


class RoleForm(forms.Form):
    """A role: which, where and for how long."""

    role = forms.ChoiceField(label=gettext_lazy("Roll"))
    place = forms.ChoiceField(
        label=gettext_lazy("Organisation och sekretessområde"),
        help_text=gettext_lazy("Området avgör vilka uppgifter om deltagare som rollen kan nå."),
    )
    title = forms.CharField(
        label=gettext_lazy("Titel"), help_text=gettext_lazy("Som den visas, till exempel Ekonom."), required=False
    )
    start_date = SwedishDateField(label=gettext_lazy("Från och med"))
    last_date = SwedishDateField(
        label=gettext_lazy("Till och med"),
        help_text=gettext_lazy("Lämna tomt om den gäller tills vidare."),
        required=False,
    )

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [("", _("Välj roll")), *((one.value, _(ROLES[one].name)) for one in Role if one is not Role.PUBLIC)]
        self.fields["role"].choices = roles
        self.fields["place"].choices = [("", _("Välj organisation")), *places]


class LastDayForm(forms.Form):
    """The last day of a role."""

    last_date = SwedishDateField(label=gettext_lazy("Sista dag"), required=False)


@page(needs=Permission.MANAGE_MEMBERS)
def show(request: Any, user_id: UUID) -> HttpResponse:
    """The person, with a form for a new role."""
    return _page(request, user_id, RoleForm(places=places()))


@page(needs=Permission.MANAGE_MEMBERS)
def give_role(request: Any, user_id: UUID) -> HttpResponse:
    """Give a role, or say why not."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("partners:person", args=[user_id]))
    with transactions.read(request.by):
        form = RoleForm(request.POST, places=places())
    if form.is_valid():
        organisation_id, _slash, area_id = form.cleaned_data["place"].partition("/")
        try:
            memberships.give(
                by=request.by,
                user_id=user_id,
                organisation_id=UUID(organisation_id),
                area_id=UUID(area_id),
                role=form.cleaned_data["role"],
                title=form.cleaned_data["title"],
                start_date=form.cleaned_data["start_date"],
                last_date=form.cleaned_data["last_date"],
            )
        except Refused as refused:
            refusals.put_in(form, refused)
        else:
            messages.success(request, _("Rollen är given."))
            return afterwards.to("partners:person", user_id)
    with transactions.read(request.by):
        return _page(request, user_id, form)


@page(needs=Permission.MANAGE_MEMBERS)
def change_role(request: Any, user_id: UUID, membership_id: UUID) -> HttpResponse:
    """End a role after a day, or let it go on to a later one."""
    person = _person(request, user_id)
    held = next((row for row in person.roles if row.id == membership_id), None)
    if held is None:
        raise Http404
    form = LastDayForm(request.POST or None, initial={"last_date": held.last_date})
    if request.method == "POST" and form.is_valid():
        last_date = form.cleaned_data["last_date"]
        try:
            if request.POST.get("do") == "end" and last_date is not None:
                memberships.end(by=request.by, membership_id=membership_id, last_date=last_date)
            elif request.POST.get("do") == "end":
                form.add_error("last_date", _("Skriv vilken dag som är den sista."))
            else:
                memberships.prolong(by=request.by, membership_id=membership_id, last_date=last_date)
        except Refused as refused:
            form.add_error("last_date", str(refusals.explain(refused)))
        if not form.errors:
            return afterwards.to("partners:person", user_id)
    frame = _frame(request, person.name)
    context = {"form": form, "person": person, "held": held, "shell": frame}
    with transactions.read(request.by):
        return render(request, "partners/change_role.html", context)


@page(needs=Permission.MANAGE_MEMBERS)
def change_account(request: Any, user_id: UUID) -> HttpResponse:
    """Close or open the account, or send a new link."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("partners:person", args=[user_id]))
    do = request.POST.get("do")
    if do == "close":
        actions.deactivate(by=request.by, user_id=user_id)
        messages.success(request, _("Kontot är stängt. Personen är ute vid nästa klick."))
    elif do == "open":
        actions.reactivate(by=request.by, user_id=user_id)
        messages.success(request, _("Kontot är öppet igen."))
    elif do == "link":
        invitations.send_again(by=request.by, user_id=user_id)
        letters.tell(request, _("En ny länk är skickad."))
    return afterwards.to("partners:person", user_id)


def places() -> list[tuple[str, str]]:
    """Every organisation with each area that its members can belong to, as one choice."""
    areas = organisations.areas()
    choices = []
    for body in organisations.listed():
        family = organisations.family(body.id)
        fitting = [area for area in areas if area.authority_id == body.id]
        fitting = fitting or [area for area in areas if area.authority_id in family]
        for area in fitting:
            name = body.name if len(fitting) == 1 else f"{body.name} ({area.name})"
            choices.append((f"{body.id}/{area.id}", name))
    return choices


def _person(request: Any, user_id: UUID) -> people.PersonRow:
    with transactions.read(request.by):
        found = people.one(user_id)
    if found is None:
        raise Http404
    return found


def _page(request: Any, user_id: UUID, form: RoleForm) -> HttpResponse:
    found = people.one(user_id)
    if found is None:
        raise Http404
    context = {
        "person": found,
        "form": form,
        "is_oneself": found.id == request.by.actor_id,
        "shell": _frame(request, found.name),
    }
    return render(request, "partners/person.html", context)


def _frame(request: Any, last: str) -> shell.Shell:
    frame = shell.of(request)
    frame.crumbs = [{"label": _("Personer"), "url": reverse("partners:people")}, {"label": last, "url": ""}]
    return frame
