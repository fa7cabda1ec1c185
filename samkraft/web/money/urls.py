"""Addresses of the pages about money. One line for each page."""

from django.urls import URLPattern, path

from samkraft.web.money import documents, ledger, matters, reading, reading_rows, registering

app_name = "money"
urlpatterns: list[URLPattern] = [
    path("las-in/", reading.start, name="read_in"),
    path("las-in/<uuid:draft_id>/", reading.draft, name="draft"),
    path("las-in/<uuid:draft_id>/svar/", reading.answer, name="draft_answer"),
    path("las-in/<uuid:draft_id>/angra/", reading.take_back, name="draft_take_back"),
    path("las-in/<uuid:draft_id>/del/", reading.choose_part, name="draft_part"),
    path("las-in/<uuid:draft_id>/ta-bort/", reading.discard, name="draft_discard"),
    path("las-in/<uuid:draft_id>/rad/<str:key>/", reading_rows.row, name="draft_row"),
    path("las-in/<uuid:draft_id>/forslag/", registering.propose, name="draft_propose"),
    path("las-in/<uuid:draft_id>/beslut/", registering.decide_draft, name="draft_decide"),
    path("arenden/", matters.listed, name="matters"),
    path("arenden/<uuid:matter_id>/", matters.show, name="matter"),
    path("arenden/<uuid:matter_id>/beslut/<uuid:proposal_id>/", registering.decide_proposal, name="decide"),
    path("dokument/<uuid:document_id>/", documents.show, name="document"),
    path("dokument/<uuid:document_id>/fil/", documents.download, name="document_file"),
    path("bok/", ledger.accounts, name="accounts"),
    path("bok/konto/<uuid:account_id>/", ledger.account, name="account"),
    path("bok/verifikat/", ledger.vouchers, name="vouchers"),
    path("bok/verifikat/<uuid:voucher_id>/", ledger.voucher, name="voucher"),
]
