"""Which columns a file has: our own template, or what other systems export. The shapes are data, and columns may stand anywhere.

The systems' exports differ between installations; these are headings that they are known to use, and more can be added
to the lists. What is not in a shape is not read, and that is said. Some columns are never read, whatever the shape.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from samkraft.people.rules.imports import faults
from samkraft.people.rules.imports.tables import Table
from samkraft.values.refusal import Refused
from samkraft.values.wording import phrase


class Kind(StrEnum):
    """What can be read in from a file."""

    REFERRALS = "referrals"
    OCCASIONS = "occasions"
    ATTENDANCE = "attendance"


@dataclass(frozen=True, slots=True)
class Column:
    """A field and the headings under which it stands; the first is what people are told. `needed`: without it, no reading."""

    name: str
    headings: tuple[str, ...]
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """The columns of one system's file. `signs` are headings that only this system uses. `given` is what its rows all are."""

    code: str
    name: str
    kind: Kind
    columns: tuple[Column, ...]
    signs: tuple[str, ...] = ()
    given: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Matched:
    """A file's shape: field → the column's place, and the headings that are not read, those that never are apart."""

    shape: Shape
    places: Mapping[str, int]
    heads: tuple[str, ...]
    unread: tuple[str, ...]
    never: tuple[str, ...]

    def values(self, cells: tuple[str, ...]) -> dict[str, str]:
        """A row's filled cells by field, over what the shape gives."""
        found = {name: cells[place] for name, place in self.places.items() if cells[place]}
        return {**self.shape.given, **found}

    def head(self, name: str) -> str:
        """The heading of a field, as the file has it; else as people are told."""
        if name in self.places:
            return self.heads[self.places[name]]
        return next((one.headings[0] for one in self.shape.columns if one.name == name), "")


_NUMBER = Column("number", ("Personnummer", "Personnr", "Pnr", "Person-/samordningsnummer", "Identitetsnummer"))
_GIVEN = Column("given_name", ("Förnamn", "Tilltalsnamn"))
_FAMILY = Column("family_name", ("Efternamn",))
_WHOLE = Column("whole_name", ("Namn", "Namn (efternamn, förnamn)", "Deltagare", "Klient", "Sökande"))
_PROTECTED = Column(
    "protected",
    ("Skyddade personuppgifter", "Skyddad identitet", "Sekretessmarkering", "Sekretess", "Skydd", "Anonym deltagare"),
)
_PHONE = Column("phone", ("Telefon", "Telefonnummer", "Mobil", "Mobiltelefon", "Tel"))
_EMAIL = Column("email", ("E-post", "Epost", "E-postadress", "Mejl"))
_LANGUAGE = Column("language", ("Språk", "Modersmål", "Tolkspråk"))
_INTERPRETER = Column("interpreter", ("Tolk behövs", "Tolk", "Tolkbehov", "Behov av tolk"))
_SEX = Column("sex", ("Kön",))
_REASON = Column("reason", ("Varför", "Orsak", "Anledning"))
_PERSON = (_GIVEN, _FAMILY, _WHOLE, _SEX, _PROTECTED)

REFERRALS = (
    Shape(
        "own", phrase("Samkrafts mall"), Kind.REFERRALS,
        (
            _NUMBER, *_PERSON, _LANGUAGE, _INTERPRETER, _PHONE, _EMAIL,
            Column("safe_contact", ("Säker kontaktväg",)),
            Column("how", ("Hur kom personen", "Hur personen kom", "Väg in"), needed=True), _REASON,
            Column("received", ("Inkom", "Kom in", "Inkommen"), needed=True),
        ),
    ),
    Shape(
        "ais", phrase("AIS, Arbetsförmedlingen"), Kind.REFERRALS,
        (
            Column("number", (*_NUMBER.headings, "Sökandes personnummer")), *_PERSON, _LANGUAGE, _INTERPRETER, _PHONE, _EMAIL,
            Column("received", ("Anvisningsdatum", "Datum för anvisning", "Beslutsdatum anvisning"), needed=True), _REASON,
        ),
        ("Sökandekategori", "SKAT", "Anvisningsdatum", "Datum för anvisning", "Inskriven sedan", "Arbetsförmedlare"),
        {"how": "anvisning"},
    ),
    Shape(
        "procapita", phrase("Procapita eller Lifecare, socialtjänsten"), Kind.REFERRALS,
        (
            Column("number", (*_NUMBER.headings, "Klientens personnummer")), *_PERSON, _LANGUAGE, _INTERPRETER, _PHONE, _EMAIL,
            Column("received", ("Remissdatum", "Aktualiseringsdatum", "Aktualiserad", "Insatsbeslut"), needed=True), _REASON,
        ),
        ("Aktnummer", "Aktnr", "Hushåll", "Aktualiserad", "Aktualiseringsdatum", "Remissdatum", "Insatsbeslut", "Klient"),
        {"how": "remittering"},
    ),
    Shape(
        "sus", phrase("SUS, Försäkringskassan"), Kind.REFERRALS,
        (_NUMBER, *_PERSON, Column("received", ("Startdatum", "Datum för start", "Inregistrerad"), needed=True)),
        ("Folkbokföringskommun", "Inregistrerad", "Försörjning före", "Tid i offentlig försörjning", "Sysselsättning före"),
        {"how": "remittering"},
    ),
)  # fmt: skip

