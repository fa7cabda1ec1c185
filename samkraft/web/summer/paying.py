"""The basis for wages: what is attested and not paid, the bases that have been made, and each as a file."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.audit.actions import transactions
from samkraft.offer.actions import summer_rounds as summer_actions
from samkraft.offer.queries import summer_rounds
from samkraft.offer.queries.summer_rounds import RoundRow
from samkraft.offer.rules.summer_rounds import Form
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions.summer import summer_payments
from samkraft.people.queries.summer import summer_course, summer_people
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Refused
from samkraft.values.wording import phrase
from samkraft.web import afterwards, date_fields, exports, refusals
from samkraft.web.acting import page
from samkraft.web.amount_fields import KronorField
from samkraft.web.exports import Head
from samkraft.web.number_fields import WholeNumberField
from samkraft.web.sections import Plain
from samkraft.web.summer import crumbs
from samkraft.web.summer.workplaces import held_or_404

HEADS = (
    Head(phrase("Underlag"), "number"), Head(phrase("Personnummer")), Head(phrase("Namn")), Head(phrase("Kod")),
    Head(phrase("Arbetsplats")), Head(phrase("Dagar"), "number"), Head(phrase("Minuter"), "number"),
    Head(phrase("Timlön"), "ore"), Head(phrase("Belopp"), "ore"), Head(phrase("Till och med"), "date"),
)  # fmt: skip


@page(needs=Permission.RUN_SUMMER)
def show(request: Any, code: str) -> HttpResponse:
    """What has been made; make another."""
    if request.method == "POST":
        return _set_wage(request, code) if request.POST.get("do") == "lon" else _make(request, code)
    return _draw(request, held_or_404(request, code), _wage_form(None))


def _draw(request: Any, held: RoundRow, wage: Plain) -> HttpResponse:
    course = summer_course.of_round(held.id)
    paid = sum(int(row["minutes"]) for one in course.paid for row in one.rows)
    context = {
        "round": held,
        "is_job": held.form is Form.JOB,
        "course": course,
        "wages": summer_rounds.wages(held.id),
        "wage": wage,
        "unpaid_hours": (course.attested_minutes - paid) / 60,
        "today": day_in_stockholm(timezone.now()),
        "crumbs_made": crumbs.held(request, held.code, held.name, _("Löneunderlag")),
    }
    return render(request, "summer/paying.html", context)


@page(needs=Permission.RUN_SUMMER)
def download(request: Any, code: str, number: int) -> HttpResponse:
    """One basis as a file to whoever pays, with identity numbers: sent as a form, since reading them is written down."""
    if request.method != "POST":
        raise Http404
    with transactions.read(request.by):
        held = held_or_404(request, code)
        one = next((paid for paid in summer_course.payments(held.id) if paid.number == number), None)
        people = {row.id: row for row in summer_people.listed(held.id)}
    if one is None:
        raise Http404
    numbers = summer_payments.read_numbers(by=request.by, round_id=held.id)
    file = exports.XLSX if request.POST.get("fil") == "xlsx" else exports.CSV
    return exports.answer(
        file, f"{held.code}-lon-{number}", HEADS, [_cells(one, row, people, numbers) for row in one.rows]
    )


def _cells(
    one: summer_course.Paid,
    row: dict[str, Any],
    people: dict[UUID, summer_people.ApplicantRow],
    numbers: dict[UUID, str],
) -> tuple[object, ...]:
    who = people[UUID(row["applicant"])]
    place = next((each.workplace.name for each in who.placements if str(each.id) == row["placement"]), "")
    return (
        one.number, numbers.get(who.id, ""), who.name, who.code, place, len(row["days"]), row["minutes"], row["hourly_ore"],
        row["amount_ore"], one.through,
    )  # fmt: skip


def _wage_form(data: Any) -> Plain:
    return Plain(
        {
            "age": WholeNumberField(
                label=_("Från det år personen fyller"), help_text=_("Till exempel 16. Gäller till nästa ålder som finns.")
            ),
            "hourly": KronorField(label=_("Kronor i timmen")),
            "source": forms.CharField(label=_("Beslutat"), max_length=200, help_text=_("Av vem, när och i vilken paragraf.")),
        },
        data, auto_id="id_lon_%s",
    )  # fmt: skip


def _set_wage(request: Any, code: str) -> HttpResponse:
    """A wage stands once it is noted: what has been paid rests on it."""
    with transactions.read(request.by):
        held = held_or_404(request, code)
    form = _wage_form(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            summer_actions.set_wage(
                by=request.by, round_id=held.id, from_age=said["age"], hourly_ore=said["hourly"], source=said["source"]
            )
        except Refused as refused:
            refusals.put_in(form, refused, {"summer_wage_set": "age", "summer_wage_without_source": "source"})
        else:
            messages.success(request, _("Timlönen är inlagd."))
            return afterwards.to("summer:paying", code)
    with transactions.read(request.by):
        return _draw(request, held_or_404(request, code), form)


def _make(request: Any, code: str) -> HttpResponse:
    with transactions.read(request.by):
        held = held_or_404(request, code)
    try:
        through: date = date_fields.read(request.POST.get("till", ""))
        summer_payments.make(by=request.by, round_id=held.id, through=through)
    except ValueError:
        messages.error(request, _("Dagen går inte att läsa. Skriv till exempel 2026-07-31."))
    except Refused as refused:
        refusals.tell(request, refused)
    else:
        messages.success(request, _("Underlaget är gjort. Det ändras inte; rättade dagar kommer i nästa."))
    return afterwards.to("summer:paying", code)
