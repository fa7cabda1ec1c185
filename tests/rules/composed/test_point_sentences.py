"""A point written out from its data says the same when it is read as any decision text: also in Word and PDF."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samkraft.knowledge.rules import writing, written_matter
from samkraft.knowledge.rules.documents import plain_text
from samkraft.money.rules import point_sentences
from samkraft.money.rules.documents import document_text
from samkraft.money.rules.letters import FundTold, Letter
from samkraft.money.rules.point_sentences import PointData, Sum
from samkraft.money.rules.points import Verb

DECIDER = "Kommunstyrelsen"
ANSLAG = "Kommunstyrelsens anslag till förfogande inom finansiering"
RECEIVERS = (
    "Arbetsmarknads- och socialnämnden", "Gymnasie- och vuxenutbildningsnämnden", "Funktionsstödsnämnden",
    "Kommunstyrelsen", "Coompanion Skåne", "Pink Programming", "Sydsvenska Handelskammaren",
)  # fmt: skip
POINTS = (
    PointData("1", Verb.APPROVES, "Kommunstyrelsen godkänner det nya upplägget.", ()),
    PointData("2", Verb.ALLOCATES, "", (Sum(RECEIVERS[0], 900_000_000, (2024, 2025, 2026), "Ung i sommar", ANSLAG),)),
    PointData("3", Verb.TRANSFERS, "", (Sum("Kommunstyrelsen", 741_700_000, (2024,), "", ANSLAG),)),
    PointData(
        "4",
        Verb.GRANTS,
        "",
        (Sum("Pink Programming", 35_000_000, (2024,)), Sum("Coompanion Skåne", 641_700_000, (2024,))),
    ),
    PointData(
        "5",
        Verb.INSTRUCTS,
        "De ges i uppdrag att rapportera vid årsbokslut.",
        tuple(Sum(who, None) for who in RECEIVERS[:3]),
    ),
    PointData("6", Verb.FILES, "Rapporterna för 2022 läggs till handlingarna.", ()),
)


CITY = "Malmö stad"


def _letter(points: tuple[PointData, ...]) -> Letter:
    return Letter(
        matter_id=UUID(int=1),
        case_number="STK-2024-291",
        title="Fördelning av medel 2024",
        proposer="Kommunstyrelsens arbetsutskott",
        decider=DECIDER,
        registered_date=date(2024, 2, 20),
        points=points,
        meetings=(("Kommunstyrelsens arbetsutskott", date(2024, 2, 26)), ("Kommunstyrelsen", date(2024, 3, 6))),
        addressees=("Funktionsstödsnämnden", "Stadskontoret"),
        documents=(("PM om upplägget", date(2024, 2, 6)),),
        funds=(
            FundTold(
                "Ung i sommar", "Arbetslivserfarenhet för unga.", ("Fler i arbete",), ((2024, 950_000_000), (2025, None)),
                (("Kommunstyrelsen", "Sommarlovsentreprenör", 50_000_000, None),),
            ),
        ),
    )  # fmt: skip


def test_the_sections_stand_in_the_order_of_the_city() -> None:
    text = plain_text.write(written_matter.compose(_letter(POINTS), city=CITY))
    headings = (
        "Sammanfattning", "Förslag till beslut", "Beslutsunderlag", "Beslutsplanering", "Beslutet skickas till", "Ärendet",
        "Stadskontorets bedömning", "Ansvariga",
    )  # fmt: skip
    places = [text.index(f"\n\n{heading}\n\n") for heading in headings]
    assert places == sorted(places)
    assert "2025\tokänt" in text


@pytest.mark.parametrize("ending", [".docx", ".pdf"])
def test_the_points_read_back_to_the_same_data_from_a_file(ending: str) -> None:
    content = writing.as_file(written_matter.compose(_letter(POINTS), city=CITY), ending)
    text = document_text.extract(content, f"skrivelse{ending}")
    assert point_sentences.differences(text, POINTS, DECIDER) == []


def test_a_sum_that_is_written_wrongly_is_told() -> None:
    text = plain_text.write(written_matter.compose(_letter(POINTS), city=CITY)).replace(
        "9\u00a0000\u00a0000", "9\u00a0000\u00a0001"
    )
    found = point_sentences.differences(text, POINTS, DECIDER)
    assert [(each.number, "900000000" in each.stored, "900000100" in each.read) for each in found] == [
        ("2", True, True)
    ]


@given(
    st.sampled_from([Verb.ALLOCATES, Verb.GRANTS, Verb.TRANSFERS]),
    st.sampled_from(RECEIVERS),
    st.integers(1, 99_999_999),
    st.integers(2020, 2030),
    st.integers(1, 4),
    st.sampled_from(["", "Ung i sommar", "Strategiska jobbsatsningar"]),
    st.sampled_from(["", ANSLAG]),
)
@settings(max_examples=60, deadline=None)
def test_any_amount_any_years_to_anyone(
    verb: Verb, receiver: str, kronor: int, first: int, many: int, purpose: str, source: str
) -> None:
    years = tuple(range(first, first + many))
    point = PointData("1", verb, "", (Sum(receiver, kronor * 100, years, purpose, source),))
    text = plain_text.write(written_matter.compose(_letter((point,)), city=CITY))
    assert point_sentences.differences(text, [point], DECIDER) == []
