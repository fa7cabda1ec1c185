from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "samkraft.operations"
    label = "operations"
