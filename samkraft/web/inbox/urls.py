"""The inbox's addresses."""

from django.urls import path

from samkraft.web.inbox import inbox, stand_in

urlpatterns = [
    path("inkorg/", inbox.show, name="inbox"),
    path("inkorg/stallforetradare/", stand_in.show, name="stand_in"),
    path("inkorg/stallforetradare/<uuid:stand_in_id>/avsluta/", stand_in.end, name="end_stand_in"),
]
