"""The joint assessment: items that each body writes, one conclusion, dissent, and what the person calls wrong."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from samkraft.audit.actions import transactions
from samkraft.initiatives.queries import teams as arrangements
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import at_hand
from samkraft.people.actions.contributions import Withheld
from samkraft.people.rules import assessments, contents, plan_writing, withholding
from samkraft.values.context import Context
from samkraft.values.refusal import Refused

ABOUT = ("assessment_item", "conclusion", "need", "goal", "step", "minutes")


def add_item(
    *,
    by: Context,
    person_id: UUID,
    item: Mapping[str, Any],
    withheld: Withheld | None = None,
    at: datetime | None = None,
) -> UUID:
    """Write one thing that is known, in its area of life. `withheld`: why the participant may not see it."""
    access.require(by, Permission.ASSESS)
    if withheld and (refused := withholding.why_not(withheld.ground, withheld.decided_by)):
        raise Refused(refused)
    with transactions.write(by):
        case = at_hand.open_within(by=by, person_id=person_id, at=at)
        return at_hand.write_within(case, "assessment.item_added", "assessment_item", item, withheld=withheld).lineage


def change_item(
    *, by: Context, person_id: UUID, lineage: UUID, item: Mapping[str, Any], based_on: int, at: datetime | None = None
) -> int:
    """Change an own item; what stood before stays in the history. Refuses when it has changed since `based_on`."""
    access.require(by, Permission.ASSESS)
    with transactions.write(by):
        case = at_hand.open_within(by=by, person_id=person_id, at=at)
        held = at_hand.own(case, lineage, "assessment_item")
        content = contents.read("assessment_item", item, case.today)
        if contents.category_of("assessment_item", content) != held.category:
            raise Refused(assessments.OTHER_CATEGORY)
        return at_hand.write_within(
            case, "assessment.item_changed", "assessment_item", item, lineage=lineage, based_on=based_on
        ).version


def reuse_item(*, by: Context, person_id: UUID, lineage: UUID, at: datetime | None = None) -> UUID:
    """Use an item of an earlier assessment again, with where it came from."""
    access.require(by, Permission.ASSESS)
    with transactions.write(by):
        case = at_hand.open_within(by=by, person_id=person_id, at=at)
        at_hand.require_taking_part(case)
        held = at_hand.newest_of(case, lineage, "assessment_item")
        assert case.enrolment_id is not None
        if held not in assessments.reusable(case.everything, case.enrolment_id):
            raise Refused(assessments.ALREADY_REUSED)
        item = {**held.content, "earlier": True}
        return at_hand.write_within(case, "assessment.item_reused", "assessment_item", item).lineage


def conclude(*, by: Context, person_id: UUID, conclusion: Mapping[str, Any], at: datetime | None = None) -> UUID:
    """Write what several bodies conclude together. It may rest on what is given as it is written, and on nothing else."""
    access.require(by, Permission.ASSESS)
    with transactions.write(by):
        case = at_hand.open_within(by=by, person_id=person_id, at=at)
        at_hand.require_taking_part(case)
        content = contents.read("conclusion", conclusion, case.today)
        assert case.initiative_id is not None
        parties = {party.area_id for party in arrangements.parties_on(case.initiative_id, on=case.today)}
        if refused := assessments.why_not_conclude(content, by.area_id, parties):
            raise Refused(refused)
        field = contents.label_of("conclusion", "rests_on")
        if refused := plan_writing.why_not_link(case.everything, content.rests_on, "plan", kinds=("assessment_item",)):
            raise Refused(refused, field=field)
        return at_hand.write_within(case, "assessment.concluded", "conclusion", conclusion).lineage


def dissent(*, by: Context, person_id: UUID, about: UUID, text: str, at: datetime | None = None) -> UUID:
    """Note that the own area sees it another way than what stands there."""
    access.require(by, Permission.ASSESS)
    return _say_against(by, person_id, "dissent", about, text, "staff", at)


def correct(*, by: Context, person_id: UUID, about: UUID, text: str, at: datetime | None = None) -> UUID:
    """Note, in the person's own words, that something is wrong. It stands beside what it is about, which stays."""
    access.require(by, Permission.WORK_WITH_PEOPLE)
    return _say_against(by, person_id, "correction", about, text, "participant", at)


def _say_against(
    by: Context, person_id: UUID, kind: str, about: UUID, text: str, voice: str, at: datetime | None
) -> UUID:
    with transactions.write(by):
        case = at_hand.open_within(by=by, person_id=person_id, at=at)
        held = at_hand.newest_of(case, about, *ABOUT)
        content = {"about": str(about), "text": text}
        action = "assessment.dissented" if kind == "dissent" else "assessment.corrected"
        # The same category as what it is about, so that nobody learns of the one through the other.
        return at_hand.write_within(case, action, kind, content, category=held.category, voice=voice).lineage
