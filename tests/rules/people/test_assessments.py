"""The joint assessment: by area of life, one conclusion, dissent and corrections beside, and what was known when."""

from datetime import timedelta
from uuid import UUID

import pytest

from samkraft.people.rules import assessments, contents
from samkraft.people.rules.contents.choices import LifeArea
from tests.rules.people.cases import CARE, EMPLOYMENT, SOCIAL, Case, named


def item(case: Case, text: str, life_area: str = "work", **more: object) -> UUID:
    said = {"life_area": life_area, "text": text, "source": "Samtal"}
    return case.add("assessment_item", said, name=text, **more)


def test_items_stand_by_area_of_life_and_areas_without_items_are_not_there() -> None:
    case = Case()
    item(case, "Bor i andra hand", "housing")
    item(case, "Har arbetat i kök")
    item(case, "Talar tre språk", "language", author=EMPLOYMENT)
    found = assessments.fold(case.held)
    assert [(area.life_area, [one.content.text for one in area.items]) for area in found.areas] == [
        (LifeArea.WORK, ["Har arbetat i kök"]),
        (LifeArea.LANGUAGE, ["Talar tre språk"]),
        (LifeArea.HOUSING, ["Bor i andra hand"]),
    ]


def test_what_the_person_calls_wrong_is_noted_beside_it_and_stays() -> None:
    case = Case()
    about = item(case, "Sover dåligt", "health", author=CARE)
    item(case, "Har arbetat i kök")
    case.add("correction", {"about": str(about), "text": "Jag sover bra."}, voice="participant", category="health")
    found = {one.content.text: one for one in assessments.fold(case.held).items}
    assert found["Sover dåligt"].is_called_wrong
    assert found["Sover dåligt"].corrections[0].content.text == "Jag sover bra."
    assert not found["Har arbetat i kök"].is_called_wrong


def test_one_conclusion_of_several_bodies_holds_with_who_sees_it_another_way() -> None:
    case = Case()
    rests = item(case, "Har arbetat i kök")
    bodies = [str(SOCIAL), str(EMPLOYMENT)]
    case.add("conclusion", {"text": "Inte än.", "bodies": bodies})
    about = case.add(
        "conclusion", {"text": "Kan pröva.", "rests_on": [str(rests), str(named("gone"))], "bodies": bodies}
    )
    case.add("dissent", {"about": str(about), "text": "För tidigt."}, author=CARE)
    drawn = assessments.fold(case.held).conclusion
    assert drawn.content.text == "Kan pröva."
    assert [one.held.lineage for one in drawn.rests_on] == [rests], "what is not held is not there to be counted"
    assert [(one.content.text, one.held.author_area_id) for one in drawn.dissents] == [("För tidigt.", CARE)]


@pytest.mark.parametrize(
    ("bodies", "expected"),
    [
        ([SOCIAL, EMPLOYMENT], None),
        ([SOCIAL], assessments.TOO_FEW_BODIES),
        ([SOCIAL, SOCIAL], assessments.TOO_FEW_BODIES),
        ([CARE, EMPLOYMENT], assessments.NOT_PART_OF_IT),
        ([SOCIAL, named("nobody")], assessments.NOT_A_PARTY),
    ],
)
def test_a_joint_conclusion_has_two_bodies_or_more_and_the_writer_among_them(
    bodies: list[UUID], expected: object
) -> None:
    content = contents.read("conclusion", {"text": "A", "bodies": [str(body) for body in bodies]})
    assert assessments.why_not_conclude(content, SOCIAL, {SOCIAL, EMPLOYMENT, CARE}) is expected


def test_the_evidence_is_what_the_area_held_when_the_plan_was_agreed() -> None:
    case = Case()
    item(case, "Har arbetat i kök")
    item(case, "Sover dåligt", "health")
    agreed_at = case.now
    case.now += timedelta(hours=1)
    item(case, "Nytt intyg", "health", author=CARE)
    said = {"life_area": "work", "text": "Har arbetat i restaurang", "source": "Samtal"}
    case.add("assessment_item", said, name="Har arbetat i kök")
    texts = {one.content.text for one in assessments.evidence(case.held, agreed_at).items}
    assert texts == {"Har arbetat i kök", "Sover dåligt"}
    assert {one.content.text for one in assessments.fold(case.held).items} == {
        "Har arbetat i restaurang",
        "Sover dåligt",
        "Nytt intyg",
    }


def test_what_came_at_that_very_moment_is_evidence_too() -> None:
    case = Case()
    item(case, "Har arbetat i kök")
    assert len(assessments.evidence(case.held, case.held[0].written_at).items) == 1


def test_earlier_assessments_are_offered_for_use_until_they_are_used() -> None:
    case = Case()
    before, now = named("earlier enrolment"), named("enrolment")
    item(case, "Har arbetat i kök", enrolment=before)
    item(case, "Bor i andra hand", "housing", enrolment=before)
    case.add("assessment_item", {"life_area": "work", "text": "Har arbetat i kök ", "source": "X", "earlier": True})
    assert [held.content["text"] for held in assessments.reusable(case.held, now)] == ["Bor i andra hand"]
