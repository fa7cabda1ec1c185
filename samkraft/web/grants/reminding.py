"""Reminding an organisation of a report that is late, as a section of the report's page."""

from typing import Any

from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samkraft.money.actions.grants import report_reminders
from samkraft.money.queries.grants import report_reminders as reminded
from samkraft.money.queries.grants.grant_reports import ReportPage
from samkraft.partners.actions import invitations
from samkraft.web import days
from samkraft.web.sections import Plain, Section, data_for


def section(request: Any, one: ReportPage, data: Any) -> Section:
    """What is done about a report that is late: who gets the reminder, when the last one went, and why there is no other yet."""
    today = timezone.localdate()
    whom, before = reminded.whom(one.row.grant_id, day=today), reminded.latest(one.row.id)
    facts = [{"text": person.name, "src": person.email} for person in whom]
    if before is not None:
        facts.append({"text": _("Senast påmind {day} av {who}.").format(day=days.dated(before.at), who=before.by)})
    if not whom:
        text = _("Ingen hos {organisation} har konto här. Ring eller skriv till dem.")
        return Section(
            "paminn", _("Påminn organisationen"), text=text.format(organisation=one.row.organisation), facts=facts
        )
    if before is not None and timezone.localdate(before.at) == today:
        text = _("Organisationen är påmind i dag. I morgon kan du påminna igen.")
        return Section("paminn", _("Påminn organisationen"), text=text, facts=facts)
    label, help_text = _("Några ord från dig"), _("Organisationen ser dem i brevet och på sidan.")
    words = forms.CharField(label=label, help_text=help_text, required=False, max_length=500)

    def do(sent: Any) -> str:
        address = settings.SITE_URL + reverse("grants:own_report", args=[one.row.id])
        told = report_reminders.remind(
            by=request.by, report_id=one.row.id, page=address, words=sent.cleaned_data["words"]
        )
        return _told(told)

    return Section(
        "paminn", _("Påminn organisationen"), Plain({"words": words}, data_for(request, "paminn", data)),
        _("Påminn organisationen"), do, facts=facts, main=True,
        text=_("Påminnelsen står i deras inkorg och här i historiken, och går som e-post till:"),
    )  # fmt: skip


def _told(told: report_reminders.Reminded) -> str:
    """What became of the letters; the reminder holds without them."""
    if not invitations.reach_people():
        return _("Påminnelsen står i deras inkorg. Härifrån skickas ingen e-post, så ring också.")
    if told.not_sent:
        lost = ngettext(
            "Påminnelsen står i deras inkorg. {n} brev gick inte att skicka, så ring också.",
            "Påminnelsen står i deras inkorg. {n} brev gick inte att skicka, så ring också.",
            told.not_sent,
        )
        return lost.format(n=told.not_sent)
    said = ngettext(
        "Påminnelsen är skickad till {n} person och står i deras inkorg.",
        "Påminnelsen är skickad till {n} personer och står i deras inkorg.",
        told.sent,
    )
    return said.format(n=told.sent)
