"""Files that are attached to applications and reports about grants."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from samkraft.money.models import (
    GrantAttachment,
)
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.context import Context


@dataclass(frozen=True, slots=True)
class FileRow:
    """An attachment, without its bytes."""

    id: UUID
    name: str
    media_type: str
    size: int
    sha256: str
    added_at: datetime
    added_by: str


def files(*, application_id: UUID | None = None, report_id: UUID | None = None) -> tuple[FileRow, ...]:
    """The attachments that the reader may see, in order of name."""
    rows = GrantAttachment.objects.filter(application_id=application_id, report_id=report_id).defer("content")
    return tuple(
        FileRow(row.id, row.name, row.media_type, row.size, row.sha256, row.added_at, row.added_by)
        for row in rows.order_by("name", "added_at")
    )


def file_of(*, by: Context, attachment_id: UUID) -> tuple[FileRow, bytes] | None:
    """One attachment with its bytes; None when there is none for this reader."""
    if not may(by.role, Permission.APPLY_FOR_GRANTS):
        access.require(by, Permission.SEE_GRANTS)
    row = GrantAttachment.objects.filter(id=attachment_id).first()
    if row is None:
        return None
    shown = FileRow(row.id, row.name, row.media_type, row.size, row.sha256, row.added_at, row.added_by)
    return shown, bytes(row.content)
