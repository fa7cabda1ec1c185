"""A date typed as people in Sweden write it: `2026-03-31`, `260331`, `31/3 2026`, `31.3.2026`, `31 mars 2026`; and a time."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samkraft.values import written_day

read = written_day.read


class SwedishDateField(forms.Field):
    """A text field that gives a date; what was typed stays as it was typed when it cannot be read."""

    widget = forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off"})
    default_error_messages = {
        "unreadable": _("”%(text)s” går inte att läsa som ett datum. Skriv till exempel 2026-03-31 eller 31 mars 2026.")
    }

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        try:
            return read(str(value))
        except ValueError:
            raise forms.ValidationError(
                self.error_messages["unreadable"], code="unreadable", params={"text": value}
            ) from None

    def prepare_value(self, value: Any) -> Any:
        """A date is shown as 2026-03-31; typed text as it was typed."""
        return value.isoformat() if isinstance(value, date) else value


class ClockField(forms.TimeField):
    """A time typed as people write it: `9`, `9.30`, `09:30`. Shown as 9.30 is written in Swedish: `09.30`."""

    widget = forms.TimeInput(format="%H.%M", attrs={"inputmode": "text", "autocomplete": "off"})
    default_error_messages = {"invalid": _("Skriv klockslaget som 9.30.")}

    def __init__(self, **more: Any) -> None:
        super().__init__(input_formats=["%H.%M", "%H:%M", "%H"], **more)
