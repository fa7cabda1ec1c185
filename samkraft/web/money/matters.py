"""Ärenden: the list, and one matter with what was proposed, what was decided and where the money went."""

import itertools
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from samkraft.audit.queries.subjects import Happened
from samkraft.initiatives.queries import duties
from samkraft.money.actions import ledger as actions
from samkraft.money.queries import matters as queries
from samkraft.money.queries.matters import DecisionPart, MatterLine
from samkraft.money.rules.points import OUTCOME_LABELS, Outcome
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Refused
from samkraft.values.wording import phrase
from samkraft.web import afterwards, exports, refusals
from samkraft.web.acting import page
from samkraft.web.money import crumbs

SHAPES = {
    Outcome.AS_PROPOSED: "ok",
    Outcome.CHANGED: "ok",
    Outcome.REMITTED: "needs",
    Outcome.TABLED: "needs",
    Outcome.REJECTED: "closed",
}
HAPPENED = {
    "matter.open": phrase("Ärendet öppnades"),
    "document.receive": phrase("Dokumentet togs in: {name}"),
    "proposal.register": phrase("Ett förslag registrerades"),
    "decision.register": phrase("Ett beslut registrerades"),
    "voucher.post": phrase("Verifikat {name} bokfördes"),
}


@page(needs=Permission.SEE_MONEY)
def listed(request: Any) -> HttpResponse:
    """All matters. Query: `q` words, `ar` the year that the money is for, `fil` csv or xlsx."""
    words = request.GET.get("q", "").strip()
    year = request.GET.get("ar", "")
    chosen = int(year) if year.isdecimal() and len(year) == 4 else None
    rows = queries.listed(by=request.by, search=words, year=chosen)
    if file := exports.wanted(request):
        return exports.answer(file, _("ärenden"), HEADS, [_cells(row) for row in rows])
    return render(
        request,
        "money/matters.html",
        {
            "shell": crumbs.frame(request, (_("Ärenden"), "")),
            "rows": [(row, *_state(row)) for row in rows],
            "words": words,
            "year": chosen,
            "years": queries.years(),
            "first_url": _read_in(request),
            "may_register": may(request.by.role, Permission.REGISTER_DECISIONS),
        },
    )


HEADS = (
    exports.Head(phrase("Diarienummer")),
    exports.Head(phrase("Ärende")),
    exports.Head(phrase("Läge")),
    exports.Head(phrase("Beslutat"), "date"),
    exports.Head(phrase("Nya pengar, kronor"), "ore"),
    exports.Head(phrase("År")),
)


def _cells(row: MatterLine) -> list[object]:
    _shape, words = _state(row)
    years = ", ".join(map(str, row.years))
    return [row.case_number, row.title, words, row.decided_date, row.decided_ore if row.outcome else None, years]


def _state(row: MatterLine) -> tuple[str, str]:
    if row.outcome is None:
        return ("needs", _("förslag, inte beslutat")) if row.proposals else ("closed", _("inget förslag än"))
    if row.is_assumption:
        return "needs", _("antas vara beslutat")
    return SHAPES[row.outcome], _(OUTCOME_LABELS[row.outcome])


@page(needs=Permission.SEE_MONEY)
def show(request: Any, matter_id: UUID) -> HttpResponse:
    """One matter. Anchors `#punkt-N` lead to its points."""
    found = queries.page(by=request.by, matter_id=matter_id)
    if found is None:
        raise Http404
    here = reverse("money:matter", args=[matter_id])
    latest = found.decisions[0] if found.decisions else None
    due = [row for row in duties.everything(today=day_in_stockholm(_now())) if row.link.startswith(here)]
    return render(
        request,
        "money/matter.html",
        {
            "shell": crumbs.frame(request, (_("Ärenden"), reverse("money:matters")), (found.case_number, "")),
            "matter": found,
            "decisions": [(part, _outcome_words(part), _shape(part)) for part in found.decisions],
            "latest": latest,
            "can_decide": _can_decide(found),
            "anchored": _anchored(found),
            "duties": due if may(request.by.role, Permission.SEE_DUTIES) else [],
            "history": _history(found.history),
            "read_url": _read_in(request),
            "may_register": may(request.by.role, Permission.REGISTER_DECISIONS),
        },
    )


def _can_decide(found: queries.MatterPage) -> bool:
    """Whether the latest proposal waits for a decision: none has been registered, or all have been taken back."""
    standing = [
        part
        for part in found.decisions
        if not part.is_undone and part.outcome not in (Outcome.REMITTED, Outcome.TABLED)
    ]
    return bool(found.proposals) and not standing


def _now() -> Any:
    from django.utils import timezone

    return timezone.now()


def _anchored(found: queries.MatterPage) -> str:
    """Which part has the anchors: the latest decision that has points, else the latest proposal. Anchors are unique."""
    for part in found.decisions:
        if part.points:
            return str(part.id)
    return str(found.proposals[0].id) if found.proposals else ""


def _shape(part: DecisionPart) -> str:
    return "closed" if part.is_undone else SHAPES[part.outcome]


def _outcome_words(part: DecisionPart) -> str:
    words = _(OUTCOME_LABELS[part.outcome])
    if part.is_undone:
        return _("vänt, räknas inte")
    return _("antas vara %(outcome)s") % {"outcome": words} if part.is_assumption else words


@require_POST
@page(needs=Permission.REGISTER_DECISIONS)
def undo(request: Any, matter_id: UUID, decision_id: UUID) -> HttpResponse:
    """Take back all that a decision has posted."""
    try:
        count = actions.undo(by=request.by, decision_id=decision_id, reason=request.POST.get("reason", ""))
    except Refused as refusal:
        refusals.tell(request, refusal)
    else:
        said = ngettext("%(n)s verifikat är vänt.", "%(n)s verifikat är vända.", count) % {"n": count}
        messages.success(request, _("%(said)s Nu kan det riktiga beslutet registreras.") % {"said": said})
    return afterwards.to("money:matter", matter_id)


def _read_in(request: Any) -> str:
    """Where decisions are read in, for those who may."""
    return reverse("money:read_in") if may(request.by.role, Permission.REGISTER_DECISIONS) else ""


def _history(events: Sequence[Happened]) -> list[dict[str, object]]:
    """The events, with vouchers posted at the same moment told together."""
    told: list[dict[str, object]] = []
    for moment, group in itertools.groupby(events, key=lambda each: (each.action, each.who, each.at)):
        same = list(group)
        if moment[0] == "voucher.post" and len(same) > 1:
            first, last = same[-1].subject_name, same[0].subject_name
            words = _("Verifikat %(first)s till %(last)s bokfördes") % {"first": first, "last": last}
            told.append({"when": same[0].at, "heading": words, "text": same[0].who, "kind": "closed"})
        else:
            told += [_told(each) for each in same]
    return told


def _told(each: Happened) -> dict[str, object]:
    template = HAPPENED.get(each.action)
    words = _(template).format(name=each.subject_name) if template else f"{each.action} {each.subject_name}"
    return {"when": each.at, "heading": words, "text": each.who, "kind": "closed"}
