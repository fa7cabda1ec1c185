"""Every promise in the tables about months and staff's hours is tried by a statement that breaks it, as the owner."""

from typing import Any

import pytest

from samkraft.people.actions.months import months, staff_hours
from samkraft.people.rules.months import months as rules
from tests.architecture import breaking
from tests.architecture.breaking import ID, NEW, Change
from tests.factories import months as factory

TABLES = "^people_(month|staffhours|staffattest)"
BREAKS: dict[str, tuple[str, Change, str]] = {
    "people_monthclosing_number_once": ("monthclosing", ID, ""),
    "people_monthclosing_month": ("monthclosing", {**ID, "month": "2026-13"}, ""),
    "people_monthclosing_from_one": ("monthclosing", {**ID, "number": 0, "why": "rättad"}, ""),
    "people_monthclosing_corrected_why": ("monthclosing", {**ID, "number": 2, "why": ""}, ""),
    "people_monthrow_once": ("monthrow", ID, ""),
    "people_monthrow_ends_after": (
        "monthrow", {**ID, "enrolment_id": NEW, "started_on": "2026-02-02", "ended_on": "2026-02-01"}, ""),
    "people_monthfile_kind_known": ("monthfile", {**ID, "kind": "okänd"}, ""),
    "people_staffhours_version_once": ("staffhours", ID, ""),
    "people_staffhours_month": ("staffhours", {**ID, "version": 9, "month": "2026-00"}, ""),
    "people_staffhours_not_more_than_a_month": ("staffhours", {**ID, "version": 9, "quarters": 1601}, ""),
    "people_staffattest_hours_id_key": ("staffattest", ID, ""),
}  # fmt: skip
ALIKE = {"people_staffattest_by_another": ("staffattest", "user_id", "staff_user_id")}
NOT_NEGATIVE = {
    "people_monthclosing_number_check": ("monthclosing", "number"),
    "people_monthrow_hours_check": ("monthrow", "hours"),
    "people_staffhours_version_check": ("staffhours", "version"),
    "people_staffhours_quarters_check": ("staffhours", "quarters"),
}


@pytest.mark.django_db(transaction=True)
def test_what_breaks_a_promise_about_months_is_refused(owner: Any) -> None:
    made = factory.made()
    month = "2026-09"
    made.report(made.person(rules.span(month)[0]), month, 20)
    closing = made.close(month)
    by, key = made.closer.context, made.setting.initiative_id
    months.note_file(by=by, closing_id=closing, kind="scb")
    hours = staff_hours.report(by=by, initiative_id=key, month=month, hours="100")
    staff_hours.attest(by=made.setting.leader.context, hours_id=hours)
    assert breaking.broken(owner, BREAKS, ALIKE, NOT_NEGATIVE) == {}


@pytest.mark.django_db
def test_every_promise_about_months_is_tried() -> None:
    assert breaking.promises(TABLES).keys() == BREAKS.keys() | ALIKE.keys() | NOT_NEGATIVE.keys()
