"""Addresses of the catalogue, the queues and the provider's sessions. Ids and codes only."""

from django.urls import path

from samkraft.web.offer import (
    activity,
    allotment,
    allotment_proofs,
    allotment_row,
    allotments,
    catalogue,
    coordinating,
    deciding,
    new_activity,
    occasion,
    offer_letter,
    person_match,
    person_places,
    proposing,
    provider,
    waits,
)

app_name = "offer"
urlpatterns = [
    path("platser/", coordinating.show, name="home"),
    path("platser/katalog/", catalogue.show, name="catalogue"),
    path("platser/katalog/ny/", new_activity.add, name="new_activity"),
    path("platser/fordelning/", allotments.show, name="allotments"),
    path("platser/fordelning/bevis/", allotment_proofs.listed, name="allotment_proofs"),
    path("platser/fordelning/bevis/<uuid:proposal_id>/<slug:what>/", allotment_proofs.fetch, name="allotment_proof"),
    path("platser/fordelning/<uuid:proposal_id>/", allotment.show, name="allotment"),
    path("platser/fordelning/<uuid:proposal_id>/<uuid:suggestion_id>/", allotment_row.show, name="allotment_row"),
    path("platser/vantan/", waits.show, name="waits"),
    path("platser/beslut/", deciding.show, name="deciding"),
    path("platser/aktivitet/<slug:code>/", activity.show, name="activity"),
    path("platser/tillfalle/<uuid:occasion_id>/", occasion.show, name="occasion"),
    path("deltagare/<uuid:person_id>/platser/", person_places.show, name="person"),
    path("deltagare/<uuid:person_id>/platser/passar/", person_match.show, name="person_match"),
    path("deltagare/<uuid:person_id>/platser/<uuid:hold_id>/brev/", offer_letter.show, name="offer_letter"),
    path("traffar/", provider.show, name="sessions"),
    path("traffar/forslag/", proposing.show, name="proposals"),
    path("traffar/<uuid:session_id>/", provider.roll, name="roll"),
    path("traffar/<uuid:session_id>/alla/", provider.together, name="roll_together"),
]
