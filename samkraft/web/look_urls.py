"""Addresses that belong to the look: the reader's own choices, and the gallery of the demo."""

from django.urls import path

from samkraft.web import appearance, gallery

urlpatterns = [
    path("utseende/", appearance.choose_colour_scheme, name="choose_colour_scheme"),
    path("sprak/", appearance.choose_language, name="choose_language"),
    path("_galleri/", gallery.show, name="gallery"),
]
