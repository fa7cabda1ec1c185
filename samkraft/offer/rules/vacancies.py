"""Vacancies as Arbetsförmedlingen's JobSearch publishes them, read strictly: what is missing is not guessed.

Occupations and skills are concepts of the JobTech Taxonomy: an id that never changes, the version of the taxonomy that
the label was read in, and the label. Whom to contact at the employer is left out: that is a person's data and stands
in the advertisement. Shape: the answer of `/search` and of `/ad/{id}`, as documented by JobTech Development.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

NOT_A_VACANCY = Reason(
    "vacancy_not_understood",
    phrase("Annonsen {id} går inte att läsa: {field}."),
    phrase("Den hoppas över. Det andra läses in."),
)
NOT_AN_ANSWER = Reason(
    "vacancies_not_an_answer",
    phrase("Tjänsten svarade med något som inte är en lista av annonser."),
    phrase("Kontrollera adressen i SAMKRAFT_VACANCIES."),
)
_CONCEPT_ID = re.compile(r"[A-Za-z0-9]{4}_[A-Za-z0-9]{3}_[A-Za-z0-9]{3}")
LONGEST = 300


class ConceptKind(StrEnum):
    """Which kind of concept it is, by the taxonomy's own names."""

    OCCUPATION = "occupation-name"
    GROUP = "ssyk-level-4"
    FIELD = "occupation-field"
    SKILL = "skill"
    LANGUAGE = "language"
    MUNICIPALITY = "municipality"


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept's id, such as `7wdX_4rv_33z`, and its label."""

    kind: ConceptKind
    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """A concept that is asked for: it has to be there, or it is a merit."""

    concept: Concept
    is_needed: bool


@dataclass(frozen=True, slots=True)
class VacancyDraft:
    """One advertisement. `scope_from` and `scope_to` are percent of full time; None when nothing is said."""

    source_id: str
    headline: str
    employer_name: str
    employer_number: str
    workplace: str
    occupation: Concept | None
    group: Concept | None
    field: Concept | None
    municipality: Concept | None
    places: int
    published_date: date
    last_date: date | None
    scope_from: int | None
    scope_to: int | None
    needs_experience: bool
    needs_licence: bool
    address: str
    is_removed: bool
    wanted: tuple[Wanted, ...]


def hits(answer: Any) -> tuple[int, list[Mapping[str, Any]]]:
    """How many there are in all, and those of this page. Raises Refused when it is no such answer."""
    try:
        total, found = int(answer["total"]["value"]), list(answer["hits"])
    except (TypeError, KeyError, ValueError):
        raise Refused(NOT_AN_ANSWER) from None
    if total < 0 or not all(isinstance(one, Mapping) for one in found):
        raise Refused(NOT_AN_ANSWER)
    return total, found


def read(hit: Mapping[str, Any]) -> VacancyDraft:
    """One advertisement. Raises Refused naming what cannot be understood."""
    reader = _Reader(hit)
    scope = reader.part("scope_of_work")
    employer = reader.part("employer")
    return VacancyDraft(
        source_id=reader.text("id", hit.get("id"), needed=True)[:60],
        headline=reader.text("headline", hit.get("headline"), needed=True),
        employer_name=reader.text("employer", employer.get("name")),
        employer_number=re.sub(r"\D", "", str(employer.get("organization_number") or ""))[:12],
        workplace=reader.text("workplace", employer.get("workplace")),
        occupation=reader.concept(ConceptKind.OCCUPATION, "occupation"),
        group=reader.concept(ConceptKind.GROUP, "occupation_group"),
        field=reader.concept(ConceptKind.FIELD, "occupation_field"),
        municipality=reader.municipality(),
        places=reader.whole("number_of_vacancies", hit.get("number_of_vacancies")) or 1,
        published_date=reader.day("publication_date") or reader.missing("publication_date"),
        last_date=reader.day("application_deadline"),
        scope_from=reader.whole("scope_of_work", scope.get("min")),
        scope_to=reader.whole("scope_of_work", scope.get("max")),
        needs_experience=bool(hit.get("experience_required")),
        needs_licence=bool(hit.get("driving_license_required")),
        address=reader.address(),
        is_removed=bool(hit.get("removed")),
        wanted=reader.wanted(),
    )


class _Reader:
    """Reads the parts of one hit; each no names the field."""

    def __init__(self, hit: Mapping[str, Any]) -> None:
        self.hit = hit

    def missing(self, field: str) -> Any:
        raise Refused(NOT_A_VACANCY, id=str(self.hit.get("id"))[:40], field=field)

    def part(self, field: str) -> Mapping[str, Any]:
        found = self.hit.get(field) or {}
        return found if isinstance(found, Mapping) else self.missing(field)

    def text(self, field: str, value: Any, *, needed: bool = False) -> str:
        if value is not None and not isinstance(value, str | int):
            self.missing(field)
        text = " ".join(str(value if value is not None else "").replace("\x00", "").split())[:LONGEST]
        return text if text or not needed else str(self.missing(field))

    def whole(self, field: str, value: Any) -> int | None:
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 32_000:
            self.missing(field)
        return int(value)

    def day(self, field: str) -> date | None:
        value = self.hit.get(field)
        if not value:
            return None
        try:
            return datetime.fromisoformat(str(value)).date()
        except ValueError:
            self.missing(field)
        return None

    def concept(self, kind: ConceptKind, field: str) -> Concept | None:
        """The concept of a field; older answers give a list of them, of which the first is the advertisement's own."""
        found = self.hit.get(field)
        if isinstance(found, list):
            found = found[0] if found else None
        return self._one(kind, field, found) if found else None

    def municipality(self) -> Concept | None:
        found = self.part("workplace_address")
        said = {"concept_id": found.get("municipality_concept_id"), "label": found.get("municipality")}
        return self._one(ConceptKind.MUNICIPALITY, "workplace_address", said) if said["concept_id"] else None

    def wanted(self) -> tuple[Wanted, ...]:
        made: dict[str, Wanted] = {}
        for field, is_needed in (("must_have", True), ("nice_to_have", False)):
            part = self.part(field)
            for name, kind in (("skills", ConceptKind.SKILL), ("languages", ConceptKind.LANGUAGE)):
                for said in part.get(name) or []:
                    concept = self._one(kind, field, said)
                    if concept is not None:
                        made.setdefault(concept.id, Wanted(concept, is_needed))
        return tuple(made.values())

    def address(self) -> str:
        """The advertisement's page; only an address of the web, since it becomes a link."""
        address = str(self.hit.get("webpage_url") or "")
        return address if re.fullmatch(r"https?://[^\s<>\"']{1,480}", address) else ""

    def _one(self, kind: ConceptKind, field: str, said: Any) -> Concept | None:
        if not isinstance(said, Mapping):
            self.missing(field)
        found = said.get("concept_id")
        if not found:
            return None
        if not isinstance(found, str) or not _CONCEPT_ID.fullmatch(found):
            self.missing(field)
        return Concept(kind, str(found), self.text(field, said.get("label")) or str(found))
