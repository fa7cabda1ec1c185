"""The inbox's address."""

from django.urls import path

from samkraft.web.inbox import inbox

urlpatterns = [path("inkorg/", inbox.show, name="inbox")]
