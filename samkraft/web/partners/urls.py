"""Organisations, people and roles."""

from django.urls import path

from samkraft.web.partners import (
    area_decision,
    area_form,
    organisation,
    organisation_form,
    organisations,
    paper_link,
    people,
    person,
    roles,
)

app_name = "partners"
urlpatterns = [
    path("organisationer/", organisations.listed, name="organisations"),
    path("organisationer/ny/", organisation_form.add, name="add_organisation"),
    path("organisationer/<slug:code>/", organisation.show, name="organisation"),
    path("organisationer/<slug:code>/andra/", organisation_form.change, name="change_organisation"),
    path("organisationer/<slug:code>/omrade/nytt/", area_form.add, name="add_area"),
    path("organisationer/<slug:code>/omrade/beslut/", area_decision.add, name="add_area_decision"),
    path("personer/", people.listed, name="people"),
    path("personer/ny/", people.invite, name="invite"),
    path("personer/<uuid:user_id>/", person.show, name="person"),
    path("personer/<uuid:user_id>/roll/", person.give_role, name="give_role"),
    path("personer/<uuid:user_id>/roll/<uuid:membership_id>/", person.change_role, name="change_role"),
    path("personer/<uuid:user_id>/konto/", person.change_account, name="change_account"),
    path("personer/<uuid:user_id>/lank/", paper_link.show, name="paper_link"),
    path("roller/", roles.table, name="roles"),
    path("roller/<slug:role>/", roles.show, name="role"),
]
