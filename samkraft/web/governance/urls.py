"""Addresses of how an initiative is steered."""

from django.urls import path

from samkraft.web.governance import boards, handbook, meeting, meetings, overview, plan, points, risks, staffing

app_name = "governance"
urlpatterns = [
    path("laget/<slug:code>/styrning/", overview.show, name="overview"),
    path("laget/<slug:code>/risker/", risks.listed, name="risks"),
    path("laget/<slug:code>/risker/ny/", risks.add, name="add_risk"),
    path("laget/<slug:code>/risker/<int:number>/", risks.show, name="risk"),
    path("laget/<slug:code>/moten/", meetings.listed, name="meetings"),
    path("laget/<slug:code>/moten/nytt/", meetings.call, name="call"),
    path("laget/<slug:code>/moten/<uuid:meeting_id>/", meeting.show, name="meeting"),
    path("laget/<slug:code>/moten/<uuid:meeting_id>/punkt/", points.bring_up, name="bring_up"),
    path("laget/<slug:code>/moten/<uuid:meeting_id>/punkt/<uuid:point_id>/", points.decide, name="decide"),
    path("laget/<slug:code>/moten/<uuid:meeting_id>/underlag/", meeting.attach, name="attach"),
    path("laget/<slug:code>/moten/<uuid:meeting_id>/protokoll/", meeting.minutes, name="minutes"),
    path("laget/<slug:code>/moten/<uuid:meeting_id>/justera/", meeting.adjust, name="adjust"),
    path("laget/<slug:code>/moten/<uuid:meeting_id>/lamna-tillbaka/", meeting.give_back, name="give_back"),
    path("laget/<slug:code>/moten/<uuid:meeting_id>/flytta/", meeting.move, name="move"),
    path("laget/<slug:code>/moten/<uuid:meeting_id>/stall-in/", meeting.cancel, name="cancel"),
    path("laget/<slug:code>/beslut/<uuid:resolution_id>/", points.decision, name="decision"),
    path("laget/<slug:code>/beslut/<uuid:resolution_id>/genomfor/", points.carry_out, name="carry_out"),
    path("laget/<slug:code>/grupper/", boards.listed, name="boards"),
    path("laget/<slug:code>/grupper/ny/", boards.add, name="add_board"),
    path("laget/<slug:code>/grupper/<uuid:board_id>/", boards.show, name="board"),
    path("laget/<slug:code>/grupper/<uuid:board_id>/beslutsfor/", boards.quorum, name="quorum"),
    path("laget/<slug:code>/grupper/plats/<uuid:seat_id>/", boards.end_seat, name="end_seat"),
    path("laget/<slug:code>/aktivitetsplan/", plan.show, name="plan"),
    path("laget/<slug:code>/aktivitetsplan/lagg-upp/", plan.lay_out, name="lay_out"),
    path("laget/<slug:code>/aktivitetsplan/skicka/", plan.send, name="send"),
    path("laget/<slug:code>/aktivitetsplan/svar/", plan.answer, name="answer"),
    path("laget/<slug:code>/aktivitetsplan/<int:number>/", plan.point, name="plan_point"),
    path("laget/<slug:code>/bemanning/", staffing.show, name="staffing"),
    path("laget/<slug:code>/bemanning/<uuid:promise_id>/", staffing.post, name="post"),
    path("laget/<slug:code>/bemanning/plats/<uuid:place_id>/", staffing.end, name="end_place"),
    path("metodstod/", handbook.home, name="handbooks"),
    path("metodstod/<slug:code>/", handbook.show, name="handbook"),
    path("metodstod/<slug:code>/ny/", handbook.begin, name="begin_handbook"),
    path("metodstod/<slug:code>/version/<str:number>/", handbook.version, name="handbook_version"),
    path("metodstod/<slug:code>/version/<str:number>/skriv/", handbook.write, name="write_handbook"),
    path("metodstod/<slug:code>/version/<str:number>/mot/<str:other>/", handbook.compare, name="compare_handbook"),
]
