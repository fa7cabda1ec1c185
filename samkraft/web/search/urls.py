"""The search's address."""

from django.urls import path

from samkraft.web.search import search

urlpatterns = [path("sok/", search.show, name="search")]
