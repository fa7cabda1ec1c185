"""What is asked about a goal, an initiative and its partners."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samkraft.initiatives.rules.goals import LABELS as KINDS
from samkraft.initiatives.rules.undertakings import LABELS as STAGES
from samkraft.web.date_fields import SwedishDateField
from samkraft.web.number_fields import WholeNumberField

Choices = list[tuple[str, str]]


class GoalForm(forms.Form):
    """A goal as it is decided."""

    text = forms.CharField(
        label=_("Målet"), help_text=_("Ordagrant som det är beslutat."), max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("Sorts mål"))
    owner = forms.ChoiceField(label=_("Vem har satt målet?"))
    parent = forms.ChoiceField(
        label=_("Ligger under"),
        help_text=_("Det mål som detta bidrar till. Tomt för mål överst i trädet."),
        required=False,
    )
    position = WholeNumberField(
        label=_("Ordning"),
        help_text=_("Lägst först bland mål på samma plats."),
        min_value=0,
        max_value=100_000,
        required=False,
    )
    source = forms.CharField(label=_("Var står det?"), required=False, max_length=500)
    code = forms.SlugField(
        label=_("Kortnamn"),
        help_text=_("Används i adressen: små bokstäver a–z, siffror och bindestreck. Tomt blir ett efter namnet."),
        max_length=60,
        required=False,
    )
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, bodies: Choices, goals: Choices, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.value, _(label)) for kind, label in KINDS.items()]
        self.fields["owner"].choices = [("", _("Välj …")), *bodies]
        self.fields["parent"].choices = [("", _("Inget: det ligger överst")), *goals]
        if not is_new:
            del self.fields["code"]


class InitiativeForm(forms.Form):
    """An initiative."""

    name = forms.CharField(label=_("Namn"), max_length=200)
    aim = forms.CharField(
        label=_("Syfte"), help_text=_("Vad ska bli annorlunda, och för vem?"), max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip
    target_groups = forms.CharField(
        label=_("Målgrupper"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 3})
    )
    owner = forms.ChoiceField(label=_("Vem äger insatsen?"))
    stage = forms.ChoiceField(label=_("Skede"))
    start_date = SwedishDateField(label=_("Första dag"), required=False)
    last_day = SwedishDateField(
        label=_("Sista dag"), help_text=_("Lämna tomt om inget slut är beslutat."), required=False
    )
    goals = forms.MultipleChoiceField(
        label=_("Vilka mål gäller den?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    source = forms.CharField(label=_("Var står det?"), required=False, max_length=500)
    code = forms.SlugField(
        label=_("Kortnamn"),
        help_text=_("Används i adressen: små bokstäver a–z, siffror och bindestreck. Tomt blir ett efter namnet."),
        max_length=60,
        required=False,
    )
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, bodies: Choices, goals: Choices, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [("", _("Välj …")), *bodies]
        self.fields["stage"].choices = [(stage.value, _(label)) for stage, label in STAGES.items()]
        self.fields["goals"].choices = goals
        if not goals:
            del self.fields["goals"]
        if not is_new:
            del self.fields["code"]


class PartnerForm(forms.Form):
    """One more party in an initiative."""

    organisation = forms.ChoiceField(label=_("Organisation"))
    part = forms.CharField(
        label=_("Del i insatsen"), help_text=_("Till exempel ”medfinansiär” eller ”samverkansaktör”."), max_length=200
    )

    def __init__(self, *args: Any, bodies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = [("", _("Välj …")), *bodies]
