"""A decision text on its way in: kept as a draft while a person answers what it leaves open.

Every change names the version that it was made from; the second of two who change the same draft is told.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.money.models import ReadingDraft
from samkraft.money.rules.documents import document_text
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

NO_DRAFT = Reason(
    "no_draft",
    phrase("Utkastet finns inte längre. Någon har registrerat det eller tagit bort det."),
    phrase("Titta bland ärendena, eller läs in texten igen."),
)
CHANGED_SINCE = Reason(
    "draft_changed",
    phrase("{who} har ändrat utkastet sedan du öppnade sidan."),
    phrase(
        "Titta på det som gäller nu och gör om din ändring om den fortfarande behövs. Inget du skrev har tagits bort."
    ),
)
NO_TEXT = Reason("no_text", phrase("Det finns ingen text att läsa."), phrase("Klistra in beslutet eller välj en fil."))
TOO_LONG = Reason(
    "text_too_long",
    phrase("Texten har fler än {limit} tecken."),
    phrase("Klistra in bara den del som gäller beslutet."),
)
LONGEST_TEXT = 1_000_000


def begin(
    *,
    by: Context,
    at: datetime | None = None,
    text: str = "",
    file_name: str = "",
    media_type: str = "",
    content: bytes | None = None,
) -> UUID:
    """Take in a text, or a file whose text is read out. Raises Refused when there is no text to read."""
    access.require(by, Permission.REGISTER_DECISIONS)
    if content is not None:
        text = document_text.extract(content, file_name)
    if not text.strip():
        raise Refused(NO_TEXT)
    if len(text) > LONGEST_TEXT:
        raise Refused(TOO_LONG, limit=f"{LONGEST_TEXT:,}".replace(",", "\u00a0"))
    at = at or timezone.now()
    with transactions.write(by):
        draft = ReadingDraft.objects.create(
            id=uuid4(),
            membership_id=by.membership_id,
            file_name=file_name[:255],
            media_type=media_type[:100],
            content=content,
            text=text.replace("\x00", ""),
            begun_at=at,
            changed_at=at,
            changed_by=by.actor_name,
        )
        trail.record(
            by=by, at=at, action="draft.begin", subject_kind="money.draft", subject_id=draft.id, subject_name=file_name
        )
        return draft.id


def choose_part(*, by: Context, at: datetime | None = None, draft_id: UUID, version: int, part: int) -> int:
    """Which of several matters in the text to go on with. Answers given for another part are dropped."""

    def change(draft: ReadingDraft) -> None:
        if draft.part != part:
            draft.part, draft.answers = part, {}

    return _change(by, at, draft_id, version, change)


def answer(
    *,
    by: Context,
    at: datetime | None = None,
    draft_id: UUID,
    version: int,
    key: str,
    value: str,
    label: str,
    text: str,
) -> int:
    """Answer a question. `key` is the question's own (`text:A`, `own:fund`, `unread:…`); `text` is what was asked."""

    def change(draft: ReadingDraft) -> None:
        kind, _colon, name = key.partition(":")
        if kind == "text":
            _put(draft, "questions", name, {"value": value, "label": label})
        elif kind == "unread":
            _put(draft, "set_aside", name, label)
        else:
            _put(draft, "own", name, {"value": value, "label": label, "text": text})

    return _change(by, at, draft_id, version, change)


def take_back(*, by: Context, at: datetime | None = None, draft_id: UUID, version: int, key: str) -> int:
    """Open an answered question again, or let the text hold again for a row that was put right by hand."""

    def change(draft: ReadingDraft) -> None:
        kind, _colon, name = key.partition(":")
        place = {"text": "questions", "unread": "set_aside", "own": "own", "row": "rows"}.get(kind, kind)
        draft.answers = {**draft.answers, place: {k: v for k, v in draft.answers.get(place, {}).items() if k != name}}
        if kind == "row":
            draft.answers = {**draft.answers, "removed": [k for k in draft.answers.get("removed", []) if k != name]}

    return _change(by, at, draft_id, version, change)


def edit_row(
    *, by: Context, at: datetime | None = None, draft_id: UUID, version: int, key: str, values: Mapping[str, Any]
) -> int:
    """Put a row right by hand. `values` are receiver and fund (ids), amount_ore, years, appropriation, paid_by and so on."""
    return _change(by, at, draft_id, version, lambda draft: _put(draft, "rows", key, dict(values)))


def edit_point(
    *,
    by: Context,
    at: datetime | None = None,
    draft_id: UUID,
    version: int,
    number: str,
    due: str,
    binding: bool | None,
) -> int:
    """Put right when something is due and whether it binds."""
    return _change(
        by, at, draft_id, version, lambda draft: _put(draft, "points", number, {"due": due.strip(), "binding": binding})
    )


def remove_row(*, by: Context, at: datetime | None = None, draft_id: UUID, version: int, key: str) -> int:
    """Leave a row out of what is registered. The text is kept as it is."""

    def change(draft: ReadingDraft) -> None:
        rows = {k: v for k, v in draft.answers.get("rows", {}).items() if k != key}
        removed = sorted({*draft.answers.get("removed", []), key})
        draft.answers = {**draft.answers, "rows": rows, "removed": removed}

    return _change(by, at, draft_id, version, change)


def discard(*, by: Context, at: datetime | None = None, draft_id: UUID, version: int) -> None:
    """Throw the draft away. Nothing that is registered is touched."""
    access.require(by, Permission.REGISTER_DECISIONS)
    with transactions.write(by):
        draft = take_within(by=by, draft_id=draft_id, version=version)
        trail.record(
            by=by,
            at=at,
            action="draft.discard",
            subject_kind="money.draft",
            subject_id=draft_id,
            subject_name=draft.file_name,
        )


def take_within(*, by: Context, draft_id: UUID, version: int) -> ReadingDraft:
    """Remove the draft, inside the transaction that registers what it says: of two people exactly one gets it."""
    draft = _locked(by, draft_id, version)
    taken = ReadingDraft(id=draft.id, file_name=draft.file_name, text=draft.text)
    draft.delete()
    return taken


def _change(
    by: Context, at: datetime | None, draft_id: UUID, version: int, change: Callable[[ReadingDraft], None]
) -> int:
    access.require(by, Permission.REGISTER_DECISIONS)
    with transactions.write(by):
        draft = _locked(by, draft_id, version)
        change(draft)
        draft.version += 1
        draft.changed_at, draft.changed_by = at or timezone.now(), by.actor_name
        draft.save()
        trail.record(
            by=by,
            at=at,
            action="draft.change",
            subject_kind="money.draft",
            subject_id=draft.id,
            subject_name=draft.file_name,
            version=draft.version,
        )
        return draft.version


def _locked(by: Context, draft_id: UUID, version: int) -> ReadingDraft:
    """The draft, held until the transaction ends. Drafts are shared within the organisation of the one who began."""
    draft = (
        ReadingDraft.objects.select_for_update()
        .filter(id=draft_id, membership__organisation_id=by.organisation_id)
        .first()
    )
    if draft is None:
        raise Refused(NO_DRAFT)
    if draft.version != version:
        raise Refused(CHANGED_SINCE, who=draft.changed_by)
    return draft


def _put(draft: ReadingDraft, place: str, key: str, value: object) -> None:
    draft.answers = {**draft.answers, place: {**draft.answers.get(place, {}), key: value}}
