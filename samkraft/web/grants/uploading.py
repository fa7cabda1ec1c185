"""Files in and out: looked at for size before they are read, given out only to be saved."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.http import Http404, HttpResponse

from samkraft.money.actions.grants import attachments
from samkraft.money.queries.grants import grant_files
from samkraft.money.rules.grants import attachments as rules
from samkraft.partners.rules.roles import Permission
from samkraft.values.refusal import Refused
from samkraft.web.acting import page

ACCEPT = ",".join(rules.ENDINGS)


def keep(request: Any, *, application_id: UUID | None = None, report_id: UUID | None = None) -> None:
    """Take the file that was sent. Raises Refused for what it may not be."""
    uploaded = request.FILES.get("file")
    if uploaded is None:
        raise Refused(rules.EMPTY)
    if uploaded.size > rules.LARGEST_BYTES:  # before it is read into memory
        raise Refused(rules.TOO_LARGE, limit=rules.LARGEST_MB)
    with uploaded:
        content = uploaded.read()
    attachments.attach(
        by=request.by, name=uploaded.name or "", content=content, application_id=application_id, report_id=report_id
    )


@page(needs=Permission.SEE_GRANTS)
def download(request: Any, attachment_id: UUID) -> HttpResponse:
    """A file of what has come in."""
    return _handed_out(request, attachment_id)


@page(needs=Permission.APPLY_FOR_GRANTS)
def own_download(request: Any, attachment_id: UUID) -> HttpResponse:
    """A file of one's own."""
    return _handed_out(request, attachment_id)


def _handed_out(request: Any, attachment_id: UUID) -> HttpResponse:
    """To save, never to open inside our page. The database decides whether there is one for this reader."""
    found = grant_files.file_of(by=request.by, attachment_id=attachment_id)
    if found is None:
        raise Http404
    row, content = found
    known = row.media_type in rules.MEDIA_TYPES.values()
    response = HttpResponse(content, content_type=row.media_type if known else "application/octet-stream")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(row.name, safe='')}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    return response
