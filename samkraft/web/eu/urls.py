"""Addresses of the pages about projects that the EU pays part of."""

from django.urls import URLPattern, path

from samkraft.web.eu import budgeting, claims, hours, outcome_file, project, registering, today, writing

app_name = "eu"
urlpatterns: list[URLPattern] = [
    path("", project.index, name="projects"),
    path("i-dag/", today.show, name="today"),
    path("nytt/", registering.new, name="project_new"),
    path("<slug:code>/", project.show, name="project"),
    path("<slug:code>/budget/", project.budget, name="budget"),
    path("<slug:code>/budget/ny/", budgeting.new, name="budget_new"),
    path("<slug:code>/tjanster/ny/", registering.position, name="position_new"),
    path("<slug:code>/timmar/", hours.show, name="hours"),
    path("<slug:code>/timmar/<uuid:position_id>/<int:year>/<int:month>/", writing.hours, name="hours_write"),
    path("<slug:code>/deltagartimmar/", writing.participant_hours, name="participant_hours"),
    path("<slug:code>/las-in/", outcome_file.show, name="outcome_file"),
    path("<slug:code>/kostnader/ny/", writing.entry, name="entry_new"),
    path("<slug:code>/timkostnader/ny/", writing.rate, name="rate_new"),
    path("<slug:code>/ansokningar/ny/", claims.new, name="claim_new"),
    path("<slug:code>/ansokningar/<uuid:claim_id>/", claims.show, name="claim"),
    path("<slug:code>/ansokningar/<uuid:claim_id>/<slug:step>/", claims.move, name="claim_move"),
]
