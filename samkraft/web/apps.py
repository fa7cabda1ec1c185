from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "samkraft.web"
    label = "web"
