"""Addresses of an initiative's teams and what they work within."""

from django.urls import path

from samkraft.web.teams import changing, places, show

app_name = "teams"
urlpatterns = [
    path("insatser/<slug:code>/team/", show.show, name="teams"),
    path("insatser/<slug:code>/team/nytt/", changing.add_team, name="add_team"),
    path("insatser/<slug:code>/team/<int:number>/", places.show, name="team"),
    path("insatser/<slug:code>/team/<int:number>/plats/", places.add, name="add_member"),
    path("insatser/<slug:code>/team/<int:number>/plats/<uuid:member_id>/", places.end, name="end_member"),
    path("insatser/<slug:code>/intag/nytt/", changing.add_wave, name="add_wave"),
    path("insatser/<slug:code>/faser/", changing.set_phases, name="phases"),
    path("insatser/<slug:code>/regler/", changing.decide_rules, name="rules"),
    path("insatser/<slug:code>/myndigheter/ny/", changing.add_party, name="add_party"),
]
