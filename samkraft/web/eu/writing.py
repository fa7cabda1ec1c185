"""Forms of an EU project: staff hours, the participants' hours as one sum, costs and cash, and hourly rates."""

from collections.abc import Callable
from datetime import date
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
from samkraft.money.actions.eu import eu_outcomes, eu_projects
from samkraft.money.actions.eu.eu_outcomes import EntryDraft
from samkraft.money.queries.eu import eu_projects as queries
from samkraft.money.rules.eu.eu_budgets import CASH, COSTS, LABELS, RowKind
from samkraft.partners.rules.roles import Permission
from samkraft.values.period import Period
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, refusals
from samkraft.web.acting import page
from samkraft.web.amount_fields import KronorField
from samkraft.web.date_fields import SwedishDateField
from samkraft.web.eu import frames
from samkraft.web.number_fields import OneSentence


class MonthField(forms.RegexField):
    """A month as `2021-03`; gives its first day."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(r"^\s*(20\d{2})-(0[1-9]|1[0-2])\s*$", **kwargs)
        self.error_messages["invalid"] = gettext_lazy("Skriv månaden som ÅÅÅÅ-MM, till exempel 2021-03.")
        self.widget.attrs.update(placeholder="2021-03", autocomplete="off", inputmode="numeric")

    def clean(self, value: Any) -> date | None:
        text = super().clean(value)
        return date(int(text.strip()[:4]), int(text.strip()[5:7]), 1) if text else None


class HoursField(OneSentence, forms.DecimalField):
    """Hours with at most two decimals, comma or point; gives minutes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_digits=9, decimal_places=2, **kwargs)

    def clean(self, value: Any) -> int | None:
        hours = super().clean(str(value).replace(",", ".") if value else value)
        return round(hours * 60) if hours is not None else None

    def words(self, has_low: bool, has_high: bool) -> str:
        """Hours, as they are written."""
        return _("Skriv timmarna med högst två decimaler, till exempel 152,5")


class HoursForm(forms.Form):
    """A position's hours in a month. `number` is the row that the writer saw."""

    hours = HoursField(label=gettext_lazy("Timmar"))
    source = forms.CharField(
        label=gettext_lazy("Varifrån"), max_length=300, initial=gettext_lazy("tidrapport, attesterad"), required=False
    )
    number = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class ParticipantHoursForm(forms.Form):
    """All participants' hours in a month."""

    month = MonthField(label=gettext_lazy("Månad"))
    hours = HoursField(label=gettext_lazy("Alla deltagares timmar tillsammans"))
    an_hour = KronorField(label=gettext_lazy("En timme räknas som"))
    source = forms.CharField(label=gettext_lazy("Varifrån kommer summan?"), max_length=300)


