"""Fields that are asked for without being required by the form alone: the action, or the page, says what is missing."""

from typing import Any

from django import forms


class _Asked:
    """A field that is not optional in words, although the form by itself cannot say that it must be filled in."""

    def validate(self, value: Any) -> None:
        """What is filled in is validated as usual; what is not, the action or the page takes up."""
        if value not in self.empty_values:  # type: ignore[attr-defined]  # mixed into a field
            super().validate(value)  # type: ignore[misc]  # mixed into a field


class AskedText(_Asked, forms.CharField):
    """Text."""


class AskedFile(_Asked, forms.FileField):
    """A file."""


class AskedChoice(_Asked, forms.ChoiceField):
    """One of several."""
