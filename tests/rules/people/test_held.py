"""What is held: the newest of each thing, the present enrolment and what goes on beside it."""

from dataclasses import replace

from samkraft.people.rules import held
from tests.rules.people.cases import EMPLOYMENT, ENROLMENT, INITIATIVE, Case, named

THEIRS, EARLIER = named("their enrolment"), named("an earlier enrolment")


def enrolled_twice(*, initiative: str = str(INITIATIVE)) -> Case:
    case = Case()
    case.add("card", {"given_name": "A", "family_name": "B"})
    said = {"initiative_id": initiative, "started_on": "2026-03-01"}
    case.add("enrolled", said, author=EMPLOYMENT, enrolment=THEIRS)
    case.add("phase", {"number": 1, "since": "2026-03-01"}, author=EMPLOYMENT, enrolment=THEIRS)
    case.enrol()
    return case


def kinds(found: list[held.Held]) -> list[str]:
    return [one.kind for one in found]


def test_the_newest_version_holds_whatever_the_order_they_are_read_in() -> None:
    case = Case()
    case.step("A")
    case.step("A", responsible="x")
    case.step("B")
    for rows in (case.held, list(reversed(case.held))):
        assert [(one.content["title"], one.version) for one in held.latest(rows)] == [("A", 2), ("B", 1)]
    assert held.newest(case.held, "step").content["title"] == "B"
    assert held.newest(case.held, "goal") is None


def test_two_areas_that_enrolled_the_same_person_walk_one_way_when_they_tell_each_other() -> None:
    case = enrolled_twice()
    assert kinds(held.of_present(case.held, ENROLMENT)) == ["card", "enrolled", "phase", "enrolled"]
    assert kinds(held.of_enrolment(case.held, ENROLMENT)) == ["card", "enrolled"]


def test_another_initiative_and_an_enrolment_that_was_left_are_not_beside_it() -> None:
    elsewhere = enrolled_twice(initiative=str(named("another initiative")))
    assert kinds(held.of_present(elsewhere.held, ENROLMENT)) == ["card", "enrolled"]
    case = enrolled_twice()
    case.add("exit", {"outcome": "moved", "left_on": "2026-03-02"}, enrolment=THEIRS, name="exit")
    assert kinds(held.of_present(case.held, ENROLMENT)) == ["card", "enrolled"]
    assert "exit" in kinds(held.of_present(case.held, THEIRS)), "the one that was asked for is there, left or not"
    back = replace(case.held[-1], version=2, content={**case.held[-1].content, "promise_kept": False})
    assert "phase" in kinds(held.of_present([*case.held, back], ENROLMENT))
