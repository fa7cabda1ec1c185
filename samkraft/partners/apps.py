from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "samkraft.partners"
    label = "partners"
