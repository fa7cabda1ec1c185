"""Forms for one row of a decision text: the money, and when a duty is due."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samkraft.values import kronor
from samkraft.web.money import asked_fields

POINT_PAYS = "point:"


class RowForm(forms.Form):
    """One receiver of one point. An empty amount means that the text does not say it."""

    use_required_attribute = False

    search = asked_fields.AskedText(
        label=gettext_lazy("Sök mottagare"),
        help_text=gettext_lazy("Skriv en del av namnet och tryck Sök."),
        max_length=100,
    )
    receiver = asked_fields.AskedChoice(label=gettext_lazy("Mottagare"), widget=forms.RadioSelect)
    amount = asked_fields.AskedText(
        label=gettext_lazy("Belopp per år"),
        help_text=gettext_lazy("Lämna tomt om texten inte säger beloppet. Tomt är okänt, inte noll."),
        max_length=40,
    )
    years = asked_fields.AskedText(
        label=gettext_lazy("År"),
        help_text=gettext_lazy("Till exempel 2024, eller 2024–2026 om beloppet gäller varje år."),
        max_length=60,
    )
    fund = asked_fields.AskedChoice(label=gettext_lazy("Satsning"))
    source = asked_fields.AskedChoice(label=gettext_lazy("Pengarna kommer från"))
    support = asked_fields.AskedChoice(
        label=gettext_lazy("Slags stöd"),
        help_text=gettext_lazy("Lämna tomt om det framgår av vem som får pengarna."),
    )
    purpose = forms.CharField(label=gettext_lazy("Ändamål"), required=False, max_length=300)
    contract = forms.CharField(label=gettext_lazy("Avtal"), required=False, max_length=200)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, choices: "Choices", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("receiver", "fund", "source", "support"):
            self.fields[name].choices = getattr(choices, f"{name}s")
        if not choices.receivers:
            del self.fields["receiver"]

    def clean_amount(self) -> int | None:
        """Öre, or None when nothing is written."""
        words = self.cleaned_data["amount"].strip()
        if not words:
            return None
        try:
            ore = kronor.parse(words)
        except ValueError:
            raise forms.ValidationError(
                _("”%(text)s” går inte att läsa som ett belopp. Skriv till exempel 500 000.") % {"text": words}
            ) from None
        if ore <= 0:
            raise forms.ValidationError(_("Beloppet måste vara större än noll."))
        return ore

    def clean_years(self) -> list[int]:
        """Years one by one, from a list or a range."""
        words = self.cleaned_data["years"].strip()
        found = years_in(words)
        if found is None:
            raise forms.ValidationError(
                _("”%(text)s” går inte att läsa som år. Skriv till exempel 2024 eller 2024–2026.") % {"text": words}
            )
        return found


class DueForm(forms.Form):
    """When a duty is due, in the words of the decision, and whether it binds."""

    due = forms.CharField(
        label=gettext_lazy("Senast"),
        help_text=gettext_lazy("Så som det står, till exempel ”årsbokslut” eller ”maj 2024”."),
        required=False,
        max_length=100,
    )
    binding = forms.ChoiceField(
        label=gettext_lazy("Hur starkt är det sagt?"),
        choices=[("yes", gettext_lazy("Beslutat: det ska göras")), ("no", gettext_lazy("Uppmaning: det bör göras"))],
        widget=forms.RadioSelect,
        required=False,
    )


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen in the row's form: value and words."""

    receivers: list[tuple[str, str]]
    funds: list[tuple[str, str]]
    sources: list[tuple[str, str]]
    supports: list[tuple[str, str]]


def years_in(words: str) -> list[int] | None:
    """`2024`, `2024, 2025`, `2024–2026`; nothing is an empty list; anything else is None."""
    found: list[int] = []
    for piece in words.replace(" och ", ",").replace(";", ",").split(","):
        ends = piece.replace("–", "-").split("-")
        if piece.strip() and not all(end.strip().isdecimal() and 1990 <= int(end) < 2200 for end in ends):
            return None
        if piece.strip() and len(ends) <= 2 and int(ends[0]) <= int(ends[-1]) < int(ends[0]) + 30:
            found += range(int(ends[0]), int(ends[-1]) + 1)
        elif piece.strip():
            return None
    return sorted(set(found))
