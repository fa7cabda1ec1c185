"""Forms of the fund officer: a new fund, and the council's budget for a fund's year."""

import re
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samkraft.audit.actions import transactions
from samkraft.initiatives.queries import codes, goals, undertakings
from samkraft.money.actions import funds as actions
from samkraft.money.queries import funds as queries
from samkraft.money.queries import requests as fund_lookup
from samkraft.money.rules.budgets import Carried
from samkraft.partners.queries import organisations
from samkraft.partners.rules.organisations import OrganisationKind
from samkraft.partners.rules.roles import Permission
from samkraft.values.period import Period, date
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, refusals, shell
from samkraft.web.acting import page
from samkraft.web.amount_fields import KronorField
from samkraft.web.date_fields import SwedishDateField
from samkraft.web.number_fields import YearField

NEW = "nytt"


class FundForm(forms.Form):
    """What the council wants, for how long and through whom."""

    name = forms.CharField(label=gettext_lazy("Satsningens namn"), max_length=200)
    purpose = forms.CharField(
        label=gettext_lazy("Ändamål"),
        help_text=gettext_lazy("Vad pengarna ska leda till, med beslutets egna ord om det går."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    first_year = YearField(label=gettext_lazy("Från och med år"), min_value=1990, max_value=2199)
    last_year = YearField(
        label=gettext_lazy("Till och med år"),
        help_text=gettext_lazy("Lämna tomt om det inte är bestämt."),
        min_value=1990,
        max_value=2199,
        required=False,
    )
    follows = forms.ChoiceField(label=gettext_lazy("Följer på"), required=False)
    committees = forms.MultipleChoiceField(
        label=gettext_lazy("Berörda nämnder"), widget=forms.CheckboxSelectMultiple, required=False
    )
    goals = forms.MultipleChoiceField(label=gettext_lazy("Mål"), widget=forms.CheckboxSelectMultiple, required=False)
    initiatives = forms.MultipleChoiceField(
        label=gettext_lazy("Insatser"), widget=forms.CheckboxSelectMultiple, required=False
    )
    report_words = forms.CharField(
        label=gettext_lazy("Var redovisas pengarna?"),
        help_text=gettext_lazy("Till exempel årsanalys."),
        max_length=200,
        required=False,
    )
    source = forms.CharField(
        label=gettext_lazy("Var står det?"), help_text=gettext_lazy("Diarienummer eller beslut."), max_length=500
    )

    def __init__(self, *args: Any, lists: dict[str, list[tuple[str, str]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first_year", "last_year"):
            self.fields[name].widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        for name, choices in lists.items():
            self.fields[name].choices = choices

    def clean(self) -> dict[str, Any]:
        """The years in order."""
        data = super().clean() or {}
        first, last = data.get("first_year"), data.get("last_year")
        if first and last and last < first:
            self.add_error("last_year", _("Det sista året kan inte komma före det första."))
        return data


class BudgetForm(forms.Form):
    """What the council gives a fund in a year."""

    fund = forms.ChoiceField(label=gettext_lazy("Satsning"))
    appropriation = forms.ChoiceField(
        label=gettext_lazy("Anslag"),
        help_text=gettext_lazy("Finns inte årets anslag? Välj ”nytt anslag” och fyll i det."),
    )
    new_name = forms.CharField(label=gettext_lazy("Det nya anslagets namn"), max_length=200, required=False)
    new_year = YearField(label=gettext_lazy("År för det nya anslaget"), min_value=1990, max_value=2199, required=False)
    new_owner = forms.ChoiceField(label=gettext_lazy("Vem förfogar över det nya anslaget?"), required=False)
    amount = KronorField(
        label=gettext_lazy("Belopp"),
        help_text=gettext_lazy(
            "Lämna tomt om källan inte säger det: då visas ”okänt”. En sänkning under året skrivs med minus."
        ),
        required=False,
    )
    carried = forms.ChoiceField(
        label=gettext_lazy("Hur ges pengarna?"),
        widget=forms.RadioSelect,
        choices=[
            (Carried.DISPOSAL.value, gettext_lazy("till förfogande under året")),
            (Carried.FRAME.value, gettext_lazy("på ram, till dem som beslutet nämner")),
        ],
        initial=Carried.DISPOSAL.value,
    )
    decided_date = SwedishDateField(
        label=gettext_lazy("Fullmäktiges beslutsdag"),
        help_text=gettext_lazy("Till exempel 2025-11-27."),
        required=False,
    )
    words = forms.CharField(label=gettext_lazy("Så står det i källan"), max_length=300, required=False)
    source = forms.CharField(label=gettext_lazy("Var står det?"), max_length=500)
    is_assumption = forms.BooleanField(label=gettext_lazy("Antagande: inget beslut har hittats"), required=False)

    def __init__(self, *args: Any, lists: dict[str, list[tuple[str, str]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_year"].widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        for name, choices in lists.items():
            self.fields[name].choices = choices

    def clean(self) -> dict[str, Any]:
        """A new appropriation needs its name, year and owner."""
        data = super().clean() or {}
        if data.get("appropriation") == NEW:
            for name in ("new_name", "new_year", "new_owner"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("Fyll i det, eller välj ett anslag som redan finns."))
        return data


@page(needs=Permission.MANAGE_FUNDS)
def new_fund(request: Any) -> HttpResponse:
    """Set up a fund."""
    with transactions.read(request.by):
        lists = _fund_lists(request)
        ids = organisations.ids(), codes.goals(), codes.initiatives()
    form = FundForm(request.POST or None, lists=lists)
    if request.method == "POST" and form.is_valid():
        code = _code(form.cleaned_data["name"])
        try:
            _establish(request, code, form.cleaned_data, ids)
        except Refused as refusal:
            form.add_error("name", str(refusals.explain(refusal)))
        else:
            messages.success(request, _("Satsningen är upplagd. Registrera dess budget härnäst."))
            return afterwards.to("money:fund", code)
    return _form_page(request, form, "money/funds/fund_new.html", _("Ny satsning"))


@page(needs=Permission.MANAGE_FUNDS)
def new_budget(request: Any) -> HttpResponse:
    """Register the council's budget for a fund's year. Query: `satsning`."""
    with transactions.read(request.by):
        lists = _budget_lists(request)
        ids = organisations.ids()
    form = BudgetForm(request.POST or None, lists=lists, initial={"fund": request.GET.get("satsning", "")})
    if request.method == "POST" and form.is_valid():
        try:
            _register(request, form.cleaned_data, ids)
        except Refused as refusal:
            fields = {actions.AMOUNT_ZERO.code: "amount", actions.APPROPRIATION_EXISTS.code: "new_name"}
            refusals.put_in(form, refusal, fields)
        else:
            messages.success(request, _("Budgeten är registrerad. Det som väntade på den är bokfört."))
            return afterwards.to("money:fund", form.cleaned_data["fund"])
    return _form_page(request, form, "money/funds/budget_new.html", _("Registrera budget"))


def _establish(request: Any, code: str, data: dict[str, Any], ids: tuple[Any, Any, Any]) -> None:
    bodies, goal_ids, initiative_ids = ids
    end = date(data["last_year"] + 1, 1, 1) if data["last_year"] else None
    actions.establish(
        by=request.by,
        code=code,
        name=data["name"].strip(),
        purpose=data["purpose"].strip(),
        valid=Period(date(data["first_year"], 1, 1), end),
        follows_id=fund_lookup.fund_id_of(data["follows"]) if data["follows"] else None,
        committee_ids=[bodies[each] for each in data["committees"]],
        goal_ids=[goal_ids[each] for each in data["goals"]],
        initiative_ids=[initiative_ids[each] for each in data["initiatives"]],
        report_words=data["report_words"].strip(),
        source=data["source"].strip(),
    )


def _register(request: Any, data: dict[str, Any], bodies: dict[str, Any]) -> None:
    fund_id = fund_lookup.fund_id_of(data["fund"])
    if fund_id is None:
        raise Refused(actions.UNKNOWN_FUND)
    if data["amount"] == 0:
        raise Refused(actions.AMOUNT_ZERO)
    appropriation = data["appropriation"]
    if appropriation == NEW:
        appropriation = actions.appropriate(
            by=request.by, name=data["new_name"].strip(), owner_id=bodies[data["new_owner"]], year=data["new_year"],
            source=data["source"].strip(),
        )  # fmt: skip
    actions.budget(
        by=request.by,
        fund_id=fund_id,
        appropriation_id=appropriation,
        amount_ore=data["amount"],
        carried=Carried(data["carried"]),
        decided_date=data["decided_date"],
        is_assumption=data["is_assumption"],
        words=data["words"].strip(),
        source=data["source"].strip(),
    )


def _fund_lists(request: Any) -> dict[str, list[tuple[str, str]]]:
    return {
        "follows": [("", _("Ingen")), *((fund.code, fund.words) for fund in queries.choices(by=request.by))],
        "committees": [(row.code, row.name) for row in organisations.listed() if row.holds_frame],
        "goals": [(row.code, row.text) for row in goals.listed()],
        "initiatives": [(row.code, row.name) for row in undertakings.listed()],
    }


def _budget_lists(request: Any) -> dict[str, list[tuple[str, str]]]:
    known = [(str(row.id), f"{row.name} {row.year}") for row in queries.appropriations(by=request.by)]
    owners = [row for row in organisations.listed() if row.holds_frame or row.kind is OrganisationKind.COUNCIL]
    return {
        "fund": [("", _("Välj …")), *((fund.code, fund.words) for fund in queries.choices(by=request.by))],
        "appropriation": [("", _("Välj …")), *known, (NEW, _("Nytt anslag"))],
        "new_owner": [("", _("Välj …")), *((row.code, row.name) for row in owners)],
    }


def _form_page(request: Any, form: forms.Form, template: str, words: str) -> HttpResponse:
    with transactions.read(request.by):
        frame = shell.of(request)
    frame.crumbs = [
        {"label": _("Medel"), "url": reverse("money:home")},
        {"label": _("Satsningar"), "url": reverse("money:funds")},
        {"label": words, "url": ""},
    ]
    return render(request, template, {"shell": frame, "form": form}, status=422 if form.errors else 200)


def _code(name: str) -> str:
    """A code for addresses: `Ung i sommar` as `ung-i-sommar`."""
    folded = name.casefold().translate(str.maketrans("åäöéü", "aaoeu"))
    return re.sub(r"[^a-z0-9]+", "-", folded).strip("-")[:60] or "satsning"
