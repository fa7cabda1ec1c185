"""One valid row in every table about how an initiative is steered, and what breaks each of their promises."""

from datetime import date
from typing import Any

from django.utils import timezone

from samkraft.initiatives.models import (
    AgendaPoint,
    Board,
    BoardEvent,
    BoardSeat,
    CapacityChange,
    HandbookEvent,
    HandbookSpread,
    HandbookText,
    HandbookVersion,
    Initiative,
    Meeting,
    MeetingEvent,
    PlanEvent,
    PlanPoint,
    PlanPointEntry,
    Resolution,
    ResolutionTask,
    Risk,
    RiskAssessment,
    StaffPlace,
    StaffPromise,
    Team,
)
from tests.architecture.breaking import ID
from tests.factories.partners import Member

WHO = "Karin Wahl"
OTHER_POINT = "00000000-0000-4000-8000-0000000000aa"
OTHER_MEMBER = "00000000-0000-4000-8000-0000000000ab"

# Constraint → table, what is changed in a copied row, and which row is copied.
BREAKS: dict[str, tuple[str, dict[str, Any], str]] = {
    "initiatives_board_name_once": ("initiatives_board", {**ID, "prefix": "N"}, ""),
    "initiatives_board_prefix_once": ("initiatives_board", {**ID, "name": "N"}, ""),
    "initiatives_board_kind_known": ("initiatives_board", {**ID, "name": "N", "prefix": "N", "kind": "okänd"}, ""),
    "initiatives_boardseat_some_time": ("initiatives_boardseat", {**ID, "period": "empty"}, ""),
    "initiatives_boardseat_no_overlap": ("initiatives_boardseat", ID, ""),
    "initiatives_boardseat_kind_known": ("initiatives_boardseat", {**ID, "kind": "okänd"}, ""),
    "initiatives_boardseat_one_chair": ("initiatives_boardseat", {**ID, "membership_id": OTHER_MEMBER}, ""),
    "initiatives_boardevent_kind_known": ("initiatives_boardevent", {**ID, "kind": "okänd"}, ""),
    "initiatives_boardevent_subject_sane": ("initiatives_boardevent", {**ID, "quorum": 1}, ""),
    "initiatives_meetingevent_kind_known": ("initiatives_meetingevent", {**ID, "kind": "okänd"}, "kind = 'adjusted'"),
    "initiatives_meetingevent_time_when_moved": ("initiatives_meetingevent", {**ID, "kind": "moved"}, "kind = 'adjusted'"),
    "initiatives_meetingevent_run_when_pack": ("initiatives_meetingevent", {**ID, "kind": "pack"}, "kind = 'adjusted'"),
    "initiatives_meetingevent_adjusted_once": ("initiatives_meetingevent", ID, "kind = 'adjusted'"),
    "initiatives_agendapoint_once": ("initiatives_agendapoint", ID, ""),
    "initiatives_agendapoint_about_known": ("initiatives_agendapoint", {**ID, "number": 9, "about": "okänt"}, ""),
    "initiatives_resolution_point_id_key": ("initiatives_resolution", {**ID, "number": 9}, ""),
    "initiatives_resolution_number_once": ("initiatives_resolution", {**ID, "point_id": OTHER_POINT}, ""),
    "initiatives_resolution_outcome_known": ("initiatives_resolution", {**ID, "number": 9, "outcome": "okänt"}, ""),
    "initiatives_resolutiontask_once": ("initiatives_resolutiontask", ID, ""),
    "initiatives_capacitychange_resolution_id_key": ("initiatives_capacitychange", ID, ""),
    "initiatives_capacitychange_change_known": ("initiatives_capacitychange", {**ID, "change": "okänt"}, ""),
    "initiatives_risk_number_once": ("initiatives_risk", ID, ""),
    "initiatives_riskassessment_version_once": ("initiatives_riskassessment", ID, ""),
    "initiatives_riskassessment_state_known": ("initiatives_riskassessment", {**ID, "version": 9, "state": "okänt"}, ""),
    "initiatives_riskassessment_on_scale": ("initiatives_riskassessment", {**ID, "version": 9, "probability": 6}, ""),
    "initiatives_riskassessment_review_while_open": (
        "initiatives_riskassessment", {**ID, "version": 9, "review_date": None}, ""),
    "initiatives_handbookversion_number_once": ("initiatives_handbookversion", ID, ""),
    "initiatives_handbooktext_revision_once": ("initiatives_handbooktext", ID, ""),
    "initiatives_handbookevent_kind_known": ("initiatives_handbookevent", {**ID, "kind": "okänd"}, ""),
    "initiatives_handbookevent_decided_by_whom": ("initiatives_handbookevent", {**ID, "resolution_id": None}, ""),
    "initiatives_handbookevent_decided_once": ("initiatives_handbookevent", ID, ""),
    "initiatives_handbookspread_kind_known": (
        "initiatives_handbookspread", {**ID, "kind": "okänd", "takes_back_id": None}, ""),
    "initiatives_handbookspread_taken_back_once": (
        "initiatives_handbookspread", ID, "takes_back_id IS NOT NULL"),
    "initiatives_planpoint_number_once": ("initiatives_planpoint", ID, ""),
    "initiatives_planpoint_kind_known": ("initiatives_planpoint", {**ID, "number": 9, "kind": "okänd"}, ""),
    "initiatives_planpointentry_version_once": ("initiatives_planpointentry", ID, ""),
    "initiatives_planpointentry_state_known": ("initiatives_planpointentry", {**ID, "version": 9, "state": "okänt"}, ""),
    "initiatives_planevent_kind_known": ("initiatives_planevent", {**ID, "kind": "okänd"}, ""),
    "initiatives_planevent_decided_by_whom": ("initiatives_planevent", {**ID, "resolution_id": None}, ""),
    "initiatives_staffplace_percent_some": ("initiatives_staffplace", {**ID, "percent": 101}, ""),
    "initiatives_staffplace_some_time": ("initiatives_staffplace", {**ID, "period": "empty"}, ""),
    "initiatives_staffplace_no_overlap": ("initiatives_staffplace", ID, ""),
}  # fmt: skip


