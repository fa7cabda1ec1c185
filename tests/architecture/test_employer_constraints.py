"""Every promise in the tables about employers, invitations and times is tried by a statement that breaks it: as the owner."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from samkraft.offer.actions import employer_weeks
from samkraft.offer.actions.employers import TermsDraft
from samkraft.offer.actions.occasions import OccasionDraft
from samkraft.offer.rules.employer_time import TimeKind, monday_of
from samkraft.people.actions import employer_placements, invitations, recruitment
from samkraft.people.rules.invitations import Sent
from tests.architecture import breaking
from tests.architecture.breaking import ID, NEW, Change
from tests.factories import employers, joint_work
from tests.factories import places as made

TABLES = "^(offer_(employer|opening|placementterms|recruitmentmeeting)|people_(recruitment|invitation))"
BREAKS: dict[str, tuple[str, Change, str]] = {
    "offer_employer_organisation_id_key": ("offer_employer", ID, ""),
    "offer_employer_industry_known": ("offer_employer", {**ID, "organisation_id": "OTHER", "industry": "okänd"}, ""),
    "offer_employercontact_how_known": ("offer_employercontact", {**ID, "how": "okänt"}, ""),
    "offer_employercontact_about_known": ("offer_employercontact", {**ID, "about": "okänt"}, ""),
    "offer_employercontact_led_known": ("offer_employercontact", {**ID, "led_to": "okänt"}, ""),
    "offer_employercontact_next_after": ("offer_employercontact", {**ID, "next_date": "2001-01-01"}, ""),
    "offer_opening_places_within": ("offer_opening", {**ID, "places": 0}, ""),
    "offer_opening_scope_within": ("offer_opening", {**ID, "scope_from": 80, "scope_to": 50}, ""),
    "offer_placementterms_occasion_id_key": ("offer_placementterms", ID, ""),
    "offer_placementterms_afterwards_known": ("offer_placementterms", {**ID, "afterwards": "okänt"}, ""),
    "offer_placementterms_has_supervisor": ("offer_placementterms", {**ID, "supervisor_name": ""}, ""),
    "offer_recruitmentmeeting_form_known": ("offer_recruitmentmeeting", {**ID, "form": "okänd"}, ""),
    "offer_recruitmentmeeting_ends_after": ("offer_recruitmentmeeting", {**ID, "ends_at": "2001-01-01T00:00:00Z"}, ""),
    "offer_recruitmentmeeting_most_within": ("offer_recruitmentmeeting", {**ID, "most": 501}, ""),
    "offer_employerweek_once": ("offer_employerweek", ID, ""),
    "offer_employerweek_begins_on_monday": ("offer_employerweek", {**ID, "monday_date": "2026-11-24"}, ""),
    "offer_employerweek_within_worked": ("offer_employerweek", {**ID, "monday_date": "2001-01-01", "worked": 1}, ""),
    "people_recruitment_code_once": ("people_recruitmentinvitation", {**ID, "ended_at": "2199-01-01T00:00:00Z"}, ""),
    "people_recruitment_once": ("people_recruitmentinvitation", {**ID, "code": "N"}, ""),
    "people_recruitment_reply_known": ("people_recruitmentinvitation", {**ID, "code": "N", "reply": "okej"}, ""),
    "people_recruitmentresult_version_once": ("people_recruitmentresult", ID, ""),
    "people_recruitmentresult_known": ("people_recruitmentresult", {**ID, "version": 9, "result": "okänt"}, ""),
    "people_recruitmentresult_by_known": ("people_recruitmentresult", {**ID, "version": 9, "said_by": "någon"}, ""),
    "people_invitationslot_some_time": ("people_invitationslot", {**ID, "period": "empty"}, ""),
    "people_invitationslot_no_overlap": ("people_invitationslot", ID, ""),
    "people_invitation_one_at_a_time": ("people_invitation", ID, ""),
    "people_invitationlink_digest_once": ("people_invitationlink", ID, ""),
    "people_invitationlink_sent_known": ("people_invitationlink", {**ID, "digest": "n", "sent": "duva"}, ""),
    "people_invitationbooking_one_for_each_time": ("people_invitationbooking", ID, ""),
    "people_invitationbooking_one_at_a_time": ("people_invitationbooking", {**ID, "slot_id": "OTHER"}, ""),
}  # fmt: skip
MET_FIRST = {"people_invitationbooking_one_for_each_time": "people_invitationbooking_one_at_a_time"}


def _lived() -> None:
    """Something of everything."""
    offered = made.offered(start_form="running", kind="workplace")
    officer = offered.setting.officer
    way = joint_work.begun(offered.setting, officer)
    bakery = employers.employer(officer)
    employers.contact(officer, bakery, way.today)
    employers.opening(officer, bakery)
    meeting = employers.meeting(officer, bakery, way.moment + timedelta(days=2))
    invited = employers.invite(way, officer, meeting)
    way.after(3)
    recruitment.note_result(
        by=officer.context, person_id=way.person_id, invitation_id=invited, result="not_now", at=way.at
    )
    employer_placements.agree(
        by=offered.coordinator.context, employer_id=bakery, places=1,
        draft=OccasionDraft(
            activity_id=offered.activity_id, name="Baka", provider_id=bakery, starts_on=way.today + timedelta(days=9),
            hours_a_week=20, place_name="Mjölgatan 3",
        ),
        terms=TermsDraft("Berit Bagare", "Baka", "trial", way.today),
    )  # fmt: skip
    employer_weeks.note(
        by=officer.context, team_id=offered.setting.team_id, monday=monday_of(timezone.localdate()),
        minutes={TimeKind.VISITS: 60},
    )  # fmt: skip
    slots = employers.times(officer, timezone.now())
    chosen = invitations.make(by=officer.context, person_id=way.person_id, hosts=[officer.membership_id])
    invitations.send(by=officer.context, invitation_id=chosen, sent=Sent.LETTER)
    invitations.book(by=officer.context, invitation_id=chosen, slot_id=slots[0].id)


def _fresh(owner: Any, table: str, values: Change) -> Change:
    others = {"organisation_id": "partners_organisation", "slot_id": "people_invitationslot"}
    found = {}
    for column, value in values.items():
        if value is NEW:
            found[column] = breaking.fresh_key(owner)
        elif value == "OTHER":
            free = f"SELECT o.id FROM {others[column]} o WHERE o.id NOT IN (SELECT {column} FROM {table}) LIMIT 1"
            found[column] = str(owner.execute(free).fetchone()[0])
        else:
            found[column] = value
    return found


@pytest.mark.django_db(transaction=True)
def test_what_breaks_a_promise_about_employers_and_times_is_refused(owner: Any) -> None:
    _lived()
    found = {
        name: breaking.refused_by(owner, table, _fresh(owner, table, values))
        for name, (table, values, _where) in BREAKS.items()
    }
    assert {name: said for name, said in found.items() if said not in (name, MET_FIRST.get(name))} == {}


@pytest.mark.django_db
def test_every_promise_about_employers_and_times_is_tried() -> None:
    assert breaking.worded(TABLES) == BREAKS.keys()
