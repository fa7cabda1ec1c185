"""Addresses of grants: the city's under the money, the organisation's own beside."""

from django.urls import path

from samkraft.web.grants import (
    application,
    calls,
    controls,
    draft,
    establish,
    grant,
    home,
    lists,
    outcomes,
    own,
    payouts,
    pots,
    report,
    uploading,
    year,
)

app_name = "grants"
urlpatterns = [
    path("medel/bidrag/", home.show, name="home"),
    path("medel/bidrag/utlysningar/ny/", calls.new, name="call_new"),
    path("medel/bidrag/utlysningar/<uuid:call_id>/", calls.show, name="call"),
    path("medel/bidrag/ansokningar/", lists.applications, name="applications"),
    path("medel/bidrag/ansokningar/<uuid:application_id>/", application.show, name="application"),
    path("medel/bidrag/beviljade/", lists.given, name="given"),
    path("medel/bidrag/beviljade/nya/", establish.show, name="establish"),
    path("medel/bidrag/beviljade/<uuid:grant_id>/", grant.show, name="grant"),
    path("medel/bidrag/rapporter/", lists.reports, name="reports"),
    path("medel/bidrag/rapporter/<uuid:report_id>/", report.show, name="report"),
    path("medel/bidrag/utbetalningar/", payouts.show, name="payouts"),
    path("medel/bidrag/utfall/", outcomes.show, name="outcomes"),
    path("medel/bidrag/stickprov/", controls.show, name="controls"),
    path("medel/bidrag/potter/", pots.index, name="pots"),
    path("medel/bidrag/potter/<uuid:pot_id>/", pots.show, name="pot"),
    path("medel/bidrag/aret/", year.show, name="year"),
    path("medel/bidrag/filer/<uuid:attachment_id>/", uploading.download, name="file"),
    path("mina-bidrag/", own.home, name="own"),
    path("mina-bidrag/utlysning/<uuid:call_id>/", own.begin, name="begin"),
    path("mina-bidrag/utkast/<uuid:application_id>/", draft.show, name="draft"),
    path("mina-bidrag/ansokan/<uuid:application_id>/", own.application, name="own_application"),
    path("mina-bidrag/bidrag/<uuid:grant_id>/", own.grant, name="own_grant"),
    path("mina-bidrag/rapport/<uuid:report_id>/", report.own, name="own_report"),
    path("mina-bidrag/filer/<uuid:attachment_id>/", uploading.own_download, name="own_file"),
]
