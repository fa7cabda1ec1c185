"""Document names against meetings, duties against addressees, grants without report, grants to suppliers."""

from dataclasses import replace
from datetime import date

import pytest

from samkraft.money.rules.findings import every, texts
from samkraft.money.rules.findings.facts import Document, Point, Ruling, Sources
from samkraft.money.rules.points import Verb
from tests.factories.sources import (
    ASN,
    BOARD,
    COOMPANION,
    GVN,
    KSAU,
    LEVEL,
    REDI,
    SUMMER,
    item,
    key,
    point,
    ruling,
)

NAME = "G-Tjänsteskrivelse KSAU 230424 Fördelning av medel"
ADDRESSEES = ("Arbetsmarknads- och socialnämnden", "Coompanion Skåne", "ReDI School of Digital Integration")


def named(name: str, *meetings: tuple[object, date]) -> Sources:
    document = Document(key(name), name, (name,))
    return Sources(rulings=(ruling(case="STK-2023-576", document=document, meetings=meetings),))


def test_a_name_with_another_day_than_the_planned_meeting_is_found() -> None:
    meetings = ((KSAU, date(2023, 5, 2)), (BOARD, date(2023, 5, 17)))
    (finding,) = texts.document_name_against_meeting(named(NAME, *meetings))
    assert [side.value for side in finding.sides] == ["2023-04-24", "2023-05-02"]
    assert str(finding.explanation) == "8 dagar emellan"


def test_a_name_that_stands_in_two_places_is_told_once() -> None:
    document = Document(key("twice"), NAME, (NAME, f"bilaga: {NAME}"))
    decision = ruling(case="STK-2023-576", document=document, meetings=((KSAU, date(2023, 5, 2)),))
    assert len(every.look(Sources(rulings=(decision,)))) == 1


def test_a_name_with_the_planned_day_is_silent() -> None:
    assert not list(
        texts.document_name_against_meeting(named("Tjänsteskrivelse KSAU 240226", (KSAU, date(2024, 2, 26))))
    )


def test_a_name_about_a_body_that_no_meeting_is_planned_for_is_silent() -> None:
    assert not list(texts.document_name_against_meeting(named(NAME, (BOARD, date(2023, 5, 17)))))
    assert not list(texts.document_name_against_meeting(named("Tjänsteskrivelse", (KSAU, date(2023, 5, 2)))))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("KSAU 230424", [("KSAU", date(2023, 4, 24))]),
        ("till KS 2024-03-06", [("KS", date(2024, 3, 6))]),
        ("KSAU 20240226", [("KSAU", date(2024, 2, 26))]),
        ("KSAU 231301", []),
        ("STK-2023-576", []),
        ("KSAU 123", []),
    ],
)
def test_the_day_is_read_out_of_a_name(name: str, expected: list[object]) -> None:
    assert texts.day_in_name(name) == expected


def test_a_list_of_supporting_documents_tells_the_name_too() -> None:
    text = "Beslutsunderlag\n G-Tjänsteskrivelse KSAU 230424 Fördelning av medel \n Rapport Level 2022\n"
    assert texts.names_in(text) == (NAME,)


def duty(*receivers: object, number: str = "8", verb: Verb = Verb.DECIDES, text: str = "") -> Point:
    return point(number, verb, *(item(receiver) for receiver in receivers), text=text)


def grant(receiver: object, number: str = "6", text: str = "", **more: object) -> Point:
    return point(number, Verb.GRANTS, item(receiver, 500_000, paid_by="5", **more), text=text)


def missing(decision: Ruling) -> list[str]:
    return [str(finding.subject) for finding in texts.duty_missing_addressee(Sources(rulings=(decision,)))]


def test_a_body_that_has_to_do_something_and_is_not_told_is_found() -> None:
    (subject,) = missing(ruling(duty(REDI, LEVEL), addressees=ADDRESSEES))
    assert subject == "vem som får veta om STK-2024-291: Level"


def test_a_body_is_found_among_the_addressees_under_any_of_its_names() -> None:
    assert not missing(ruling(duty(GVN), addressees=("Gymnasie och vuxenutbildningsnämnden, registrator",)))
    assert not missing(ruling(duty(GVN), addressees=("Gymnasie- och vuxenutbildningsförvaltningen",)))
    assert missing(ruling(duty(GVN), addressees=("Gymnasienämnden",)))


def test_a_short_name_inside_another_word_does_not_count() -> None:
    assert missing(ruling(duty(ASN), addressees=("Plasnämnden",)))


def test_nobody_is_missing_when_no_addressees_are_known_or_the_decider_has_the_duty() -> None:
    assert not missing(ruling(duty(LEVEL), addressees=()))
    assert not missing(ruling(duty(BOARD), addressees=ADDRESSEES))


def without_report(decision: Ruling) -> list[str]:
    return [str(finding.subject) for finding in texts.grant_without_report(Sources(rulings=(decision,)))]


def test_a_grantee_that_nobody_asks_to_report_is_found() -> None:
    points = (grant(REDI), grant(SUMMER, "6b"), duty(REDI, LEVEL))
    assert without_report(ruling(*points)) == ["redovisningen från Sommarlovsentreprenör i STK-2024-291"]


def test_a_grantee_is_covered_when_its_point_names_the_one_who_reports() -> None:
    points = (grant(COOMPANION, text="beviljar Coompanion Skåne medel för Level"), duty(LEVEL))
    assert not without_report(ruling(*points))


def test_a_point_with_several_grantees_covers_only_those_that_are_asked() -> None:
    both = point(
        "6", Verb.GRANTS, item(REDI, 1, paid_by="5"), item(SUMMER, 1, paid_by="5"), text="ReDI School och andra"
    )
    assert len(without_report(ruling(both, duty(REDI)))) == 1


def test_committees_and_decisions_whose_text_is_not_here_are_silent() -> None:
    assert not without_report(ruling(grant(ASN), duty(REDI)))
    assert not without_report(ruling(grant(REDI)))
    assert without_report(replace(ruling(grant(REDI)), is_read=True))


def test_a_grant_to_a_procured_supplier_is_found_and_other_money_is_not() -> None:
    def found(*points: Point) -> list[object]:
        return list(texts.grant_to_supplier(Sources(rulings=(ruling(*points),))))

    (finding,) = found(grant(SUMMER))
    assert [str(side.value) for side in finding.sides] == ["bidrag", "upphandlad tjänst"]
    assert not found(grant(REDI))
    assert not found(point("1", Verb.ALLOCATES, item(SUMMER, 5)))
