"""Addresses of vacancies."""

from django.urls import path

from samkraft.web.vacancies import listing

app_name = "vacancies"
urlpatterns = [path("lediga-jobb/", listing.show, name="list")]
