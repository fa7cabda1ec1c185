from django.apps import AppConfig


class InitiativesConfig(AppConfig):
    name = "samkraft.initiatives"
    label = "initiatives"
