from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "samkraft.audit"
    label = "audit"
