from django import forms
from django.apps import AppConfig
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy


class WebConfig(AppConfig):
    name = "samkraft.web"
    label = "web"

    def ready(self) -> None:
        """Say in our own words what is missing, and what cannot be chosen any longer; every form says it so."""
        forms.Field.default_error_messages = {"required": gettext_lazy("Det här behöver fyllas i.")}
        # What was open when the page was read may have been taken, answered or taken back since. A code tells nobody anything.
        gone = {"invalid_choice": gettext_lazy("Det du valde går inte att välja nu. Välj bland det som står här.")}
        forms.ChoiceField.default_error_messages = gone
        forms.MultipleChoiceField.default_error_messages |= gone
        # A new line is two signs in what is sent and one in the field: a text that just fits on the page may be too long.
        MaxLengthValidator.message = gettext_lazy(
            "Skriv kortare: högst %(limit_value)d tecken. Nu är det %(show_value)d."
        )
