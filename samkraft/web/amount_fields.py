"""Amounts and shares typed as people in Sweden write them: `500 000`, `1 234,50 kr`, `27,5 %`."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samkraft.values import kronor
from samkraft.web import figures

_SHARE = re.compile(r"\s*(\d{1,3})(?:[,.](\d{1,2}))?\s*%?\s*")


class KronorField(forms.Field):
    """A text field that gives öre; what was typed stays as it was typed when it cannot be read."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    default_error_messages = {
        "unreadable": _("”%(text)s” går inte att läsa som ett belopp. Skriv kronor, till exempel 500 000."),
    }

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        if isinstance(value, int):
            return value
        try:
            return kronor.parse(str(value))
        except ValueError:
            raise forms.ValidationError(
                self.error_messages["unreadable"], code="unreadable", params={"text": value}
            ) from None

    def prepare_value(self, value: Any) -> Any:
        """Öre are shown as kronor; typed text as it was typed."""
        return figures.amount(value) if isinstance(value, int) else value


class ShareField(forms.Field):
    """A text field that gives hundredths of a percent: `27,5` is 2 750."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    default_error_messages = {
        "unreadable": _(
            "”%(text)s” går inte att läsa som procent. Skriv högst två decimaler, till exempel 27 eller 27,5."
        ),
    }

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        if isinstance(value, int):
            return value
        match = _SHARE.fullmatch(str(value).replace("\u00a0", " "))
        if not match:
            raise forms.ValidationError(self.error_messages["unreadable"], code="unreadable", params={"text": value})
        return int(match[1]) * 100 + int((match[2] or "0").ljust(2, "0"))

    def prepare_value(self, value: Any) -> Any:
        """Hundredths are shown as percent; typed text as it was typed."""
        if not isinstance(value, int):
            return value
        whole, part = divmod(value, 100)
        return f"{whole},{part:02}".rstrip("0").rstrip(",") if part else str(whole)
