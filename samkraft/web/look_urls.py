"""The gallery of the demo. The reader's own choices have their addresses with the account, where they are kept."""

from django.urls import path

from samkraft.web import gallery

urlpatterns = [
    path("_galleri/", gallery.show, name="gallery"),
]
