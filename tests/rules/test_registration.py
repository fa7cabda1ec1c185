"""From a text as read and a person's answers to points: what is known is used, what is not is asked, nothing is guessed."""

from uuid import UUID

import pytest

from samkraft.money.rules import changes, decision_text
from samkraft.money.rules.decision_text import Reading
from samkraft.money.rules.points import Verb
from samkraft.money.rules.posting import ItemDraft, PointDraft
from samkraft.money.rules.registration import (
    paper,
    registration,
    registration_outcome,
    registration_questions,
    sum_check,
)
from samkraft.money.rules.registration.registration import Interpretation, Known, KnownFund
from samkraft.money.rules.registration.registration_questions import Ask
from samkraft.money.rules.registration.sum_check import Earlier, YearSum
from samkraft.partners.rules import matching

KS, ASN, REDI, FUND, SUMMER = (UUID(int=number) for number in range(1, 6))
APPROPRIATION = "Kommunstyrelsens anslag till förfogande"
NAMES = {KS: "Kommunstyrelsen", ASN: "Arbetsmarknadsnämnden", REDI: "ReDI School"}


def known(*words: str, **more: object) -> Known:
    """Knows the three bodies by name; `words` are further words that mean ReDI School."""
    receivers = {"Kommunstyrelsen": KS, "kommunstyrelsen": KS, "arbetsmarknadsnämnden": ASN, "ReDI School": REDI}
    settled: dict[str, object] = {
        "receivers": {**receivers, **dict.fromkeys(words, REDI)},
        "suggestions": {},
        "names": NAMES,
        "funds": (KnownFund(FUND, "Jobbpakt", 2018, 2024), KnownFund(SUMMER, "Ung i sommar", 2024, 2027)),
        "appropriations": (APPROPRIATION,),
    }
    return Known(**{**settled, **more})  # type: ignore[arg-type]  # a test names fields as Known does


def text(*points: str, heading: str = "Jobbpakt 2023") -> Reading:
    lines = [f"{number}. {point}" for number, point in enumerate(points, start=1)]
    return decision_text.read(
        f"{heading}\nSTK-2023-1\n\nFörslag till beslut\nKommunstyrelsen beslutar\n\n" + "\n\n".join(lines)
    )[0]


def both(
    reading: Reading, answers: dict[str, object] | None = None, knows: Known | None = None
) -> tuple[Interpretation, list[Ask]]:
    now = registration.interpret(reading, answers or {}, knows or known())
    return now, registration_questions.questions(now, reading.questions, answers or {}, knows or known())


GIVES = "Kommunstyrelsen tilldelar arbetsmarknadsnämnden 500 000 kronor år 2023 från kommunstyrelsens anslag till förfogande."


def test_what_is_known_leaves_no_question() -> None:
    now, asked = both(text(GIVES))
    (row,) = now.rows
    assert (row.receiver_id, row.amount_ore, row.years, row.fund_id, row.appropriation) == (
        ASN,
        50_000_000,
        (2023,),
        FUND,
        APPROPRIATION,
    )
    assert asked == []
    (point,) = registration_outcome.drafts(now)
    assert (point.verb, point.items[0].appropriation) == (Verb.ALLOCATES, APPROPRIATION)


def test_an_unknown_receiver_is_asked_for_and_never_guessed() -> None:
    reading = text(GIVES.replace("arbetsmarknadsnämnden", "Föreningen Okänd"))
    now, asked = both(reading)
    assert now.rows[0].receiver_id is None
    assert [ask.kind for ask in asked] == ["receiver"]
    answered = {"own": {"receiver:1.1": {"value": str(REDI), "label": "ReDI School", "text": asked[0].text}}}
    now, asked = both(reading, answered)
    assert now.rows[0].receiver_id == REDI
    assert registration_questions.open_ones(asked) == []
    assert [ask.given for ask in asked] == ["ReDI School"], "an answer stays in sight"


def test_a_fund_that_does_not_hold_the_year_is_not_taken_from_the_heading() -> None:
    reading = text(GIVES.replace("2023", "2025"))
    now, asked = both(reading)
    assert now.rows[0].fund_id is None
    (ask,) = asked
    assert (ask.kind, [answer.label for answer in ask.answers]) == ("fund", ["Ung i sommar"])


