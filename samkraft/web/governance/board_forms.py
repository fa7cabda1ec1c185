"""What is asked about bodies that steer and the places in them."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samkraft.initiatives.rules.meetings import BOARD_NAMES
from samkraft.initiatives.rules.seats import SEAT_MEANINGS, SEAT_NAMES
from samkraft.web.date_fields import SwedishDateField
from samkraft.web.number_fields import WholeNumberField


def _basis() -> forms.CharField:
    return forms.CharField(
        label=_("Grund"), required=False, max_length=300,
        help_text=_("Till exempel ett beslut, ett missiv eller ett mejl med datum."),
    )  # fmt: skip


class BoardForm(forms.Form):
    """Another body."""

    name = forms.CharField(label=_("Namn"), max_length=100)
    kind = forms.ChoiceField(
        label=_("Vad är det för grupp?"), widget=forms.RadioSelect,
        help_text=_("Bara den strategiska styrgruppens beslut binder platser, metodstöd och aktivitetsplan."),
    )  # fmt: skip
    prefix = forms.CharField(
        label=_("Bokstäver i beslutens nummer"), max_length=10, help_text=_("Till exempel STY, som ger STY 2026:1.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(one.value, gettext(words)) for one, words in BOARD_NAMES.items()]


class SeatForm(forms.Form):
    """Who gets which place, from when."""

    who = forms.ChoiceField(label=_("Vem?"), help_text=_("De som kan läsa möten och beslut."))
    kind = forms.ChoiceField(label=_("Som vad?"), widget=forms.RadioSelect)
    start_date = SwedishDateField(label=_("Första dag"))
    last_day = SwedishDateField(label=_("Sista dag"), help_text=_("Lämna tomt om ingen är bestämd."), required=False)
    basis = _basis()

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [("", gettext("Välj …")), *people]
        self.fields["kind"].choices = [
            (
                one.value,
                gettext("%(name)s: %(meaning)s")
                % {"name": gettext(words).capitalize(), "meaning": gettext(SEAT_MEANINGS[one])},
            )
            for one, words in SEAT_NAMES.items()
        ]


class EndForm(forms.Form):
    """The last day in a body."""

    last_day = SwedishDateField(label=_("Sista dag"))
    basis = _basis()


class QuorumForm(forms.Form):
    """How many must be there."""

    quorum = WholeNumberField(
        label=_("Minst så många ska vara med"), min_value=0, max_value=99,
        help_text=_(
            "Ordförande och ledamöter räknas, och ersättare när någon från samma organisation är borta eller har jäv. "
            "Skriv 0 om inget är bestämt."
        ),
    )  # fmt: skip
    basis = _basis()
