"""Matters and their documents."""

import hashlib
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import connection
from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.money.models import Document, Matter
from samkraft.money.rules import case_numbers
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

NO_TITLE = Reason("document_without_title", phrase("Handlingen saknar rubrik."), phrase("Skriv vad den heter."))
NO_KIND = Reason("document_without_kind", phrase("Det står inte vad det är för handling."), phrase("Välj ett slag."))
ALREADY_RECEIVED = Reason(
    "document_received_already",
    phrase("Filen finns redan i ärendet: {title}, inlagd av {who} {day}."),
    phrase("Öppna ärendet och läs den där. Ett rättat dokument är en annan fil."),
)


def receive(
    *,
    by: Context,
    at: datetime | None = None,
    kind: str,
    title: str,
    case_number: str = "",
    matter_title: str = "",
    author_id: UUID | None = None,
    dated: date | None = None,
    dated_words: str = "",
    text: str = "",
    file_name: str = "",
    media_type: str = "",
    content: bytes | None = None,
) -> UUID:
    """Take in a document as a source, with its file when there is one. It is never changed afterwards.

    Raises Refused without a title or a kind, on an odd case number, and for a file that the matter has already.
    """
    access.require(by, Permission.REGISTER_DECISIONS)
    title, kind = " ".join(title.split()), " ".join(kind.split())
    if not title:
        raise Refused(NO_TITLE)
    if not kind:
        raise Refused(NO_KIND)
    with transactions.write(by):
        matter = (
            open_within(by=by, at=at, case_number=case_number, title=matter_title or title) if case_number else None
        )
        if matter is not None and content is not None:
            _refuse_twice(matter, content)
        return receive_within(
            by=by,
            at=at,
            matter=matter,
            kind=kind,
            title=title,
            author_id=author_id,
            dated=dated,
            dated_words=dated_words,
            text=text,
            file_name=file_name,
            media_type=media_type,
            content=content,
        ).id


def open_within(*, by: Context, at: datetime | None, case_number: str, title: str) -> Matter:
    """The matter with this number, opened if it is new. Inside a transaction. Raises Refused on an odd number.

    Two people who do something in the same matter at once: the second waits here and then sees what the first did.
    """
    tidy = case_numbers.tidy(case_number)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"matter {tidy}"])
    known = Matter.objects.filter(case_number=tidy).first()
    if known:
        return known
    matter = Matter(case_number=tidy, title=title[:300], opened_at=at or timezone.now(), opened_by=by.actor_name)
    matter.save(force_insert=True)
    trail.record(
        by=by, at=at, action="matter.open", subject_kind="money.matter", subject_id=matter.id, subject_name=tidy
    )
    return matter


def receive_within(
    *,
    by: Context,
    at: datetime | None,
    matter: Matter | None,
    kind: str,
    title: str,
    author_id: UUID | None = None,
    dated: date | None = None,
    dated_words: str = "",
    text: str = "",
    file_name: str = "",
    media_type: str = "",
    content: bytes | None = None,
) -> Document:
    """As `receive`, inside the transaction of the action that calls."""
    document = Document.objects.create(
        id=uuid4(),
        matter=matter,
        kind=kind,
        title=title[:300],
        author_id=author_id,
        dated=dated,
        dated_words=dated_words,
        text=text,
        file_name=file_name,
        media_type=media_type,
        content=content,
        sha256=hashlib.sha256(content if content is not None else text.encode()).hexdigest(),
        received_at=at or timezone.now(),
        received_by=by.actor_name,
    )
    trail.record(
        by=by,
        at=at,
        action="document.receive",
        subject_kind="money.document",
        subject_id=document.id,
        subject_name=document.title,
        sha256=document.sha256,
    )
    return document


def _refuse_twice(matter: Matter, content: bytes) -> None:
    known = matter.documents.filter(sha256=hashlib.sha256(content).hexdigest()).first()
    if known is not None:
        day = day_in_stockholm(known.received_at)
        raise Refused(ALREADY_RECEIVED, title=known.title, who=known.received_by, day=day.isoformat())
