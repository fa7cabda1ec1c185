"""Addresses of the pages about committees' reports and the documents made of them. One line for each page."""

from django.urls import URLPattern, path

from samkraft.web.reports import (
    analysis,
    answer,
    effort,
    figure,
    index,
    report,
    setting,
    steps,
    transfers,
    written_matter,
)

app_name = "reports"

urlpatterns: list[URLPattern] = [
    path("redovisningar/", index.show, name="index"),
    path("redovisningar/fragor/<slug:code>/<int:year>/", setting.show, name="setting"),
    path("redovisningar/fragor/<slug:code>/<int:year>/oppna/", setting.open_year, name="open_year"),
    path("redovisningar/<uuid:report_id>/", report.show, name="report"),
    path("redovisningar/<uuid:report_id>/andringar/", report.history, name="history"),
    path("redovisningar/<uuid:report_id>/svar/<uuid:question_id>/", answer.show, name="answer"),
    path("redovisningar/<uuid:report_id>/insats/<uuid:question_id>/<int:number>/", effort.show, name="effort"),
    path("redovisningar/<uuid:report_id>/siffra/<uuid:question_id>/<int:number>/", figure.show, name="figure"),
    path("redovisningar/<uuid:report_id>/steg/<slug:kind>/", steps.take, name="step"),
    path("redovisningar/<uuid:report_id>/kommentar/", steps.comment, name="comment"),
    path("redovisningar/<uuid:report_id>/for-over/", transfers.show, name="transfers"),
    path("redovisningar/<uuid:report_id>/for-over/fil/<slug:which>/", transfers.file, name="transfer_file"),
    path("redovisningar/<uuid:report_id>/for-over/markera/", transfers.mark, name="transfer_mark"),
    path("arenden/<uuid:matter_id>/tjansteskrivelse/", written_matter.show, name="written_matter"),
    path("arenden/<uuid:matter_id>/tjansteskrivelse/<slug:ending>/", written_matter.file, name="written_matter_file"),
    path("arsanalys/", analysis.index, name="analyses"),
    path("arsanalys/<int:year>/", analysis.show, name="analysis"),
    path("arsanalys/<int:year>/fil/<slug:ending>/", analysis.file, name="analysis_file"),
]
