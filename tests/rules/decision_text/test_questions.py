"""What a text leaves open becomes a question with ready-made answers, and answers give a new reading."""

from pathlib import Path

import pytest

from samkraft.money.rules import decision_text
from samkraft.money.rules.decision_text import Question, Reading

NINE = (Path(__file__).parent / "texts" / "f01_nio_punkter.txt").read_text(encoding="utf-8")


@pytest.fixture
def reading() -> Reading:
    [found] = decision_text.read(NINE)
    return found


def _kinds(reading: Reading) -> list[tuple[str, str, str | None]]:
    return [(question.id, question.kind, question.point) for question in reading.questions]


def _one(text: str) -> Reading:
    [found] = decision_text.read(text)
    return found


def _only(reading: Reading) -> Question:
    [question] = reading.questions
    return question


def test_the_questions_are_lettered_in_the_order_of_the_text(reading: Reading) -> None:
    assert _kinds(reading) == [
        ("A", "missing_year", "4"),
        ("B", "missing_unit", "5"),
        ("C", "reporter_is_not_receiver", "7"),
    ]


def test_a_missing_year_is_offered_from_the_points_that_use_the_money(reading: Reading) -> None:
    question = reading.questions[0]
    assert [(answer.label, answer.value) for answer in question.answers] == [("2023", "2023")]
    assert "Punkt 5 och 6 använder pengarna 2023" in question.why


def test_a_missing_unit_says_that_the_sum_agrees(reading: Reading) -> None:
    question = reading.questions[1]
    assert question.words == "250 000"
    assert "Summan i punkt 4 stämmer om det är kronor" in question.why


def test_a_reporter_that_got_no_money_is_asked_about(reading: Reading) -> None:
    question = reading.questions[2]
    assert question.words == "Språngbrädan"
    assert [answer.value for answer in question.answers] == ["Företagslyftet Väst"]


def test_answers_give_a_new_reading_and_leave_the_old_one(reading: Reading) -> None:
    answered = decision_text.answer(reading, {"A": "2023", "B": "kronor", "C": "Företagslyftet Väst"})
    assert answered.questions == ()
    assert answered.points[3].items[0].years == (2023,)
    assert answered.points[6].items[1].receiver == "Företagslyftet Väst"
    assert answered.total_ore == reading.total_ore == 1_841_000_000
    assert answered.total_by_year_ore == {2023: 1_841_000_000}
    assert reading.points[3].items[0].years == ()
    assert len(reading.questions) == 3


def test_an_answer_in_another_unit_changes_the_amount(reading: Reading) -> None:
    answered = decision_text.answer(reading, {"B": "tkr"})
    assert answered.points[4].items[0].amount_ore == 25_000_000_000


def test_an_unusable_answer_leaves_its_question(reading: Reading) -> None:
    assert _kinds(decision_text.answer(reading, {"A": "i fjol", "B": "ja", "Z": "2023"})) == _kinds(reading)


def test_facts_for_later_checks_are_kept(reading: Reading) -> None:
    facts = reading.facts
    assert facts.title == "Fördelning av medel för vägar till arbete 2023"
    assert facts.document_kind == "tjänsteskrivelse"
    assert facts.signers == ("Näringslivsdirektör", "Stadsdirektör")
    assert [told.date for told in facts.dates] == ["2023-04-24"]
    assert "utbildningsnämnden" in facts.missing_recipients
    told = [(amount.role, amount.amount_ore // 100, amount.years, amount.case_number) for amount in facts.amounts]
    assert told == [
        ("budget", 21_000_000, (2023,), None),
        ("earlier", 1_000_000, (), "SLK-2023-416"),
        ("asked", 250_000, (), None),
    ]


def test_an_amount_without_unit_in_a_list_is_asked_about_and_not_counted() -> None:
    reading = _one("Nämndens beslut\nNämnden beviljar stöd för 2024 till:\n- Alby IK 25 000 kr\n- Hallens BK 30 000\n")
    assert reading.total_ore == 2_500_000
    question = _only(reading)
    assert (question.kind, question.words) == ("missing_unit", "30 000")
    assert decision_text.answer(reading, {question.id: "kronor"}).total_ore == 5_500_000


def test_a_price_per_unit_is_asked_about_and_not_counted() -> None:
    reading = _one("Beslut\nKommunstyrelsen beviljar Brukshundklubben 350 kr per deltagare för 2024.\n")
    assert reading.total_ore == 0
    assert "per_unit" in {question.kind for question in reading.questions}


def test_a_total_that_its_rows_do_not_make_is_asked_about() -> None:
    reading = _one(
        "Beslut\nNämnden fördelar 100 000 kronor för 2024 enligt följande:\n- Alby IK 25 000 kr\n- Hallen BK 30 000 kr\n"
    )
    assert "sum_differs" in {question.kind for question in reading.questions}
    assert reading.total_ore == 5_500_000


def test_a_rough_amount_is_asked_about() -> None:
    reading = _one("Beslut\nKommunstyrelsen beviljar Alby IK cirka 50 000 kronor för 2024.\n")
    question = _only(reading)
    assert question.kind == "approximate"
    assert decision_text.answer(reading, {question.id: "48 000 kr"}).total_ore == 4_800_000


def test_a_raised_amount_is_never_guessed_to_be_new_money() -> None:
    reading = _one("Beslut\nBidraget till Alby IK höjs från 900 000 kronor till 1 200 000 kronor för 2026.\n")
    assert reading.total_ore == 0
    question = _only(reading)
    assert [answer.value for answer in question.answers] == ["300000 kr", "1200000 kr"]
    assert decision_text.answer(reading, {question.id: "300000 kr"}).total_ore == 30_000_000


def test_questions_can_be_said_in_another_language(reading: Reading) -> None:
    for question in reading.questions:
        assert question.text == question.text.template.format(**question.text.details)
        assert "{point}" in question.text.template
