"""Something to try: the numbers, why, what came of it, what colleagues say. Saved in versions; two at once lose nothing."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.audit.actions import transactions
from samkraft.initiatives.queries.undertakings import InitiativeRow
from samkraft.knowledge.actions import forecasts, scenarios
from samkraft.knowledge.queries import forecasts as forecasts_asked
from samkraft.knowledge.queries import scenarios as asked
from samkraft.knowledge.queries.forecasts import Prepared
from samkraft.knowledge.queries.scenarios import ScenarioRow
from samkraft.knowledge.rules.forecasting import changes as rules
from samkraft.knowledge.rules.forecasting.arranging import WavePlan
from samkraft.knowledge.rules.forecasting.changes import Changes
from samkraft.knowledge.rules.forecasting.scenarios import LONGEST_NAME
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.refusal import Refused
from samkraft.web import days, figures, refusals
from samkraft.web.acting import page
from samkraft.web.date_fields import SwedishDateField
from samkraft.web.errands import errand
from samkraft.web.knowledge import frames
from samkraft.web.knowledge.forecasts import words

OWN = "eget"  # saved as a scenario of one's own


class ScenarioForm(forms.Form):
    """The numbers as fields. An empty one leaves it as it is arranged."""

    name = forms.CharField(max_length=LONGEST_NAME)
    more_teams = forms.IntegerField(required=False, min_value=0, max_value=rules.MOST_TEAMS)
    more_from = SwedishDateField(required=False)
    places = forms.IntegerField(required=False, min_value=rules.FEWEST_PLACES, max_value=rules.MOST_PLACES)
    closing = SwedishDateField(required=False)
    activity_places = forms.IntegerField(required=False, min_value=1, max_value=rules.MOST_ACTIVITY)
    why = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, prepared: Prepared, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        arranged = prepared.arranged
        self.waves = [wave for wave in arranged.waves if wave.ends > prepared.known]
        for wave in self.waves:
            today = {"planned": figures.number(wave.planned), "from": days.dated(wave.begins), "to": _last_day(wave)}
            fields[f"intake_{wave.number}"] = forms.IntegerField(
                required=False, min_value=0, max_value=rules.MOST_PEOPLE, label=wave.name,
                help_text=_("I dag %(planned)s planerade, %(from)s–%(to)s.") % today,
            )  # fmt: skip
        fields["name"].label = _("Vad det heter")
        fields["name"].help_text = _("Så att kollegor förstår, till exempel ”Två team till från mars”.")
        fields["more_teams"].label, fields["more_from"].label = _("Nya team"), _("De öppnar")
        fields["more_from"].help_text = _("Behövs bara om du lägger till team.")
        places = sorted({team.places for team in arranged.teams})
        fields["places"].label = _("Platser i varje team")
        fields["places"].help_text = _("I dag %(places)s i %(teams)s team.") % {
            "places": "–".join(figures.number(one) for one in dict.fromkeys((places[0], places[-1]))),
            "teams": figures.number(len(arranged.teams)),
        }
        early = [team for team in arranged.teams if rules.closes_early(team, arranged)]
        if early:
            fields["closing"].label = _("Team som stänger tidigt stänger i stället")
            fields["closing"].help_text = _("%(teams)s team stänger %(day)s i dag.") % {
                "teams": figures.number(len(early)), "day": days.dated(min(team.closes for team in early if team.closes)),
            }  # fmt: skip
        else:
            del fields["closing"]
        if len(arranged.phases) < rules.ACTIVITY_PHASE:
            del fields["activity_places"]
        else:
            fields["activity_places"].label = _("Platser i fas 2:s aktiviteter")
            fields["activity_places"].help_text = _(
                "Så många som kan delta samtidigt. Tomt: ingen annan gräns än i dag."
            )
        fields["why"].label = _("Varför det prövas")

    @property
    def intakes(self) -> list[Any]:
        """The intakes' fields, in order."""
        return [self[f"intake_{wave.number}"] for wave in self.waves]

    def changes(self) -> Changes:
        """What was filled in."""
        said = self.cleaned_data
        numbers = [(wave.number, said.get(f"intake_{wave.number}")) for wave in self.waves]
        return Changes(
            tuple((number, many) for number, many in numbers if many is not None), said.get("places"),
            said.get("more_teams") or 0, said.get("more_from"), said.get("closing"), said.get("activity_places"),
        )  # fmt: skip


@page(needs=Permission.MAKE_FORECASTS)
def new(request: Any, code: str) -> HttpResponse:
    """A new one, empty: everything as it is arranged."""
    row = frames.initiative(code)
    if request.method == "POST":
        return _save(request, row, None)
    return _draw(request, row, None, ScenarioForm(prepared=forecasts_asked.prepared(row.id)))


