"""What is asked about a team, a place in it, an intake, the phases, an authority and the rules."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samkraft.initiatives.queries.teams import PhaseRow
from samkraft.initiatives.rules.teams import PhaseDraft
from samkraft.web.date_fields import SwedishDateField
from samkraft.web.number_fields import WholeNumberField

Choices = list[tuple[str, str]]
MORE_PHASES = 2


class TeamForm(forms.Form):
    """A new team."""

    number = WholeNumberField(label=_("Nummer"), min_value=1, max_value=999)
    name = forms.CharField(label=_("Namn"), max_length=100)
    places = WholeNumberField(
        label=_("Platser"), help_text=_("Hur många deltagare teamet är tänkt för."), min_value=0, max_value=9_999
    )
    start_date = SwedishDateField(label=_("Första dag"))
    last_day = SwedishDateField(
        label=_("Sista dag"), help_text=_("Lämna tomt om teamet ska finnas så länge insatsen pågår."), required=False
    )


class MemberForm(forms.Form):
    """A place in a team."""

    colleague = forms.ChoiceField(label=_("Vem?"))
    personal = forms.BooleanField(
        label=_("Utses ärende för ärende"),
        help_text=_("Kallas in i enskilda ärenden och ser bara dem. Gäller FK-handläggare, vårdsamordnare och SYV."),
        required=False,
    )
    start_date = SwedishDateField(label=_("Första dag"))
    last_day = SwedishDateField(
        label=_("Sista dag"), help_text=_("Lämna tomt om ingen sista dag är bestämd."), required=False
    )

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["colleague"].choices = [("", _("Välj …")), *people]


class EndForm(forms.Form):
    """The last day of a place."""

    last_day = SwedishDateField(label=_("Sista dag"))


class WaveForm(forms.Form):
    """A period of intake."""

    number = WholeNumberField(label=_("Nummer"), min_value=1, max_value=999)
    name = forms.CharField(label=_("Namn"), max_length=100)
    start_date = SwedishDateField(label=_("Första dag"))
    last_day = SwedishDateField(label=_("Sista dag"))
    planned = WholeNumberField(label=_("Planerat antal deltagare"), min_value=0, max_value=1_000_000)


class PartyForm(forms.Form):
    """An authority that works with participants."""

    area = forms.ChoiceField(label=_("Myndighet eller verksamhetsgren"))
    joins_team = forms.BooleanField(label=_("Sitter i teamen"), required=False, initial=True)
    writes_plan = forms.BooleanField(label=_("Har egna steg i planen"), required=False, initial=True)
    start_date = SwedishDateField(label=_("Första dag"))
    last_day = SwedishDateField(label=_("Sista dag"), required=False)

    def __init__(self, *args: Any, areas: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [("", _("Välj …")), *areas]


class PhasesForm(forms.Form):
    """All phases at once, with room for some more. A phase that exists may change its name, never go."""

    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, held: Sequence[PhaseRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.numbers = range(1, len(held) + MORE_PHASES + 1)
        known = {phase.number: phase for phase in held}
        for number in self.numbers:
            phase = known.get(number)
            named = {"number": number}
            self.fields[f"name_{number}"] = forms.CharField(
                label=_("Fas %(number)d") % named, max_length=100, required=phase is not None,
                initial=phase.name if phase else "",
            )  # fmt: skip
            self.fields[f"days_{number}"] = WholeNumberField(
                label=_("Riktvärde i dagar, fas %(number)d") % named, help_text=_("Lämna tomt om inget finns."),
                min_value=1, max_value=9_999, required=False, initial=phase.guide_days if phase else None,
            )  # fmt: skip
            self.fields[f"counts_{number}"] = forms.BooleanField(
                label=_("Dagarna i fas %(number)d räknas mot gränsen") % named, required=False,
                initial=phase.counts_to_limit if phase else False,
            )  # fmt: skip

    def rows(self) -> list[tuple[Any, Any, Any]]:
        """The three fields of each phase."""
        return [(self[f"name_{number}"], self[f"days_{number}"], self[f"counts_{number}"]) for number in self.numbers]

    def drafts(self) -> list[PhaseDraft]:
        """The phases that have a name."""
        data = self.cleaned_data
        return [
            PhaseDraft(number, data[f"name_{number}"], data[f"days_{number}"], data[f"counts_{number}"])
            for number in self.numbers
            if data[f"name_{number}"]
        ]
