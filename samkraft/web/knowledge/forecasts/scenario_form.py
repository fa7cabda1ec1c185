"""The numbers of something to try as fields, each with a slider beside it and what holds today."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from samkraft.knowledge.queries.forecasts import Prepared
from samkraft.knowledge.queries.scenarios import ScenarioRow
from samkraft.knowledge.rules.forecasting import changes as rules
from samkraft.knowledge.rules.forecasting.arranging import Arranged, WavePlan
from samkraft.knowledge.rules.forecasting.changes import Changes
from samkraft.knowledge.rules.forecasting.scenarios import LONGEST_NAME
from samkraft.web import days, figures
from samkraft.web.date_fields import SwedishDateField
from samkraft.web.number_fields import WholeNumberField

MOST_SLID_TEAMS, MOST_SLID_MORE = 10, 30
STEP = 10


class Slid(WholeNumberField):
    """A whole number with a slider beside: from, to, in steps, and what it is today. The number may lie beyond the slider."""

    widget = forms.NumberInput  # the slider moves it

    def __init__(self, *, low: int, high: int, step: int, today: int, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.slider = {"low": low, "high": high, "step": step, "today": today}
        self.widget.attrs |= {"placeholder": str(today), "inputmode": "numeric"}


class ScenarioForm(forms.Form):
    """The numbers as fields. An empty one leaves it as it is arranged. activities: what the newest forecast says of each."""

    marks_optional = False
    name = forms.CharField(max_length=LONGEST_NAME)
    more_from = SwedishDateField(required=False)
    closing = SwedishDateField(required=False)
    activities_from = SwedishDateField(required=False)
    activity_places = WholeNumberField(required=False, min_value=1, max_value=rules.MOST_ACTIVITY)
    why = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, prepared: Prepared, activities: list[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        arranged = prepared.arranged
        fields["name"].label = _("Vad det heter")
        fields["name"].help_text = _("Så att kollegor förstår, till exempel ”Två team till från mars”.")
        fields["why"].label = _("Varför det prövas")
        self.waves = [wave for wave in arranged.waves if wave.ends > prepared.known]
        for wave in self.waves:
            fields[f"intake_{wave.number}"] = _intake(wave)
        self._teams(fields, arranged)
        self._activities(fields, arranged, activities)

    def _teams(self, fields: dict[str, Any], arranged: Arranged) -> None:
        fields["more_teams"] = Slid(
            low=0, high=MOST_SLID_TEAMS, step=1, today=0, min_value=0, max_value=rules.MOST_TEAMS, label=_("Nya team"),
            help_text=_("I dag %(teams)s team.") % {"teams": figures.number(len(arranged.teams))},
        )  # fmt: skip
        fields["more_from"].label, fields["more_from"].help_text = (
            _("De öppnar"),
            _("Behövs bara om du lägger till team."),
        )
        places = sorted({team.places for team in arranged.teams})
        fields["places"] = Slid(
            low=STEP, high=max(2 * places[-1], 2 * STEP) // STEP * STEP, step=5, today=places[-1],
            min_value=rules.FEWEST_PLACES, max_value=rules.MOST_PLACES, label=_("Platser i varje team"),
            help_text=_("I dag %(places)s i %(teams)s team.") % {
                "places": "–".join(figures.number(one) for one in dict.fromkeys((places[0], places[-1]))),
                "teams": figures.number(len(arranged.teams)),
            },
        )  # fmt: skip
        early = [team for team in arranged.teams if rules.closes_early(team, arranged)]
        if not early:
            del fields["closing"]
            return
        fields["closing"].label = _("Team som stänger tidigt stänger i stället")
        fields["closing"].help_text = _("%(teams)s team stänger %(day)s i dag.") % {
            "teams": figures.number(len(early)), "day": days.dated(min(team.closes for team in early if team.closes)),
        }  # fmt: skip

    def _activities(self, fields: dict[str, Any], arranged: Arranged, told: list[dict[str, Any]]) -> None:
        """One for each activity that the newest forecast tells of, who waits longest first; else one number for all."""
        known = {one.code for one in arranged.activities}
        self.told = sorted((one for one in told if one["code"] in known), key=lambda one: -one["wait"][2])
        if self.told or len(arranged.phases) < rules.ACTIVITY_PHASE:
            del fields["activity_places"]
        else:
            fields["activity_places"].label = _("Platser i fas 2:s aktiviteter")
            fields["activity_places"].help_text = _(
                "Så många som kan delta samtidigt. Tomt: ingen annan gräns än i dag."
            )
        if not self.told:
            del fields["activities_from"]
            return
        for one in self.told:
            said = {"places": figures.number(one["places"]), "wait": figures.days(round(one["wait"][2]))}
            fields[f"more_{one['code']}"] = Slid(
                low=0, high=MOST_SLID_MORE, step=1, today=0, min_value=0, max_value=rules.MOST_MORE, label=one["name"],
                help_text=_("I dag %(places)s samtidiga platser. Väntan framöver %(wait)s.") % said,
            )  # fmt: skip
        fields["activities_from"].label = _("Platserna finns från")
        fields["activities_from"].help_text = _("Tomt: genast.")

    @property
    def intakes(self) -> list[Any]:
        """The intakes' fields, in order."""
        return [self[f"intake_{wave.number}"] for wave in self.waves]

    @property
    def lines(self) -> list[Any]:
        """The activities' fields, who waits longest first."""
        return [self[f"more_{one['code']}"] for one in self.told]

    def changes(self) -> Changes:
        """What was filled in."""
        said = self.cleaned_data
        numbers = [(wave.number, said.get(f"intake_{wave.number}")) for wave in self.waves]
        more = [(one["code"], said.get(f"more_{one['code']}") or 0) for one in self.told]
        return Changes(
            tuple((number, many) for number, many in numbers if many is not None), said.get("places"),
            said.get("more_teams") or 0, said.get("more_from"), said.get("closing"), said.get("activity_places"),
            tuple((code, many) for code, many in more if many), said.get("activities_from"),
        )  # fmt: skip


def initial(one: ScenarioRow) -> dict[str, Any]:
    """The fields of a scenario as it holds."""
    now = one.now.changes
    return {
        "name": one.now.name, "why": one.now.why, "more_teams": now.more_teams or None, "more_from": now.more_from,
        "places": now.places, "closing": now.closing, "activity_places": now.activity_places,
        "activities_from": now.activities_from, **{f"more_{code}": many for code, many in now.activities},
        **{f"intake_{number}": many for number, many in now.intakes},
    }  # fmt: skip


def _intake(wave: WavePlan) -> Slid:
    said = {
        "planned": figures.number(wave.planned), "from": days.dated(wave.begins),
        "to": days.dated(wave.ends - timedelta(days=1)),
    }  # fmt: skip
    return Slid(
        low=0, high=max(STEP, -(-2 * wave.planned // STEP) * STEP), step=STEP, today=wave.planned, min_value=0,
        max_value=rules.MOST_PEOPLE, label=wave.name, help_text=_("I dag %(planned)s planerade, %(from)s–%(to)s.") % said,
    )  # fmt: skip
