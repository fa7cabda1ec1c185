"""Call lists: those whom an area may call in a registered study, as a file tells them, and what a call came to.

The lot decides who is called. Of the others nobody reads a name here; what they did afterwards is read in for everybody on
the list alike, by identity number, out of the area's own register.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from samkraft.values import identity_number
from samkraft.values.identity_number import IdentityNumber, Sex
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

FEWEST = 20
MOST = 200_000
HEADINGS = "personnummer;förnamn;efternamn;telefon;arbete året före"
FOLLOW_UP_HEADINGS = "personnummer;läge"


class Noted(StrEnum):
    """What a call came to."""

    NO_ANSWER = "no_answer"
    TALKED = "talked"
    CAME = "came"
    DECLINED = "declined"


class Followed(StrEnum):
    """What somebody did on the day of the follow-up."""

    WORK = "work"
    STUDIES = "studies"
    OTHER = "other"


NOTED_NAMES = {
    Noted.NO_ANSWER: phrase("Svarade inte"),
    Noted.TALKED: phrase("Pratade, ska höras igen"),
    Noted.CAME: phrase("Kom till första mötet"),
    Noted.DECLINED: phrase("Tackade nej"),
}
FOLLOWED_NAMES = {
    Followed.WORK: phrase("arbete"),
    Followed.STUDIES: phrase("studier"),
    Followed.OTHER: phrase("annat"),
}
_SITUATIONS = {"arbete": Followed.WORK, "studier": Followed.STUDIES, "annat": Followed.OTHER}
_YES_OR_NO = {"ja": True, "nej": False, "": None}

BAD_LINES = Reason(
    "call_list_bad_lines",
    phrase("Filen kan inte läsas in. Rader att rätta: {lines}"),
    phrase("Rätta dem i filen och läs in hela filen igen. Ingenting är sparat."),
)
TOO_FEW = Reason(
    "call_list_too_few",
    phrase("Listan har {many} personer. Minst {fewest} behövs för att lotta."),
    phrase("Vänta tills fler kan ringas, eller slå ihop med en annan lista."),
)
TOO_MANY = Reason("call_list_too_many", phrase("Listan har fler än {most} rader."), phrase("Dela upp studien."))
TWICE = Reason(
    "call_list_twice", phrase("Samma person står flera gånger: rad {lines}."), phrase("Låt var och en stå en gång.")
)
_ALL = (
    Reason(
        "call_list_exists",
        phrase("Studien har redan en lista i den här versionen."),
        phrase("En ny lista kräver att studien registreras i en ny version."),
    ),
    Reason(
        "call_list_missing",
        phrase("Ingen lista är inläst för studien än."),
        phrase("Be den myndighet som känner personerna att läsa in listan, under Ringlistor."),
    ),
    Reason(
        "call_list_changed",
        phrase("Listan är inte den som publicerades: någon har tagits bort från den."),
        phrase(
            "Registrera en ny version av studien, läs in listan på nytt och publicera den. Dra sedan med ett nytt frö."
        ),
    ),
    Reason(
        "call_list_drawn",
        phrase("Lotten är redan dragen ur den här listan."),
        phrase("En ny dragning kräver en ny registrering och en ny lista."),
    ),
    Reason(
        "call_list_not_yours",
        phrase("Du är inte en av dem som ringer på den här listan."),
        phrase("Be någon som är det att lägga till dig."),
    ),
    Reason(
        "call_list_not_drawn",
        phrase("Lotten är inte dragen än. Ingen får ringas, och inget följas upp."),
        phrase("Vänta tills utvärderaren har dragit lotten."),
    ),
)
REASONS = {one.code: one for one in _ALL}


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of a list. stratum: the sex that the number tells, by which the lot is drawn."""

    number: IdentityNumber
    given_name: str
    family_name: str
    phone: str
    worked_before: bool | None

    @property
    def stratum(self) -> Sex:
        """The group that the lot is drawn within."""
        return self.number.sex

    @property
    def birth_year(self) -> int:
        """The year that the number begins with."""
        return self.number.birth_year


def read(text: str, today: date) -> list[Listed]:
    """The lines of a list, after its headings. Raises Refused with every line that cannot be used."""
    found: list[Listed] = []
    bad: list[str] = []
    for place, cells in _lines(text):
        number, given, family, phone, before, *rest = [*cells, "", "", "", "", ""][: max(5, len(cells))]
        try:
            read_number = identity_number.read(number, today=today)
        except Refused:
            bad.append(str(place))
            continue
        if not given or not family or before.lower() not in _YES_OR_NO or any(rest):
            bad.append(str(place))
            continue
        found.append(Listed(read_number, given[:80], family[:80], phone[:40], _YES_OR_NO[before.lower()]))
    if bad:
        raise Refused(BAD_LINES, lines=_several(bad))
    _once([one.number.digits for one in found])
    if len(found) < FEWEST:
        raise Refused(TOO_FEW, many=len(found), fewest=FEWEST)
    return found


def read_follow_up(text: str, today: date) -> list[tuple[str, Followed]]:
    """The lines of a follow-up: twelve digits and what the person did. Raises Refused with every line that cannot be used."""
    found: list[tuple[str, Followed]] = []
    bad: list[str] = []
    for place, cells in _lines(text):
        try:
            number = identity_number.read(cells[0], today=today)
            found.append((number.digits, _SITUATIONS[cells[1].lower()]))
        except (Refused, KeyError, IndexError):
            bad.append(str(place))
    if bad:
        raise Refused(BAD_LINES, lines=_several(bad))
    _once([number for number, _situation in found])
    return found


def _lines(text: str) -> list[tuple[int, list[str]]]:
    rows = [(place, [cell.strip() for cell in line.split(";")]) for place, line in enumerate(text.splitlines(), 1)]
    kept = [(place, cells) for place, cells in rows if any(cells)]
    if kept and kept[0][1][0].lower() == HEADINGS.split(";", maxsplit=1)[0]:
        kept = kept[1:]
    if len(kept) > MOST:
        raise Refused(TOO_MANY, most=MOST)
    return kept


def _once(numbers: list[str]) -> None:
    counts = Counter(numbers)
    again = [str(place) for place, number in enumerate(numbers, 1) if counts[number] > 1]
    if again:
        raise Refused(TWICE, lines=_several(again))


def _several(places: list[str]) -> str:
    return ", ".join(places[:20]) + (" …" if len(places) > 20 else "")
