"""The same for several on the board: who and what is asked first, then one result for each of them.

Each person is a case of its own: an action, a transaction, an answer. One that is refused stops no other. Sent twice, it
is done once, and each row says that it was done already.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

from django.contrib import messages
from django.db import DatabaseError
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samkraft.audit.actions import reads, transactions
from samkraft.audit.actions.reads import Read
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission, may
from samkraft.people.queries import boards as queries
from samkraft.people.rules.boards import Row
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase
from samkraft.web import afterwards, exports, refusals, shell
from samkraft.web.acting import page
from samkraft.web.people.board import board_choices, board_export, saved_views
from samkraft.web.people.board.board_choices import Address
from samkraft.web.people.board.board_deeds import BY_CODE, DEEDS, Deed, Letter

AT_MOST = 200
EXPORT = "exportera"

NOT_NOW = Reason(
    "not_now",
    phrase("Det gick inte att spara just nu."),
    phrase("Försök igen med den här personen om en stund."),
)


@dataclass(frozen=True, slots=True)
class Result:
    """How it went for one person. `refused` is empty when it was done."""

    row: Row
    url: str
    refused: str = ""
    way_out: str = ""
    letter: Letter = ()


def offered(role: str) -> list[Deed]:
    """What the role may do to several."""
    return [deed for deed in DEEDS if may(role, deed.needs)]


@require_POST
@page(needs=Permission.SEE_CASELOAD)
def show(request: Any) -> HttpResponse:
    """`p` the chosen, `gor` what to do with them, `klar` when its questions are answered."""
    sent = request.POST
    chosen = _chosen(sent.getlist("p"))
    deed = BY_CODE.get(sent.get("gor", ""))
    if deed is None and sent.get("gor") != EXPORT:
        return afterwards.at(_back(sent))
    if not chosen:
        messages.error(
            request, _("Du har inte markerat någon. Markera dem det gäller och välj sedan vad du vill göra.")
        )
        return afterwards.at(_back(sent))
    if deed is None:
        return _export(request, chosen)
    access.require(request.by, deed.needs)
    with transactions.read(request.by):
        rows = queries.again(request.by, chosen)
        form = deed.form(request.by, day_in_stockholm(timezone.now()), rows, sent if sent.get("klar") else None)
    reads.record(by=request.by, reads=[_read(deed, rows)])
    if not sent.get("klar") or not form.is_valid():
        return _ask(request, deed, rows, form, len(chosen) - len(rows))
    results = [_try(request, deed, row, place, form.cleaned_data) for place, row in enumerate(rows)]
    return _tell(request, deed, results, form)


def _chosen(keys: Sequence[str]) -> list[UUID]:
    """The enrolments, each once and in the list's order; what is no id is left out."""
    found: dict[UUID, None] = {}
    for key in keys[:AT_MOST]:
        try:
            found[UUID(key)] = None
        except ValueError:
            continue
    return list(found)


def _try(request: Any, deed: Deed, row: Row, place: int, said: Any) -> Result:
    url = reverse("people:person", args=[row.person_id])
    try:
        deed.do(request.by, row, place, said)
    except Refused as refusal:
        why = refusals.explain(refusal)
    except DatabaseError:
        why = refusals.explain(Refused(NOT_NOW))
    else:
        return Result(row, url, letter=deed.letter(row, place, said) if deed.letter else ())
    return Result(row, url, why.text, why.way_out)


def _ask(request: Any, deed: Deed, rows: Sequence[Row], form: Any, gone: int) -> HttpResponse:
    context = {"deed": deed, "rows": rows, "form": form, "gone": gone}
    return _page(request, "people/board_several.html", deed, context)


def _tell(request: Any, deed: Deed, results: Sequence[Result], form: Any) -> HttpResponse:
    done = [one for one in results if not one.refused]
    context = {
        "deed": deed,
        "results": sorted(results, key=lambda one: not one.refused),  # what is left to do stands first
        "done": len(done),
        "left": [one.row for one in results if one.refused],
        "letters": [one.letter for one in done if one.letter],
        "form": form,
    }
    return _page(request, "people/board_several_done.html", deed, context)


def _page(request: Any, template: str, deed: Deed, context: dict[str, Any]) -> HttpResponse:
    sent = request.POST
    back = _back(sent)
    with transactions.read(request.by):
        found = shell.of(request)
        found.crumbs = [{"label": _("Till listan"), "url": back}, {"label": _(deed.label), "url": ""}]
        kept = {key: sent.get(key, "") for key in ("lista", "sida_team", "fraga")}
        words = {"heading": _(deed.label), "about": _(deed.about), "button": _(deed.button), "done_words": _(deed.done)}
        return render(request, template, {"shell": found, "back": back, "kept": kept, **words, **context})


def _back(sent: Any) -> str:
    """The list as it was: whose it is, and of its query only what a list has."""
    query = {key: value for key, value in parse_qsl(sent.get("fraga", "")[:300]) if key in board_choices.ORDER}
    return Address(saved_views.list_of(sent), tuple(query.items())).with_(fil="")


def _read(deed: Deed, rows: Sequence[Row]) -> Read:
    shown = [str(row.person_id) for row in rows]
    return Read("caseload.chosen", "people.caseload", "", content={"deed": deed.code, "shown": shown})


def _export(request: Any, chosen: Sequence[UUID]) -> HttpResponse:
    """The chosen as a file, with the list's own columns."""
    request.reads = []
    with transactions.read(request.by):
        frame = queries.frame(request.by, day_in_stockholm(timezone.now()))
        response = exports.answer(
            exports.XLSX, _("deltagare"), board_export.HEADS, board_export.rows(request, frame, chosen, exports.XLSX)
        )
    reads.record(by=request.by, reads=request.reads)
    return response
