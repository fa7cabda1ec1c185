"""Addresses of the pages about money. One line for each page."""

from django.urls import URLPattern, path

app_name = "money"
urlpatterns: list[URLPattern] = []
