"""One request for money (äskande): what is asked, proposed and decided, what has been said, and a new one."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from samkraft.audit.actions import transactions
from samkraft.money.actions import requests as actions
from samkraft.money.queries import requests as queries
from samkraft.money.queries.requests import Row
from samkraft.money.rules.requests import LABELS, RequestEventKind
from samkraft.partners.queries import organisations
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, figures, refusals, shell
from samkraft.web.acting import page
from samkraft.web.amount_fields import KronorField
from samkraft.web.money.home_facts import own_code
from samkraft.web.number_fields import YearField


class AskForm(forms.Form):
    """A new request."""

    fund = forms.ChoiceField(label=gettext_lazy("Satsning"))
    year = YearField(label=gettext_lazy("År"), min_value=1990, max_value=2199)
    body = forms.ChoiceField(label=gettext_lazy("Nämnd"))
    purpose = forms.CharField(label=gettext_lazy("Vad ska pengarna användas till?"), max_length=300)
    reasons = forms.CharField(
        label=gettext_lazy("Varför, och vad ska det leda till?"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    amount = KronorField(
        label=gettext_lazy("Belopp"), help_text=gettext_lazy("Lämna tomt om det inte är bestämt än."), required=False
    )

    def __init__(self, *args: Any, lists: dict[str, list[tuple[str, str]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        for name, choices in lists.items():
            self.fields[name].choices = choices


class NoteForm(forms.Form):
    """An opinion, or why a request is withdrawn."""

    text = forms.CharField(
        label=gettext_lazy("Vad vill du säga?"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ProposeForm(forms.Form):
    """The city office's amount."""

    amount = KronorField(label=gettext_lazy("Föreslaget belopp"), help_text=gettext_lazy("Skriv 0 för avslag."))
    text = forms.CharField(
        label=gettext_lazy("Motivering"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


def state_of(row: Row) -> tuple[str, str]:
    """Where a request stands, as shape and words."""
    if row.is_withdrawn:
        return "closed", _("återtaget")
    if row.has_decision:
        return "ok", _("beslutat")
    if row.taken_up:
        return "needs", _("i ett förslag, väntar på beslut")
    if row.has_proposal:
        return "needs", _("belopp föreslaget")
    return "needs", _("väntar på stadskontoret")


@page(needs=Permission.SEE_MONEY)
def show(request: Any, request_id: UUID) -> HttpResponse:
    """One request with everything said about it."""
    return _show(request, request_id)


def _show(request: Any, request_id: UUID, **tried: forms.Form) -> HttpResponse:
    row = queries.one(by=request.by, request_id=request_id)
    if row is None:
        raise Http404
    frame = shell.of(request)
    frame.crumbs = [
        {"label": _("Medel"), "url": reverse("money:home")},
        {"label": _("Äskanden"), "url": f"{reverse('money:requests')}?satsning={row.fund_code}&ar={row.year}"},
        {"label": row.purpose, "url": ""},
    ]
    acts_for = queries.may_act_for(request.by, row) and not row.is_withdrawn
    proposes = may(request.by.role, Permission.MANAGE_FUNDS) and not row.is_withdrawn and not row.has_decision
    context = {
        "shell": frame, "row": row, "state": state_of(row),
        "events": [
            {
                "when": event.at, "heading": _event_words(event), "text": event.text, "source": event.by,
                "kind": "ok" if event.kind is RequestEventKind.DECIDED else "closed",
            }
            for event in row.events
        ],
        "opinion": tried.get("opinion") or NoteForm(prefix="opinion") if acts_for else None,
        "withdraw": tried.get("withdraw") or NoteForm(prefix="withdraw") if acts_for and not row.has_decision else None,
        "propose": tried.get("propose") or ProposeForm(prefix="propose", initial={"amount": row.proposed_ore or row.asked_ore})
        if proposes else None,
        "failed": next(iter(tried.values()), None),
        "body_url": reverse("money:body", args=[row.body.code]),
    }  # fmt: skip
    return render(request, "money/requests/request.html", context, status=422 if tried else 200)


def _event_words(event: queries.Event) -> str:
    words = _(LABELS[event.kind])
    amount = event.kind in {RequestEventKind.PROPOSED, RequestEventKind.DECIDED}
    named = {"what": words[0].upper() + words[1:], "amount": figures.kronor(event.amount_ore)}
    return _("%(what)s: %(amount)s") % named if amount else named["what"]


@require_POST
@page(needs=Permission.SEE_MONEY)
def note(request: Any, request_id: UUID, what: str) -> HttpResponse:
    """An opinion, a withdrawal or a proposed amount."""
    kinds = {
        "synpunkt": ("opinion", RequestEventKind.OPINION, _("Synpunkten är sparad.")),
        "aterta": ("withdraw", RequestEventKind.WITHDRAWN, _("Äskandet är återtaget.")),
        "foresla": ("propose", RequestEventKind.PROPOSED, _("Beloppet är föreslaget. Inget är beslutat än.")),
    }
    if what not in kinds:
        raise Http404
    name, kind, said = kinds[what]
    form = (ProposeForm if name == "propose" else NoteForm)(request.POST, prefix=name)
    if form.is_valid():
        data = form.cleaned_data
        try:
            actions.note(
                by=request.by, request_id=request_id, kind=kind, amount_ore=data.get("amount"), text=data["text"]
            )
        except Refused as refusal:
            refusals.put_in(form, refusal)
        else:
            messages.success(request, said)
            return afterwards.to("money:request", request_id)
    with transactions.read(request.by):
        return _show(request, request_id, **{name: form})


@page(needs=Permission.SEE_MONEY)
def new(request: Any) -> HttpResponse:
    """A new request, for one's own committee; the city office may note one for any."""
    with transactions.read(request.by):
        lists = _lists(request)
        ids = organisations.ids()
    form = AskForm(request.POST or None, lists=lists, initial={"fund": request.GET.get("satsning", "")})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = actions.ask(
                by=request.by,
                fund_id=fund_id_of(data["fund"]),
                year=data["year"],
                organisation_id=ids[data["body"]],
                purpose=data["purpose"],
                amount_ore=data["amount"],
                reasons=data["reasons"],
            )
        except Refused as refusal:
            fields = {actions.NOT_POSITIVE_REQUEST.code: "amount", actions.PURPOSE_NEEDED.code: "purpose"}
            refusals.put_in(form, refusal, fields)
        else:
            messages.success(request, _("Äskandet är skickat till stadskontoret."))
            return afterwards.to("money:request", made)
    with transactions.read(request.by):
        frame = shell.of(request)
    frame.crumbs = [
        {"label": _("Medel"), "url": reverse("money:home")},
        {"label": _("Äskanden"), "url": reverse("money:requests")},
        {"label": _("Nytt äskande"), "url": ""},
    ]
    context = {"shell": frame, "form": form}
    return render(request, "money/requests/new.html", context, status=422 if form.errors else 200)


def _lists(request: Any) -> dict[str, list[tuple[str, str]]]:
    """Who may ask only for the own committee gets only that one to choose."""
    bodies = [(row.code, row.name) for row in organisations.listed() if row.holds_frame]
    if not may(request.by.role, Permission.MANAGE_FUNDS):
        own = own_code(request.by)
        bodies = [pair for pair in bodies if pair[0] == own]
    else:
        bodies = [("", _("Välj …")), *bodies]
    return {
        "fund": [("", _("Välj …")), *((code, name) for code, name, _year in queries.choices(by=request.by))],
        "body": bodies,
    }


def fund_id_of(code: str) -> UUID:
    """The fund's id. Raises Http404 when there is none."""
    found = queries.fund_id_of(code)
    if found is None:
        raise Http404
    return found
