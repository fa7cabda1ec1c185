"""What is asked about meetings, points, decisions and minutes."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samkraft.initiatives.rules.capacities import CHANGE_NAMES, Asked, Change
from samkraft.initiatives.rules.meetings import ABOUT_NAMES, OUTCOME_NAMES, About, Outcome, Task
from samkraft.initiatives.rules.seats import Aside
from samkraft.web.date_fields import ClockField, SwedishDateField
from samkraft.web.number_fields import WholeNumberField

Choices = Sequence[tuple[str, str]]
TASKS = (1, 2, 3)


class CallForm(forms.Form):
    """A meeting to come."""

    board = forms.ChoiceField(label=_("Vilka möts?"))
    day = SwedishDateField(label=_("Dag"), help_text=_("Till exempel 2027-03-31 eller 31 mars 2027."))
    starts = ClockField(label=_("Börjar"))
    place = forms.CharField(label=_("Plats"), max_length=200, required=False)

    def __init__(self, *args: Any, boards: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["board"].choices = list(boards)


class MoveForm(forms.Form):
    """Another time."""

    day = SwedishDateField(label=_("Ny dag"))
    starts = ClockField(label=_("Börjar"))
    reason = forms.CharField(label=_("Varför flyttas mötet?"), max_length=500)


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Varför?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))


class PointForm(forms.Form):
    """A point that somebody writes. A change of teams or places says what it would be."""

    title = forms.CharField(label=_("Rubrik"), max_length=200)
    about = forms.ChoiceField(label=_("Vad gäller det?"))
    text = forms.CharField(
        label=_("Bakgrund"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    proposal = forms.CharField(
        label=_("Förslag till beslut"), help_text=_("Börja med ”Att”."), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    change = forms.ChoiceField(
        label=_("Ändring av team eller platser"),
        help_text=_("Bara när punkten gäller team och platser."),
        required=False,
    )
    team = forms.ChoiceField(label=_("Team"), required=False)
    name = forms.CharField(label=_("Det nya teamets namn"), max_length=100, required=False)
    places = WholeNumberField(label=_("Platser"), min_value=0, max_value=9_999, required=False)
    from_date = SwedishDateField(
        label=_("Från och med"), help_text=_("När ett team stängs: teamets sista dag."), required=False
    )

    def __init__(self, *args: Any, teams: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        written = (About.OTHER, About.CAPACITY, About.FORECAST, About.PROPOSAL)
        self.fields["about"].choices = [(one.value, gettext(ABOUT_NAMES[one])) for one in written]
        self.fields["change"].choices = [("", gettext("Ingen")), *_changes()]
        self.fields["team"].choices = [("", gettext("Inget valt")), *teams]

    def clean(self) -> dict[str, Any]:
        """A change has a day."""
        data = super().clean() or {}
        if data.get("change") and not data.get("from_date") and "from_date" not in self.errors:
            self.add_error("from_date", gettext("Skriv från när ändringen ska gälla."))
        return data

    def asked(self) -> Asked | None:
        """The change that is proposed; None when there is none."""
        return asked_of(self.cleaned_data)


class DecisionForm(forms.Form):
    """What the meeting did with a point, who stood aside, and what shall be done."""

    outcome = forms.ChoiceField(label=_("Vad gjorde mötet?"), widget=forms.RadioSelect)
    text = forms.CharField(label=_("Beslutets lydelse"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    holds_from = SwedishDateField(label=_("Gäller från och med"), required=False)
    change = forms.ChoiceField(label=_("Ändringen som beslutades"), required=False)
    team = forms.ChoiceField(label=_("Team"), required=False)
    name = forms.CharField(label=_("Det nya teamets namn"), max_length=100, required=False)
    places = WholeNumberField(label=_("Platser"), min_value=0, max_value=9_999, required=False)
    from_date = SwedishDateField(label=_("Från och med"), required=False)
    aside = forms.MultipleChoiceField(
        label=_("Vilka var inte med om beslutet, för att de hade jäv?"), required=False,
        widget=forms.CheckboxSelectMultiple, help_text=_("De räknas inte när gruppen beslutar om punkten."),
    )  # fmt: skip
    aside_reason = forms.CharField(label=_("Varför hade de jäv?"), max_length=500, required=False)

    def __init__(
        self, *args: Any, about: About, teams: Choices, bodies: Choices, seats: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["aside"].choices = list(seats)
        self.fields["outcome"].choices = [(one.value, gettext(OUTCOME_NAMES[one]).capitalize()) for one in Outcome]
        if about is not About.HANDBOOK:
            del self.fields["holds_from"]
        if about is About.CAPACITY:
            self.fields["change"].choices = [("", gettext("Ingen")), *_changes()]
            self.fields["team"].choices = [("", gettext("Inget valt")), *teams]
        else:
            for name in ("change", "team", "name", "places", "from_date"):
                del self.fields[name]
        for number in TASKS:
            said = {"number": number}
            self.fields[f"task_{number}"] = forms.CharField(
                label=gettext("Att göra %(number)d") % said, max_length=300, required=False
            )
            self.fields[f"owner_{number}"] = forms.ChoiceField(
                label=gettext("Vem gör %(number)d?") % said, choices=[("", gettext("Välj …")), *bodies], required=False
            )
            self.fields[f"due_{number}"] = SwedishDateField(label=gettext("Senast, %(number)d") % said, required=False)

    def clean(self) -> dict[str, Any]:
        """What shall be done has somebody who does it and a day."""
        data = super().clean() or {}
        for number in TASKS:
            if data.get(f"task_{number}"):
                for name, words in (("owner", gettext("Välj vem som gör det.")), ("due", gettext("Skriv senast när."))):
                    if not data.get(f"{name}_{number}") and f"{name}_{number}" not in self.errors:
                        self.add_error(f"{name}_{number}", words)
        if data.get("aside") and not data.get("aside_reason") and "aside_reason" not in self.errors:
            self.add_error("aside_reason", gettext("Skriv skälet."))
        return data

    def stood_aside(self) -> list[Aside]:
        """Those who stood aside, each with the reason."""
        data = self.cleaned_data
        return [Aside(UUID(one), data["aside_reason"]) for one in data["aside"]]

    def task_rows(self) -> list[tuple[Any, Any, Any]]:
        """The three fields of each thing to do."""
        return [(self[f"task_{number}"], self[f"owner_{number}"], self[f"due_{number}"]) for number in TASKS]

    def tasks(self) -> list[Task]:
        """What shall be done."""
        data = self.cleaned_data
        return [
            Task(data[f"task_{number}"], UUID(data[f"owner_{number}"]), data[f"due_{number}"])
            for number in TASKS
            if data[f"task_{number}"]
        ]

    def asked(self) -> Asked | None:
        """The change that was decided; None when the point has none."""
        return asked_of(self.cleaned_data)


class MinutesForm(forms.Form):
    """Who was there, and the minutes."""

    present = forms.MultipleChoiceField(
        label=_("Vilka var med?"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Bara den som var med kan justera protokollet."),
    )  # fmt: skip
    text = forms.CharField(
        label=_("Protokoll"), help_text=_("Vad som sades utöver besluten, och andra som var med."), max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 10}),
    )  # fmt: skip

    def __init__(self, *args: Any, seats: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["present"].choices = list(seats)
        if not seats:
            del self.fields["present"]


def initial_of(asked: Asked | None) -> dict[str, Any]:
    """A change as the fields of a form."""
    if asked is None:
        return {}
    return {
        "change": asked.change.value, "team": str(asked.team_id or ""), "name": asked.name, "places": asked.places,
        "from_date": asked.from_date,
    }  # fmt: skip


def asked_of(data: dict[str, Any]) -> Asked | None:
    """The fields of a form as a change."""
    if not data.get("change"):
        return None
    from_date: date = data["from_date"]
    team = UUID(data["team"]) if data.get("team") else None
    return Asked(Change(data["change"]), from_date, team, data.get("name", ""), data.get("places"))


def _changes() -> list[tuple[str, str]]:
    return [(one.value, gettext(CHANGE_NAMES[one])) for one in Change]
