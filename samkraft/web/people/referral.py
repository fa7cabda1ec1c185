"""Register that somebody comes: the number if there is one, who the person is, how they came, and the start check."""

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

from samkraft.audit.actions import transactions
from samkraft.initiatives.queries import joined
from samkraft.partners.rules.roles import Permission, Role
from samkraft.people.actions import referrals
from samkraft.people.rules import start_check
from samkraft.people.rules.contents.choices import HowReferred, name_of
from samkraft.people.rules.start_check import Asked
from samkraft.values import identity_number
from samkraft.values.identity_number import Sex
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, date_fields, refusals, shell
from samkraft.web.acting import page
from samkraft.web.people import person

_PREFIX = "check_"


class ReferralForm(forms.Form):
    """The fewest questions that let the work begin. What nobody knows is left out, or said to be unknown."""

    use_required_attribute = False
    number = forms.CharField(
        label=gettext_lazy("Personnummer eller samordningsnummer"),
        required=False,
        help_text=gettext_lazy("Lämna tomt om personen inte har något. Numret syns aldrig i listor eller adresser."),
    )
    given_name = forms.CharField(label=gettext_lazy("Förnamn"), max_length=200)
    family_name = forms.CharField(label=gettext_lazy("Efternamn"), max_length=200)
    sex = forms.ChoiceField(label=gettext_lazy("Kön"), required=False)
    language = forms.CharField(
        label=gettext_lazy("Språk"), required=False, max_length=40, help_text=gettext_lazy("Till exempel arabiska.")
    )
    interpreter = forms.BooleanField(label=gettext_lazy("Tolk behövs"), required=False)
    phone = forms.CharField(label=gettext_lazy("Telefon"), required=False, max_length=40)
    safe_contact = forms.CharField(
        label=gettext_lazy("Säker kontaktväg"),
        required=False,
        help_text=gettext_lazy("Om det spelar roll hur ni hör av er, till exempel bara dagtid."),
    )
    how = forms.ChoiceField(label=gettext_lazy("Hur kom personen?"))
    reason = forms.CharField(
        label=gettext_lazy("Varför?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Läses bara i din egen myndighet tills personen eller ni lämnar ut det."),
    )
    received_on = date_fields.SwedishDateField(label=gettext_lazy("När kom det in?"))

    def __init__(self, *args: Any, asked: tuple[Asked, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sex"].choices = [("", _("Inte angivet")), *((one.value, _(name_of(one))) for one in Sex)]
        self.fields["how"].choices = [(one.value, _(name_of(one))) for one in HowReferred]
        self.asked = (*asked, Asked(start_check.CONSENT, start_check.CONSENT_TEXT))
        for one in self.asked:
            self.fields[_PREFIX + one.code] = forms.ChoiceField(
                label=_(one.text),
                choices=[(answer.value, _(name)) for answer, name in start_check.ANSWER_NAMES.items()],
                widget=forms.RadioSelect,
                initial=start_check.Answer.UNKNOWN.value,
                required=False,
            )

    def card(self) -> dict[str, Any]:
        """Who the person is, as the action takes it."""
        names = ("given_name", "family_name", "sex", "language", "interpreter", "phone", "safe_contact")
        return {name: self.cleaned_data[name] for name in names if self.cleaned_data[name]}

    def referral(self) -> dict[str, Any]:
        """How the person came."""
        data = self.cleaned_data
        return {
            "how": data["how"],
            "reason": data["reason"],
            "received_on": data["received_on"].isoformat(),
            "start_check": {one.code: data[_PREFIX + one.code] or "unknown" for one in self.asked},
        }


@page(needs=Permission.REFER)
def new(request: Any) -> HttpResponse:
    """The form. Where it leads is alike whether or not somebody else knows the person already."""
    if request.method != "POST":
        return _render(request, None)
    with transactions.read(request.by):
        choices = joined.by_area(request.by.area_id, on=timezone.localdate())
        initiative = _chosen(choices, request.POST.get("initiative", ""))
        form = _form(request, initiative, request.POST)
    if form.is_valid() and initiative is not None:
        try:
            person_id = _refer(request, form, initiative.id)
        except Refused as refusal:
            refusals.put_in(form, refusal, {"Kom in": "received_on"})
        else:
            return afterwards.to("people:person", person_id)
    with transactions.read(request.by):
        return _render(request, form)


def _refer(request: Any, form: ReferralForm, initiative_id: UUID) -> UUID:
    text = form.cleaned_data["number"].strip()
    number = identity_number.read(text, timezone.localdate()) if text else None
    referred = referrals.refer(
        by=request.by, number=number, card=form.card(), referral=form.referral(), initiative_id=initiative_id
    )
    if referred.is_known:
        messages.success(request, _("Personen fanns redan bland dina ärenden. Det nya är tillagt där."))
    else:
        messages.success(request, _("Personen är upplagd. Skriv in när ni har träffats."))
    return referred.person_id


def _form(request: Any, initiative: joined.JoinedRow | None, data: Any = None) -> ReferralForm:
    today = timezone.localdate()
    asked = referrals.questions(initiative.id, today) if initiative else ()
    how = HowReferred.ASSIGNED if request.by.role == Role.EMPLOYMENT_OFFICER else HowReferred.REFERRED
    return ReferralForm(data, asked=asked, initial={"received_on": today, "how": how.value})


def _chosen(choices: tuple[joined.JoinedRow, ...], wanted: str) -> joined.JoinedRow | None:
    return next((one for one in choices if str(one.id) == wanted), choices[0] if choices else None)


def _render(request: Any, form: ReferralForm | None) -> HttpResponse:
    choices = joined.by_area(request.by.area_id, on=timezone.localdate())
    initiative = _chosen(choices, request.POST.get("initiative") or request.GET.get("insats", ""))
    form = form or _form(request, initiative)
    frame = shell.of(request)
    frame.crumbs = [{"label": _("Deltagare"), "url": reverse("people:everyone")}, {"label": _("Ny person")}]
    split = len(ReferralForm.base_fields)
    fields = list(form)
    context = {
        "shell": frame,
        "form": form,
        "choices": choices,
        "initiative": initiative,
        "person_fields": fields[: split - 3],
        "referral_fields": fields[split - 3 : split],
        "check_fields": fields[split:],
        "never_here": person.never_here(),
    }
    return render(request, "people/referral.html", context)
