from django.apps import AppConfig


class OfferConfig(AppConfig):
    name = "samkraft.offer"
    label = "offer"