def make(initiative: Initiative, member: Member) -> None:
    """A meeting that decided something of each kind, a risk, a plan's point and somebody on a post."""
    at, day = timezone.now(), date(2024, 3, 1)
    put = {"at": at, "by": WHO}
    board = Board.objects.create(
        initiative=initiative, kind="steering", name="Styrgrupp", prefix="STY", added_at=at, added_by=WHO
    )
    seat = BoardSeat.objects.create(
        board=board, membership_id=member.membership_id, kind="chair", period=(date(2024, 1, 1), date(2025, 1, 1))
    )
    BoardEvent.objects.create(board=board, kind="seated", seat=seat, on_date=day, **put)
    meeting = Meeting.objects.create(board=board, starts_at=at, called_at=at, called_by=WHO)
    MeetingEvent.objects.create(meeting=meeting, kind="adjusted", membership_id=member.membership_id, **put)
    brought = {"meeting": meeting, "title": "Punkt", "about": "other", "brought_at": at, "brought_by": WHO}
    point = AgendaPoint.objects.create(number=1, **brought)
    AgendaPoint.objects.create(id=OTHER_POINT, number=2, **brought)
    resolution = Resolution.objects.create(
        point=point, board=board, year=2024, number=1, outcome="decided", text="Ja", decided_date=day, registered_at=at,
        registered_by=WHO,
    )  # fmt: skip
    ResolutionTask.objects.create(resolution=resolution, title="Gör", owner_id=initiative.owner_id, due_date=day)
    CapacityChange.objects.create(
        resolution=resolution, team=Team.objects.first(), change="places", from_date=day, made_at=at, made_by=WHO
    )
    _say(initiative, member, resolution, day, put)


def _say(initiative: Initiative, member: Member, resolution: Resolution, day: date, put: dict[str, Any]) -> None:
    at = put["at"]
    risk = Risk.objects.create(initiative=initiative, number=1, text="Risk", raised_at=at, raised_by=WHO)
    RiskAssessment.objects.create(
        risk=risk, version=1, state="open", owner_id=member.membership_id, probability=1, consequence=1, review_date=day,
        **put,
    )  # fmt: skip
    version = HandbookVersion.objects.create(initiative=initiative, number="1.0", begun_at=at, begun_by=WHO)
    HandbookText.objects.create(version=version, revision=1, sections=[], **put)
    HandbookEvent.objects.create(version=version, kind="decided", resolution=resolution, holds_from=day, **put)
    reached = {"version": version, "receiver_id": initiative.owner_id, "kind": "visit", "on_date": day, **put}
    HandbookSpread.objects.create(**reached, takes_back=HandbookSpread.objects.create(**reached))
    point = PlanPoint.objects.create(
        initiative=initiative, number=1, kind="state", text="Punkt", added_at=at, added_by=WHO
    )
    PlanPointEntry.objects.create(point=point, version=1, state="ready", owner_id=member.membership_id, **put)
    PlanEvent.objects.create(
        initiative=initiative, kind="decided", digest="", resolution=resolution, on_date=day, **put
    )
    StaffPlace.objects.create(
        promise=StaffPromise.objects.first(), membership_id=member.membership_id, percent=100, line_manager="Chefen",
        assignment_lead_id=member.membership_id, period=(date(2024, 1, 1), date(2025, 1, 1)),
    )  # fmt: skip
