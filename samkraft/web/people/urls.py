"""The addresses of what staff do with participants."""

from django.urls import path

from samkraft.web.people import board, person_urls

app_name = "people"
urlpatterns = [
    path("team/", board.show, name="board"),
    path("team/<uuid:team_id>/", board.show, name="team"),
    path("deltagare/", board.everyone, name="everyone"),
    *person_urls.urlpatterns,
]
