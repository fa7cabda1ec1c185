"""Every promise in the tables is tried: one statement for each constraint, as the serving role, that must be refused.

A statement copies a valid row and changes what breaks the promise. A constraint without a statement here fails the run.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from tests import database
from tests.architecture import breaking, every_grant_row, every_row, every_steering_row
from tests.architecture.breaking import NEW, Change

# Constraint → table, what is changed in a copied row, and which row is copied.
BREAKS: dict[str, tuple[str, Change, str]] = {
    "partners_organisation_code_key": ("partners_organisation", {"id": NEW, "name": "Nytt"}, ""),
    "partners_organisation_name_key": ("partners_organisation", {"id": NEW, "code": "nytt"}, ""),
    "partners_organisation_kind_known": ("partners_organisation", {"id": NEW, "code": "n", "name": "N", "kind": "okänd"}, ""),
    "partners_organisation_number_ten_digits": (
        "partners_organisation", {"id": NEW, "code": "n", "name": "N", "organisation_number": "12"}, ""),
    "partners_organisation_workplace_eight_digits": (
        "partners_organisation", {"id": NEW, "code": "n", "name": "N", "workplace_number": "12"}, ""),
    "partners_unit_once": ("partners_unit", {"id": NEW}, ""),
    "partners_secrecyarea_code_key": ("partners_secrecyarea", {"id": NEW, "name": "Nytt"}, ""),
    "partners_secrecyarea_name_key": ("partners_secrecyarea", {"id": NEW, "code": "nytt"}, ""),
    "partners_user_email_key": ("partners_user", {"id": NEW}, ""),
    "partners_user_email_once": (
        "partners_user", {"id": NEW, "email": "ADMINISTRATOR@exempel.invalid"}, "email LIKE 'administrator%%'"),
    "partners_membership_role_known": ("partners_membership", {"id": NEW, "role": "public"}, ""),
    "partners_membership_no_overlap": ("partners_membership", {"id": NEW, "valid": "[2024-01-01,)"}, ""),
    "partners_membership_valid_some_time": ("partners_membership", {"id": NEW, "valid": "empty"}, ""),
    "partners_standin_one_at_a_time": ("partners_standin", {"id": NEW}, ""),
    "partners_standin_somebody_else": ("partners_standin", {"id": NEW, "period": "[2019-01-01,2019-02-01)",
        "stand_in_id": "00000000-0000-4000-8000-000000000002", "membership_id": "00000000-0000-4000-8000-000000000002"}, ""),
    "initiatives_goal_code_key": ("initiatives_goal", {"id": NEW}, ""),
    "initiatives_goal_kind_known": ("initiatives_goal", {"id": NEW, "code": "n", "kind": "okänd"}, ""),
    "initiatives_goal_not_its_own_parent": (
        "initiatives_goal", {"id": "00000000-0000-4000-8000-000000000001", "code": "n",
                             "parent_id": "00000000-0000-4000-8000-000000000001"}, ""),
    "initiatives_initiative_code_key": ("initiatives_initiative", {"id": NEW, "name": "N"}, ""),
    "initiatives_initiative_name_key": ("initiatives_initiative", {"id": NEW, "code": "n"}, ""),
    "initiatives_initiative_stage_known": ("initiatives_initiative", {"id": NEW, "name": "N", "code": "n", "stage": "okänd"}, ""),
    "initiatives_partner_once": ("initiatives_initiativepartner", {"id": NEW}, ""),
    "initiatives_staffpromise_role_known": ("initiatives_staffpromise", {"id": NEW, "role": "public"}, ""),
    "initiatives_staffpromise_some": ("initiatives_staffpromise", {"id": NEW, "heads": 0}, ""),
    "initiatives_theory_version_once": ("initiatives_theory", {"id": NEW}, ""),
    "knowledge_snapshot_once": ("knowledge_snapshot", {"id": NEW, "day": "2031-01-31"}, ""),
    "knowledge_snapshot_one_a_day": ("knowledge_snapshot", {"id": NEW, "run": 9}, ""),
    "knowledge_release_what_known": ("knowledge_release", {"id": NEW, "what": "okänt"}, ""),
    "knowledge_binding_once": ("knowledge_binding", {"id": NEW}, ""),
    "knowledge_series_version_once": ("knowledge_series", {"id": NEW}, ""),
    "knowledge_assumptions_in_order": ("knowledge_assumptions", {"id": NEW}, ""),
    "knowledge_scenarioversion_in_order": ("knowledge_scenarioversion", {"id": NEW}, ""),
    "knowledge_scenarioversion_named": ("knowledge_scenarioversion", {"id": NEW, "number": 9, "name": ""}, ""),
    "knowledge_scenariocomment_said": ("knowledge_scenariocomment", {"id": NEW, "text": ""}, ""),
    "knowledge_scenariowithdrawal_once": ("knowledge_scenariowithdrawal", {"id": NEW}, ""),
    "knowledge_forecast_in_order": ("knowledge_forecast", {"id": NEW}, ""),
    "knowledge_forecast_many": ("knowledge_forecast", {"id": NEW, "number": 9, "replications": 1}, ""),
    "knowledge_series_unit_known": ("knowledge_series", {"id": NEW, "version": 9, "unit": "okänd"}, ""),
    "initiatives_phase_once": ("initiatives_phase", {"id": NEW}, ""),
    "initiatives_phase_guide_days_some": ("initiatives_phase", {"id": NEW, "number": 9, "guide_days": 0}, ""),
    "initiatives_wave_once": ("initiatives_wave", {"id": NEW, "period": "[2030-01-01,2030-02-01)"}, ""),
    "initiatives_wave_period_some_time": ("initiatives_wave", {"id": NEW, "number": 9, "period": "empty"}, ""),
    "initiatives_wave_no_overlap": ("initiatives_wave", {"id": NEW, "number": 9}, ""),
    "initiatives_team_once": ("initiatives_team", {"id": NEW}, ""),
    "initiatives_team_places_some": ("initiatives_team", {"id": NEW, "number": 9, "places": 0}, ""),
    "initiatives_team_period_some_time": ("initiatives_team", {"id": NEW, "number": 9, "period": "empty"}, ""),
    "initiatives_teammember_period_some_time": ("initiatives_teammember", {"id": NEW, "period": "empty"}, ""),
    "initiatives_teammember_no_overlap": ("initiatives_teammember", {"id": NEW}, ""),
    "initiatives_party_period_some_time": ("initiatives_party", {"id": NEW, "period": "empty"}, ""),
    "initiatives_party_no_overlap": ("initiatives_party", {"id": NEW}, ""),
    "initiatives_rules_version_once": ("initiatives_initiativerules", {"id": NEW, "valid": "[2019-01-01,2019-02-01)"}, ""),
    "initiatives_rules_valid_some_time": ("initiatives_initiativerules", {"id": NEW, "version": 9, "valid": "empty"}, ""),
    "initiatives_rules_no_overlap": ("initiatives_initiativerules", {"id": NEW, "version": 9}, ""),
    "initiatives_duty_source_key_key": ("initiatives_duty", {"id": NEW}, ""),
    "initiatives_dutyevent_kind_known": ("initiatives_dutyevent", {"id": NEW, "kind": "okänd"}, ""),
    "initiatives_dutyevent_date_when_moved": ("initiatives_dutyevent", {"id": NEW, "kind": "moved", "new_due_date": None}, ""),
    "initiatives_reminder_once": ("initiatives_reminder", {"id": NEW}, ""),
    "initiatives_reminder_step_known": ("initiatives_reminder", {"id": NEW, "step": "okänd"}, ""),
    "initiatives_feedtoken_digest_key": ("initiatives_feedtoken", {"membership_id": NEW}, ""),
    "money_fund_code_key": ("money_fund", {"id": NEW, "name": "N"}, ""),
    "money_fund_name_key": ("money_fund", {"id": NEW, "code": "n"}, ""),
    "money_appropriation_once": ("money_appropriation", {"id": NEW}, ""),
    "money_appropriation_total_positive": ("money_appropriation", {"id": NEW, "name": "N", "total_ore": 0}, ""),
    "money_appropriation_year_sane": ("money_appropriation", {"id": NEW, "name": "N", "year": 1890}, ""),
    "money_yearlybudget_carried_known": ("money_yearlybudget", {"id": NEW, "carried": "okänd"}, ""),
    "money_yearlybudget_not_zero": ("money_yearlybudget", {"id": NEW, "amount_ore": 0}, ""),
    "money_allocationkey_no_overlap": ("money_allocationkey", {"id": NEW, "valid": "[2026-12-31,2030-01-01)"}, ""),
    "money_allocationkey_valid_some_time": ("money_allocationkey", {"id": NEW, "valid": "empty"}, ""),
    "money_keyshare_once": ("money_keyshare", {"id": NEW}, ""),
    "money_keyshare_within_whole": ("money_keyshare", {"id": NEW, "share": 10_001}, ""),
    "money_matter_case_number_key": ("money_matter", {"id": NEW}, ""),
    "money_proposal_version_once": ("money_proposal", {"id": NEW}, ""),
    "money_plannedmeeting_once": ("money_plannedmeeting", {"id": NEW}, ""),
    "money_decision_once": ("money_decision", {"id": NEW}, ""),
    "money_decision_outcome_known": ("money_decision", {"id": NEW, "date": "2024-04-01", "outcome": "okänd"}, ""),
    "money_decision_assumption_explained": (
        "money_decision", {"id": NEW, "date": "2024-04-01", "is_assumption": True, "note": ""}, ""),
    "money_point_of_one": ("money_point", {"id": NEW, "number": "9", "proposal_id": None, "decision_id": None}, ""),
    "money_point_verb_known": ("money_point", {"id": NEW, "number": "9", "verb": "okänt"}, ""),
    "money_point_once_in_proposal": ("money_point", {"id": NEW}, "proposal_id IS NOT NULL"),
    "money_point_once_in_decision": ("money_point", {"id": NEW}, "decision_id IS NOT NULL"),
    "money_pointitem_amount_positive": ("money_pointitem", {"id": NEW, "position": 9, "amount_ore": 0}, ""),
    "money_pointitem_support_known": ("money_pointitem", {"id": NEW, "position": 9, "support": "okänd"}, ""),
    "money_pointitem_position_once": ("money_pointitem", {"id": NEW}, ""),
    "money_figure_kind_known": ("money_figure", {"id": NEW, "kind": "okänd"}, ""),
    "money_figure_unit_known": ("money_figure", {"id": NEW, "unit": "okänd"}, ""),
    "money_figure_upper_not_below": ("money_figure", {"id": NEW, "value": 5, "upper_value": 4}, ""),
    "money_use_amount_positive": ("money_use", {"id": NEW, "amount_ore": 0}, ""),
    "money_use_stage_known": ("money_use", {"id": NEW, "stage": "okänd"}, ""),
    "money_use_support_known": ("money_use", {"id": NEW, "support": "okänd"}, ""),
    "money_contradiction_key_key": ("money_contradiction", {"id": NEW}, ""),
    "money_contradictionside_position_once": ("money_contradictionside", {"id": NEW}, ""),
    "money_settlement_choice_known": ("money_settlement", {"id": NEW, "number": 9, "choice": "okänd", "side_id": None}, ""),
    "money_settlement_side_when_used": ("money_settlement", {"id": NEW, "number": 9, "side_id": None}, ""),
    "money_settlement_reason_given": ("money_settlement", {"id": NEW, "number": 9, "reason": ""}, ""),
    "money_settlement_number_once": ("money_settlement", {"id": NEW}, ""),
    "money_account_once": ("money_account", {"id": NEW}, ""),
    "money_account_kind_known": ("money_account", {"id": NEW, "kind": "okänd"}, ""),
    "money_account_not_overdrawn": ("money_transfer", {"id": NEW, "position": 9, "amount_ore": 10**12}, "from_account_id IN "
        "(SELECT id FROM money_account WHERE NOT is_source)"),
    "money_voucher_reverses_id_key": ("money_voucher", {"id": NEW}, "reverses_id IS NOT NULL"),
    "money_voucher_reversal_explained": ("money_voucher", {"id": NEW, "reason": ""}, "reverses_id IS NOT NULL"),
    "money_transfer_amount_positive": ("money_transfer", {"id": NEW, "position": 9, "amount_ore": -1}, ""),
    "money_transfer_position_once": ("money_transfer", {"id": NEW, "amount_ore": 1}, ""),
    "money_moneyrequest_amount_positive": ("money_moneyrequest", {"id": NEW, "amount_ore": 0}, ""),
    "money_requestevent_kind_known": ("money_requestevent", {"id": NEW, "kind": "okänd"}, ""),
    "money_report_once": ("money_report", {"id": NEW}, ""),
    "money_reportquestion_position_once": ("money_reportquestion", {"id": NEW}, ""),
    "money_reportquestion_asks": ("money_reportquestion", {"id": NEW, "position": 9, "text": ""}, ""),
    "money_reportanswer_version_once": ("money_reportanswer", {"id": NEW}, ""),
    "money_reporteffort_version_once": ("money_reporteffort", {"id": NEW}, ""),
    "money_reporteffort_status_known": ("money_reporteffort", {"id": NEW, "version": 9, "status": "okänd"}, ""),
    "money_reporteffort_amount_positive": ("money_reporteffort", {"id": NEW, "version": 9, "amount_ore": 0}, ""),
    "money_reportfigure_version_once": ("money_reportfigure", {"id": NEW}, ""),
    "money_reportfigure_unit_known": ("money_reportfigure", {"id": NEW, "version": 9, "unit": "okänd"}, ""),
    "money_reportfigure_has_source": ("money_reportfigure", {"id": NEW, "version": 9, "source": ""}, ""),
    "money_reportstep_kind_known": ("money_reportstep", {"id": NEW, "number": 9, "kind": "okänt"}, ""),
    "money_reportstep_number_once": ("money_reportstep", {"id": NEW}, ""),
    "money_reporttransfer_system_known": ("money_reporttransfer", {"id": NEW, "system": "okänt"}, ""),
    "money_euproject_code_key": ("money_euproject", {"id": NEW}, ""),
    "money_euproject_some_time": ("money_euproject", {"id": NEW, "code": "n", "period": "empty"}, ""),
    "money_euproject_demand_is_a_share": ("money_euproject", {"id": NEW, "code": "n", "demand_percent": 101}, ""),
    "money_eubudget_number_once": ("money_eubudget", {"id": NEW}, ""),
    "money_eubudgetrow_once": ("money_eubudgetrow", {"id": NEW}, ""),
    "money_eubudgetrow_kind_known": ("money_eubudgetrow", {"id": NEW, "kind": "okänd"}, ""),
    "money_eustatement_kind_known": ("money_eustatement", {"id": NEW, "kind": "okänd"}, ""),
    "money_eustatement_staff_has_months": ("money_eustatement", {"id": NEW, "person_months": 0}, ""),
    "money_euposition_code_once": ("money_euposition", {"id": NEW}, ""),
    "money_euposition_some_time": ("money_euposition", {"id": NEW, "code": "n", "period": "empty"}, ""),
    "money_eurate_one_at_a_time": ("money_eurate", {"id": NEW}, ""),
    "money_eurate_some_time": ("money_eurate", {"id": NEW, "period": "empty"}, ""),
    "money_eurate_some": ("money_eurate", {"id": NEW, "function": "n", "ore_per_hour": 0}, ""),
    "money_euparticipanthours_number_once": ("money_euparticipanthours", {"id": NEW}, ""),
    "money_euparticipanthours_first_of_month": (
        "money_euparticipanthours", {"id": NEW, "number": 9, "month": "2020-02-02"}, ""),
    "money_euparticipanthours_source_given": ("money_euparticipanthours", {"id": NEW, "number": 9, "source": ""}, ""),
    "money_euhours_number_once": ("money_euhours", {"id": NEW}, "month = '2020-02-01'"),
    "money_euhours_first_of_month": ("money_euhours", {"id": NEW, "month": "2020-02-02"}, ""),
    "money_euhours_fit_in_a_month": ("money_euhours", {"id": NEW, "month": "2020-03-01", "minutes": 44641}, ""),
    "money_euentry_reference_once": ("money_euentry", {"id": NEW}, ""),
    "money_euentry_kind_known": ("money_euentry", {"id": NEW, "reference": "", "kind": "okänd"}, ""),
    "money_euentry_first_of_month": ("money_euentry", {"id": NEW, "reference": "", "month": "2020-02-02"}, ""),
    "money_euentry_some": ("money_euentry", {"id": NEW, "reference": "", "amount_ore": 0}, ""),
    "money_euclaim_number_once": ("money_euclaim", {"id": NEW, "period": "[2021-01-01,2021-02-01)"}, ""),
    "money_euclaim_some_time": ("money_euclaim", {"id": NEW, "number": 9, "period": "empty"}, ""),
    "money_euclaimstep_once": ("money_euclaimstep", {"id": NEW}, "step = 'drafted'"),
    "money_euclaimstep_step_known": ("money_euclaimstep", {"id": NEW, "step": "okänd"}, "step = 'drafted'"),
    "money_euclaimrow_once": ("money_euclaimrow", {"id": NEW}, ""),
    "money_euclaimrow_kind_known": ("money_euclaimrow", {"id": NEW, "kind": "okänd"}, ""),
    "money_economyaccount_kind_key": ("money_economyaccount", {"id": NEW}, ""),
    "money_economyaccount_kind_known": ("money_economyaccount", {"id": NEW, "kind": "okänd"}, ""),
    "money_economyaccount_digits": ("money_economyaccount", {"id": NEW, "kind": "receiver", "number": "17a"}, ""),
    "money_euaccountrange_kind_known": ("money_euaccountrange", {"id": NEW, "kind": "okänd"}, ""),
    "money_euaccountrange_in_order": ("money_euaccountrange", {"id": NEW, "first": "999"}, ""),
    "money_requestevent_not_negative": ("money_requestevent", {"id": NEW, "amount_ore": -1}, ""),
}  # fmt: skip

BREAKS |= every_grant_row.BREAKS | every_steering_row.BREAKS

# Promises that a copied row cannot break, each with a test of its own below.
OTHERWISE = {
    "money_transfer_between_two_accounts": "needs the row's own account twice",
    "money_voucher_number_once": "the database hands out the numbers",
    "money_monthtotal_first_of_month": "the serving role cannot write the table",
    **dict.fromkeys(
        (
            "money_accessrequest_number_once",
            "money_accessrequest_way_known",
            "money_accessrequest_says_what",
            "money_accessdocument_number_once",
            "money_accessdocument_result_known",
            "money_accessdocument_ground_known",
            "money_accessdocument_no_has_ground",
            "money_accessdocument_mask_has_passage",
            "money_accessstep_number_once",
            "money_accessstep_step_known",
        ),
        "walled: tests/actions/test_access_requests.py",
    ),
    "partners_errandevent_in_order": "walled: tests/people/test_errand_policies.py",
    "partners_errandevent_known_state": "walled: tests/people/test_errand_policies.py",
    "partners_errandevent_within": "walled: tests/people/test_errand_policies.py",
    "partners_errandfile_one_each": "walled: tests/people/test_errand_policies.py",
}
OTHERWISE |= every_grant_row.OTHERWISE
OTHERWISE |= dict.fromkeys(
    (
        "knowledge_allotment_weeks_within",
        "knowledge_allotment_gap_not_below",
        "knowledge_allotment_under_bound",
        "knowledge_allotmentproof_allotment_id_key",
    ),
    "walled: tests/architecture/test_place_constraints.py",
)
OTHERWISE |= dict.fromkeys(
    (
        "knowledge_study_number_once",
        "knowledge_studyevent_place_once",
        "knowledge_studyevent_once_a_registration",
        "knowledge_studyevent_once_for_all",
        "knowledge_studyevent_kind_known",
    ),
    "walled, and in order: tests/knowledge/test_study_promises.py",
)
OURS = "^(audit|partners|initiatives|money|knowledge)_"


@contextmanager
def _undone() -> Iterator[None]:
    """What is done inside is undone: a transaction, or a part of one, that takes those of the product inside itself."""
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]  # Django's own tests say so to let a durable one in
    with block:
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def _every_row(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A row of each kind, made once for all that try to break a promise. Tests that ask for it do not ask for `db`."""
    with django_db_blocker.unblock():
        with _undone():
            every_row.make()
            yield
        connection.close()