class EntryForm(forms.Form):
    """A cost or cash."""

    kind = forms.ChoiceField(label=gettext_lazy("Rad"))
    month = MonthField(label=gettext_lazy("Månad"))
    amount = KronorField(label=gettext_lazy("Belopp"), help_text=gettext_lazy("En rättelse kan vara mindre än noll."))
    text = forms.CharField(label=gettext_lazy("Vad det är"), max_length=300)
    reference = forms.CharField(
        label=gettext_lazy("Verifikat i ekonomisystemet"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("Samma verifikat kan bara läggas in en gång."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.value, _(LABELS[kind])) for kind in (*COSTS, *CASH)]


class RateForm(forms.Form):
    """What an hour costs in a function, for a time."""

    function = forms.CharField(label=gettext_lazy("Funktion"), max_length=60)
    first = SwedishDateField(label=gettext_lazy("Gäller från"))
    last = SwedishDateField(label=gettext_lazy("Till och med"), required=False)
    an_hour = KronorField(label=gettext_lazy("Kronor i timmen"))
    source = forms.CharField(label=gettext_lazy("Källa"), max_length=300, required=False)
    is_assumption = forms.BooleanField(label=gettext_lazy("Det är ett antagande"), required=False)


@page(needs=Permission.MANAGE_EU_PROJECTS)
def hours(request: Any, code: str, position_id: UUID, year: int, month: int) -> HttpResponse:
    """One position's hours in one month, for the first time or as a correction."""
    if not (1990 <= year <= 2199 and 1 <= month <= 12):
        raise Http404
    day = date(year, month, 1)
    with transactions.read(request.by):
        project = frames.found(request, code)
        rows = queries.hours(by=request.by, project_id=project.row.id, year=year)
        position = next((row for row in rows if row.id == position_id), None)
        if position is None:
            raise Http404
    number, minutes = position.minutes.get(day, (0, None))
    initial = {"number": number, "hours": frames.hours_in_words(minutes) if minutes is not None else ""}
    form = HoursForm(request.POST or None, initial=initial)

    def write(data: dict[str, Any]) -> None:
        eu_outcomes.note_hours(
            by=request.by, position_id=position_id, month=day, minutes=data["hours"], source=data["source"],
            expected_number=data["number"],
        )  # fmt: skip

    words = {"position": f"{position.code} {position.title}", "month": frames.month_in_words(day)}
    return _answer(
        request, code, form, write, heading=_("Timmar för %(position)s, %(month)s") % words,
        lead=_("En rättelse ersätter det som stod; det gamla finns kvar i historiken.") if number else "",
        sizes=("hours",), back=f"{reverse('eu:hours', args=[code])}?ar={year}", said=_("Timmarna är sparade."),
    )  # fmt: skip


@page(needs=Permission.MANAGE_EU_PROJECTS)
def participant_hours(request: Any, code: str) -> HttpResponse:
    """The participants' hours in a month, as one sum."""

    def write(data: dict[str, Any]) -> None:
        eu_outcomes.note_participant_hours(
            by=request.by, project_id=_id(request, code), month=data["month"], minutes=data["hours"],
            ore_per_hour=data["an_hour"], source=data["source"],
        )  # fmt: skip

    return _answer(
        request, code, ParticipantHoursForm(request.POST or None), write, heading=_("Deltagarnas timmar"),
        lead=_("Skriv summan för alla. Här finns inga namn och inga enskilda timmar."), sizes=("month", "hours"),
        back=reverse("eu:project", args=[code]), said=_("Deltagarnas timmar är sparade."),
    )  # fmt: skip


@page(needs=Permission.MANAGE_EU_PROJECTS)
def entry(request: Any, code: str) -> HttpResponse:
    """A cost that has been booked, or cash that has come in."""

    def write(data: dict[str, Any]) -> None:
        draft = EntryDraft(
            RowKind(data["kind"]), data["month"], data["amount"], data["text"], data["reference"].strip()
        )
        eu_outcomes.enter(by=request.by, project_id=_id(request, code), entries=[draft])

    return _answer(
        request, code, EntryForm(request.POST or None), write, heading=_("Ny kostnad eller nya kontanta medel"),
        lead=_("Personal räknas av timmarna. Här läggs det in som är bokfört för sig."), sizes=("month",),
        back=reverse("eu:project", args=[code]), said=_("Raden är sparad."),
    )  # fmt: skip


@page(needs=Permission.MANAGE_EU_PROJECTS)
def rate(request: Any, code: str) -> HttpResponse:
    """What an hour in a function costs, for a time."""

    def write(data: dict[str, Any]) -> None:
        eu_projects.set_rate(
            by=request.by, project_id=_id(request, code), function=data["function"].strip(),
            period=_period(data["first"], data["last"]), ore_per_hour=data["an_hour"],
            is_assumption=data["is_assumption"], source=data["source"],
        )  # fmt: skip

    return _answer(
        request, code, RateForm(request.POST or None), write, heading=_("Ny timkostnad"),
        lead=_("Programmets enhetskostnad per timme. Den gäller de månader som börjar under tiden."),
        sizes=("first", "last"), back=reverse("eu:budget", args=[code]), said=_("Timkostnaden är sparad."),
    )  # fmt: skip


def _period(first: date, last: date | None) -> Period:
    return Period(first, date.fromordinal(last.toordinal() + 1) if last and last >= first else None)


def _id(request: Any, code: str) -> UUID:
    with transactions.read(request.by):
        return frames.found(request, code).row.id


def _answer(
    request: Any,
    code: str,
    form: forms.Form,
    write: Callable[[dict[str, Any]], None],
    *,
    heading: str,
    lead: str,
    sizes: tuple[str, ...],
    back: str,
    said: str,
) -> HttpResponse:
    """Write and go back, or show the form with what was typed."""
    if request.method == "POST" and form.is_valid():
        try:
            write(form.cleaned_data)
        except Refused as refusal:
            refusals.put_in(form, refusal)
        else:
            messages.success(request, said)
            return afterwards.at(back)
    with transactions.read(request.by):
        project = frames.found(request, code)
        context = {
            **frames.frame(request, project, label=heading), "form": form, "heading": heading, "lead": lead,
            "fields": [(bound, "short" if bound.name in sizes else "") for bound in form.visible_fields()], "back": back,
        }  # fmt: skip
        return render(request, "eu/write.html", context, status=422 if form.errors else 200)
