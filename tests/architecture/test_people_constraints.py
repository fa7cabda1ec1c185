"""Every promise in the tables about people is tried by a statement that breaks it, past all policies: as the owner.

The serving role could not write most of these rows at all; the constraint stands behind the guard's own mistakes.
"""

from typing import Any

import pytest

from samkraft.partners.rules.roles import Role
from samkraft.people.actions import imports
from samkraft.people.rules.imports.shapes import Kind
from tests.architecture import breaking
from tests.architecture.breaking import ID, NEW, Change
from tests.factories import partners
from tests.people import world

# Constraint → table, what is changed in a copied row, and which row is copied.
BREAKS: dict[str, tuple[str, Change, str]] = {
    "people_identity_kind_known": ("identity", {**ID, "kind": "okänt"}, ""),
    "people_identity_twelve_digits": ("identity", {**ID, "number": "9006022397"}, ""),
    "people_identity_one_at_a_time": ("identity", ID, ""),
    "people_match_once": ("match", ID, ""),
    "people_match_state_known": ("match", {**ID, "state": "okänt"}, ""),
    "people_protection_once_at_a_time": ("protection", ID, ""),
    "people_protection_level_known": ("protection", {**ID, "level": "okänd"}, ""),
    "people_protectionname_once_at_a_time": ("protectionname", ID, ""),
    "people_searchtoken_once": ("searchtoken", ID, ""),
    "people_caseaccess_team_or_member": ("caseaccess", {**ID, "team_id": None, "membership_id": None}, ""),
    "people_caseaccess_basis_known": ("caseaccess", {**ID, "basis": "okänd"}, ""),
    "people_caseaccess_break_glass_is_personal": ("caseaccess", {**ID, "basis": "break_glass"}, "team_id IS NOT NULL"),
    "people_recusal_once": ("recusal", ID, ""),
    "people_breakglass_access_id_key": ("breakglass", ID, ""),
    "people_breakglass_verdict_known": ("breakglass", {**ID, "verdict": "okänd"}, ""),
    "people_enrolment_no_overlap": ("enrolment", ID, ""),
    "people_enrolment_some_time": ("enrolment", {**ID, "period": "empty"}, ""),
    "people_contribution_version_once": ("contribution", ID, ""),
    "people_contribution_category_known": ("contribution", {**ID, "version": 9, "category": "okänd"}, ""),
    "people_contribution_voice_known": ("contribution", {**ID, "version": 9, "voice": "okänd"}, ""),
    "people_contribution_copy_has_disclosure": ("contribution", {**ID, "version": 9, "disclosure_id": NEW}, "copy_of_id IS NULL"),
    "people_contribution_version_from_one": ("contribution", {**ID, "version": 0}, ""),
    "people_contribution_withheld_by_someone": ("contribution", {**ID, "version": 9, "withheld_ground": "25:6"}, ""),
    "people_contribution_pause_without_reason": (
        "contribution", {**ID, "version": 9, "kind": "pause", "content": {"reason_kind": "illness"}}, "copy_of_id IS NULL"),
    "people_contribution_outcome_beside": (
        "contribution", {**ID, "version": 9, "kind": "exit", "content": {"outcome": "sickness_compensation"}},
        "copy_of_id IS NULL"),
    "people_contribution_detail_stays": ("contribution", {**ID, "version": 9, "kind": "detail"}, "category = 'contact'"),
    "people_consent_how_known": ("consent", {**ID, "how": "okänt"}, ""),
    "people_consent_ground_known": ("consent", {**ID, "giver_ground": "okänd"}, ""),
    "people_consent_scope_of_representative": ("consent", {**ID, "giver_ground": "god_man"}, ""),
    "people_consentscope_no_overlap": ("consentscope", ID, ""),
    "people_consentscope_can_be_released": ("consentscope", {**ID, "category": "own_notes"}, ""),
    "people_consentscope_some_time": ("consentscope", {**ID, "period": "empty"}, ""),
    "people_consentscope_ends": ("consentscope", {**ID, "period": "[2199-01-01,)"}, ""),
    "people_disclosure_once": ("disclosure", ID, ""),
    "people_disclosure_one_basis": ("disclosure", {**ID, "contribution_id": NEW, "statute": "10 kap. 28 §"}, ""),
    "people_rolecategory_once": ("rolecategory", {"id": 10**9}, ""),
    "people_overview_once": ("overview", ID, ""),
    "people_importedfile_once": ("importedfile", ID, ""),
    "people_staffletter_once_a_day": ("staffletter", ID, ""),
    "people_staffletter_begun_before_sent": (
        "staffletter", {**ID, "day": "2199-01-01", "begun_at": None, "sent_at": "2026-03-31T08:00:00Z"}, ""),
    "people_importedfile_some_rows": ("importedfile", {**ID, "digest": NEW, "rows": 0}, ""),
}  # fmt: skip
# Promises that compare two columns of the row itself: one is made like the other.
ALIKE = {
    "people_match_two_persons": ("match", "newer_id", "known_id"),
    "people_consent_between_two_areas": ("consent", "to_area_id", "from_area_id"),
    "people_breakglass_second_person": ("breakglass", "reviewer_id", "membership_id"),
}
# Promises that another one meets first, whatever is tried.
MET_FIRST = {"people_consentscope_some_time": "people_consentscope_ends"}
NOT_NEGATIVE = {
    "people_contribution_version_check": ("contribution", "version"),
    "people_disclosure_version_check": ("disclosure", "version"),
    "people_overview_phase_check": ("overview", "phase"),
    "people_importedfile_rows_check": ("importedfile", "rows"),
}


def _read_in_a_file() -> None:
    imports.read_in(
        by=partners.member(Role.EMPLOYMENT_OFFICER).context, kind=Kind.REFERRALS, name="fil.csv", is_trial=False,
        content=b"Efternamn;F\xf6rnamn;Hur kom personen;Inkom\nEk;Siv;remiss;2026-03-31\n",
    )  # fmt: skip


def _told_by_letter(owner: Any) -> None:
    owner.execute(
        "INSERT INTO people_staffletter (id, area_id, membership_id, day) "
        "SELECT gen_random_uuid(), area_id, id, '2026-03-31' FROM partners_membership WHERE area_id IS NOT NULL LIMIT 1"
    )


@pytest.mark.django_db(transaction=True)
def test_what_breaks_a_promise_about_people_is_refused(owner: Any) -> None:
    world.everything()
    _read_in_a_file()
    _told_by_letter(owner)
    assert breaking.broken(owner, BREAKS, ALIKE, NOT_NEGATIVE, MET_FIRST) == {}


# The other tables have tests of their own.
OURS = "^people_(?!summer|invitation|recruitment|place|attendance|month|staffhours|staffattest|milestone|cohort|call)"


@pytest.mark.django_db
def test_every_promise_about_people_is_tried() -> None:
    assert breaking.promises(OURS).keys() == BREAKS.keys() | ALIKE.keys() | NOT_NEGATIVE.keys()
