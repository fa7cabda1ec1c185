"""Calls: publish one, look at one with what has come in, give more time, and make a decision's proposal of it."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.audit.actions import transactions
from samkraft.money.actions.grants import assessments
from samkraft.money.actions.grants import calls as actions
from samkraft.money.actions.grants.calls import Criterion
from samkraft.money.queries import funds
from samkraft.money.queries.grants import grant_applications, grant_calls
from samkraft.money.queries.requests import fund_id_of
from samkraft.money.rules.grants.grant_kinds import GRANT_SUPPORTS
from samkraft.money.rules.points import SUPPORT_LABELS, Support
from samkraft.partners.queries import organisations
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, refusals, sections
from samkraft.web.acting import page
from samkraft.web.amount_fields import KronorField
from samkraft.web.date_fields import SwedishDateField
from samkraft.web.grants import frames
from samkraft.web.grants.home import application_line
from samkraft.web.number_fields import WholeNumberField, YearField
from samkraft.web.sections import Plain, Section, data_for

CRITERIA = 6


@page(needs=Permission.PREPARE_GRANTS)
def new(request: Any) -> HttpResponse:
    """Publish a call."""
    with transactions.read(request.by):
        fund_choices = [(row.code, row.words) for row in funds.choices(by=request.by)]
    form = Plain(_fields(fund_choices), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = _publish(request, form.cleaned_data)
        except Refused as refusal:
            fields = {
                "call_without_title": "title", "call_days_in_order": "closes_date", "call_frame_not_positive": "frame",
                "call_without_criteria": "criterion_1",
            }  # fmt: skip
            refusals.put_in(form, refusal, fields)
        else:
            messages.success(request, _("Utlysningen är publicerad."))
            return afterwards.to("grants:call", made)
    context = {"form": form, "criteria": [(form[f"criterion_{n}"], form[f"most_{n}"]) for n in range(1, CRITERIA + 1)]}
    return frames.draw(
        request, "grants/call_new.html", context, (_("Ny utlysning"), ""), status=422 if form.errors else 200
    )


def _fields(fund_choices: list[tuple[str, str]]) -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {
        "title": forms.CharField(label=_("Rubrik"), max_length=200),
        "purpose": forms.CharField(
            label=_("Vad pengarna ska leda till"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000
        ),
        "fund": forms.ChoiceField(label=_("Satsning"), choices=fund_choices),
        "support": forms.ChoiceField(
            label=_("Sorts pengar"), choices=frames.choices({kind: SUPPORT_LABELS[kind] for kind in GRANT_SUPPORTS}),
            widget=forms.RadioSelect, initial=Support.GRANT.value,
        ),
        "year": YearField(
            label=_("Bidragsår"), min_value=1990, max_value=2199
        ),
        "opens_date": SwedishDateField(label=_("Öppnar")),
        "closes_date": SwedishDateField(
            label=_("Sista dagen"), required=False, help_text=_("Lämna tom för en öppen utlysning.")
        ),
        "frame": KronorField(
            label=_("Finns att söka"), required=False, help_text=_("Lämna tomt om det inte är bestämt.")
        ),
    }  # fmt: skip
    for number in range(1, CRITERIA + 1):
        fields[f"criterion_{number}"] = forms.CharField(label=_("Kriterium"), max_length=200, required=number == 1)
        fields[f"most_{number}"] = WholeNumberField(
            label=_("Högsta poäng"), min_value=1, max_value=100, initial=5, required=False,
        )  # fmt: skip
    return fields


def _publish(request: Any, data: dict[str, Any]) -> UUID:
    fund_id = fund_id_of(data["fund"])
    assert fund_id is not None
    return actions.publish(
        by=request.by,
        fund_id=fund_id,
        title=data["title"],
        purpose=data["purpose"],
        year=data["year"],
        opens_date=data["opens_date"],
        closes_date=data["closes_date"],
        support=Support(data["support"]),
        frame_ore=data["frame"],
        criteria=[
            Criterion(data[f"criterion_{n}"].strip(), "", data[f"most_{n}"] or 5)
            for n in range(1, CRITERIA + 1)
            if data[f"criterion_{n}"].strip()
        ],
    )


@page(needs=Permission.SEE_GRANTS)
def show(request: Any, call_id: UUID) -> HttpResponse:
    """One call with what has come in."""

    def build(data: Any) -> list[Section]:
        call = grant_calls.one(by=request.by, call_id=call_id)
        if call is None:
            raise Http404
        if not may(request.by.role, Permission.PREPARE_GRANTS):
            return []
        return [_decision(request, call_id, data), _more_time(request, call_id, data)]

    def render_all(found: list[Section]) -> HttpResponse:
        call = grant_calls.one(by=request.by, call_id=call_id)
        assert call is not None
        rows = grant_applications.received(by=request.by, call_id=call_id)
        context = {
            "call": call,
            "is_open": call.is_open(timezone.localdate()),
            "support": frames.word(SUPPORT_LABELS, call.support),
            "rows": [application_line(row) for row in sorted(rows, key=lambda one: -(one.points or 0))],
            "asked": sum(row.asked_ore or 0 for row in rows),
            "sections": found,
        }
        return frames.draw(request, "grants/call.html", context, (call.title, ""))

    return sections.serve(request, build, render_all)


def _decision(request: Any, call_id: UUID, data: Any) -> Section:
    bodies = [
        (str(key), code.upper())
        for code, key in organisations.ids().items()
        if code in ("ks", "kf", "asn", "gvn", "fsn")
    ]
    fields: dict[str, forms.Field] = {
        "case_number": forms.CharField(
            label=_("Diarienummer"), max_length=60, help_text=_("Till exempel STK-2027-12.")
        ),
        "title": forms.CharField(label=_("Ärendets rubrik"), max_length=300),
        "decider": forms.ChoiceField(label=_("Vem beslutar?"), choices=bodies),
    }

    def do(sent: Any) -> str:
        said = sent.cleaned_data
        assessments.draft_decision(
            by=request.by,
            call_id=call_id,
            case_number=said["case_number"],
            title=said["title"],
            decider_id=UUID(said["decider"]),
        )
        return _("Förslaget ligger i ärendet. Registrera beslutet där när det är fattat; lägg sedan upp bidragen.")

    return Section(
        "beslut", _("Förslag till beslut"), Plain(fields, data_for(request, "beslut", data)),
        _("Gör ett förslag till beslut"), do,
        text=_("En punkt för varje ansökan som ni föreslår ska beviljas. Inga pengar flyttas."),
    )  # fmt: skip


def _more_time(request: Any, call_id: UUID, data: Any) -> Section:
    fields: dict[str, forms.Field] = {
        "closes_date": SwedishDateField(label=_("Ny sista dag")),
        "reason": forms.CharField(label=_("Varför"), max_length=300),
    }

    def do(sent: Any) -> str:
        actions.give_more_time(by=request.by, call_id=call_id, **sent.cleaned_data)
        return _("Sista dagen är flyttad.")

    form = Plain(fields, data_for(request, "mer-tid", data))
    return Section("mer-tid", _("Mer tid"), form, _("Flytta sista dagen"), do, text=_("Gäller alla som söker."))
