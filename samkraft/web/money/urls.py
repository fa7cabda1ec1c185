"""Addresses of the pages about money. One line for each page."""

from django.urls import URLPattern, path

from samkraft.web.money import documents, home, ledger, matters, receiving, sie
from samkraft.web.money.contradictions import contradiction, contradiction_new, contradictions
from samkraft.web.money.figures import figure_new, figures
from samkraft.web.money.flow import flow, flow_nodes
from samkraft.web.money.funds import fund_forms, funds, keys, request, requests
from samkraft.web.money.reading import reading, reading_rows, registering

app_name = "money"
urlpatterns: list[URLPattern] = [
    path("", home.show, name="home"),
    path("folj-kronan/", flow.show, name="flow"),
    path("punkter/<uuid:point_id>/", flow_nodes.point, name="point"),
    path("organ/<slug:code>/", flow_nodes.body, name="body"),
    path("anvandning/<uuid:use_id>/", flow_nodes.use, name="use"),
    path("satsningar/", funds.index, name="funds"),
    path("satsningar/ny/", fund_forms.new_fund, name="fund_new"),
    path("satsningar/<slug:code>/", funds.show, name="fund"),
    path("satsningar/<slug:code>/budget/<int:year>/", flow_nodes.budget, name="budget"),
    path("satsningar/<slug:code>/nyckel/", keys.show, name="key"),
    path("satsningar/<slug:code>/nyckel/ny/", keys.new, name="key_new"),
    path("satsningar/<slug:code>/nyckel/<int:year>/", keys.propose, name="key_propose"),
    path("budget/ny/", fund_forms.new_budget, name="budget_new"),
    path("askanden/", requests.index, name="requests"),
    path("askanden/nytt/", request.new, name="request_new"),
    path("askanden/<uuid:request_id>/", request.show, name="request"),
    path("askanden/<uuid:request_id>/<slug:what>/", request.note, name="request_note"),
    path("askanden/<slug:code>/<int:year>/forslag/", requests.propose, name="requests_propose"),
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
    path("arenden/nytt/", receiving.show, name="receive"),
    path("arenden/<uuid:matter_id>/", matters.show, name="matter"),
    path("arenden/<uuid:matter_id>/beslut/<uuid:proposal_id>/", registering.decide_proposal, name="decide"),
    path("arenden/<uuid:matter_id>/vand/<uuid:decision_id>/", matters.undo, name="undo"),
    path("dokument/<uuid:document_id>/", documents.show, name="document"),
    path("dokument/<uuid:document_id>/fil/", documents.download, name="document_file"),
    path("bok/", ledger.accounts, name="accounts"),
    path("bok/sie/", sie.show, name="sie"),
    path("bok/sie/<int:year>/", sie.download, name="sie_file"),
    path("bok/konto/<uuid:account_id>/", ledger.account, name="account"),
    path("bok/verifikat/", ledger.vouchers, name="vouchers"),
    path("bok/verifikat/<uuid:voucher_id>/", ledger.voucher, name="voucher"),
    path("uppgifter/", figures.show, name="figures"),
    path("uppgifter/mal-och-utfall/", figures.targets, name="targets"),
    path("uppgifter/insatser/", figures.efforts, name="efforts"),
    path("uppgifter/insatser/ny/", figure_new.effort, name="effort_new"),
    path("uppgifter/ny/", figure_new.figure, name="figure_new"),
    path("uppgifter/<uuid:figure_id>/", figures.one, name="figure"),
    path("uppgifter-som-skiljer-sig/", contradictions.show, name="contradictions"),
    path("uppgifter-som-skiljer-sig/leta/", contradictions.look, name="contradictions_look"),
    path("uppgifter-som-skiljer-sig/ny/", contradiction_new.show, name="contradiction_new"),
    path("uppgifter-som-skiljer-sig/<uuid:contradiction_id>/", contradiction.show, name="contradiction"),
]
