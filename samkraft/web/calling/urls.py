"""Addresses of call lists."""

from django.urls import path

from samkraft.web.calling import laying_in, lists

app_name = "calling"
urlpatterns = [
    path("ringlistor/", lists.listed, name="lists"),
    path("ringlistor/ny/<uuid:registration_id>/", laying_in.show, name="new"),
    path("ringlistor/<uuid:list_id>/", lists.show, name="list"),
    path("ringlistor/<uuid:list_id>/uppfoljning/", laying_in.follow_up, name="follow_up"),
]
