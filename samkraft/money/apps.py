from django.apps import AppConfig


class MoneyConfig(AppConfig):
    name = "samkraft.money"
    label = "money"
