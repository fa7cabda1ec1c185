"""A place at an employer: period, hours and places as an occasion, and what is agreed about it."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.audit.actions import transactions
from samkraft.offer.actions.employers import TermsDraft
from samkraft.offer.actions.occasions import OccasionDraft
from samkraft.offer.queries import catalogue, employers
from samkraft.offer.queries.employers import EmployerRow
from samkraft.offer.rules import activities as offer_words
from samkraft.offer.rules import employers as rules
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import employer_placements
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, refusals
from samkraft.web.acting import page
from samkraft.web.date_fields import SwedishDateField
from samkraft.web.employers import frames, words
from samkraft.web.number_fields import WholeNumberField
from samkraft.web.sections import Plain

FIELDS = {"employer_no_supervisor": "supervisor_name", "employer_number_in_text": "tasks"}


@page(needs=Permission.COORDINATE_PLACES)
def show(request: Any, employer_id: UUID) -> HttpResponse:
    """One form. Whoever is not place coordinator of any such activity is told who is."""
    if request.method != "POST":
        return _draw(request, employer_id, None)
    with transactions.read(request.by):
        row, form = _made(request, employer_id, request.POST)
    if form is not None and form.is_valid():
        try:
            made = _agree(request, row.id, form.cleaned_data)
        except Refused as refused:
            refusals.put_in(form, refused, FIELDS)
        else:
            messages.success(request, _("Platsen är upplagd. Erbjud den när du vill: den går till nästa i kön."))
            return afterwards.to("offer:occasion", made)
    with transactions.read(request.by):
        return _draw(request, employer_id, form)


def _draw(request: Any, employer_id: UUID, form: Plain | None) -> HttpResponse:
    row, fresh = _made(request, employer_id, None)
    context = {"form": form or fresh, "employer": row, "others": _coordinators() if fresh is None else []}
    crumbs = ((row.name, reverse("employers:employer", args=[row.id])), (_("Ny plats"), ""))
    return frames.draw(request, "employers/placing.html", context, *crumbs)


def _made(request: Any, employer_id: UUID, data: Any) -> tuple[EmployerRow, Plain | None]:
    """The employer, and the form; None when the reader coordinates no activity at workplaces."""
    today = timezone.localdate()
    row = employers.one(employer_id, on=today)
    if row is None:
        raise Http404
    mine = [
        one
        for one in catalogue.activities(coordinated_by=request.by.membership_id, on=today)
        if one.kind in employer_placements.AT_WORK
    ]
    return (row, _form(row, mine, data)) if mine else (row, None)


def _form(row: EmployerRow, mine: list[Any], data: Any) -> Plain:
    return Plain(
        {
            "activity": forms.ChoiceField(label=_("Vad är det för plats"), choices=[(str(a.id), a.name) for a in mine]),
            "tasks": forms.CharField(
                label=_("Arbetsuppgifter"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
                help_text=_("Skriv så att den som söker förstår. Skriv inget om deltagare."),
            ),
            "places": WholeNumberField(label=_("Antal platser"), min_value=1, max_value=50),
            "starts_on": SwedishDateField(label=_("Första dag")),
            "ends_on": SwedishDateField(label=_("Sista dag"), required=False, help_text=_("Tomt: tills vidare.")),
            "hours_a_week": WholeNumberField(label=_("Timmar i veckan"), min_value=1, max_value=40),
            "languages": forms.MultipleChoiceField(
                label=_("Språk på arbetsplatsen"), choices=words.choices(offer_words.LANGUAGES),
                widget=forms.CheckboxSelectMultiple,
            ),
            "place_name": forms.CharField(label=_("Adress"), max_length=120),
            "district": forms.ChoiceField(label=_("Stadsdel"), choices=words.districts(), required=False),
            "supervisor_name": forms.CharField(label=_("Handledare"), max_length=120),
            "supervisor_phone": forms.CharField(
                label=_("Handledarens telefon på jobbet"), required=False, max_length=30,
                widget=forms.TextInput(attrs={"inputmode": "tel"}),
            ),
            "terms": forms.MultipleChoiceField(
                label=_("Överenskommet"), choices=words.choices(rules.TERM_NAMES), required=False,
                widget=forms.CheckboxSelectMultiple,
            ),
            "afterwards": forms.ChoiceField(
                label=_("Vad erbjuder arbetsgivaren efteråt"), choices=words.choices(rules.AFTERWARDS_NAMES)
            ),
            "agreed_date": SwedishDateField(label=_("Överenskommet den")),
        },
        data,
        initial={
            "places": 1, "hours_a_week": 20, "languages": ["sv"], "district": row.district,
            "agreed_date": timezone.localdate().isoformat(), "afterwards": "reference",
        },
    )  # fmt: skip


def _agree(request: Any, employer_id: UUID, said: dict[str, Any]) -> UUID:
    draft = OccasionDraft(
        activity_id=UUID(said["activity"]), name=said["tasks"][:60].strip(), provider_id=employer_id,
        starts_on=said["starts_on"], ends_on=said["ends_on"], hours_a_week=said["hours_a_week"],
        place_name=said["place_name"], languages=tuple(said["languages"]), district=said["district"],
    )  # fmt: skip
    terms = TermsDraft(
        supervisor_name=said["supervisor_name"], supervisor_phone=said["supervisor_phone"], tasks=said["tasks"],
        terms=tuple(said["terms"]), afterwards=said["afterwards"], agreed_date=said["agreed_date"],
    )  # fmt: skip
    return employer_placements.agree(
        by=request.by, employer_id=employer_id, draft=draft, terms=terms, places=said["places"]
    )


def _coordinators() -> list[dict[str, Any]]:
    today = timezone.localdate()
    return [
        {"activity": one.name, "names": ", ".join(row.name for row in catalogue.coordinators(one.id, on=today))}
        for one in catalogue.activities()
        if one.kind == "workplace"
    ]
