"""People who can sign in: the list, and a new one."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samkraft.audit.actions import transactions
from samkraft.partners.actions import invitations
from samkraft.partners.actions import people as actions
from samkraft.partners.queries import organisations, people
from samkraft.partners.rules import people as rules
from samkraft.partners.rules.roles import ROLES, Permission, Role
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, refusals, shell
from samkraft.web.acting import page
from samkraft.web.partners import beginning, letters

FIELDS = {rules.BAD_EMAIL.code: "email", rules.EMAIL_TAKEN.code: "email", rules.NO_NAME.code: "name"}


class InviteForm(forms.Form):
    """Who it is and where the link goes."""

    name = forms.CharField(label=gettext_lazy("Namn"), help_text=gettext_lazy("För- och efternamn."), max_length=200)
    email = forms.CharField(
        label=gettext_lazy("E-postadress"),
        help_text=gettext_lazy("Dit går en länk att välja lösenord med. Den gäller i tre dagar."),
        widget=forms.EmailInput(),
    )


@page(needs=Permission.MANAGE_MEMBERS)
def listed(request: Any) -> HttpResponse:
    """Everybody with an account, narrowed by name, role and organisation."""
    search, role, code = (request.GET.get(name, "").strip() for name in ("q", "roll", "organisation"))
    bodies = organisations.listed()
    body = next((row for row in bodies if row.code == code), None)
    rows = people.listed(search=search, role=role, organisation_id=body.id if body else None)
    context = {
        "rows": [{"person": row, "held": [one for one in row.roles if one.state != "ended"]} for row in rows],
        "search": search,
        "role": role,
        "code": code,
        "roles": [(one.value, ROLES[one].name) for one in Role if one is not Role.PUBLIC],
        "bodies": [(row.code, row.name) for row in bodies if row.people],
        "is_narrowed": bool(search or role or code),
        "steps": [] if search or role or code else beginning.steps(rows),
    }
    return render(request, "partners/people.html", context)


@page(needs=Permission.MANAGE_MEMBERS)
def invite(request: Any) -> HttpResponse:
    """An account without a password, and a one-time link by e-mail. Then on to the person's page, to give a role."""
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user_id = actions.invite(by=request.by, **form.cleaned_data)
        except Refused as refused:
            refusals.put_in(form, refused, FIELDS)
        else:
            invitations.send(user_id)
            letters.tell(request, _("Länken är skickad. Ge nu personen en roll."))
            return afterwards.to("partners:person", user_id)
    frame = shell.of(request)
    frame.crumbs = [{"label": _("Personer"), "url": reverse("partners:people")}, {"label": _("Ny"), "url": ""}]
    with transactions.read(request.by):
        return render(request, "partners/invite.html", {"form": form, "shell": frame})
