"""Kinds of organisations, what is asked of one, and how Swedish names are sorted."""

import re
from enum import StrEnum

from samkraft.values import organisation_number
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

NAME_MISSING = Reason("name_missing", phrase("Organisationens namn saknas."), phrase("Skriv hela namnet."))
NAME_TAKEN = Reason(
    "name_taken",
    phrase("Det finns redan en organisation som heter {name}."),
    phrase("Öppna den, eller skriv ett namn som skiljer dem åt."),
)
BAD_NUMBER = Reason(
    "bad_organisation_number",
    phrase("{number} är inte ett organisationsnummer."),
    phrase("Det har tio siffror, till exempel 212000-1124. Lämna tomt om du inte vet."),
)
BAD_WORKPLACE_NUMBER = Reason(
    "bad_workplace_number",
    phrase("{number} är inte ett arbetsställenummer (CFAR)."),
    phrase("Det har åtta siffror. Lämna tomt om du inte vet."),
)
NO_SUCH_KIND = Reason("no_such_kind", phrase("Slaget {kind} finns inte."), phrase("Välj ett av dem som visas."))
CHANGED_SINCE = Reason(
    "changed_since",
    phrase("Någon annan har ändrat {name} sedan du öppnade sidan."),
    phrase("Det du skrev står kvar här. Jämför med det som gäller nu, och spara igen om det fortfarande ska ändras."),
)
PART_OF_ITSELF = Reason(
    "part_of_itself",
    phrase("{name} kan inte höra till sig själv eller till något som hör dit."),
    phrase("Välj organisationen ovanför, eller ingen."),
)


class OrganisationKind(StrEnum):
    """What an organisation is in the chain from the council to the one who carries out."""

    CITY = "city"
    COUNCIL = "council"
    BOARD = "board"
    WORKING_COMMITTEE = "working_committee"
    COMMITTEE = "committee"
    OFFICE = "office"
    STATE_AUTHORITY = "state_authority"
    REGION = "region"
    COORDINATION_ASSOCIATION = "coordination_association"
    ASSOCIATION = "association"
    COMPANY = "company"
    SUPPLIER = "supplier"
    OTHER = "other"


LABELS = {
    OrganisationKind.CITY: phrase("kommun"),
    OrganisationKind.COUNCIL: phrase("fullmäktige"),
    OrganisationKind.BOARD: phrase("styrelse"),
    OrganisationKind.WORKING_COMMITTEE: phrase("arbetsutskott"),
    OrganisationKind.COMMITTEE: phrase("nämnd"),
    OrganisationKind.OFFICE: phrase("kontor"),
    OrganisationKind.STATE_AUTHORITY: phrase("statlig myndighet"),
    OrganisationKind.REGION: phrase("region"),
    OrganisationKind.COORDINATION_ASSOCIATION: phrase("samordningsförbund"),
    OrganisationKind.ASSOCIATION: phrase("förening eller stiftelse"),
    OrganisationKind.COMPANY: phrase("företag"),
    OrganisationKind.SUPPLIER: phrase("upphandlad leverantör"),
    OrganisationKind.OTHER: phrase("annan organisation"),
}

# Bodies that hold a frame of their own in the city's budget, and so can be given money by the board.
HOLDS_FRAME = frozenset({OrganisationKind.BOARD, OrganisationKind.COMMITTEE})

_ORDER = {letter: chr(ord("{") + place) for place, letter in enumerate("åäö")}


def swedish_sort_key(name: str) -> str:
    """A key that sorts å, ä and ö last under byte order. The embedded database has no Swedish collation."""
    folded = name.casefold().replace("é", "e").replace("ü", "y").replace("æ", "ä").replace("ø", "ö")
    return "".join(_ORDER.get(letter, letter) for letter in folded)


def tidy_name(text: str) -> str:
    """The name with single spaces. Refuses an empty one."""
    name = " ".join(text.split())
    if not name:
        raise Refused(NAME_MISSING)
    return name[:200]


def tidy_number(text: str) -> str:
    """Ten digits, or nothing. Refuses what is not an organisation number."""
    if not text.strip():
        return ""
    try:
        return organisation_number.tidy(text)
    except ValueError as fault:
        raise Refused(BAD_NUMBER, number=text.strip()) from fault


def tidy_workplace_number(text: str) -> str:
    """Eight digits (CFAR), or nothing."""
    digits = re.sub(r"[\s-]", "", text)
    if digits and not re.fullmatch(r"\d{8}", digits):
        raise Refused(BAD_WORKPLACE_NUMBER, number=text.strip())
    return digits


def kind_of(text: str) -> OrganisationKind:
    """The kind with this value. Refuses one that does not exist."""
    try:
        return OrganisationKind(text)
    except ValueError as fault:
        raise Refused(NO_SUCH_KIND, kind=text) from fault


def code_from(name: str) -> str:
    """A code for addresses from a name: `ReDI School` as `redi-school`."""
    folded = name.casefold().translate(str.maketrans("åäöéü", "aaoeu"))
    return re.sub(r"[^a-z0-9]+", "-", folded).strip("-")[:40] or "organisation"
