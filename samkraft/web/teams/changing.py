"""Setting up teams, intakes, phases, authorities and rules. What was typed stays when it cannot be saved."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.audit.actions import transactions
from samkraft.initiatives.actions import arrangements
from samkraft.initiatives.actions import teams as actions
from samkraft.initiatives.queries import teams as queries
from samkraft.initiatives.queries.teams import Arranged
from samkraft.initiatives.rules import rule_sets
from samkraft.initiatives.rules import teams as rules
from samkraft.initiatives.rules.rule_sets import RuleSet
from samkraft.partners.queries import organisations
from samkraft.partners.rules.roles import Permission
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, refusals, shell
from samkraft.web.acting import page
from samkraft.web.teams import crumbs
from samkraft.web.teams.forms import PartyForm, PhasesForm, TeamForm, WaveForm
from samkraft.web.teams.rules_form import RulesForm

FIELDS = {
    rules.NUMBER_TAKEN.code: "number",
    rules.NO_NAME.code: "name",
    rules.NO_PLACES.code: "places",
    rules.ENDS_BEFORE_START.code: "last_day",
    rules.OUTSIDE.code: "start_date",
    rules.WAVES_OVERLAP.code: "start_date",
    rules.PARTY_TWICE.code: "area",
    rules.RULES_TOO_EARLY.code: "start_date",
    rule_sets.FOLLOW_UPS_TWICE.code: "follow_up_months",
    rule_sets.NOBODY_AGREES.code: "agreement_parties",
}
Save = Callable[[Any], object]


@page(needs=Permission.MANAGE_TEAMS)
def add_team(request: Any, code: str) -> HttpResponse:
    """A new team."""
    found = _found(request, code)
    number = max((team.number for team in found.teams), default=0) + 1
    name = _("Team %(number)d") % {"number": number}
    form = TeamForm(request.POST or None, initial={"number": number, "name": name, "places": 150})

    def save(data: Any) -> None:
        actions.add_team(by=request.by, initiative_id=found.initiative_id, **data)

    return _edit(request, found, form, save, _("Lägg till team"), _("Teamet är tillagt."))


@page(needs=Permission.MANAGE_TEAMS)
def add_wave(request: Any, code: str) -> HttpResponse:
    """One more intake."""
    found = _found(request, code)
    form = WaveForm(request.POST or None, initial={"number": len(found.waves) + 1})

    def save(data: Any) -> None:
        arrangements.add_wave(by=request.by, initiative_id=found.initiative_id, **data)

    return _edit(request, found, form, save, _("Planera intag"), _("Intaget är planerat."))


@page(needs=Permission.MANAGE_TEAMS)
def add_party(request: Any, code: str) -> HttpResponse:
    """One more authority that works with participants."""
    found = _found(request, code)
    with transactions.read(request.by):
        areas = [(str(row.id), row.name) for row in organisations.areas()]
    start = found.period.start_date if found.period else None
    form = PartyForm(request.POST or None, areas=areas, initial={"start_date": start})

    def save(data: Any) -> None:
        data["area_id"] = UUID(data.pop("area"))
        arrangements.add_party(by=request.by, initiative_id=found.initiative_id, **data)

    return _edit(request, found, form, save, _("Lägg till myndighet"), _("Myndigheten är tillagd."))


@page(needs=Permission.MANAGE_TEAMS)
def set_phases(request: Any, code: str) -> HttpResponse:
    """Name the phases and their guide times."""
    found = _found(request, code)
    with transactions.read(request.by):
        version = queries.phases_version(found.initiative_id)
    form = PhasesForm(request.POST or None, held=found.phases, initial={"version": version})

    def save(data: Any) -> None:
        arrangements.set_phases(
            by=request.by, initiative_id=found.initiative_id, phases=form.drafts(), version=data["version"] or None
        )

    return _edit(request, found, form, save, _("Ändra faser"), _("Faserna är sparade."), now_version=version)


@page(needs=Permission.MANAGE_TEAMS)
def decide_rules(request: Any, code: str) -> HttpResponse:
    """New rules from a day on, begun from the latest version there is."""
    found = _found(request, code)
    with transactions.read(request.by):
        versions = queries.rule_versions(found.initiative_id)
    latest = versions[0] if versions else None
    number = latest.version if latest else 0
    asked = request.POST.get("base", "")
    begun = next((one for one in versions if str(one.version) == asked), latest)
    before = begun.rules if begun else RuleSet()
    initial = {
        "limit_days": before.limit_days,
        "promise_days": before.promise_days,
        "follow_up_months": ", ".join(map(str, before.follow_up_months)),
        "least_weekly_hours": before.least_weekly_hours,
        "monthly_time_report": before.monthly_time_report,
        "agreement_parties": list(before.agreement_parties),
        "certificate": before.certificate,
        "start_date": day_in_stockholm(timezone.now()),
        "seen": number,
        "base": number,
    }
    taken = {question.code for one in versions for question in one.rules.start_check}
    form = RulesForm(request.POST or None, initial=initial, before=before, taken=taken)

    def save(data: Any) -> None:
        arrangements.decide_rules(
            by=request.by,
            initiative_id=found.initiative_id,
            rule_set=form.rule_set(),
            start_date=data["start_date"],
            seen=data["seen"],
        )

    heading, said = _("Bestäm nya regler"), _("De nya reglerna är sparade.")
    return _edit(request, found, form, save, heading, said, now_version=str(number), template="teams/rules.html")


def _found(request: Any, code: str) -> Arranged:
    with transactions.read(request.by):
        found = queries.page(code, on=day_in_stockholm(timezone.now()))
    if found is None:
        raise Http404
    return found


def _edit(
    request: Any, found: Arranged, form: forms.Form, save: Save, heading: str, said: str, *, now_version: str = "",
    template: str = "teams/edit.html",
) -> HttpResponse:  # fmt: skip
    """Show the form, or save what came and go to the teams; a refusal stands by its field."""
    if request.method == "POST" and form.is_valid():
        try:
            save(dict(form.cleaned_data))
        except Refused as refusal:
            field = FIELDS.get(refusal.reason.code)
            form.add_error(field if field in form.fields else None, str(refusals.explain(refusal)))
            if refusal.reason is rules.PHASES_CHANGED:
                form.data = form.data.copy()
                form.data["version"] = now_version  # the page shows what holds now: the next try is made knowing it
            if refusal.reason is rule_sets.CHANGED_MEANWHILE:
                form.data = form.data.copy()
                form.data["seen"] = now_version
        else:
            messages.success(request, said)
            return afterwards.to("teams:teams", found.code)
    frame = shell.of(request)
    frame.crumbs = crumbs.to(request.by, found, heading)
    told = {"shell": frame, "found": found, "form": form, "heading": heading}
    if form.is_bound and isinstance(form, PhasesForm):
        told["now"] = found.phases
    return render(request, template, told, status=422 if form.is_bound else 200)
