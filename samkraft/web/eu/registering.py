"""A new EU project as its economist writes it in, and the positions whose hours it pays."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samkraft.audit.actions import transactions
from samkraft.initiatives.queries import undertakings
from samkraft.money.actions.eu import eu_projects
from samkraft.partners.queries import organisations
from samkraft.partners.rules.organisations import code_from
from samkraft.partners.rules.roles import Permission
from samkraft.values.period import Period
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, refusals, shell
from samkraft.web.acting import page
from samkraft.web.amount_fields import ShareField
from samkraft.web.date_fields import SwedishDateField
from samkraft.web.eu import frames
from samkraft.web.number_fields import WholeNumberField

PAGES = {"nytt", "i-dag"}  # what stands where a project's code stands in the address
FIELDS: dict[str, str | None] = {
    eu_projects.CODE_TAKEN.code: "code",
    eu_projects.NO_NAME.code: "name",
    eu_projects.DEMAND_NOT_A_SHARE.code: "demand",
}
POSITION_FIELDS: dict[str, str | None] = {
    eu_projects.POSITION_TAKEN.code: "code",
    eu_projects.OUTSIDE_PROJECT.code: "first",
}
HUNDREDTHS = 100


class _Spanned(forms.Form):
    """A form with a first and a last day."""

    use_required_attribute = False

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        data = super().clean() or {}
        if data.get("first") and data.get("last") and data["last"] < data["first"]:
            self.add_error("last", _("Sista dagen är före den första."))
        return data


class ProjectForm(_Spanned):
    """What the grant decision says of the project as a whole."""

    name = forms.CharField(label=gettext_lazy("Projektets namn"), max_length=200)
    programme = forms.CharField(
        label=gettext_lazy("Program"),
        help_text=gettext_lazy("Vem som betalar, till exempel ESF+ 2021–2027."),
        max_length=200,
    )
    owner = forms.ChoiceField(label=gettext_lazy("Projektägare"))
    first = SwedishDateField(label=gettext_lazy("Första dag"))
    last = SwedishDateField(label=gettext_lazy("Sista dag"))
    demand = ShareField(
        label=gettext_lazy("Krav på medfinansiering, procent"),
        help_text=gettext_lazy("Så stor del av allt som andra än EU ska betala."),
    )
    demand_decimals = forms.TypedChoiceField(
        label=gettext_lazy("Programmet jämför andelen med"),
        coerce=int,
        initial="2",
        help_text=gettext_lazy("Vi räknar alltid utan avrundning också."),
    )
    yearly_hours = WholeNumberField(
        label=gettext_lazy("Timmar som räknas för en tjänst under ett år"),
        help_text=gettext_lazy("Står i programmets regler, till exempel 1720."),
        min_value=1,
        max_value=8784,
    )
    planned_participants = WholeNumberField(
        label=gettext_lazy("Planerat antal deltagare"), min_value=1, max_value=1_000_000, required=False
    )
    initiative = forms.ChoiceField(label=gettext_lazy("Insats som projektet betalar"), required=False)
    code = forms.SlugField(
        label=gettext_lazy("Kort namn i adressen"),
        help_text=gettext_lazy("Bokstäver, siffror och streck. Lämna tomt så görs det av namnet."),
        max_length=60,
        required=False,
    )
    source = forms.CharField(
        label=gettext_lazy("Varifrån uppgifterna kommer"),
        help_text=gettext_lazy("Till exempel beslut om stöd, med nummer och dag."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, bodies: list[tuple[str, str]], initiatives: list[tuple[str, str]], **more: Any):
        super().__init__(*args, **more)
        self.fields["owner"].choices = [("", _("Välj organisation")), *bodies]
        self.fields["initiative"].choices = [("", _("Ingen")), *initiatives]
        self.fields["demand_decimals"].choices = [
            ("0", _("hela procent")),
            ("1", _("en decimal")),
            ("2", _("två decimaler")),
        ]

    def clean(self) -> dict[str, Any]:
        """The code stands in the address, so it is not the name of one of our own pages."""
        data = super().clean()
        data["code"] = data.get("code") or code_from(data.get("name", ""))[:60].strip("-")
        if data["code"] in PAGES:
            self.add_error("code", _("Det namnet används redan av en sida här. Välj ett annat."))
        return data


class PositionForm(_Spanned):
    """A position: a function at an employer, never a name."""

    code = forms.CharField(
        label=gettext_lazy("Beteckning"), help_text=gettext_lazy("Till exempel AF-01. Aldrig ett namn."), max_length=20
    )
    title = forms.CharField(label=gettext_lazy("Tjänstens titel"), max_length=100)
    function = forms.CharField(
        label=gettext_lazy("Funktion"),
        help_text=gettext_lazy("Samma ord som i timkostnaden, annars räknas ingen kostnad."),
        max_length=60,
    )
    employer = forms.ChoiceField(label=gettext_lazy("Arbetsgivare"))
    first = SwedishDateField(label=gettext_lazy("Från och med"))
    last = SwedishDateField(label=gettext_lazy("Till och med"))

    def __init__(self, *args: Any, bodies: list[tuple[str, str]], functions: list[str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["employer"].choices = [("", _("Välj organisation")), *bodies]
        if functions:
            words = _("Samma ord som i timkostnaden: {functions}.").format(functions=", ".join(functions))
            self.fields["function"].help_text = words


@page(needs=Permission.MANAGE_EU_PROJECTS)
def new(request: Any) -> HttpResponse:
    """A new project. Its budget is written next."""
    with transactions.read(request.by):
        initiatives = [(str(one.id), one.name) for one in undertakings.listed()]
        form = ProjectForm(request.POST or None, bodies=bodies(), initiatives=initiatives)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            eu_projects.register(
                by=request.by, code=said["code"], name=said["name"], programme=said["programme"],
                owner_id=UUID(said["owner"]), period=Period(said["first"], said["last"] + timedelta(days=1)),
                demand_percent=Decimal(said["demand"]) / HUNDREDTHS, demand_decimals=said["demand_decimals"],
                yearly_hours=said["yearly_hours"], planned_participants=said["planned_participants"],
                initiative_id=UUID(said["initiative"]) if said["initiative"] else None, source=said["source"].strip(),
            )  # fmt: skip
        except Refused as refusal:
            refusals.put_in(form, refusal, FIELDS)
        else:
            messages.success(request, _("Projektet finns. Skriv in budgeten som den är beslutad."))
            return afterwards.to("eu:budget_new", said["code"])
    with transactions.read(request.by):
        framed = shell.of(request)
        framed.crumbs = [
            {"label": _("Medel"), "url": reverse("money:home")},
            {"label": _("EU-projekt"), "url": reverse("eu:projects")},
            {"label": _("Nytt projekt"), "url": ""},
        ]
        context = {
            "shell": framed, "form": form, "heading": _("Nytt EU-projekt"), "back": reverse("eu:projects"),
            "lead": _("Som det står i beslutet om stöd. Budgeten kommer sedan."),
            "fields": _sized(form, ("first", "last", "demand", "yearly_hours", "planned_participants")),
        }  # fmt: skip
        return render(request, "eu/write.html", context, status=422 if form.errors else 200)


@page(needs=Permission.MANAGE_EU_PROJECTS)
def position(request: Any, code: str) -> HttpResponse:
    """A new position of a project: it reports hours, month by month."""
    with transactions.read(request.by):
        project = frames.found(request, code)
        period, functions = project.row.period, sorted({rate.function for rate in project.rates})
        form = PositionForm(
            request.POST or None, bodies=bodies(), functions=functions,
            initial={"first": period.start_date, "last": period.last_day},
        )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            eu_projects.add_position(
                by=request.by, project_id=project.row.id, code=said["code"], title=said["title"],
                function=said["function"], employer_id=UUID(said["employer"]),
                period=Period(said["first"], said["last"] + timedelta(days=1)),
            )  # fmt: skip
        except Refused as refusal:
            refusals.put_in(form, refusal, POSITION_FIELDS)
        else:
            messages.success(request, _("Tjänsten finns. Skriv timmar för den månad för månad."))
            return afterwards.at(f"{reverse('eu:hours', args=[code])}?ar={said['first'].year}")
    with transactions.read(request.by):
        heading = _("Ny tjänst")
        context = {
            **frames.frame(request, project, label=heading), "form": form, "heading": heading,
            "lead": _("En funktion hos en arbetsgivare. Här finns aldrig några namn."),
            "fields": _sized(form, ("code", "first", "last")), "back": reverse("eu:hours", args=[code]),
        }  # fmt: skip
        return render(request, "eu/write.html", context, status=422 if form.errors else 200)


def bodies() -> list[tuple[str, str]]:
    """Every organisation, to choose among."""
    return [(str(body.id), body.name) for body in organisations.listed()]


def _sized(form: forms.Form, short: tuple[str, ...]) -> list[tuple[Any, str]]:
    return [(bound, "short" if bound.name in short else "") for bound in form.visible_fields()]
