"""Our copy of vacancies: those that can be applied for now, and when the copy was renewed."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from samkraft.offer.models import Vacancy, VacancyFetch


@dataclass(frozen=True, slots=True)
class ConceptRow:
    """A concept as it was read: id, version of the taxonomy, label."""

    id: str
    version: int
    label: str


@dataclass(frozen=True, slots=True)
class VacancyRow:
    """One vacancy. `needed` and `merits` are skills and languages."""

    id: UUID
    headline: str
    employer: str
    workplace: str
    occupation: ConceptRow | None
    field: str
    municipality: str
    places: int
    published_date: date
    last_date: date | None
    scope_from: int | None
    scope_to: int | None
    needs_experience: bool
    needs_licence: bool
    link: str
    needed: tuple[ConceptRow, ...]
    merits: tuple[ConceptRow, ...]


@dataclass(frozen=True, slots=True)
class FetchRow:
    """When the copy was renewed, from where, and what came of it."""

    fetched_at: datetime
    source: str
    found: int
    added: int
    gone: int
    unread: int
    is_whole: bool


def open_on(
    day: date, *, words: str = "", field: str = "", without_experience: bool = False, most: int = 50
) -> tuple[list[VacancyRow], int]:
    """Those that can be applied for on the day, the newest first, and how many there are in all."""
    rows = Vacancy.objects.filter(Q(last_date=None) | Q(last_date__gte=day), gone_date=None)
    for word in words.split()[:8]:
        rows = rows.filter(
            Q(headline__icontains=word) | Q(employer_name__icontains=word) | Q(occupation__label__icontains=word)
        )
    if field:
        rows = rows.filter(field__concept_id=field)
    if without_experience:
        rows = rows.filter(needs_experience=False)
    total = rows.count()
    return rows_of(rows.order_by("-published_date", "id")[:most]), total


def rows_of(rows: QuerySet[Vacancy]) -> list[VacancyRow]:
    """As rows, with the skills and languages that they ask for."""
    shown = rows.select_related("occupation", "field", "municipality").prefetch_related("wishes__concept")
    return [_row(row) for row in shown]


def fields_on(day: date) -> list[tuple[str, str]]:
    """The occupational fields that there are vacancies in: concept id and label, in order of label."""
    rows = Vacancy.objects.filter(Q(last_date=None) | Q(last_date__gte=day), gone_date=None).exclude(field=None)
    found = dict(rows.order_by("field__version").values_list("field__concept_id", "field__label"))
    return sorted(found.items(), key=lambda pair: pair[1])


def latest_fetch() -> FetchRow | None:
    """The latest renewal; None when the copy has never been made."""
    row = VacancyFetch.objects.order_by("-fetched_at").first()
    if row is None:
        return None
    return FetchRow(row.fetched_at, row.source, row.found, row.added, row.gone, row.unread, row.is_whole)


def _row(row: Vacancy) -> VacancyRow:
    wishes = sorted(row.wishes.all(), key=lambda wish: wish.concept.label)
    occupation = row.occupation
    return VacancyRow(
        id=row.id, headline=row.headline, employer=row.employer_name, workplace=row.workplace,
        occupation=ConceptRow(occupation.concept_id, occupation.version, occupation.label) if occupation else None,
        field=row.field.label if row.field else "", municipality=row.municipality.label if row.municipality else "",
        places=row.places, published_date=row.published_date, last_date=row.last_date, scope_from=row.scope_from,
        scope_to=row.scope_to, needs_experience=row.needs_experience, needs_licence=row.needs_licence, link=row.link,
        needed=tuple(_concept(wish) for wish in wishes if wish.is_needed),
        merits=tuple(_concept(wish) for wish in wishes if not wish.is_needed),
    )  # fmt: skip


def _concept(wish: object) -> ConceptRow:
    concept = wish.concept  # type: ignore[attr-defined]  # a row of the prefetched relation
    return ConceptRow(concept.concept_id, concept.version, concept.label)
