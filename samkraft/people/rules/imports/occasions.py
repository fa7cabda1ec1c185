"""Rows of a file as occasions with places. What an activity, a provider or a district is called is looked up by name or code."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samkraft.offer.rules import activities
from samkraft.offer.rules.matching import DISTRICTS
from samkraft.people.rules.imports import cells, faults
from samkraft.people.rules.imports.lines import Line, lines, say_repeated
from samkraft.people.rules.imports.shapes import Matched, plain
from samkraft.people.rules.imports.tables import Table
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

NO_SUCH_ACTIVITY = Reason(
    "import_no_such_activity",
    phrase("Aktiviteten finns inte, eller samordnas inte av dig."),
    phrase("Skriv namnet eller koden som i katalogen."),
)
NO_SUCH_PROVIDER = Reason(
    "import_no_such_provider",
    phrase("Ingen organisation heter så eller har det numret."),
    phrase("Skriv hela namnet eller organisationsnumret."),
)
SEVERAL_CALLED_SO = Reason(
    "import_several_called_so", phrase("Flera heter så."), phrase("Skriv koden eller organisationsnumret.")
)
NO_SUCH_LANGUAGE = Reason(
    "import_no_such_language",
    phrase("Språket finns inte i listan: {choices}."),
    phrase("Skriv ett eller flera av dem, med komma emellan."),
)
NO_SUCH_DISTRICT = Reason(
    "import_no_such_district", phrase("Stadsdelen finns inte i listan."), phrase("Lämna cellen tom, eller välj en annan.")
)  # fmt: skip
PLACES_RANGE = Reason("import_places", phrase("Antalet platser ska vara mellan 1 och 500."), phrase("Rätta antalet."))
MOST_PLACES = 500


@dataclass(frozen=True, slots=True)
class Known:
    """What can be named: a name, code or number in plain letters → the ids that it may mean."""

    activities: Mapping[str, frozenset[UUID]]
    providers: Mapping[str, frozenset[UUID]]


@dataclass(frozen=True, slots=True)
class OccasionLine:
    """What a row says. `ends_on` is the last day."""

    row: int
    activity_id: UUID
    name: str
    provider_id: UUID
    starts_on: date
    ends_on: date | None
    places: int
    hours_a_week: int
    place_name: str
    district: str
    languages: tuple[str, ...]
    answer_days: int


def read(table: Table, matched: Matched, known: Known) -> tuple[list[OccasionLine], list[faults.Fault]]:
    """The rows that can be read, and all that is wrong with the others."""
    found = [(line, _one(line, known)) for line in lines(table, matched)]
    keys = [(line, (made.activity_id, made.name.casefold(), made.starts_on) if made else None) for line, made in found]
    say_repeated(keys, "occasion", faults.SAME_THING)
    good = [made for line, made in found if made and not line.faults]
    return good, [fault for line, _made in found for fault in line.faults]


def _one(line: Line, known: Known) -> OccasionLine | None:
    activity = line.take("activity", _named(known.activities, NO_SUCH_ACTIVITY), needed=True)
    provider = line.take("provider", _named(known.providers, NO_SUCH_PROVIDER), needed=True)
    starts_on = line.take("starts_on", cells.day, needed=True)
    places = line.take("places", _places, needed=True)
    hours = line.take("hours_a_week", cells.whole, needed=True)
    place_name = line.text("place_name", needed=True)
    ends_on = line.take("ends_on", cells.day)
    languages = line.take("languages", _languages) or ("sv",)
    district = line.take("district", _district) or ""
    answer_days = line.take("answer_days", cells.whole)
    if line.faults or activity is None or provider is None or starts_on is None or places is None or hours is None:
        return None
    name = line.text("occasion") or f"{starts_on.isoformat()}"
    return OccasionLine(
        line.number, activity, name, provider, starts_on, ends_on, places, hours, place_name, district, languages,
        5 if answer_days is None else answer_days,
    )  # fmt: skip


def _named(known: Mapping[str, frozenset[UUID]], none: Reason) -> Callable[[str], UUID]:
    def find(text: str) -> UUID:
        found = known.get(plain(text), frozenset())
        if len(found) > 1:
            raise Refused(SEVERAL_CALLED_SO)
        if not found:
            raise Refused(none)
        return next(iter(found))

    return find


def _places(text: str) -> int:
    many = cells.whole(text)
    if not 1 <= many <= MOST_PLACES:
        raise Refused(PLACES_RANGE)
    return many


def _languages(text: str) -> tuple[str, ...]:
    names = {plain(name): code for code, name in activities.LANGUAGES.items()} | {
        code: code for code in activities.LANGUAGES
    }
    said = [plain(one) for one in text.replace(";", ",").replace("/", ",").split(",") if one.strip()]
    if not said or any(one not in names for one in said):
        raise Refused(NO_SUCH_LANGUAGE, choices=", ".join(activities.LANGUAGES.values()))
    return tuple(dict.fromkeys(names[one] for one in said))


def _district(text: str) -> str:
    names = {plain(name): code for code, (name, _lat, _lon) in DISTRICTS.items()} | {code: code for code in DISTRICTS}
    if plain(text) not in names:
        raise Refused(NO_SUCH_DISTRICT)
    return names[plain(text)]
