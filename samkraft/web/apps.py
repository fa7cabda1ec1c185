from django import forms
from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class WebConfig(AppConfig):
    name = "samkraft.web"
    label = "web"

    def ready(self) -> None:
        """Say in our own words that something is missing; every form says it so."""
        forms.Field.default_error_messages = {"required": gettext_lazy("Det här behöver fyllas i.")}
