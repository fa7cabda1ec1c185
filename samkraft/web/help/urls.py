"""Addresses of the help pages."""

from django.urls import include, path

from samkraft.web.help import accessibility, pages

_help = ([path("", pages.index, name="index"), path("<slug:name>/", pages.show, name="page")], "help")
urlpatterns = [
    path("hjalp/", include(_help)),
    path("tillganglighet/", accessibility.show, name="accessibility"),
    path("uppgifter/", pages.data_handling, name="data_handling"),
]
