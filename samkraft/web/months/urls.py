"""Addresses of the month. Codes, months and ids only."""

from django.urls import path

from samkraft.web.months import entry, files, forms, hours, month, progression, sus

app_name = "months"
urlpatterns = [
    path("manaden/", month.home, name="home"),
    path("timmar/", hours.home, name="own_hours"),
    path("progression/", progression.home, name="progression_home"),
    path("progression/<slug:code>/", progression.several, name="progression"),
    path("deltagare/<uuid:person_id>/progression/", progression.person, name="person"),
    path("manaden/<slug:code>/<str:month>/", month.show, name="month"),
    path("manaden/<slug:code>/<str:month>/tidrapporter/", entry.show, name="entry"),
    path("manaden/<slug:code>/<str:month>/blanketter/", forms.show, name="forms"),
    path("manaden/<slug:code>/<str:month>/timmar/", hours.show, name="hours"),
    path("manaden/<slug:code>/<str:month>/sus/", sus.listed, name="sus"),
    path("deltagare/<uuid:person_id>/sus/", sus.sheet, name="sus_sheet"),
    path("manaden/<slug:code>/<str:month>/fil/<slug:kind>/", files.show, name="file"),
]
