from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    name = "samkraft.knowledge"
    label = "knowledge"
