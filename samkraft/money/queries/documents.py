"""Sources: documents of a matter in short, one with its text, and its file."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from samkraft.money.models import Document
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One document of the matter."""

    id: UUID
    kind: str
    title: str
    dated: date | None
    dated_words: str
    author: str
    file_name: str
    received_at: datetime
    received_by: str


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """One document with its text."""

    line: DocumentLine
    matter_id: UUID | None
    case_number: str
    text: str
    media_type: str
    sha256: str
    has_file: bool


def page(*, by: Context, document_id: UUID) -> DocumentPage | None:
    """One document with its text; None when there is none."""
    access.require(by, Permission.SEE_MONEY)
    row = Document.objects.select_related("matter", "author").defer("content").filter(id=document_id).first()
    if row is None:
        return None
    has_file = Document.objects.filter(id=document_id, content__isnull=False).exists()
    return DocumentPage(
        line_of(row),
        row.matter_id,
        row.matter.case_number if row.matter else "",
        row.text,
        row.media_type,
        row.sha256,
        has_file,
    )


def file_of(*, by: Context, document_id: UUID) -> tuple[str, str, bytes] | None:
    """The file's name, media type and bytes; None when the document has none."""
    access.require(by, Permission.SEE_MONEY)
    row = Document.objects.filter(id=document_id, content__isnull=False).first()
    return (row.file_name, row.media_type, bytes(row.content)) if row and row.content is not None else None


def line_of(row: Document) -> DocumentLine:
    """A document in short."""
    return DocumentLine(
        row.id, row.kind, row.title, row.dated, row.dated_words, row.author.name if row.author else "", row.file_name,
        row.received_at, row.received_by,
    )  # fmt: skip
