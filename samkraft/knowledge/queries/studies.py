"""Studies as their pages show them: what was promised, how far they have come, and what has been published."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from samkraft.knowledge.models import Study, StudyDraft, StudyEvent
from samkraft.knowledge.rules.studies import registrations, stages
from samkraft.knowledge.rules.studies.registrations import Registration
from samkraft.knowledge.rules.studies.stages import Event, Kind

FIELDS = (*registrations.TEXTS, "outcome", "ethics", *registrations.NUMBERS)


@dataclass(frozen=True, slots=True)
class StudyRow:
    """A study in a list. waits_for_list: registered, and its list is not published yet."""

    id: UUID
    initiative_id: UUID
    number: int
    registration_id: UUID
    held: stages.Study

    @property
    def registration(self) -> Registration:
        """What was promised last."""
        return self.held.registration

    @property
    def stage(self) -> Kind:
        """How far it has come."""
        return self.held.stage


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A registration that is being written."""

    id: UUID
    study_id: UUID | None
    title: str
    fields: dict[str, str]
    written_at: datetime


def listed(initiative_id: UUID | None = None) -> list[StudyRow]:
    """Studies of an initiative, or of all, the newest first."""
    found = Study.objects.order_by("-begun_at", "-number")
    if initiative_id is not None:
        found = found.filter(initiative_id=initiative_id)
    rows = list(found)
    told: dict[UUID, list[StudyEvent]] = {}
    for one in StudyEvent.objects.filter(study_id__in=[row.id for row in rows]).order_by("place"):
        told.setdefault(one.study_id, []).append(one)
    return [_row(row, told[row.id]) for row in rows if row.id in told]


def by_number(initiative_id: UUID, number: int) -> StudyRow | None:
    """One study of an initiative; None when there is none."""
    row = Study.objects.filter(initiative_id=initiative_id, number=number).first()
    if row is None:
        return None
    told = list(StudyEvent.objects.filter(study_id=row.id).order_by("place"))
    return _row(row, told) if told else None


def of_registrations(keys: Sequence[UUID]) -> dict[UUID, StudyRow]:
    """Registration → its study, for call lists."""
    found = StudyEvent.objects.filter(id__in=keys).values_list("id", "study_id")
    rows = {row.id: row for row in listed()}
    return {key: rows[study_id] for key, study_id in found if study_id in rows}


def waiting_for_list() -> list[StudyRow]:
    """Registered studies whose list is not published yet: an area may lay one in."""
    return [row for row in listed() if row.stage is Kind.REGISTERED]


def held(study_id: UUID) -> stages.Study | None:
    """A study as its events tell it; None when there is none."""
    told = events(study_id)
    return stages.Study(told) if told else None


def events(study_id: UUID) -> tuple[Event, ...]:
    """All that has happened to a study, in order."""
    return tuple(_event(one) for one in StudyEvent.objects.filter(study_id=study_id).order_by("place"))


def initiative_of(study_id: UUID) -> UUID:
    """The initiative that a study is of."""
    found: UUID = Study.objects.values_list("initiative_id", flat=True).get(id=study_id)
    return found


def drafts(initiative_id: UUID, membership_id: UUID) -> list[DraftRow]:
    """What somebody is writing, the newest first."""
    found = StudyDraft.objects.filter(initiative_id=initiative_id, membership_id=membership_id)
    return [_draft(one) for one in found.order_by("-written_at")]


def draft(draft_id: UUID, membership_id: UUID) -> DraftRow | None:
    """One draft of one's own."""
    found = StudyDraft.objects.filter(id=draft_id, membership_id=membership_id).first()
    return _draft(found) if found else None


def as_fields(promised: Registration) -> dict[str, str]:
    """A registration as fields of a form, to write a new version from."""
    said: dict[str, Any] = promised.as_json()
    return {name: str(said[name]).removesuffix(".0") for name in FIELDS}


def _draft(one: StudyDraft) -> DraftRow:
    return DraftRow(one.id, one.study_id, one.fields.get("title", ""), one.fields, one.written_at)


def _row(row: Study, told: Sequence[StudyEvent]) -> StudyRow:
    held_now = stages.Study(tuple(_event(one) for one in told))
    return StudyRow(row.id, row.initiative_id, row.number, held_now.registered.id, held_now)


def _event(one: StudyEvent) -> Event:
    return Event(
        one.place, one.version, Kind(one.kind), one.content, one.digest, one.happened_at, one.happened_by, one.id
    )
