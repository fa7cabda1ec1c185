"""Addresses of where we stand."""

from django.urls import path

from samkraft.web.knowledge import (
    behind,
    costs,
    indicator,
    pack,
    releases,
    rows,
    scorecard,
    series,
    sex_shares,
    snapshots,
    standing,
    theory,
    theory_form,
    things,
    waiting,
)
from samkraft.web.knowledge.forecasts import accuracy, assumptions, comparison, forecast, scenario
from samkraft.web.knowledge.studies import desk, lot, study
from samkraft.web.knowledge.studies import form as study_form
from samkraft.web.knowledge.studies import listed as study_list

app_name = "results"
urlpatterns = [
    path("laget/", standing.home, name="home"),
    path("utvardering/", desk.show, name="desk"),
    path("laget/<slug:code>/", standing.show, name="show"),
    path("laget/<slug:code>/prognos/", forecast.listed, name="forecasts"),
    path("laget/<slug:code>/prognos/scenario/", scenario.new, name="new_scenario"),
    path("laget/<slug:code>/prognos/scenario/<uuid:scenario_id>/", scenario.show, name="scenario"),
    path("laget/<slug:code>/prognos/antaganden/", assumptions.show, name="assumptions"),
    path("laget/<slug:code>/prognos/traffsakerhet/", accuracy.show, name="accuracy"),
    path("laget/<slug:code>/prognos/<uuid:forecast_id>/", forecast.show, name="forecast"),
    path("laget/<slug:code>/prognos/jamfor/", comparison.choose, name="forecast_choose"),
    path(
        "laget/<slug:code>/prognos/<uuid:first_id>/mot/<uuid:second_id>/",
        comparison.show,
        name="forecast_against",
    ),
    path("laget/<slug:code>/kostnad/", costs.show, name="costs"),
    path("laget/<slug:code>/studier/", study_list.listed, name="studies"),
    path("laget/<slug:code>/studier/ny/", study_form.show, name="new_study"),
    path("laget/<slug:code>/studier/<int:number>/", study.show, name="study"),
    path("laget/<slug:code>/studier/<int:number>/lottning/", lot.show, name="study_lot"),
    path("laget/<slug:code>/studier/<int:number>/lottning.json", lot.file, name="study_lot_file"),
    path("laget/<slug:code>/styrkort/", scorecard.show, name="scorecard"),
    path("laget/<slug:code>/forandringsteori/", theory.show, name="theory"),
    path("laget/<slug:code>/forandringsteori/ny/", theory_form.show, name="decide_theory"),
    path("laget/<slug:code>/forandringsteori/mats/", theory.bind, name="bind"),
    path("laget/<slug:code>/indikator/<slug:indicator_code>/", indicator.show, name="indicator"),
    path("laget/<slug:code>/indikator/<slug:indicator_code>/deltagare/", behind.show, name="behind"),
    path("laget/<slug:code>/indikator/<slug:indicator_code>/uppgifter/", things.show, name="things"),
    path("laget/<slug:code>/vantan/", waiting.show, name="waiting"),
    path("laget/<slug:code>/vem-far-vad/", sex_shares.show, name="sex_shares"),
    path("laget/<slug:code>/ogonblick/", snapshots.listed, name="snapshots"),
    path("laget/<slug:code>/ogonblick/<int:run>/mot/<int:other>/", snapshots.compare, name="compare"),
    path("laget/<slug:code>/publicerat/", releases.listed, name="releases"),
    path("laget/<slug:code>/jamforelser/", series.listed, name="series"),
    path("laget/<slug:code>/underlag/", pack.show, name="pack"),
    path("laget/<slug:code>/rader/", rows.show, name="rows"),
]
