"""The addresses of Ung i sommar."""

from django.urls import path

from samkraft.web.summer import (
    applicants,
    cancelling,
    course,
    letters,
    open_rounds,
    own,
    own_worker,
    paying,
    planning,
    supervising,
    workplaces,
)

app_name = "summer"
urlpatterns = [
    path("ung-i-sommar/", open_rounds.listed, name="open_rounds"),
    path("ung-i-sommar/<slug:code>/", open_rounds.show, name="open_round"),
    path("ung-i-sommar/<slug:code>/ansok/", open_rounds.ask, name="ask"),
    path("ung-i-sommar/<slug:code>/lottning.json", open_rounds.lot, name="lot"),
    path("min-sommar/sw.js", own_worker.show, name="worker"),
    path("min-sommar/<str:token>/", own.show, name="own"),
    path("min-sommar/<str:token>/svara/<uuid:placement_id>/", own.answer, name="own_answer"),
    path("min-sommar/<str:token>/stampla/", own.press, name="own_press"),
    path("min-sommar/<str:token>/vardnadshavare/<uuid:guardian_id>/", own.ask_guardian, name="own_guardian"),
    path("sommar/", course.listed, name="rounds"),
    path("sommar/ny/", planning.add, name="add_round"),
    path("sommar/<slug:code>/", course.show, name="round"),
    path("sommar/<slug:code>/gor/<slug:step>/", course.do, name="do"),
    path("sommar/<slug:code>/platser/", workplaces.listed, name="workplaces"),
    path("sommar/<slug:code>/platser/ny/", planning.add_workplace, name="add_workplace"),
    path(
        "sommar/<slug:code>/platser/<uuid:workplace_id>/antal/<uuid:period_id>/",
        planning.change_places,
        name="change_places",
    ),
    path(
        "sommar/<slug:code>/platser/<uuid:workplace_id>/stall-in/<uuid:period_id>/", cancelling.show, name="cancelling"
    ),
    path("sommar/<slug:code>/brev/", letters.show, name="letters"),
    path("sommar/<slug:code>/platser/<uuid:supervisor_id>/utdrag/", workplaces.check, name="check_supervisor"),
    path("sommar/<slug:code>/sokande/", applicants.listed, name="applicants"),
    path("sommar/<slug:code>/sokande/<uuid:applicant_id>/", applicants.show, name="applicant"),
    path("sommar/<slug:code>/sokande/<uuid:applicant_id>/gor/<slug:deed>/", applicants.do, name="applicant_do"),
    path("sommar/<slug:code>/lon/", paying.show, name="paying"),
    path("sommar/<slug:code>/lon/<int:number>/", paying.download, name="payment"),
    path("handledning/", supervising.show, name="supervising"),
    path("handledning/<uuid:placement_id>/stampla/", supervising.press, name="supervise_press"),
    path("handledning/<uuid:placement_id>/attestera/", supervising.attest, name="attest"),
]
