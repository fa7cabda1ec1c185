"""Advertisements as JobSearch publishes them: what is read, what is left out, and what is refused by name."""

from datetime import date
from typing import Any

import pytest

from samkraft.offer.rules import vacancies
from samkraft.offer.rules.vacancies import Concept, ConceptKind
from samkraft.values.refusal import Refused
from tests.factories import job_search


def test_an_advertisement_is_read_with_its_concepts_and_without_whom_to_contact() -> None:
    read = vacancies.read(job_search.hit("24373453"))
    assert read.source_id == "24373453"
    assert (read.headline, read.employer_name, read.employer_number) == (
        "Kock till skolkök",
        "Skolkök AB",
        "5560360793",
    )
    assert read.occupation == Concept(ConceptKind.OCCUPATION, "7wdX_4rv_33z", "Kock, storhushåll")
    assert read.municipality == Concept(ConceptKind.MUNICIPALITY, "oYPt_yRA_Smm", "Malmö")
    assert (read.published_date, read.last_date) == (date(2026, 11, 1), date(2026, 12, 1))
    assert [(wish.concept.label, wish.is_needed) for wish in read.wanted] == [
        ("Specialkost", True),
        ("Svenska", True),
        ("Truckkort", False),
    ]
    assert "Kontaktperson" not in repr(read)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"id": None}, "id"),
        ({"headline": "  "}, "headline"),
        ({"publication_date": None}, "publication_date"),
        ({"publication_date": "i går"}, "publication_date"),
        ({"occupation": {"concept_id": "<script>", "label": "x"}}, "occupation"),
        ({"employer": "AB"}, "employer"),
        ({"number_of_vacancies": -1}, "number_of_vacancies"),
        ({"must_have": {"skills": ["truck"]}}, "must_have"),
    ],
)
def test_what_cannot_be_understood_is_refused_by_name(change: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as met:
        vacancies.read(job_search.hit("1") | change)
    assert met.value.details["field"] == field


def test_what_may_be_missing_may_be_missing() -> None:
    bare = {"id": "1", "headline": "Jobb", "publication_date": "2026-11-01T00:00:00"}
    read = vacancies.read(bare)
    assert (read.places, read.occupation, read.wanted, read.last_date, read.address) == (1, None, (), None, "")
    listed = vacancies.read(bare | {"occupation": [{"concept_id": "7wdX_4rv_33z", "label": None}]})
    assert listed.occupation == Concept(ConceptKind.OCCUPATION, "7wdX_4rv_33z", "7wdX_4rv_33z")


@pytest.mark.parametrize("address", ["javascript:alert(1)", "https://a b", 'https://a"onclick=', "ftp://a"])
def test_only_an_address_of_the_web_becomes_a_link(address: str) -> None:
    assert vacancies.read(job_search.hit("1") | {"webpage_url": address}).address == ""


@pytest.mark.parametrize(
    "answer", [None, [], {}, {"total": {"value": "x"}, "hits": []}, {"total": {"value": 1}, "hits": [1]}]
)
def test_what_is_no_answer_is_refused(answer: Any) -> None:
    with pytest.raises(Refused) as met:
        vacancies.hits(answer)
    assert met.value.reason is vacancies.NOT_AN_ANSWER
