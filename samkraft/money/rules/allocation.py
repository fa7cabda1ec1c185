"""Split an amount by a key, exactly: every krona is given out, and the arithmetic can be shown."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

WHOLE = 10_000  # hundredths of a percent
KRONA = 100

NO_SHARES = Reason("key_empty", phrase("Nyckeln har inga andelar."), phrase("Lägg till minst en nämnd."))
NOT_WHOLE = Reason(
    "key_not_whole",
    phrase("Andelarna blir {sum} procent tillsammans, inte 100."),
    phrase("Rätta andelarna så att de blir precis 100 procent."),
)
NOT_POSITIVE_SHARE = Reason(
    "key_share_not_positive",
    phrase("En andel måste vara större än noll."),
    phrase("Ta bort nämnden ur nyckeln om den inte ska ha något."),
)
COMMITTEE_TWICE = Reason(
    "key_committee_twice", phrase("Samma nämnd finns två gånger i nyckeln."), phrase("Slå ihop andelarna till en rad.")
)

Who = TypeVar("Who", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Part(Generic[Who]):
    """One receiver's part: share in hundredths of a percent, the exact product before rounding, and what it gets.

    `exact_ore_times_whole` is amount × share (öre × 10 000), so that no fraction is lost; `extra_ore` is the krona (or
    öre) that the remainder rule added.
    """

    who: Who
    share: int
    exact_ore_times_whole: int
    amount_ore: int
    extra_ore: int


def check(shares: Sequence[tuple[Hashable, int]]) -> None:
    """Refuse a key that is empty, names someone twice, has a share of nothing or does not sum to the whole."""
    if not shares:
        raise Refused(NO_SHARES)
    if any(share <= 0 for _who, share in shares):
        raise Refused(NOT_POSITIVE_SHARE)
    if len({who for who, _share in shares}) != len(shares):
        raise Refused(COMMITTEE_TWICE)
    total = sum(share for _who, share in shares)
    if total != WHOLE:
        whole, part = divmod(total, 100)
        raise Refused(NOT_WHOLE, sum=f"{whole},{part:02}".removesuffix(",00"))


def split(amount_ore: int, shares: Sequence[tuple[Who, int]]) -> list[Part[Who]]:
    """Split by largest remainder in whole kronor (in öre when the amount itself has öre).

    Each receiver first gets its product rounded down; the kronor left over go one each to the largest remainders, and
    at equal remainders to the one named first in the key. The parts sum to the amount exactly.
    """
    check(shares)
    step = KRONA if amount_ore % KRONA == 0 else 1
    exact = [amount_ore * share for _who, share in shares]
    floors = [product // (WHOLE * step) * step for product in exact]
    left = (amount_ore - sum(floors)) // step
    by_remainder = sorted(range(len(shares)), key=lambda place: (-(exact[place] - floors[place] * WHOLE), place))
    extra = dict.fromkeys(by_remainder[:left], step)
    return [
        Part(who, share, exact[place], floors[place] + extra.get(place, 0), extra.get(place, 0))
        for place, (who, share) in enumerate(shares)
    ]
