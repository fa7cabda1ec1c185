"""Requests for money (äskanden): the list, one of them, a new one, amounts proposed, and a proposal made of them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from samkraft.audit.actions import transactions
from samkraft.money.actions import drafting
from samkraft.money.actions import requests as actions
from samkraft.money.queries import requests as queries
from samkraft.money.queries.requests import Row, YearOfRequests
from samkraft.money.rules.flow_paths import Amount
from samkraft.money.rules.requests import LABELS, RequestEventKind
from samkraft.partners.queries import organisations
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.refusal import Refused
from samkraft.values.wording import phrase
from samkraft.web import exports, figures, refusals, shell
from samkraft.web.acting import page
from samkraft.web.amount_fields import KronorField
from samkraft.web.exports import Head
from samkraft.web.money import asked_year, flow_tree
from samkraft.web.money.home_facts import own_code
from samkraft.web.money.keys import SplitForm

HEADS = (
    Head(phrase("Satsning")),
    Head(phrase("År"), "number"),
    Head(phrase("Nämnd")),
    Head(phrase("Ändamål")),
    Head(phrase("Äskat, kr"), "ore"),
    Head(phrase("Föreslaget, kr"), "ore"),
    Head(phrase("Beslutat, kr"), "ore"),
    Head(phrase("Läge")),
)


class AskForm(forms.Form):
    """A new request."""

    fund = forms.ChoiceField(label=gettext_lazy("Satsning"))
    year = forms.IntegerField(label=gettext_lazy("År"), min_value=1990, max_value=2199)
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
            self.fields[name].choices = choices  # type: ignore[attr-defined]


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


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the address narrows to."""

    fund: str
    year: int | None
    body: str


@page(needs=Permission.SEE_MONEY)
def index(request: Any) -> HttpResponse:
    """All requests. Query: `satsning`, `ar`, `namnd`, `fil`."""
    chosen = Chosen(request.GET.get("satsning", ""), asked_year.read(request), request.GET.get("namnd", ""))
    return _index(request, chosen)


def _index(request: Any, chosen: Chosen, failed: tuple[str, int, SplitForm] | None = None) -> HttpResponse:
    groups = queries.listed(by=request.by, fund_code=chosen.fund, year=chosen.year, body_code=chosen.body)
    if file := exports.wanted(request):
        return exports.answer(file, "askanden", HEADS, _cells(groups))
    may_propose = may(request.by.role, Permission.REGISTER_DECISIONS)
    frame = shell.of(request)
    frame.crumbs = [{"label": _("Medel"), "url": reverse("money:home")}, {"label": _("Äskanden"), "url": ""}]
    everything = queries.listed(by=request.by)
    context = {
        "shell": frame,
        "groups": [_group(group, may_propose, failed) for group in groups],
        "chosen": chosen,
        "bodies": _bodies(everything),
        "years": sorted({group.year for group in everything}, reverse=True),
        "funds": dict.fromkeys((group.fund_code, group.fund_name) for group in everything),
        "may_ask": may(request.by.role, Permission.REQUEST_MONEY) or may(request.by.role, Permission.MANAGE_FUNDS),
        "failed": failed[2] if failed else None,
    }
    return render(request, "money/requests/index.html", context, status=422 if failed else 200)


def _bodies(groups: list[YearOfRequests]) -> list[tuple[str, str]]:
    found = {row.body.code: row.body.name for group in groups for row in group.rows}
    return sorted(found.items(), key=lambda pair: pair[1])


def _group(group: YearOfRequests, may_propose: bool, failed: tuple[str, int, SplitForm] | None) -> dict[str, Any]:
    is_failed = failed is not None and failed[:2] == (group.fund_code, group.year)
    prefix = f"{group.fund_code}-{group.year}"
    money = group.money
    return {
        "group": group,
        "bodies": [_body(each) for each in group.bodies],
        "given": flow_tree.in_words(_given_sum(group)) if group.given else "",
        "asked": flow_tree.in_words(group.asked),
        "proposed": flow_tree.in_words(group.proposed) if any(row.has_proposal for row in group.standing) else "",
        "budget": flow_tree.in_words(money.budget) if money and money.has_budget else _("inte registrerad"),
        "left": figures.kronor(money.left_ore) if money else figures.unknown(),
        "over": bool(money and money.left_ore is not None and group.waiting and _waiting_sum(group) > money.left_ore),
        "form": (failed[2] if is_failed and failed else SplitForm(prefix=prefix))
        if may_propose and group.waiting
        else None,
        "url": reverse("money:requests_propose", args=[group.fund_code, group.year]),
    }


