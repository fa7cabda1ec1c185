"""The steward's list of persons who may be one: join them, say that they are two, or undo."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.audit.actions import transactions
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import duplicates as actions
from samkraft.people.queries import oversight
from samkraft.values import identity_number
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase
from samkraft.web import afterwards, refusals, shell
from samkraft.web.acting import page

REASON_NEEDED = Reason("match_reason_needed", phrase("Skriv hur du vet det."), "")


@page(needs=Permission.JOIN_DUPLICATES)
def show(request: Any) -> HttpResponse:
    """Those to decide first. The number is shown one at a time, on request, and each look is kept."""
    if request.method != "POST":
        return _render(request, None, None)
    try:
        match_id = UUID(request.POST.get("match", ""))
    except ValueError:
        return afterwards.at(request.path)
    try:
        shown = _act(request, match_id)
    except Refused as refusal:
        with transactions.read(request.by):
            return _render(request, refusal, None)
    if shown is not None:
        with transactions.read(request.by):
            return _render(request, None, (match_id, shown))
    messages.success(request, _("Sparat, och antecknat i spåret."))
    return afterwards.at(request.path)


def _act(request: Any, match_id: UUID) -> str | None:
    do, reason = request.POST.get("do", ""), request.POST.get("reason", "").strip()
    if do == "number":
        digits = actions.number_of(by=request.by, match_id=match_id)
        today = timezone.localdate()
        return identity_number.in_words(identity_number.read(digits, today), today) if digits else _("okänt")
    if not reason:
        raise Refused(REASON_NEEDED)
    act = actions.join if do == "join" else actions.split
    act(by=request.by, match_id=match_id, reason=reason)
    return None


def _render(request: Any, refusal: Refused | None, shown: tuple[UUID, str] | None) -> HttpResponse:
    frame = shell.of(request)
    frame.crumbs = [{"label": _("Dubbletter")}]
    sent, typed = request.POST.get("match", ""), request.POST.get("reason", "")
    rows = [(row, typed, True) if str(row.id) == sent else (row, "", False) for row in oversight.matches(request.by)]
    context = {
        "shell": frame,
        "rows": rows,
        "shown": shown,
        "refusal": refusals.explain(refusal) if refusal else None,
    }
    return render(request, "people/duplicates.html", context)