def test_a_fund_that_the_point_names_wins_over_the_heading() -> None:
    now, _asked = both(text(GIVES.replace(" från", " till Ung i sommar från").replace("2023", "2024")))
    assert now.rows[0].fund_id == SUMMER


@pytest.mark.parametrize(("said", "appropriation"), [(APPROPRIATION, APPROPRIATION), (registration.OWN_FRAME, "")])
def test_an_unknown_source_of_money_is_asked_for_once(said: str, appropriation: str) -> None:
    reading = text(*[GIVES.replace("kommunstyrelsens anslag till förfogande", "hemliga fonden")] * 2)
    _now, asked = both(reading)
    assert [ask.kind for ask in asked] == ["appropriation"]
    now, asked = both(reading, {"own": {"appropriation": {"value": said, "label": said, "text": ""}}})
    assert registration_questions.open_ones(asked) == []
    assert {row.appropriation for row in now.rows} == {appropriation}


def test_money_paid_by_a_transfer_is_counted_once() -> None:
    transfer = "Kommunstyrelsen överför 300 000 kronor år 2023 från kommunstyrelsens anslag till förfogande till kommunstyrelsen."
    grant = "Kommunstyrelsen beviljar ReDI School 300 000 kronor år 2023 med finansiering av överförda medel."
    now, asked = both(text(transfer, grant))
    assert asked == []
    assert [row.paid_by for row in now.rows] == ["", "1"]
    assert registration_outcome.new_money(now) == {(FUND, 2023): 30_000_000}


def test_a_sum_for_several_years_is_asked_about_and_split_as_said() -> None:
    reading = text(GIVES.replace("500 000 kronor år 2023", "totalt 900 000 kronor för åren 2021–2023"))
    _now, asked = both(reading)
    (ask,) = [each for each in asked if each.kind == "split"]
    for value, ore in ((registration.SPLIT_EACH, 90_000_000), (registration.SPLIT_EQUALLY, 30_000_000)):
        now, _asked = both(reading, {"own": {ask.key.removeprefix("own:"): {"value": value, "label": "", "text": ""}}})
        (point,) = registration_outcome.drafts(now)
        assert [(item.year, item.amount_ore) for item in point.items] == [(2021, ore), (2022, ore), (2023, ore)]


def test_what_a_person_writes_holds_whatever_the_text_says() -> None:
    row = {
        "receiver": str(REDI),
        "amount_ore": 123,
        "years": [2022],
        "fund": str(FUND),
        "appropriation": "",
        "paid_by": "",
    }
    now, asked = both(text(GIVES), {"rows": {"1.1": row, "1.n1": {**row, "amount_ore": 7}}})
    assert [(each.receiver_id, each.amount_ore, each.years) for each in now.rows] == [
        (REDI, 123, (2022,)),
        (REDI, 7, (2022,)),
    ]
    assert asked == []
    now, _asked = both(text(GIVES), {"removed": ["1.1"]})
    assert now.rows == []


def test_money_under_a_verb_that_gives_none_is_asked_about() -> None:
    reading = text("Kommunstyrelsen godkänner bidrag till ReDI School om 500 000 kronor år 2023.")
    _now, asked = both(reading)
    verb = next(ask for ask in asked if ask.kind == "money_verb")
    for value, posts in (("yes", True), ("no", False)):
        now, again = both(
            reading, {"own": {verb.key.removeprefix("own:"): {"value": value, "label": value, "text": ""}}}
        )
        assert now.points[0].posts is posts
        assert not any(ask.kind == "money_verb" for ask in registration_questions.open_ones(again))


def test_what_was_not_understood_must_be_set_aside_or_put_right() -> None:
    reading = text(GIVES, "Kommunstyrelsen fnular 300 000 kronor till ReDI School.")
    _now, asked = both(reading)
    unread = [ask for ask in asked if ask.kind == "not_understood"]
    assert len(unread) == len(reading.not_understood) > 0
    aside = {"set_aside": {ask.key.removeprefix("unread:"): "Hör inte till besluten" for ask in unread}}
    _now, asked = both(reading, aside)
    assert not [ask for ask in registration_questions.open_ones(asked) if ask.kind == "not_understood"]