def _given_sum(group: YearOfRequests) -> Amount:
    """What is decided for the bodies that have asked."""
    asking = {row.body.id for row in group.rows}
    amounts = [given for body, given in group.given.items() if body in asking]
    return Amount(sum(each.known_ore for each in amounts), sum(each.unknown for each in amounts))


def _body(one: queries.BodySum) -> dict[str, Any]:
    """A body's sums and its requests."""
    return {
        "body": one.body,
        "url": reverse("money:body", args=[one.body.code]),
        "asked": flow_tree.in_words(one.asked),
        "proposed": flow_tree.in_words(one.proposed) if one.proposed else "",
        "given": flow_tree.in_words(one.given) if one.given else "",
        "rows": [_row(row, is_answered_whole=one.is_answered_whole) for row in one.rows],
    }


def _waiting_sum(group: YearOfRequests) -> int:
    return sum(row.proposed_ore or 0 for row in group.waiting)


def _row(row: Row, *, is_answered_whole: bool) -> dict[str, Any]:
    return {
        "row": row,
        "url": reverse("money:request", args=[row.id]),
        "state": ("closed", _("ingår i nämndens hela summa")) if is_answered_whole else state_of(row),
        "opinions": sum(event.kind is RequestEventKind.OPINION for event in row.events),
        "asked": figures.kronor(row.asked_ore),
        "proposed": figures.kronor(row.proposed_ore) if row.has_proposal else "",
        "decided": figures.kronor(row.decided_ore) if row.has_decision else "",
    }


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


def _cells(groups: list[YearOfRequests]) -> Any:
    for group in groups:
        for row in group.rows:
            proposed = row.proposed_ore if row.has_proposal else ""
            decided = row.decided_ore if row.has_decision else ""
            yield [
                row.fund_name, row.year, row.body.name, row.purpose, row.asked_ore, proposed, decided, state_of(row)[1]
            ]  # fmt: skip


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
            form.add_error(None, str(refusals.explain(refusal)))
        else:
            messages.success(request, said)
            return HttpResponseRedirect(reverse("money:request", args=[request_id]), status=303)
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
                fund_id=_fund_id(data["fund"]),
                year=data["year"],
                organisation_id=ids[data["body"]],
                purpose=data["purpose"],
                amount_ore=data["amount"],
                reasons=data["reasons"],
            )
        except Refused as refusal:
            fields = {actions.NOT_POSITIVE_REQUEST.code: "amount", actions.PURPOSE_NEEDED.code: "purpose"}
            form.add_error(fields.get(refusal.reason.code), str(refusals.explain(refusal)))
        else:
            messages.success(request, _("Äskandet är skickat till stadskontoret."))
            return HttpResponseRedirect(reverse("money:request", args=[made]), status=303)
    with transactions.read(request.by):
        frame = shell.of(request)
    frame.crumbs = [
        {"label": _("Medel"), "url": reverse("money:home")},
        {"label": _("Äskanden"), "url": reverse("money:requests")},
        {"label": _("Nytt äskande"), "url": ""},
    ]
    context = {"shell": frame, "form": form}
    return render(request, "money/requests/new.html", context, status=422 if form.errors else 200)


def _fund_id(code: str) -> UUID:
    found = queries.fund_id_of(code)
    if found is None:
        raise Http404
    return found


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


@require_POST
@page(needs=Permission.REGISTER_DECISIONS)
def propose(request: Any, code: str, year: int) -> HttpResponse:
    """Make a proposal of what is proposed for the year's requests."""
    form = SplitForm(request.POST, prefix=f"{code}-{year}")
    if form.is_valid():
        data = form.cleaned_data
        try:
            drafting.propose_requested(
                by=request.by, fund_id=_fund_id(code), year=year, case_number=data["case_number"], title=data["title"]
            )
        except Refused as refusal:
            form.add_error(None, str(refusals.explain(refusal)))
        else:
            messages.success(
                request, _("Förslaget är registrerat. Inga pengar har flyttats: det gör först ett beslut.")
            )
            return HttpResponseRedirect(reverse("money:matters"), status=303)
    with transactions.read(request.by):
        return _index(request, Chosen(code, year, ""), (code, year, form))
