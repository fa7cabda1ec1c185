"""What the database promises about call lists, each promise broken once."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from samkraft.partners.rules.roles import Role
from samkraft.people.actions import call_lists
from samkraft.people.rules.call_lists import Noted
from tests.architecture import breaking
from tests.architecture.breaking import NEW
from tests.factories import call_lists as files
from tests.factories import joint_work, partners
from tests.people.test_call_lists import MANY, Laid

pytestmark = pytest.mark.django_db
BREAKS: dict[str, tuple[str, dict[str, Any], str]] = {
    "people_calllist_once": ("calllist", {"id": NEW}, ""),
    "people_caller_once": ("caller", {"id": NEW}, ""),
    "people_callentry_code_once": ("callentry", {"id": NEW, "person_id": NEW, "turn": None, "is_drawn": False}, ""),
    "people_callentry_person_once": ("callentry", {"id": NEW, "code": "x", "turn": None, "is_drawn": False}, ""),
    "people_callentry_turn_once": ("callentry", {"id": NEW, "code": "x", "person_id": NEW}, "turn = 1"),
    "people_callentry_stratum_known": ("callentry", {"id": NEW, "code": "x", "person_id": NEW, "stratum": "okänd"}, ""),
    "people_callentry_drawn_has_turn": (
        "callentry", {"id": NEW, "code": "x", "person_id": NEW, "turn": None, "is_drawn": True}, ""),
    "people_callnote_kind_known": ("callnote", {"id": NEW, "kind": "okänt"}, ""),
    "people_callfollowup_once_a_day": ("callfollowup", {"id": NEW}, ""),
    "people_callfollowup_situation_known": ("callfollowup", {"id": NEW, "situation": "okänd"}, ""),
}  # fmt: skip
NOT_NEGATIVE = {
    "people_callentry_birth_year_check": ("callentry", "birth_year"),
    "people_callentry_turn_check": ("callentry", "turn"),
}


@pytest.mark.django_db(transaction=True)
def test_each_promise_is_kept_by_the_database_itself_and_each_asking_noted(owner: Any) -> None:
    made, registration, numbers = joint_work.setting(), uuid4(), files.people(MANY)
    found = call_lists.lay_in(
        by=made.officer.context, registration=registration, initiative_id=made.initiative_id, text=files.file_of(numbers)
    )  # fmt: skip
    laid = Laid(made, registration, found.list_id, numbers, partners.member(Role.EVALUATOR))
    laid.draw()
    call_lists.note(by=made.officer.context, entry_id=laid.to_call()[0].id, kind=Noted.CAME)
    call_lists.follow_up(
        by=made.officer.context, list_id=laid.list_id, text=files.follow_up_of(numbers, set()), on=date(2026, 1, 2)
    )  # fmt: skip
    laid.rows()
    noted = [row[0] for row in owner.execute("SELECT study FROM people_cohortrun ORDER BY taken_at").fetchall()]
    assert noted == [f"codes {registration}", str(registration)]
    assert breaking.broken(owner, BREAKS, {}, NOT_NEGATIVE) == {}


def test_every_promise_about_call_lists_is_tried() -> None:
    assert breaking.promises("^people_call").keys() == BREAKS.keys() | NOT_NEGATIVE.keys()
