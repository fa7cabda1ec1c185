"""Addresses of where we stand."""

from django.urls import path

from samkraft.web.knowledge import (
    indicator,
    pack,
    releases,
    rows,
    scorecard,
    series,
    snapshots,
    standing,
    theory,
    waiting,
)

app_name = "results"
urlpatterns = [
    path("laget/", standing.home, name="home"),
    path("laget/<slug:code>/", standing.show, name="show"),
    path("laget/<slug:code>/styrkort/", scorecard.show, name="scorecard"),
    path("laget/<slug:code>/forandringsteori/", theory.show, name="theory"),
    path("laget/<slug:code>/forandringsteori/mats/", theory.bind, name="bind"),
    path("laget/<slug:code>/indikator/<slug:indicator_code>/", indicator.show, name="indicator"),
    path("laget/<slug:code>/vantan/", waiting.show, name="waiting"),
    path("laget/<slug:code>/ogonblick/", snapshots.listed, name="snapshots"),
    path("laget/<slug:code>/ogonblick/<int:run>/mot/<int:other>/", snapshots.compare, name="compare"),
    path("laget/<slug:code>/publicerat/", releases.listed, name="releases"),
    path("laget/<slug:code>/jamforelser/", series.listed, name="series"),
    path("laget/<slug:code>/underlag/", pack.show, name="pack"),
    path("laget/<slug:code>/rader/", rows.show, name="rows"),
]
