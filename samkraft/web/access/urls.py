"""Addresses of the pages about requests for documents."""

from django.urls import URLPattern, path

from samkraft.web.access import requests, testing

app_name = "access"
urlpatterns: list[URLPattern] = [
    path("", requests.index, name="requests"),
    path("ny/", requests.new, name="new"),
    path("<uuid:request_id>/", requests.show, name="request"),
    path("<uuid:request_id>/steg/<slug:step>/", requests.move, name="move"),
    path("<uuid:request_id>/brev/", testing.letter, name="letter"),
    path("<uuid:request_id>/handling/<uuid:document_id>/", testing.show, name="weigh"),
    path("<uuid:request_id>/handling/<uuid:document_id>/ut/", testing.out, name="out"),
]
