"""What is asked when a duty is planned, done, opened again or moved."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samkraft.web.date_fields import SwedishDateField


class NoteForm(forms.Form):
    """Done, or not done after all."""

    note = forms.CharField(
        label=_("Anteckning"),
        help_text=_("Till exempel var rapporten finns. Syns i historiken."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class MoveForm(forms.Form):
    """A new date and why."""

    new_due_date = SwedishDateField(label=_("Nytt datum"), help_text=_("Till exempel 2026-03-31 eller 31 mars 2026."))
    reason = forms.CharField(label=_("Varför flyttas det?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class PlanForm(forms.Form):
    """A single duty that the yearly cycle does not have."""

    title = forms.CharField(
        label=_("Vad ska göras?"), help_text=_("Börja med ett verb: ”Lämna …”, ”Besluta …”."), max_length=300
    )
    body = forms.ChoiceField(label=_("Vem ska göra det?"))
    due_date = SwedishDateField(label=_("Senast"), help_text=_("Till exempel 2026-03-31 eller 31 mars 2026."))
    due_words = forms.CharField(
        label=_("Hur står tiden i beslutet?"),
        help_text=_(
            "Fyll i om beslutet säger tiden i ord, till exempel ”vid årsbokslut”. Dagen ovan är då vår läsning."
        ),
        required=False,
        max_length=200,
    )
    binding = forms.ChoiceField(
        label=_("Hur starkt är det sagt?"),
        choices=[("yes", _("Beslutat: det ska göras")), ("no", _("Uppmaning: det bör göras"))],
        widget=forms.RadioSelect,
    )
    basis = forms.CharField(
        label=_("Var står det?"),
        help_text=_("Diarienummer och punkt, eller vilket avtal."),
        required=False,
        max_length=500,
    )
    initiative = forms.ChoiceField(label=_("Hör till insats"), required=False)
    is_delivery = forms.BooleanField(
        label=_("Det är en leverans till insatsen"),
        help_text=_("Till exempel en utvärderares rapport. Leveranser räknas i insatsens styrkort."),
        required=False,
    )
    key = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        """A delivery is to somebody."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("is_delivery") and not data.get("initiative"):
            self.add_error("initiative", _("Välj vilken insats leveransen är till."))
        return data

    def __init__(
        self, *args: Any, bodies: list[tuple[str, str]], initiatives: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = [("", _("Välj …")), *bodies]
        self.fields["initiative"].choices = [("", _("Ingen")), *initiatives]
