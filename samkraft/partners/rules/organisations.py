"""Kinds of organisations, and how Swedish names are sorted."""

from enum import StrEnum

from samkraft.values.wording import phrase


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