@pytest.fixture
def rows(_every_row: None) -> Iterator[None]:
    """They are there, and are so again for the next test."""
    with _undone():
        yield


def _copy(table: str, changes: Change, where: str = "") -> None:
    fresh = {name: ("%s" if value is NEW else value) for name, value in changes.items()}
    keys = [name for name, value in changes.items() if value is NEW]
    condition = f"WHERE {where}" if where else ""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT gen_random_uuid()")
        values = fresh | dict.fromkeys(keys, str(cursor.fetchone()[0]))
        cursor.execute(
            f"INSERT INTO {table} SELECT (jsonb_populate_record(r, %s::jsonb)).* FROM {table} r {condition} LIMIT 1",
            [json.dumps(values)],
        )
        assert cursor.rowcount == 1, f"no row of {table} to copy: see every_row"


@pytest.mark.parametrize("name", sorted(BREAKS))
def test_what_breaks_the_promise_is_refused(name: str, rows: None) -> None:
    table, changes, where = BREAKS[name]
    with pytest.raises(IntegrityError, match=name):
        _copy(table, changes, where)


def test_every_promise_is_tried(rows: None) -> None:
    # Names that end in _uniq are Django's own, for tables that tie two others together.
    promises = {
        name
        for name, (_, words) in breaking.promises(OURS).items()
        if not breaking.NOT_NEGATIVE.match(words) and not name.endswith("_uniq")
    }
    assert promises - BREAKS.keys() - OTHERWISE.keys() == set()
    assert (BREAKS.keys() | OTHERWISE.keys()) - promises == set()


