"""Files of invented people who may be called, and what became of them."""

from datetime import date, timedelta
from random import Random

from samkraft.operations.world.people.numbers import Numbers
from samkraft.people.rules import call_lists
from samkraft.values.identity_number import Kind, Sex


def people(many: int, seed: int = 7) -> list[str]:
    """Twelve digits each, every other a woman's."""
    draw, numbers = Random(seed), Numbers()
    return [
        numbers.give(
            draw, date(1975, 1, 1) + timedelta(days=40 * place), (Sex.WOMAN, Sex.MAN)[place % 2], Kind.PERSONAL
        )[0]
        for place in range(many)
    ]


def file_of(numbers: list[str]) -> str:
    """A list's file."""
    lines = [
        f"{number};Namn{place};Efternamn{place};070-{place:06};{'ja' if place % 3 == 0 else 'nej'}"
        for place, number in enumerate(numbers)
    ]
    return "\n".join([call_lists.HEADINGS, *lines])


def follow_up_of(numbers: list[str], working: set[str]) -> str:
    """A follow-up's file."""
    lines = [f"{number};{'arbete' if number in working else 'annat'}" for number in numbers]
    return "\n".join([call_lists.FOLLOW_UP_HEADINGS, *lines])
