"""Swedish identity numbers: personnummer and samordningsnummer, twelve digits `ÅÅÅÅMMDDNNNC`.

The number is read once, where a person types it, and then stays behind a guard: nothing else in the product carries it.
After the tax agency's rules: a check digit by Luhn over the last ten, the ninth of them odd for men and even for women,
birth number 000 never used. A samordningsnummer has 60 added to its day; its month may be 00 and its day 60 when the
date of birth is not fully known. A plus sign stands from the year in which the person turns 100.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase


class Kind(StrEnum):
    """A person has a samordningsnummer before a personnummer, never the other way round."""

    PERSONAL = "personnummer"
    COORDINATION = "samordningsnummer"


class Sex(StrEnum):
    """As the number says it."""

    WOMAN = "woman"
    MAN = "man"


NOT_A_NUMBER = Reason(
    "identity_number_not_a_number",
    phrase("Det här är inte ett personnummer eller samordningsnummer."),
    phrase("Skriv tolv siffror: år, månad, dag och de fyra sista."),
)
WRONG_LENGTH = Reason(
    "identity_number_wrong_length",
    phrase("Numret har {count} siffror. Det ska ha tolv, eller tio."),
    phrase("Skriv tolv siffror: år, månad, dag och de fyra sista."),
)
TEMPORARY = Reason(
    "identity_number_temporary",
    phrase("Det här är ett tillfälligt nummer eller ett reservnummer. Det går inte att söka på här."),
    phrase("Fråga efter personens personnummer eller samordningsnummer."),
)
ORGANISATION = Reason(
    "identity_number_of_an_organisation",
    phrase("Det här ser ut som ett organisationsnummer."),
    phrase("Skriv personens nummer med tolv siffror."),
)
NO_SUCH_DAY = Reason(
    "identity_number_no_such_day",
    phrase("De första siffrorna är inte en dag som finns."),
    phrase("Jämför med personens handling och skriv numret igen."),
)
NOT_BORN_YET = Reason(
    "identity_number_not_born_yet",
    phrase("Födelsedagen har inte varit än."),
    phrase("Skriv alla tolv siffrorna, så att århundradet syns."),
)
WRONG_CENTURY = Reason(
    "identity_number_wrong_century",
    phrase("Århundradet stämmer inte. Personen kan inte vara född {year}."),
    phrase("Jämför med personens handling och skriv alla tolv siffrorna."),
)
UNUSED_BIRTH_NUMBER = Reason(
    "identity_number_birth_number_never_used",
    phrase("Ingen har ett nummer som slutar på 000 och en kontrollsiffra."),
    phrase("Jämför med personens handling och skriv numret igen."),
)
WRONG_CHECK_DIGIT = Reason(
    "identity_number_wrong_check_digit",
    phrase("Den sista siffran stämmer inte med de andra. Något i numret är fel."),
    phrase("Jämför siffra för siffra med personens handling."),
)

OLDEST = 125  # nobody alive was born longer ago, in years; older numbers are typing errors here
_DASHES = str.maketrans({"–": "-", "−": "-", "‐": "-", "‑": "-"})
_TEMPORARY = re.compile(r"(\d{2})?\d{6}-?(?=[0-9A-Z]*[A-Z])[0-9A-Z]{4}")


@dataclass(frozen=True, slots=True)
class IdentityNumber:
    """A number that has been read. It never shows itself in a log: its text names no digits."""

    digits: str

    def __repr__(self) -> str:
        return f"IdentityNumber({self.kind.value})"

    @property
    def kind(self) -> Kind:
        """Personal or coordination, by the day."""
        return Kind.COORDINATION if int(self.digits[6:8]) >= 60 else Kind.PERSONAL

    @property
    def sex(self) -> Sex:
        """By the ninth digit of the ten."""
        return Sex.MAN if int(self.digits[10]) % 2 else Sex.WOMAN

    @property
    def birth_year(self) -> int:
        """The year, which is always there."""
        return int(self.digits[:4])

    @property
    def birth_date(self) -> date | None:
        """The date of birth; None when the number does not know it fully."""
        month, day = int(self.digits[4:6]), int(self.digits[6:8]) % 60
        return date(self.birth_year, month, day) if month and day else None


def read(text: str, today: date) -> IdentityNumber:
    """Read what somebody typed: twelve digits, or ten with a hyphen, a plus sign or nothing between.

    Ten digits without a sign are read as with a hyphen. Raises Refused with one of the reasons above.
    """
    tidy = re.sub(r"\s", "", text).translate(_DASHES).upper()
    if _TEMPORARY.fullmatch(tidy):
        raise Refused(TEMPORARY)
    found = re.fullmatch(r"(\d*?)([-+]?)(\d{4})", tidy, re.ASCII)
    if found is None:
        if re.fullmatch(r"\d*", tidy, re.ASCII) and tidy:
            raise Refused(WRONG_LENGTH, count=len(tidy))
        raise Refused(NOT_A_NUMBER)
    front, sign, end = found.groups()
    if len(front) not in (6, 8):
        raise Refused(WRONG_LENGTH, count=len(front) + len(end))
    if int(front[-4]) >= 2 and (len(front) == 6 or front[:2] == "16"):
        raise Refused(ORGANISATION)
    year = int(front[:4]) if len(front) == 8 else _year_of(int(front[:2]), sign, today)
    digits = f"{year:04}{front[-4:]}{end}"
    _require_day(digits, sign, len(front) == 8, today)
    if end[:3] == "000":
        raise Refused(UNUSED_BIRTH_NUMBER)
    if not is_check_digit_right(digits[2:]):
        raise Refused(WRONG_CHECK_DIGIT)
    return IdentityNumber(digits)


def in_words(number: IdentityNumber, today: date) -> str:
    """As people write it: `ÅÅMMDD-NNNC`, with a plus sign from the year in which the person turns 100."""
    sign = "+" if today.year - number.birth_year >= 100 else "-"
    return f"{number.digits[2:8]}{sign}{number.digits[8:]}"


def is_check_digit_right(ten: str) -> bool:
    """Luhn over ten digits, weights 2, 1, 2 … from the left."""
    total = 0
    for place, digit in enumerate(ten):
        product = int(digit) * (2 - place % 2)
        total += product - 9 if product > 9 else product
    return total % 10 == 0


def why_not_succeed(old: IdentityNumber, new: IdentityNumber) -> Reason | None:
    """None when the new number may take the old one's place: only a personnummer after a samordningsnummer."""
    if old.kind is Kind.COORDINATION and new.kind is Kind.PERSONAL:
        return None
    return NOT_A_SUCCESSOR


NOT_A_SUCCESSOR = Reason(
    "identity_number_not_a_successor",
    phrase("Ett nummer kan bara bytas från samordningsnummer till personnummer."),
    phrase("Är det fel person? Avsluta, och sök igen."),
)


def _year_of(two_digits: int, sign: str, today: date) -> int:
    """The century: with a plus sign at least 100 years ago, else the latest that is not after this year."""
    latest = today.year - 100 if sign == "+" else today.year
    return latest - (latest - two_digits) % 100


def _require_day(digits: str, sign: str, is_whole: bool, today: date) -> None:
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:8])
    if not today.year - OLDEST <= year:
        raise Refused(WRONG_CENTURY, year=year)
    is_known = day < 60
    least_day = 1 if is_known else 0
    day %= 60
    longest = monthrange(year, month)[1] if 1 <= month <= 12 else 31
    if month > 12 or (month == 0 and is_known) or not least_day <= day <= longest:
        raise Refused(NO_SUCH_DAY)
    if (year, month or 1, day or 1) > (today.year, today.month, today.day):
        raise Refused(NOT_BORN_YET)
    if is_whole and sign == "+" and today.year - year < 100:
        raise Refused(WRONG_CENTURY, year=year)
