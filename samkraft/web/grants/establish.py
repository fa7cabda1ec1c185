"""Decided points that grant money and are not grants yet: make a grant of one, with its state aid and report."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.money.actions.grants import grants as actions
from samkraft.money.actions.grants.grants import StateAid
from samkraft.money.queries.grants import grant_applications, grants_given
from samkraft.money.queries.grants.grants_given import DecidedItem
from samkraft.money.rules.grants import grant_content
from samkraft.money.rules.grants.grant_kinds import AID_LABELS, Aid, ApplicationState
from samkraft.partners.rules.roles import Permission
from samkraft.web import days, figures, sections
from samkraft.web.acting import page
from samkraft.web.date_fields import SwedishDateField
from samkraft.web.grants import frames
from samkraft.web.sections import Plain, Section, data_for


@page(needs=Permission.PREPARE_GRANTS)
def show(request: Any) -> HttpResponse:
    """One section for each decided item."""

    def build(data: Any) -> list[Section]:
        items = grants_given.decided_without_grant(by=request.by)
        waiting = [row for row in grant_applications.received(by=request.by) if row.state is ApplicationState.PROPOSED]
        return [_section(request, item, waiting, data) for item in items]

    def render_all(found: list[Section]) -> HttpResponse:
        return frames.draw(request, "grants/establish.html", {"sections": found}, (_("Lägg upp bidrag"), ""))

    return sections.serve(request, build, render_all)


def _section(request: Any, item: DecidedItem, waiting: list[grant_applications.ApplicationRow], data: Any) -> Section:
    key = f"b-{item.id}"
    own = [
        (str(row.id), f"{row.number}: {row.title}") for row in waiting if row.organisation_id == item.organisation_id
    ]
    fields: dict[str, forms.Field] = {
        "application": forms.ChoiceField(
            label=_("Ansökan"), choices=[("", _("Ingen ansökan här")), *own], required=False,
            initial=own[0][0] if len(own) == 1 else "",
        ),
        "aid": forms.ChoiceField(
            label=_("Statsstöd"), choices=frames.choices(AID_LABELS), widget=forms.RadioSelect, initial=Aid.UNKNOWN.value
        ),
        "rate": forms.CharField(
            label=_("Kronor för en euro på beslutsdagen"), required=False, max_length=12,
            help_text=_("Behövs för stöd av mindre betydelse, till exempel 11,45."),
        ),
        "basis": forms.CharField(
            label=_("Grund"), required=False, max_length=500, help_text=_("Behövs för undantag: artikel och villkor.")
        ),
        "report_due": SwedishDateField(label=_("Slutrapport senast"), initial=date(item.year + 1, 5, 31), required=False),
    }  # fmt: skip

    def do(sent: Any) -> str:
        said = sent.cleaned_data
        actions.establish(
            by=request.by,
            point_item_id=item.id,
            application_id=UUID(said["application"]) if said["application"] else None,
            aid=StateAid(Aid(said["aid"]), said["basis"], grant_content.number(said["rate"])),
            report_due=said["report_due"],
        )
        return _("Bidraget är upplagt. Skriv avtalet härnäst.")

    text = _("%(case)s, beslutat %(day)s: %(amount)s för %(year)d") % {
        "case": item.case_number, "day": days.dated(item.decided_date), "amount": figures.kronor(item.amount_ore),
        "year": item.year,
    }  # fmt: skip
    form = Plain(fields, data_for(request, key, data))
    facts = [{"text": item.purpose}] if item.purpose else ()
    return Section(
        key, item.organisation, form, _("Lägg upp bidraget"), do, text=text, facts=facts,
        then=reverse("grants:given"),
    )  # fmt: skip
