"""Questions to bodies about sources that differ. They live in the year wheel, found by their keys."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from samkraft.initiatives.queries import keyed
from samkraft.initiatives.rules.duties import DutyEventKind, DutyState
from samkraft.money.models import ContradictionSide
from samkraft.partners.queries import organisations
from samkraft.partners.rules.organisations import HOLDS_FRAME, OrganisationKind
from samkraft.values.period import day_in_stockholm


@dataclass(frozen=True, slots=True)
class Party:
    """A body that stands behind one of the sides and can be asked."""

    id: UUID
    name: str
    short: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to a body: when it is to be answered, and the answer when it has come."""

    duty_id: UUID
    body_id: UUID
    body: str
    text: str
    asked_at: datetime
    due_date: date
    state: DutyState
    answer: str
    answered_at: datetime | None
    answered_by: str


def asked(contradiction_id: UUID, *, today: date | None = None) -> list[Asked]:
    """The questions that have been asked about it, oldest first."""
    return about([contradiction_id], today).get(contradiction_id, [])


def parties(contradiction_id: UUID) -> list[Party]:
    """Bodies with a frame of their own behind any of the sides: whose figure, whose document, who receives."""
    found: dict[UUID, Party] = {}
    sides = ContradictionSide.objects.filter(contradiction_id=contradiction_id).select_related(
        "figure__organisation", "document__author", "point_item__receiver"
    )
    for side in sides.defer("document__text", "document__content").order_by("position"):
        figure = side.figure.organisation if side.figure else None
        author = side.document.author if side.document else None
        receiver = side.point_item.receiver if side.point_item else None
        for body in (figure, author, receiver):
            if body is not None and OrganisationKind(body.kind) in HOLDS_FRAME:
                found[body.id] = Party(body.id, body.name, body.short_name or body.name)
    return list(found.values())


def name_of(organisation_id: UUID) -> str:
    """The organisation's name, for a sentence; a dash when there is none."""
    return next((row.name for row in organisations.listed() if row.id == organisation_id), "–")


def question_key(contradiction_id: UUID, body_id: UUID, number: int) -> str:
    """What a question to a body is called in the year wheel."""
    return f"contradiction:{contradiction_id}:{body_id}:{number}"


def about(ids: Sequence[UUID], today: date | None) -> dict[UUID, list[Asked]]:
    """Contradiction → its questions. They live in the year wheel, found by their keys."""
    day = today or day_in_stockholm(timezone.now())
    found: dict[UUID, list[Asked]] = defaultdict(list)
    for duty in keyed.beginning(prefixes=[f"contradiction:{each}:" for each in ids], today=day):
        row = duty.row
        done = next((event for event in duty.history if event.kind is DutyEventKind.DONE), None)
        answered = done if done and row.state is DutyState.DONE else None
        found[UUID(duty.source_key.split(":")[1])].append(
            Asked(
                duty_id=row.id,
                body_id=row.body_id,
                body=row.body_short,
                text=row.basis,
                asked_at=duty.added_at,
                due_date=row.due_date,
                state=row.state,
                answer=answered.note if answered else "",
                answered_at=answered.at if answered else None,
                answered_by=answered.by if answered else "",
            )
        )
    return found
