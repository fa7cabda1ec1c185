"""Decision texts on their way in: the list of drafts, and one with everything that its page shows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from samkraft.money.models import ReadingDraft
from samkraft.money.queries import registration as known_things
from samkraft.money.queries.registration import Standing
from samkraft.money.rules import decision_text
from samkraft.money.rules.decision_text import Reading
from samkraft.money.rules.registration import paper, registration, registration_outcome, registration_questions
from samkraft.money.rules.registration.paper import Sheet
from samkraft.money.rules.registration.registration import Interpretation, Known
from samkraft.money.rules.registration.registration_questions import Ask
from samkraft.money.rules.registration.sum_check import YearSum
from samkraft.partners.queries import matching
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context


@dataclass(frozen=True, slots=True)
class DraftLine:
    """One draft in the list."""

    id: UUID
    title: str
    case_number: str
    file_name: str
    version: int
    begun_by: str
    changed_by: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class DraftPage:
    """A draft with everything that follows from its text, the answers given, and what is known here."""

    id: UUID
    version: int
    file_name: str
    media_type: str
    part: int
    parts: tuple[Reading, ...]
    reading: Reading
    now: Interpretation
    known: Known
    asked: tuple[Ask, ...]
    sheet: Sheet
    sums: tuple[YearSum, ...]
    standing: Standing | None
    names: dict[UUID, str]
    short_names: dict[UUID, str]
    answers: dict[str, Any]
    changed_by: str
    changed_at: datetime
    content: bytes | None = field(default=None, repr=False)
    text: str = field(default="", repr=False)

    @property
    def open_questions(self) -> list[Ask]:
        """What must be answered before anything can be registered."""
        return registration_questions.open_ones(self.asked)

    @property
    def is_decision(self) -> bool:
        """Whether the text itself says that it is decided."""
        return self.reading.status != decision_text.reading.PROPOSAL


def listed(*, by: Context) -> list[DraftLine]:
    """The organisation's drafts, latest changed first."""
    access.require(by, Permission.REGISTER_DECISIONS)
    rows = (
        ReadingDraft.objects.filter(membership__organisation_id=by.organisation_id)
        .select_related("membership__user")
        .defer("content")
        .order_by("-changed_at", "id")
    )
    found = []
    for row in rows:
        reading = _part(decision_text.read(row.text), row.part)
        found.append(
            DraftLine(
                row.id, reading.facts.title or "", reading.case_number or "", row.file_name, row.version,
                row.membership.user.name, row.changed_by, row.changed_at,
            )
        )  # fmt: skip
    return found


def page(*, by: Context, draft_id: UUID, with_content: bool = False) -> DraftPage | None:
    """One draft of the organisation's; None when there is none (any more)."""
    access.require(by, Permission.REGISTER_DECISIONS)
    drafts = ReadingDraft.objects.filter(membership__organisation_id=by.organisation_id, id=draft_id)
    draft = (drafts if with_content else drafts.defer("content")).first()
    if draft is None:
        return None
    parts = decision_text.read(draft.text)
    reading = _part(parts, draft.part)
    known = known_things.known_for(reading)
    now = registration.interpret(reading, draft.answers, known)
    asked = registration_questions.questions(now, reading.questions, draft.answers, known)
    choices = matching.choices(_ids(now))
    return DraftPage(
        id=draft.id,
        version=draft.version,
        file_name=draft.file_name,
        media_type=draft.media_type,
        part=min(draft.part, len(parts) - 1),
        parts=tuple(parts),
        reading=reading,
        now=now,
        known=known,
        asked=tuple(asked),
        sheet=paper.sheet(reading, asked, [point.number for point in now.points]),
        sums=tuple(known_things.sums(now, registration_outcome.new_money(now))),
        standing=known_things.standing(now.case_number),
        names={key: choice.name for key, choice in choices.items()},
        short_names={key: choice.short_name for key, choice in choices.items()},
        answers=draft.answers,
        changed_by=draft.changed_by,
        changed_at=draft.changed_at,
        content=bytes(draft.content) if with_content and draft.content is not None else None,
        text=draft.text,
    )


def _part(parts: Sequence[Reading], wanted: int) -> Reading:
    return parts[min(wanted, len(parts) - 1)]


def _ids(now: Interpretation) -> set[UUID]:
    ids = {row.receiver_id for row in now.rows if row.receiver_id}
    return ids | ({now.decider_id} if now.decider_id else set())
