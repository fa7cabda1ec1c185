"""Numbers typed as people write them: `12`, `1 200`, `7,5`. What is wrong is said in one sentence, with both limits."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from samkraft.web import figures

_GROUPED = re.compile(r"[+-]?\d{1,3}(\s\d{3})+([.,]\d+)?")
_OF_NUMBERS = {"invalid", "min_value", "max_value", "max_digits", "max_decimal_places", "max_whole_digits"}


class OneSentence(forms.Field):
    """A number whose every fault is the same sentence. What was typed stays as it was typed when it cannot be read."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    min_value: Any = None
    max_value: Any = None

    def clean(self, value: Any) -> Any:
        """The number, or the sentence. There may be spaces between its thousands."""
        if isinstance(value, str):
            value = value.strip()
            value = "".join(value.split()) if _GROUPED.fullmatch(value) else value
        try:
            return super().clean(value)
        except forms.ValidationError as fault:
            if not any(one.code in _OF_NUMBERS for one in fault.error_list):
                raise
            raise forms.ValidationError(self.what_to_write(), code="invalid") from None

    def what_to_write(self) -> str:
        """The sentence."""
        low, high = ("" if end is None else self.shown(end) for end in (self.min_value, self.max_value))
        said = self.words(bool(low), bool(high)).format(low=low, high=high)
        return _("{said}.").format(said=said) if self.required else _("{said}, eller lämna tomt.").format(said=said)

    def shown(self, end: Any) -> str:
        """A limit as it is written."""
        return figures.number(end)

    def words(self, has_low: bool, has_high: bool) -> str:
        """The sentence without its end."""
        if has_low and has_high:
            return _("Skriv ett helt tal mellan {low} och {high}")
        if has_low:
            return _("Skriv ett helt tal som är minst {low}")
        return _("Skriv ett helt tal som är högst {high}") if has_high else _("Skriv ett helt tal, till exempel 12")


class WholeNumberField(OneSentence, forms.IntegerField):
    """A whole number."""


class YearField(WholeNumberField):
    """A year with its four figures."""

    def shown(self, end: Any) -> str:
        """A year has no space in it."""
        return str(end)

    def words(self, has_low: bool, has_high: bool) -> str:
        """Every year has limits."""
        return _("Skriv ett år mellan {low} och {high}")


class DecimalsField(OneSentence, forms.FloatField):
    """A number that may have decimals, after a comma or a point."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> float | None:
        """The number."""
        found: float | None = super().to_python(value.replace(",", ".") if isinstance(value, str) else value)
        return found

    def words(self, has_low: bool, has_high: bool) -> str:
        """The same for a number that need not be whole."""
        if has_low and has_high:
            return _("Skriv ett tal mellan {low} och {high}, till exempel 7,5")
        return _("Skriv ett tal, till exempel 7,5")
