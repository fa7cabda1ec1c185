"""Addresses of the year wheel."""

from django.urls import path

from samkraft.web.duties import calendar, duty, plan, wheel

app_name = "duties"
urlpatterns = [
    path("arshjul/", wheel.wheel, name="wheel"),
    path("arshjul/ny/", plan.add, name="add"),
    path("arshjul/planera/", plan.year, name="plan_year"),
    path("arshjul/prenumerera/", calendar.subscribe, name="subscribe"),
    path("arshjul/<uuid:duty_id>/", duty.show, name="duty"),
    path("arshjul/<uuid:duty_id>/klar/", duty.complete, name="complete"),
    path("arshjul/<uuid:duty_id>/oppna/", duty.reopen, name="reopen"),
    path("arshjul/<uuid:duty_id>/flytta/", duty.move, name="move"),
    path("kalender/<str:token>.ics", calendar.feed, name="feed"),
]