@page(needs=Permission.SEE_RESULTS)
def show(request: Any, code: str, scenario_id: UUID) -> HttpResponse:
    """One: read by all who see the figures, written by those who lead. The forms save, comment and withdraw."""
    row = frames.initiative(code)
    if request.method == "POST":
        return _post(request, row, scenario_id)
    one = asked.one(row.id, scenario_id)
    if one is None:
        raise Http404
    form = None
    if may(request.by.role, Permission.MAKE_FORECASTS) and not one.withdrawn_at:
        form = ScenarioForm(initial=_initial(one), prepared=forecasts_asked.prepared(row.id))
    return _draw(request, row, one, form)


def _post(request: Any, row: InitiativeRow, scenario_id: UUID) -> HttpResponse:
    here = reverse("results:scenario", args=[row.code, scenario_id])
    if "comment" in request.POST:
        scenarios.comment(by=request.by, initiative_id=row.id, scenario_id=scenario_id, text=request.POST["comment"])
        return redirect(f"{here}#kommentarer")
    if "withdraw" in request.POST:
        reason = request.POST.get("reason", "")
        scenarios.withdraw(by=request.by, initiative_id=row.id, scenario_id=scenario_id, reason=reason)
        messages.success(request, _("Scenariot är tillbakadraget. Prognoser som har gjorts av det finns kvar."))
        return redirect("results:forecasts", row.code)
    return _save(request, row, scenario_id)


def _save(request: Any, row: InitiativeRow, scenario_id: UUID | None) -> HttpResponse:
    access.require(request.by, Permission.MAKE_FORECASTS)
    with transactions.read(request.by):
        prepared = forecasts_asked.prepared(row.id)
        one = asked.one(row.id, scenario_id) if scenario_id else None
    if scenario_id is not None and one is None:
        raise Http404
    form = ScenarioForm(request.POST, prepared=prepared)
    target = None if OWN in request.POST else scenario_id
    if form.is_valid():
        try:
            saved = scenarios.save(
                by=request.by, initiative_id=row.id, scenario_id=target, expected=_whole(request.POST.get("expected")),
                name=form.cleaned_data["name"], why=form.cleaned_data["why"], changes=form.changes(),
            )  # fmt: skip
        except Refused as refused:
            field = words.refusal(refused, "why")
            form.add_error(field if field in form.fields else None, str(refusals.explain(refused)))
        else:
            if "only_save" in request.POST:
                messages.success(request, _("Sparat."))
                return redirect("results:scenario", row.code, saved.scenario_id)
            asked_for = forecasts.ask(by=request.by, initiative_id=row.id, version_id=saved.version_id)
            return errand.sent_to(asked_for)
    with transactions.read(request.by):
        one = asked.one(row.id, scenario_id) if scenario_id else None
        return _draw(request, row, one, form, status=422)


def _draw(
    request: Any, row: InitiativeRow, one: ScenarioRow | None, form: ScenarioForm | None, *, status: int = 200
) -> HttpResponse:
    arranged = form_arranged(row)
    made = one.forecast if one else None
    base = forecasts_asked.same_ground(row.id, made) if made else None
    context = {
        "one": one, "form": form, "failed": form if form and form.errors else None,
        "changed": words.changed(one.now.changes, arranged) if one else [],
        "versions": [(each, words.changed(each.changes, arranged)) for each in one.versions] if one else [],
        "made": made, "sentences": words.sentences(row.code, made) if made else [],
        "against": reverse("results:forecast_against", args=[row.code, base.id, made.id]) if made and base else "",
        "expected": one.now.number if one else 0,
    }  # fmt: skip
    crumbs = (
        (_("Prognos"), reverse("results:forecasts", args=[row.code])),
        (one.now.name if one else _("Ny ändring"), ""),
    )
    template = "knowledge/forecasts/scenario.html"
    return frames.draw(request, template, row, "forecasts", context, *crumbs, status=status)


def form_arranged(row: InitiativeRow) -> Any:
    """How the initiative is arranged; None while it cannot be forecast."""
    try:
        return forecasts_asked.prepared(row.id).arranged
    except Refused:
        return None


def _initial(one: ScenarioRow) -> dict[str, Any]:
    now = one.now.changes
    return {
        "name": one.now.name, "why": one.now.why, "more_teams": now.more_teams or None, "more_from": now.more_from,
        "places": now.places, "closing": now.closing, "activity_places": now.activity_places,
        **{f"intake_{number}": many for number, many in now.intakes},
    }  # fmt: skip


def _last_day(wave: WavePlan) -> str:
    return days.dated(wave.ends - timedelta(days=1))


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 0
