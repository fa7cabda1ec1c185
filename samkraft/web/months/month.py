"""Den här månaden: what is left, team by team, until it is closed; then what has changed and which files to send."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.audit.actions import transactions
from samkraft.audit.actions.reads import Read
from samkraft.partners.rules.roles import Permission, may
from samkraft.people.actions.months import months as actions
from samkraft.people.queries.months import months as asked
from samkraft.people.rules.months import month_reasons, scb
from samkraft.people.rules.months import months as rules
from samkraft.people.rules.months.months import Closing, Line, State
from samkraft.values.context import Context
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, days, refusals
from samkraft.web.acting import page
from samkraft.web.months import frames, making
from samkraft.web.months.frames import Place

SHOWN_MONTHS = 7
LOOKED_BACK = 6  # closed months that are looked at for changes
MOST_LISTED = 25

LACKS_WHY = {month_reasons.LEFT_WITHOUT_REASON.code, month_reasons.CORRECTED_WITHOUT_REASON.code}  # said at the field


@page(needs=Permission.REPORT_TIME)
def home(request: Any) -> HttpResponse:
    """On to the month that is to be worked with."""
    today = timezone.localdate()
    found = frames.initiatives(request.by, today)
    if not found:
        return render(request, "months/nothing.html", {})
    wanted = next((one for one in found if one[1] == request.GET.get("insats")), found[0])
    month = frames.first_open(request.by, wanted[0], today)
    return HttpResponseRedirect(reverse("months:month", args=[wanted[1], month]))


@page(needs=Permission.REPORT_TIME)
def show(request: Any, code: str, month: str) -> HttpResponse:
    """The month as it stands. Sent, it is closed."""
    if request.method == "POST":
        return _close(request, code, month)
    where = frames.place(request.by, code, month)
    return _page(request, where)


def _close(request: Any, code: str, month: str) -> HttpResponse:
    by, sent = request.by, request.POST
    with transactions.read(by):
        where = frames.place(by, code, month)
    try:
        if sent.get("gor") == "installning":
            actions.settle(
                by=by, initiative_id=where.initiative_id, project_number=sent.get("projekt", ""),
                protected_woman=sent.get("kvinna", ""), protected_man=sent.get("man", ""),
            )  # fmt: skip
        else:
            actions.close(
                by=by, initiative_id=where.initiative_id, month=month, seen=sent.get("sedd", ""), why=sent.get("varfor", "")
            )  # fmt: skip
    except Refused as refused:
        with transactions.read(by):
            return _page(request, where, refused=refusals.explain(refused), typed=sent.get("varfor", ""))
    return afterwards.to("months:month", code, month)


def _page(request: Any, where: Place, *, refused: Any = None, typed: str = "") -> HttpResponse:
    by, least = request.by, where.least
    lines = asked.lines(by, where.initiative_id, where.month, now=timezone.now())
    closings = asked.closings(by, where.initiative_id)
    newest = asked.newest(closings)
    closed = newest.get(where.month)
    rows = [rules.snapshot(line, where.month, least) for line in lines]
    changes = rules.changes(asked.snapshots(by, [closed.id])[closed.id], rows) if closed else []
    sums = rules.summed(lines, where.month, least)
    may_close = may(by.role, Permission.CLOSE_MONTHS)
    sent = {kind: asked.sent(by, where.initiative_id, kind) for kind in ("scb", "esf")} if may_close else {}
    to_send = rules.to_send(newest.values(), sent["scb"]) if may_close else []
    changed = _changed(by, where, newest) if may_close else {}
    request.reads.append(
        Read("month.read", "people.month", "", content={"month": where.month, "shown": len(lines)})
    ) if hasattr(request, "reads") else None
    context = {
        "shell": frames.crumbs(request, where),
        "lacks_why": refused is not None and refused.code in LACKS_WHY,
        "where": where,
        "tabs": frames.tabs(request, where, "month"),
        "sums": {state.value: count for state, count in sums.items()},
        "total": len(lines),
        "can_close": rules.span(rules.step(where.month, 1))[0],
        "left": sum(count for state, count in sums.items() if state in rules.LEFT),
        "too_little": sum(1 for line in lines if line.is_too_little(where.month, least)),
        "least": least,
        "teams": _teams(where, lines, least),
        "listed": _listed(where, lines, least),
        "closed": closed,
        "history": [one for one in reversed(closings) if one.month == where.month],
        "changes": making.changes_in_words(changes, {line.person_id: line.name for line in lines}),
        "months": _months(by, where, newest, to_send, changed),
        "changed": [
            {
                "name": days.month(rules.span(one)[0]),
                "count": len(found),
                "url": reverse("months:month", args=[where.code, one]),
            }
            for one, found in changed.items()
            if one != where.month
        ],
        "may_close": may_close,
        "seen": rules.digest(rows),
        "refused": refused,
        "typed": typed,
        "files": _files(where, closed, to_send, sent) if may_close else [],
        "first_to_send": to_send[0] if to_send else "",
        "settings": asked.settings(by, where.initiative_id) if may_close else None,
        "protected_woman": scb.PROTECTED_WOMAN,
        "before": rules.step(where.month, -1),
        "after": rules.step(where.month, 1),
        "has_after": where.month < rules.of_day(where.today),
    }
    return render(request, "months/month.html", context, status=409 if refused else 200)


def _teams(where: Place, lines: Sequence[Line], least: int | None) -> list[dict[str, Any]]:
    """Each team with how many stand where, and the share that is done as a bar of a hundred."""
    found = []
    names: dict[UUID | None, str] = dict(where.team_names.items())
    for key in sorted({line.team_id for line in lines}, key=lambda one: names.get(one, "~")):
        own = [line for line in lines if line.team_id == key]
        sums = rules.summed(own, where.month, least)
        done = sums[State.DONE] + sums[State.TOO_LITTLE] + sums[State.PAUSED]
        taken = done + sums[State.UNATTESTED]
        found.append(
            {
                "name": names.get(key) or _("Annat team"),
                "id": key,
                "total": len(own),
                "missing": sums[State.MISSING],
                "unattested": sums[State.UNATTESTED],
                "little": sum(1 for line in own if line.is_too_little(where.month, least)),
                "done": done,
                "bar_done": round(100 * done / len(own), 1),
                "bar_taken": round(100 * taken / len(own), 1),
            }
        )
    return found


def _listed(where: Place, lines: Sequence[Line], least: int | None) -> list[dict[str, Any]]:
    """Who is left, by process lead: whom to ask."""
    by_lead: dict[str, dict[str, Any]] = {}
    for line in lines:
        state = line.state(where.month, least)
        if state not in rules.LEFT and not line.is_too_little(where.month, least):
            continue
        group = by_lead.setdefault(
            line.lead_name, {"lead": line.lead_name or _("Utan processledare"), "missing": [], "unattested": 0, "little": []}
        )  # fmt: skip
        if state is State.MISSING:
            group["missing"].append(line.name)
        elif state is State.UNATTESTED:
            group["unattested"] += 1
        if line.is_too_little(where.month, least):
            group["little"].append(line.name)
    return sorted(by_lead.values(), key=lambda one: (-len(one["missing"]), one["lead"]))[:MOST_LISTED]


def _changed(by: Context, where: Place, newest: dict[str, Closing]) -> dict[str, list[rules.Change]]:
    """The latest closed months that would be reported otherwise now."""
    found = asked.rewritten(by, [newest[month] for month in sorted(newest)[-LOOKED_BACK:]])
    return asked.changed_since(
        by, where.initiative_id, found, {one.month: where.least for one in found}, now=timezone.now()
    )


def _months(
    by: Context, where: Place, newest: dict[str, Closing], to_send: Sequence[str], changed: Collection[str]
) -> list[dict[str, Any]]:
    """Some months as a strip, the one that is looked at among them: closed, open, changed or to be sent again."""
    this = rules.of_day(where.today)
    first = asked.first_month(by, where.initiative_id) or this
    last = min(this, max(rules.step(where.month, SHOWN_MONTHS // 2), rules.step(first, SHOWN_MONTHS - 1)))
    found = []
    for month in rules.between(max(first, rules.step(last, 1 - SHOWN_MONTHS)), last):
        if month == this:
            word, shape = _("pågår"), "closed"
        elif month not in newest:
            word, shape = _("öppen"), "needs"
        elif month in changed:
            word, shape = _("ändrad"), "overdue"
        elif month in to_send:
            word, shape = _("fil att skicka"), "needs"
        else:
            word, shape = _("stängd"), "ok"
        found.append(
            {
                "name": days.month(rules.span(month)[0]),
                "word": word,
                "shape": shape,
                "url": reverse("months:month", args=[where.code, month]),
                "current": month == where.month,
            }
        )
    return found


def _files(where: Place, closed: Closing | None, to_send: Sequence[str], sent: dict[str, Any]) -> list[dict[str, Any]]:
    """The month's files: when each was made, and whether it has to be made again."""
    if closed is None:
        return []
    return [
        {
            "kind": kind,
            "name": name,
            "made_at": sent[kind].get(where.month),
            "again": kind == "scb" and where.month in to_send and where.month in sent[kind],
            "url": reverse("months:file", args=[where.code, where.month, kind]),
        }
        for kind, name in (("scb", _("Fil till SCB")), ("esf", _("Närvaro till ESF-rådet")))
    ]
