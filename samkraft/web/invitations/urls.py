"""Addresses of times and invitations. The personal link carries its token; everything else carries ids."""

from django.urls import path

from samkraft.web.invitations import calendar_file, choosing, inviting, slots

app_name = "invitations"
urlpatterns = [
    path("mina-tider/", slots.show, name="slots"),
    path("deltagare/<uuid:person_id>/inbjudan/", inviting.show, name="person"),
    path("tid/<str:token>/", choosing.show, name="choose"),
    path("tid/<str:token>/kalender.ics", calendar_file.show, name="calendar"),
]
