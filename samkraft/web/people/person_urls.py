"""The addresses of one person's pages. Ids only: never a number, never a name."""

from django.urls import path

from samkraft.web.people import (
    assessment,
    assessment_writing,
    consents,
    contact,
    disclosures,
    duplicates,
    emergencies,
    journey,
    looked,
    meeting_forms,
    meetings,
    person,
    plan_agreeing,
    plan_writing,
    protection,
    referral,
)

urlpatterns = [
    path("deltagare/ny/", referral.new, name="new"),
    path("nodatkomst/", emergencies.open_case, name="emergency"),
    path("nodatkomst/granska/", emergencies.review, name="review_emergencies"),
    path("dubbletter/", duplicates.show, name="duplicates"),
    path("deltagare/<uuid:person_id>/", person.show, name="person"),
    path("deltagare/<uuid:person_id>/plan/", plan_writing.edit, name="edit_plan"),
    path("deltagare/<uuid:person_id>/plan/nytt/<slug:kind>/", plan_writing.add, name="add_to_plan"),
    path("deltagare/<uuid:person_id>/plan/<uuid:lineage>/", plan_writing.change, name="change_plan"),
    path("deltagare/<uuid:person_id>/plan/ja/", plan_agreeing.show, name="agree"),
    path("deltagare/<uuid:person_id>/kartlaggning/", assessment.show, name="assessment"),
    path("deltagare/<uuid:person_id>/kartlaggning/ny/", assessment_writing.add, name="add_item"),
    path("deltagare/<uuid:person_id>/kartlaggning/slutsats/", assessment_writing.conclude, name="conclude"),
    path("deltagare/<uuid:person_id>/kartlaggning/<uuid:lineage>/", assessment_writing.beside, name="beside_item"),
    path("deltagare/<uuid:person_id>/moten/boka/", meeting_forms.book, name="book_meeting"),
    path("deltagare/<uuid:person_id>/moten/<uuid:lineage>/", meeting_forms.hold, name="hold_meeting"),
    path("deltagare/<uuid:person_id>/moten/", meetings.show, name="meetings"),
    path("deltagare/<uuid:person_id>/kontakt/", contact.show, name="contact"),
    path("deltagare/<uuid:person_id>/insatsen/", journey.show, name="journey"),
    path("deltagare/<uuid:person_id>/samtycken/", consents.show, name="consents"),
    path("deltagare/<uuid:person_id>/samtycken/nytt/", consents.give, name="give_consent"),
    path("deltagare/<uuid:person_id>/lamna-ut/<uuid:contribution_id>/", disclosures.release, name="disclose"),
    path("deltagare/<uuid:person_id>/skydd/", protection.show, name="protection"),
    path("deltagare/<uuid:person_id>/vem-har-tittat/", looked.show, name="looked"),
]
