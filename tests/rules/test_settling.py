"""What can be done with a contradiction: every state against every move; digits that differ; figures in sentences."""

import pytest

from samkraft.money.rules import digits, settling
from samkraft.money.rules.contradictions import Choice
from samkraft.money.rules.settling import Move, State

WHY_NOT = {
    (Move.SETTLE, State.OPEN): None,
    (Move.SETTLE, State.SETTLED): settling.ALREADY_SETTLED,
    (Move.SETTLE, State.AGREES): settling.NOTHING_TO_SETTLE,
    (Move.SETTLE, State.CLEARED): settling.NOTHING_TO_SETTLE,
    (Move.SETTLE, State.OVERTAKEN): settling.OVERTAKEN,
    (Move.REOPEN, State.OPEN): settling.NOT_SETTLED,
    (Move.REOPEN, State.SETTLED): None,
    (Move.REOPEN, State.AGREES): settling.NOTHING_TO_SETTLE,
    (Move.REOPEN, State.CLEARED): settling.NOTHING_TO_SETTLE,
    (Move.REOPEN, State.OVERTAKEN): settling.OVERTAKEN,
    (Move.ASK, State.OPEN): None,
    (Move.ASK, State.SETTLED): settling.ALREADY_SETTLED,
    (Move.ASK, State.AGREES): settling.NOTHING_TO_SETTLE,
    (Move.ASK, State.CLEARED): settling.NOTHING_TO_SETTLE,
    (Move.ASK, State.OVERTAKEN): settling.OVERTAKEN,
}


@pytest.mark.parametrize("move", Move)
@pytest.mark.parametrize("state", State)
def test_every_move_in_every_state_is_allowed_or_says_why_not(move: Move, state: State) -> None:
    assert settling.why_not(move, state) == WHY_NOT[(move, state)]


@pytest.mark.parametrize(
    ("agrees", "differed", "latest", "choices", "state"),
    [
        (False, False, True, [], State.OPEN),
        (False, False, True, [Choice.USE], State.SETTLED),
        (False, False, True, [Choice.UNKNOWN], State.SETTLED),
        (False, False, True, [Choice.USE, Choice.REOPENED], State.OPEN),
        (False, False, True, [Choice.USE, Choice.REOPENED, Choice.NOT_SAME], State.SETTLED),
        (False, False, False, [Choice.USE], State.OVERTAKEN),
        (True, False, True, [], State.AGREES),
        (True, True, True, [], State.CLEARED),
        (True, True, False, [], State.OVERTAKEN),
    ],
)
def test_the_state_follows_from_what_is_written_down(
    agrees: bool, differed: bool, latest: bool, choices: list[Choice], state: State
) -> None:
    assert settling.state_of(agrees=agrees, differed_before=differed, is_latest=latest, choices=choices) is state


def told(runs: tuple[digits.Run, ...]) -> str:
    return "".join(f"[{run.text}]" if run.differs else run.text for run in runs)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("6912000", "6192000", ("6[91]2", "6[19]2")),
        ("4100000", "4096000", ("4[100]", "4[096]")),
        ("50", "70", ("[5]0", "[7]0")),
        ("50", "100", None),
        ("50", "50", None),
        ("abc", "abd", None),
    ],
)
def test_differing_digits_are_told_without_the_zeros_that_both_end_with(
    one: str, other: str, expected: tuple[str, str] | None
) -> None:
    found = digits.compared(one, other)
    assert (found and (told(found[0]), told(found[1]))) == expected


@pytest.mark.parametrize(
    ("quote", "ore", "rounded_to", "words"),
    [
        ("nämnden anger att 6 192 tkr har använts", 619_200_000, 1_000, "6 192 tkr"),
        ("tilldelar nämnden 6 912 000 kronor år 2024", 691_200_000, 0, "6 912 000 kronor"),
        ("har använt 4,1 miljoner kronor", 410_000_000, 100_000, "4,1 miljoner kronor"),
        ("har använt 4,1 miljoner kronor", 500_000_000, 100_000, ""),
        ("", 100, 0, ""),
    ],
)
def test_an_amount_is_found_in_its_sentence(quote: str, ore: int, rounded_to: int, words: str) -> None:
    assert digits.words_of_amount(quote, ore, rounded_to) == words


@pytest.mark.parametrize(
    ("quote", "value", "words"),
    [
        ("50 ungdomar i Sommarlovsentreprenör", "50", "50"),
        ("150 ungdomar", "50", ""),
        ("4 389 kontaktförsök", "4389", "4 389"),
        ("Tjänsteskrivelse KSAU 230424", "2023-04-24", "230424"),
        ("Kommunstyrelsen 2023-05-17", "2023-05-17", "2023-05-17"),
        ("i budget 2018 gavs", "2018", "2018"),
        ("24,5 procent", "24.5", "24,5"),
        ("rapporten vid årsbokslut", "årsbokslut", "årsbokslut"),
    ],
)
def test_a_figure_a_day_or_a_word_is_found_in_its_sentence(quote: str, value: str, words: str) -> None:
    assert digits.words_of_value(quote, value) == words