_ACTIVITY = Column("activity", ("Aktivitet", "Insats", "Tjänst", "Program"), needed=True)
_OCCASION = Column("occasion", ("Tillfälle", "Omgång", "Kurstillfälle", "Grupp"))
_PLACES = Column("places", ("Platser", "Antal platser", "Max antal deltagare"), needed=True)
_STARTS = Column("starts_on", ("Första dagen", "Startdatum", "Start", "Från och med", "From"), needed=True)
_ENDS = Column("ends_on", ("Sista dagen", "Slutdatum", "Slut", "Till och med", "Tom"))
_HOURS = Column("hours_a_week", ("Timmar i veckan", "Tim/vecka", "Omfattning tim/vecka"), needed=True)
_ROOM = Column("place_name", ("Lokal eller adress", "Lokal", "Adress", "Plats"), needed=True)
_MORE = (
    Column("district", ("Stadsdel", "Område")),
    Column("languages", ("Språk",)),
    Column("answer_days", ("Dagar att svara", "Svarstid")),
)

OCCASIONS = (
    Shape(
        "own", phrase("Samkrafts mall"), Kind.OCCASIONS,
        (
            _ACTIVITY, Column("occasion", _OCCASION.headings, needed=True), Column("provider", ("Utförare",), needed=True),
            _STARTS, _ENDS, _PLACES, _HOURS, _ROOM, *_MORE,
        ),
    ),
    Shape(
        "ais", phrase("AIS, Arbetsförmedlingen"), Kind.OCCASIONS,
        (
            _ACTIVITY, _OCCASION,
            Column("provider", ("Anordnare", "Leverantör", "Kompletterande aktör"), needed=True),
            _STARTS, _ENDS, _PLACES, _HOURS, _ROOM, *_MORE,
        ),
        ("Anordnare", "Leverantör", "Kompletterande aktör", "Avtalsnummer"),
    ),
    Shape(
        "procapita", phrase("Procapita eller Lifecare, socialtjänsten"), Kind.OCCASIONS,
        (
            _ACTIVITY, _OCCASION, Column("provider", ("Enhet", "Utförande enhet", "Verkställande enhet"), needed=True),
            _STARTS, _ENDS, _PLACES, _HOURS, _ROOM, *_MORE,
        ),
        ("Enhet", "Utförande enhet", "Verkställande enhet"),
    ),
)  # fmt: skip

ATTENDANCE = (
    Shape(
        "own", phrase("Samkrafts mall"), Kind.ATTENDANCE,
        (
            Column("activity", ("Aktivitet", "Insats", "Tjänst", "Program")), _OCCASION,
            Column("day", ("Datum", "Dag", "Närvarodatum"), needed=True),
            Column("clock", ("Tid", "Klockslag", "Starttid")),
            Column("code", ("Kod", "Deltagarkod"), needed=True),
            Column("presence", ("Närvaro", "Status", "Frånvaro/närvaro"), needed=True),
        ),
    ),
)  # fmt: skip
ALL = {Kind.REFERRALS: REFERRALS, Kind.OCCASIONS: OCCASIONS, Kind.ATTENDANCE: ATTENDANCE}

# What never belongs here, whoever sends it: a file with such a column is read without it, and that is said.
_NEVER = re.compile(r"diagnos|orosanmäl|journal|läkarutlåtande|kontrollutredning|brott|religion|etnicitet|missbruk")


def match(table: Table, kind: Kind) -> Matched:
    """The shape that fits the heads: one whose own signs are there first. Raises Refused when none has all that it needs."""
    heads = {}
    for place, head in enumerate(table.heads):
        key = plain(head)
        if key and key in heads:
            raise Refused(faults.COLUMN_TWICE, column=head[:60])
        heads[key] = place
    shapes = sorted(ALL[kind], key=lambda shape: -len({plain(sign) for sign in shape.signs} & heads.keys()))
    tried = [(shape, _places(shape, heads)) for shape in shapes]
    for shape, places in tried:
        if not _missing(shape, places):
            return _matched(shape, places, table.heads)
    closest, places = min(tried, key=lambda pair: (len(_missing(*pair)), -len(pair[1])))
    raise Refused(faults.NO_SUCH_SHAPE, missing=", ".join(_missing(closest, places)))


def plain(text: str) -> str:
    """A heading, without what people write differently."""
    return re.sub(r"[\s*:_.]+", " ", text.casefold()).strip()


def _places(shape: Shape, heads: Mapping[str, int]) -> dict[str, int]:
    found = {}
    for column in shape.columns:
        place = next((heads[plain(one)] for one in column.headings if plain(one) in heads), None)
        if place is not None and not _NEVER.search(plain(column.headings[0])):
            found[column.name] = place
    return found


def _missing(shape: Shape, places: Mapping[str, int]) -> list[str]:
    """Headings that have to be there. A name stands in two columns or in one."""
    missing = [one.headings[0] for one in shape.columns if one.needed and one.name not in places]
    if shape.kind is Kind.REFERRALS and "whole_name" not in places:
        missing += [one.headings[0] for one in (_GIVEN, _FAMILY) if one.name not in places]
    return missing


def _matched(shape: Shape, places: Mapping[str, int], heads: tuple[str, ...]) -> Matched:
    left = [head for place, head in enumerate(heads) if head and place not in places.values()]
    never = tuple(head for head in left if _NEVER.search(plain(head)))
    return Matched(shape, places, heads, tuple(head for head in left if head not in never), never)


def template(kind: Kind) -> tuple[str, ...]:
    """The headings of our own shape, for a file to fill in."""
    left_out = {"whole_name"}
    return tuple(one.headings[0] for one in ALL[kind][0].columns if one.name not in left_out)
