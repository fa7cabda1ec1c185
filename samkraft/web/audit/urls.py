"""Review of the trail."""

from django.urls import path

from samkraft.web.audit import event, events, seals

app_name = "audit"
urlpatterns = [
    path("granskning/", events.listed, name="events"),
    path("granskning/forseglingar/", seals.listed, name="seals"),
    path("granskning/<uuid:event_id>/", event.show, name="event"),
]
