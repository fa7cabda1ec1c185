"""The addresses of one person's pages. Ids only: never a number, never a name."""

from django.urls import path

from samkraft.web.people import (
    assessment,
    consents,
    disclosures,
    duplicates,
    emergencies,
    looked,
    meetings,
    person,
    protection,
    referral,
)

urlpatterns = [
    path("deltagare/ny/", referral.new, name="new"),
    path("nodatkomst/", emergencies.open_case, name="emergency"),
    path("nodatkomst/granska/", emergencies.review, name="review_emergencies"),
    path("dubbletter/", duplicates.show, name="duplicates"),
    path("deltagare/<uuid:person_id>/", person.show, name="person"),
    path("deltagare/<uuid:person_id>/kartlaggning/", assessment.show, name="assessment"),
    path("deltagare/<uuid:person_id>/moten/", meetings.show, name="meetings"),
    path("deltagare/<uuid:person_id>/samtycken/", consents.show, name="consents"),
    path("deltagare/<uuid:person_id>/samtycken/nytt/", consents.give, name="give_consent"),
    path("deltagare/<uuid:person_id>/lamna-ut/<uuid:contribution_id>/", disclosures.release, name="disclose"),
    path("deltagare/<uuid:person_id>/skydd/", protection.show, name="protection"),
    path("deltagare/<uuid:person_id>/vem-har-tittat/", looked.show, name="looked"),
]
