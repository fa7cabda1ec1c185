"""A source: its text with the words marked that something rests on, and its file."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.money.queries import documents as queries
from samkraft.partners.rules.roles import Permission
from samkraft.web.acting import page
from samkraft.web.money import crumbs
from samkraft.web.money.reading.reading import MEDIA_TYPES

# Files are only ever handed out as one of these; anything else as plain bytes to save.
SAFE_TYPES = frozenset(MEDIA_TYPES.values())
LONGEST_MARK = 300


@page(needs=Permission.SEE_MONEY)
def show(request: Any, document_id: UUID) -> HttpResponse:
    """The document. Query: `visa` words to mark where they first stand."""
    found = queries.page(by=request.by, document_id=document_id)
    if found is None:
        raise Http404
    words = request.GET.get("visa", "").strip()[:LONGEST_MARK]
    steps = [(_("Ärenden"), reverse("money:matters"))]
    if found.matter_id:
        steps.append((found.case_number, reverse("money:matter", args=[found.matter_id])))
    paragraphs, is_found = _paragraphs(found.text, words)
    return render(
        request,
        "money/document.html",
        {
            "shell": crumbs.frame(request, *steps, (found.line.title, "")),
            "document": found,
            "paragraphs": paragraphs,
            "words": words,
            "is_found": is_found,
        },
    )


def _paragraphs(text: str, words: str) -> tuple[list[dict[str, str]], bool]:
    """The text in paragraphs, each in three parts: before, marked and after. Spaces and line breaks count as equal."""
    wanted = " ".join(words.split()).casefold()
    listed = [" ".join(part.split()) for part in text.replace("\r", "").split("\n\n") if part.strip()]
    found, is_found = [], False
    for part in listed:
        at = part.replace("\u00a0", " ").casefold().find(wanted) if wanted and not is_found else -1
        if at == -1 or len(part.casefold()) != len(part):
            found.append({"before": part, "mark": "", "after": ""})
            continue
        is_found = True
        end = at + len(wanted)
        found.append({"before": part[:at], "mark": part[at:end], "after": part[end:]})
    return found, is_found


@page(needs=Permission.SEE_MONEY)
def download(request: Any, document_id: UUID) -> HttpResponse:
    """The file as it came in: to save, never to open inside our page."""
    found = queries.file_of(by=request.by, document_id=document_id)
    if found is None:
        raise Http404
    name, media_type, content = found
    response = HttpResponse(
        content, content_type=media_type if media_type in SAFE_TYPES else "application/octet-stream"
    )
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name or 'dokument', safe='')}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
