"""The addresses of what staff do with participants."""

from django.urls import path

from samkraft.web.people import person_urls, study_plans
from samkraft.web.people.board import board, board_long, board_several, saved_views

app_name = "people"
urlpatterns = [
    path("team/", board.show, name="board"),
    path("team/<uuid:team_id>/", board.show, name="team"),
    path("deltagare/", board.everyone, name="everyone"),
    path("studieplaner/", study_plans.show, name="study_plans"),
    path("team/flera/", board_several.show, name="team_several"),
    path("team/fil/", board_long.ask, name="board_file"),
    path("team/urval/", saved_views.save, name="save_view"),
    path("team/urval/<uuid:view_id>/dela/", saved_views.share, name="share_view"),
    path("team/urval/<uuid:view_id>/bort/", saved_views.remove, name="remove_view"),
    *person_urls.urlpatterns,
]
