"""Identity numbers for people who do not exist, worked out when they are needed; none stands in any file of ours.

They follow the numbers that the Swedish Tax Agency publishes for testing: birth numbers 980–999 for those born before
1990, and 238 and 239 for those born later, which it gives to nobody. Odd birth numbers are men's, even women's.
"""

from datetime import date, timedelta
from random import Random

from samkraft.values.identity_number import Kind, Sex, is_check_digit_right

LATER_FROM = date(1990, 1, 1)
EARLIER = range(980, 1_000)
LATER = range(238, 240)
DAYS_TO_TRY = timedelta(days=40)


def is_for_testing(number: str) -> bool:
    """Whether the twelve digits lie in the published ranges."""
    born_later = int(number[:4]) >= LATER_FROM.year
    return int(number[8:11]) in (LATER if born_later else EARLIER)


class Numbers:
    """Hands out numbers, each of them once."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def give(self, draw: Random, born: date, sex: Sex, kind: Kind) -> tuple[str, date]:
        """Twelve digits for somebody born that day, or the nearest later day that has a number left; and that day.

        Empty, with the day as it was, when there is none within a few weeks: a large world has more people than numbers.
        """
        asked = born
        while born <= asked + DAYS_TO_TRY:
            range_ = LATER if born >= LATER_FROM else EARLIER
            fitting = [birth for birth in range_ if birth % 2 == (sex is Sex.MAN)]
            draw.shuffle(fitting)
            for birth_number in fitting:
                number = whole(born, birth_number, kind)
                if number not in self._given:
                    self._given.add(number)
                    return number, born
            born += timedelta(days=1)
        return "", asked


def whole(born: date, birth_number: int, kind: Kind) -> str:
    """The twelve digits with the right check digit."""
    day = born.day + 60 if kind is Kind.COORDINATION else born.day
    front = f"{born:%Y%m}{day:02}{birth_number:03}"
    return next(front + str(last) for last in range(10) if is_check_digit_right(f"{front[2:]}{last}"))