def test_letters_follow_the_questions_and_never_repeat() -> None:
    reading = text(*[GIVES.replace("arbetsmarknadsnämnden", f"Förening {number}") for number in range(30)])
    _now, asked = both(reading)
    letters = [ask.letter for ask in asked]
    assert len(letters) == len(set(letters)) == 30
    assert letters[:3] == ["A", "B", "C"]
    assert letters[25:28] == ["Z", "AA", "AB"]


def test_the_sheet_says_every_word_of_the_points_and_marks_each_place_once() -> None:
    reading = text(
        GIVES,
        "Kommunstyrelsen överför 300 000 kronor från kommunstyrelsens anslag till förfogande till kommunstyrelsen.",
    )
    now, asked = both(reading)
    sheet = paper.sheet(reading, asked, [point.number for point in now.points])
    told = ["".join(segment.text for segment in each.segments) for each in sheet.paragraphs]
    assert " ".join(told[0].replace("\u00a0", " ").split()) == " ".join(reading.points[0].text.split())
    assert ("500\u00a0000 kronor", "understood") in [
        (segment.text, segment.mark) for segment in sheet.paragraphs[0].segments
    ]
    question = next(segment for segment in sheet.paragraphs[1].segments if segment.mark == "question")
    assert question.letter == next(ask.letter for ask in asked if ask.kind == "missing_year")


def test_money_without_a_year_counts_with_the_only_year_there_is() -> None:
    families = {FUND: "Jobbpakt", SUMMER: "Jobbpakt"}
    assert sum_check.by_year({(FUND, 2023): 100, (SUMMER, None): 20}, families) == {("Jobbpakt", 2023): (120, 20)}
    assert sum_check.by_year({(FUND, 2023): 100, (FUND, 2024): 5, (FUND, None): 20}, families) == {
        ("Jobbpakt", 2023): (100, 0),
        ("Jobbpakt", 2024): (5, 0),
    }


def test_what_is_left_is_unknown_when_the_budget_is() -> None:
    earlier = (Earlier("STK-1", "Boost", 2_000_000),)
    assert YearSum("Jobbpakt", 2023, 39_837_000, earlier, 42_000_000).left_ore == 163_000
    assert YearSum("Trygghet", 2024, 10, (), None).left_ore is None


def test_changes_are_told_amount_by_amount() -> None:
    def point(number: str, *items: ItemDraft) -> PointDraft:
        return PointDraft(number, Verb.GRANTS, "", items)

    proposed = [
        point("1", ItemDraft(ASN, amount_ore=600, year=2024)),
        point("2", ItemDraft(REDI, amount_ore=5, year=2024)),
    ]
    decided = [
        point("1", ItemDraft(ASN, amount_ore=550, year=2024)),
        point("3", ItemDraft(KS, amount_ore=7, year=2024)),
    ]
    found = [
        (each.point, each.proposed_ore, each.decided_ore, each.difference_ore)
        for each in changes.between(proposed, decided)
    ]
    assert found == [("1", 600, 550, -50), ("2", 5, None, -5), ("3", None, 7, 7)]
    assert changes.between(proposed, proposed) == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("arbetsmarknads- och socialnämnden", "asn"),
        ("Arbetsmarknads\u2010 och  socialnämndens", "asn"),
        ("”ReDI School”", "redi"),
        ("Föreningen ReDI School", "redi"),
        ("ReDI School (Malmö)", "redi"),
        ("ReDI", None),
        ("socialnämnden", None),
        ("", None),
    ],
)
def test_only_a_known_name_is_a_match(words: str, found: str | None) -> None:
    names = {matching.fold("Arbetsmarknads- och socialnämnden"): "asn", matching.fold("ReDI School"): "redi"}
    assert matching.find(words, names) == found


def test_alike_names_are_suggested_the_most_alike_first() -> None:
    names = {
        "redi school of digital integration": "redi",
        "malmö digital school": "malmö",
        "tekniska nämnden": "teknik",
    }
    assert matching.suggest("ReDI School", names) == ["redi", "malmö"]
    assert matching.suggest("och", names) == []
