"""One errand: how far it has come, and what it gave. The page asks again by itself; it may be closed meanwhile."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samkraft.partners.actions import errands as actions
from samkraft.partners.actions import runners
from samkraft.partners.queries import errands as queries
from samkraft.partners.queries.errands import ErrandRow
from samkraft.partners.rules.errands import AT_WORK, State
from samkraft.values.wording import phrase
from samkraft.web import afterwards, exports, shell
from samkraft.web.acting import page

ASK_AGAIN_SECONDS = 2
_WORDS = {
    State.ASKED: (phrase("väntar på sin tur"), "needs"),
    State.RUNNING: (phrase("pågår"), "needs"),
    State.DONE: (phrase("klart"), "ok"),
    State.FAILED: (phrase("blev inte klart"), "overdue"),
    State.STALE: (phrase("lämnades inte ut"), "overdue"),
    State.OPENED: (phrase("hämtat"), "closed"),
    State.PUT_AWAY: (phrase("borttaget"), "closed"),
}


@page()
def show(request: Any, errand_id: UUID) -> HttpResponse:
    """How far it has come. Asked for by the page itself it answers with that part only."""
    row = queries.one(request.by, errand_id)
    if row is None or not runners.is_known(row.kind):
        raise Http404
    context = {**_said(row), "seconds": ASK_AGAIN_SECONDS}
    if request.htmx:
        return render(request, "errands/standing.html", context)
    frame = shell.of(request)
    frame.crumbs = [{"label": _("Pågående"), "url": reverse("errands:listed")}, {"label": name(row.kind), "url": ""}]
    return render(request, "errands/errand.html", {**context, "shell": frame})


@page()
def listed(request: Any) -> HttpResponse:
    """The reader's own, the latest first."""
    rows = [_said(row) for row in queries.listed(request.by) if runners.is_known(row.kind)]
    shown = [one for one in rows if one["row"].now.state is not State.PUT_AWAY]
    frame = shell.of(request)
    frame.crumbs = [{"label": _("Inkorg"), "url": reverse("inbox")}, {"label": _("Pågående"), "url": ""}]
    return render(request, "errands/listed.html", {"rows": shown, "shell": frame})


@require_POST
@page()
def fetch(request: Any, errand_id: UUID) -> HttpResponse:
    """The file, when it still may be handed out; else the page that came of it."""
    made = actions.fetch(by=request.by, errand_id=errand_id)
    return afterwards.at(made.address) if made.file is None else exports.as_attachment(made.file)


@require_POST
@page()
def again(request: Any, errand_id: UUID) -> HttpResponse:
    """Once more."""
    actions.again(by=request.by, errand_id=errand_id)
    return afterwards.to("errands:errand", errand_id)


@require_POST
@page()
def put_away(request: Any, errand_id: UUID) -> HttpResponse:
    """No longer of interest."""
    actions.put_away(by=request.by, errand_id=errand_id)
    messages.success(request, _("Det är borttaget."))
    return afterwards.to("errands:listed")


def name(kind: str) -> str:
    """What such an errand is called."""
    return _(runners.of(kind).NAME)


def sent_to(errand_id: UUID) -> HttpResponse:
    """After it was asked for: its page."""
    return afterwards.to("errands:errand", errand_id)


def _said(row: ErrandRow) -> dict[str, Any]:
    word, shape = _WORDS[row.now.state]
    return {
        "row": row,
        "name": name(row.kind),
        "about": runners.about(row.kind, row.arguments),
        "word": _(word),
        "shape": shape,
        "is_at_work": row.now.state in AT_WORK,
        "is_ready": row.now.state in (State.DONE, State.OPENED) and bool(row.file_name or row.now.address),
        "has_expired": row.now.state in (State.DONE, State.OPENED) and not row.file_name and not row.now.address,
        "can_again": row.now.state in (State.FAILED, State.STALE)
        or (row.now.state in (State.DONE, State.OPENED) and not row.file_name and not row.now.address),
        "url": reverse("errands:errand", args=[row.id]),
    }
