"""Addresses of goals and initiatives."""

from django.urls import path

from samkraft.web.goals import editing, goal, initiative, initiatives, tree

app_name = "goals"
urlpatterns = [
    path("mal/", tree.show, name="tree"),
    path("mal/nytt/", editing.add_goal, name="add"),
    path("mal/<slug:code>/", goal.show, name="goal"),
    path("mal/<slug:code>/andra/", editing.change_goal, name="change"),
    path("insatser/", initiatives.show, name="initiatives"),
    path("insatser/ny/", editing.add_initiative, name="add_initiative"),
    path("insatser/<slug:code>/", initiative.show, name="initiative"),
    path("insatser/<slug:code>/andra/", editing.change_initiative, name="change_initiative"),
    path("insatser/<slug:code>/part/", editing.add_partner, name="add_partner"),
]
