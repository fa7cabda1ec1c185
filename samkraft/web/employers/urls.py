"""Addresses of employers, recruitment meetings, time for employers, and the employer's own page. Ids only."""

from django.urls import path

from samkraft.web.employers import (
    adding,
    employer,
    listing,
    meeting,
    meetings,
    openings,
    own,
    person_jobs,
    placing,
    time,
)

app_name = "employers"
urlpatterns = [
    path("arbetsgivare/", listing.show, name="list"),
    path("arbetsgivare/ny/", adding.show, name="new"),
    path("arbetsgivare/jobb/", openings.show, name="openings"),
    path("arbetsgivare/moten/", meetings.show, name="meetings"),
    path("arbetsgivare/moten/<uuid:meeting_id>/", meeting.show, name="meeting"),
    path("arbetsgivare/tid/", time.show, name="time"),
    path("arbetsgivare/<uuid:employer_id>/", employer.show, name="employer"),
    path("arbetsgivare/<uuid:employer_id>/plats/", placing.show, name="placing"),
    path("deltagare/<uuid:person_id>/jobb/", person_jobs.show, name="person"),
    path("min-arbetsplats/", own.show, name="own"),
]
