from django import forms
from django.apps import AppConfig
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
