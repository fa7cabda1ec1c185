"""What is to be paid and asked back: a file for the economy system, and a mark on each row that it is there."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samkraft.audit.actions import transactions
from samkraft.money.actions.grants import payouts as actions
from samkraft.money.queries.grants import payouts
from samkraft.money.queries.grants.payouts import Kind, Payout
from samkraft.partners.rules.roles import Permission
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Refused
from samkraft.values.wording import phrase
from samkraft.web import afterwards, exports, figures, refusals
from samkraft.web.acting import page
from samkraft.web.exports import Head
from samkraft.web.grants import frames

KINDS = {Kind.PAYMENT: phrase("utbetalning"), Kind.RECOVERY: phrase("återkrav")}
HEADS = (
    Head(phrase("Slag")), Head(phrase("Organisation")), Head(phrase("Organisationsnummer")), Head(phrase("Belopp, kr"), "ore"),
    Head(phrase("Förfaller"), "date"), Head(phrase("Text")), Head(phrase("Diarienummer")), Head(phrase("Nämnd")),
    Head(phrase("Satsning")), Head(phrase("Berett av")), Head(phrase("Beslutat av")), Head(phrase("Beslutat"), "date"),
    Head(phrase("Beteckning")),
)  # fmt: skip
LONGEST_TEXT = 60  # of a row in the economy system


@page(needs=Permission.PREPARE_GRANTS)
def show(request: Any) -> HttpResponse:
    """What can be handed over, what has been, and what is in the way. Query: `fil`. POST marks rows, or unmarks them."""
    if request.method == "POST":
        return _mark(request)
    return _render(request)


def _render(request: Any, refusal: Any = None) -> HttpResponse:
    rows = payouts.open_now(by=request.by, today=timezone.localdate())
    ready = [one for one in rows if one.can_be_handed]
    if file := exports.wanted(request):
        return exports.answer(file, "utbetalningsunderlag", HEADS, _cells(ready))
    handed = [one for one in rows if one.handed_at is not None]
    waits = [one for one in rows if one.handed_at is None and not one.can_be_handed]
    context = {
        "tabs": frames.tabs(request, "payouts"),
        "refusal": refusal,
        "ready": [_line(one) for one in ready],
        "handed": [_line(one) for one in handed],
        "waits": [_line(one) for one in waits],
        "sentence": _sentence(ready),
    }
    return frames.draw(
        request, "grants/payouts.html", context, (_("Utbetalningar"), ""), status=422 if refusal else 200
    )


def _sentence(ready: Sequence[Payout]) -> str:
    if not ready:
        return _("Inget väntar på att föras över till ekonomisystemet.")
    out = sum(one.amount_ore for one in ready if one.kind is Kind.PAYMENT)
    back = sum(one.amount_ore for one in ready if one.kind is Kind.RECOVERY)
    if not back:
        return _("%(out)s är beslutat och ska föras över till ekonomisystemet.") % {"out": figures.kronor(out)}
    if not out:
        return _("%(back)s ska krävas tillbaka genom ekonomisystemet.") % {"back": figures.kronor(back)}
    return _("%(out)s ska betalas ut och %(back)s krävas tillbaka genom ekonomisystemet.") % {
        "out": figures.kronor(out), "back": figures.kronor(back),
    }  # fmt: skip


def _line(one: Payout) -> dict[str, Any]:
    if one.why_not is not None:
        state = ("overdue", str(refusals.explain(Refused(one.why_not[0], **one.why_not[1])).text))
    elif one.handed_at is not None:
        state = ("ok", _("överförd"))
    elif one.decided_at is not None:
        state = ("needs", _("beslutad"))
    else:
        state = ("closed", _("väntar på beslut av en annan än %(who)s") % {"who": one.prepared_by})
    return {
        "row": one,
        "value": f"{one.kind.value}:{one.id}",
        "kind": frames.word(KINDS, one.kind),
        "url": reverse("grants:grant", args=[one.grant_id]),
        "state": state,
        "is_late": one.due_date < timezone.localdate(),
    }


def _cells(rows: Sequence[Payout]) -> Iterator[list[object]]:
    for one in rows:
        yield [
            frames.word(KINDS, one.kind), one.organisation, one.organisation_number, one.amount_ore, one.due_date,
            _text(one), one.case_number, one.payer, one.fund_code, one.prepared_by, one.decided_by, _day(one),
            f"{one.kind.value}:{one.id}",
        ]  # fmt: skip


def _text(one: Payout) -> str:
    text = f"{one.title} {one.number}" if one.number else one.title
    return text[:LONGEST_TEXT]


def _day(one: Payout) -> date | None:
    return day_in_stockholm(one.decided_at) if one.decided_at else None


def _mark(request: Any) -> HttpResponse:
    chosen = _chosen(request.POST.getlist("row"))
    do = actions.take_back if "undo" in request.POST else actions.hand_over
    try:
        many = do(by=request.by, instalment_ids=chosen[Kind.PAYMENT], recovery_ids=chosen[Kind.RECOVERY])
    except Refused as refused:
        with transactions.read(request.by):
            return _render(request, refusals.explain(refused))
    if "undo" in request.POST:
        messages.success(request, _("Markeringen är borttagen."))
    else:
        messages.success(
            request,
            ngettext("%(n)d rad är markerad som överförd.", "%(n)d rader är markerade som överförda.", many)
            % {"n": many},
        )
    return afterwards.to("grants:payouts")


def _chosen(values: Sequence[str]) -> dict[Kind, set[UUID]]:
    """The rows that a form names as `kind:id`. What is no such name is nobody's row."""
    found: dict[Kind, set[UUID]] = {kind: set() for kind in Kind}
    for value in values:
        kind, _colon, row = value.partition(":")
        try:
            found[Kind(kind)].add(UUID(row))
        except ValueError:
            raise Http404 from None
    return found
