"""Addresses of reading in files: one for each kind, since each needs its own permission."""

from django.urls import path

from samkraft.web.imports import reading

app_name = "imports"
urlpatterns = [
    path("inlasning/remitteringar/", reading.referrals, name="referrals"),
    path("inlasning/tillfallen/", reading.occasions, name="occasions"),
    path("inlasning/narvaro/", reading.attendance, name="attendance"),
]