def test_no_whole_number_goes_below_zero(rows: None) -> None:
    tried = 0
    for name, (table, words) in breaking.promises(OURS).items():
        match = breaking.NOT_NEGATIVE.match(words)
        if not match or table in ("money_voucherseries",):
            continue
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table}")
            if not cursor.fetchone()[0]:
                continue
        if (table, match[1]) in (("money_voucher", "number"), ("money_euclaim", "number")):
            continue  # handed out by the database, or met by the claim of the same months first
        with pytest.raises(
            IntegrityError, match=r"_check|_sane|_within|_some|_many|_on_scale|_not_negative|money_eu_period_closed"
        ):
            _copy(table, {match[1]: -1, **({"id": NEW} if match[1] != "id" else {})})
        tried += 1
        assert name
    assert tried > 15


def test_a_transfer_goes_between_two_accounts(rows: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT from_account_id FROM money_transfer LIMIT 1")
        account = str(cursor.fetchone()[0])
    with pytest.raises(IntegrityError, match="money_transfer_between_two_accounts"):
        _copy("money_transfer", {"id": NEW, "position": 9, "from_account_id": account, "to_account_id": account})


def test_a_voucher_gets_its_number_from_the_database_whatever_is_asked_for(rows: None) -> None:
    _copy("money_voucher", {"id": NEW, "number": 1, "reverses_id": None}, "year = 2024")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), count(DISTINCT number), max(number) FROM money_voucher WHERE year = 2024")
        many, different, highest = cursor.fetchone()
    assert many == different == highest


def test_the_shares_of_a_key_are_the_whole_when_the_transaction_ends(rows: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM partners_organisation WHERE code = 'fsn'")
        other = str(cursor.fetchone()[0])
    broken = pytest.raises(IntegrityError, match="shares of an allocation key")
    with broken, transaction.atomic(), connection.cursor() as cursor:
        _copy("money_keyshare", {"id": NEW, "organisation_id": other, "share": 1})
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_month_total_stands_on_the_first_of_its_month(rows: None) -> None:
    refused = pytest.raises(database.psycopg.errors.CheckViolation, match="money_monthtotal_first_of_month")
    with database.as_owner(connection.settings_dict["NAME"]) as owner, refused:
        owner.execute("INSERT INTO money_monthtotal VALUES (gen_random_uuid(), '2024-01-02', 1)")
