"""Keep a copy of vacancies that somebody else publishes: what is new, what has changed, and what is gone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.offer.models import Concept, Vacancy, VacancyFetch, VacancyWish
from samkraft.offer.rules import vacancies as rules
from samkraft.offer.rules.vacancies import VacancyDraft
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm


@dataclass(frozen=True, slots=True)
class Kept:
    """How many advertisements there were, how many were new, and how many are gone since last time."""

    found: int
    added: int
    gone: int


def keep_by_clock(
    *,
    by: Context,
    source: str,
    version: int,
    found: Sequence[VacancyDraft],
    unread: int,
    is_whole: bool,
    at: datetime | None = None,
) -> Kept:
    """Renew the copy, for the job that the clock starts: nobody's role is asked. No page calls this.

    `version` is the taxonomy's, in which the labels were read. `is_whole`: what is not among `found` is gone at the source;
    otherwise only what the source itself says is removed. Nothing is deleted: a placement may point at it.
    """
    at = at or timezone.now()
    today = day_in_stockholm(at)
    there = {one.source_id: one for one in found if not one.is_removed}
    removed = {one.source_id for one in found if one.is_removed}
    with transactions.write(by):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('vacancies', 0))")
        concepts = _concepts(there.values(), version)
        known = set(Vacancy.objects.filter(source_id__in=list(there)).values_list("source_id", flat=True))
        rows = [_row(one, concepts, today) for one in there.values()]
        changing = [
            field.name for field in Vacancy._meta.local_concrete_fields if field.name not in ("id", "source_id")
        ]
        Vacancy.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["source_id"], update_fields=changing, batch_size=500
        )
        _wish(there, concepts)
        left = Vacancy.objects.filter(gone_date=None)
        left = left.exclude(source_id__in=list(there)) if is_whole else left.filter(source_id__in=list(removed))
        gone = left.update(gone_date=today)
        kept = Kept(len(there), len(there) - len(known), gone)
        made = VacancyFetch.objects.create(
            id=uuid4(), fetched_at=at, fetched_by=by.actor_name, source=source[:300], found=kept.found, added=kept.added,
            gone=kept.gone, unread=unread, is_whole=is_whole,
        )  # fmt: skip
        trail.record(
            by=by, at=at, action="vacancies.fetched", subject_kind="offer.vacancies", subject_id=made.id,
            found=kept.found, added=kept.added, gone=kept.gone, unread=unread,
        )  # fmt: skip
        return kept


def _named(one: VacancyDraft) -> Iterable[rules.Concept]:
    yield from (part for part in (one.occupation, one.group, one.field, one.municipality) if part)
    yield from (wish.concept for wish in one.wanted)


def _concepts(drafts: Iterable[VacancyDraft], version: int) -> dict[tuple[str, str], UUID]:
    """(concept id, label) → our row of it, in this version of the taxonomy; made where there is none."""
    wanted = {(part.id, part.label): part for one in drafts for part in _named(one)}
    Concept.objects.bulk_create(
        [
            Concept(id=uuid4(), kind=part.kind.value, concept_id=part.id, version=version, label=part.label)
            for part in wanted.values()
        ],
        ignore_conflicts=True,
        batch_size=500,
    )
    ids = {concept_id for concept_id, _label in wanted}
    rows = Concept.objects.filter(version=version, concept_id__in=ids).values_list("concept_id", "label", "id")
    return {(concept_id, label): found for concept_id, label, found in rows}


def _row(one: VacancyDraft, concepts: dict[tuple[str, str], UUID], today: date) -> Vacancy:
    def of(part: rules.Concept | None) -> UUID | None:
        return concepts[part.id, part.label] if part else None

    said: dict[str, Any] = {
        "occupation_id": of(one.occupation), "group_id": of(one.group), "field_id": of(one.field),
        "municipality_id": of(one.municipality),
    }  # fmt: skip
    return Vacancy(
        id=uuid4(), source_id=one.source_id, headline=one.headline, employer_name=one.employer_name,
        employer_number=one.employer_number, workplace=one.workplace, places=one.places,
        published_date=one.published_date, last_date=one.last_date, scope_from=one.scope_from, scope_to=one.scope_to,
        needs_experience=one.needs_experience, needs_licence=one.needs_licence, link=one.address, seen_date=today,
        gone_date=None, **said,
    )  # fmt: skip


def _wish(there: dict[str, VacancyDraft], concepts: dict[tuple[str, str], UUID]) -> None:
    ids = dict(Vacancy.objects.filter(source_id__in=list(there)).values_list("source_id", "id"))
    VacancyWish.objects.filter(vacancy_id__in=list(ids.values())).delete()
    VacancyWish.objects.bulk_create(
        [
            VacancyWish(
                id=uuid4(), vacancy_id=ids[source_id], is_needed=wish.is_needed,
                concept_id=concepts[wish.concept.id, wish.concept.label],
            )
            for source_id, one in there.items()
            for wish in one.wanted
        ],
        batch_size=500,
    )  # fmt: skip
