"""The board pack on the screen, and as a tagged PDF or Word file to take along."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from samkraft.knowledge.actions import releases
from samkraft.knowledge.queries import board_packs
from samkraft.knowledge.rules import writing
from samkraft.knowledge.rules.documents import web_page
from samkraft.partners.rules.roles import Permission
from samkraft.values.period import day_in_stockholm
from samkraft.web.acting import page
from samkraft.web.knowledge import frames

ENDINGS = (".pdf", ".docx")
MOST_DIGITS = 7


@page(needs=Permission.SEE_RESULTS)
def show(request: Any, code: str) -> HttpResponse:
    """Read it here, or send the form to take it along: then it has left, and stands in the ledger.

    Query: `bild` is the number of an earlier snapshot, as a meeting had it; its figures are shown, and nothing since.
    """
    row = frames.initiative(code)
    if request.method == "POST":
        ending = request.POST.get("ending", "")
        if ending not in ENDINGS:
            raise Http404
        left = releases.hand_out_pack(by=request.by, initiative_id=row.id, ending=ending)
        response = HttpResponse(left.content, content_type=writing.MEDIA_TYPES[ending])
        response.headers["Content-Disposition"] = f'attachment; filename="underlag-{code}{ending}"'
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response
    asked = request.GET.get("bild", "")
    run = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < MOST_DIGITS else None
    document = board_packs.document(row.id, today=day_in_stockholm(timezone.now()), run=run)
    body = mark_safe(web_page.inside(document, top=1)) if document else ""  # noqa: S308 - every text in it is escaped
    context = {"document": document, "body": body, "is_earlier": run is not None}
    return frames.draw(request, "knowledge/pack.html", row, "show", context, (_("Underlag"), ""))
