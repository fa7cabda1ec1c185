"""Tidrapporter: one row for each, taken in one after the other by the keyboard, and attested by somebody else.

Each row is an action of its own: one that is refused stops no other, and what was typed in it stays.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samkraft.audit.actions import reads, transactions
from samkraft.audit.actions.reads import Read
from samkraft.partners.rules.roles import Permission, may
from samkraft.people.actions.months import time_reports
from samkraft.people.actions.months.time_reports import Entered, Entry
from samkraft.people.queries.months import months as asked
from samkraft.people.rules.months import form_codes
from samkraft.people.rules.months.months import STATE_NAMES, Line, State
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase
from samkraft.web import afterwards, refusals
from samkraft.web.acting import page
from samkraft.web.months import choosing, codes, frames
from samkraft.web.months.frames import Place

MOST_AT_ONCE = 200
MOST_ATTESTED = 600
ON, BACK = "vidare", "tillbaka"
SHAPES = {
    State.MISSING: "needs", State.TOO_LITTLE: "needs", State.UNATTESTED: "needs", State.DONE: "ok", State.PAUSED: "closed",
}  # fmt: skip
WHOLE_HOURS = Reason(
    "hours_not_whole", phrase("Timmarna ska vara ett helt tal från 0 till 400."), phrase("Skriv till exempel 32.")
)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the list. `typed` stays when it was refused; `can_attest`: somebody else took it in."""

    line: Line
    code: str
    state: str
    shape: str
    team: str
    weekly: str
    is_too_little: bool
    attended: str
    suggested: str
    can_attest: bool
    typed: str = ""
    how: str = "paper"
    refused: Any = None
    is_done: bool = False
    is_ticked: bool = False


@page(needs=Permission.REPORT_TIME)
def show(request: Any, code: str, month: str) -> HttpResponse:
    """The list, a page at a time; `team`, `visa` and `q` narrow it. Sent, what is filled in is taken in row by row."""
    if request.method == "POST":
        return _sent(request, code, month)
    where = frames.place(request.by, code, month)
    every = _lines(request, where)
    shown, lines = choosing.paged(request.GET, choosing.narrowed(request.GET, where, every))
    if hasattr(request, "reads"):
        request.reads.append(_read(where, lines))
    return _page(request, where, every, shown, lines)


def _read(where: Place, lines: Sequence[Line]) -> Read:
    shown = [str(line.person_id) for line in lines]
    return Read("month.list_read", "people.month", "", content={"month": where.month, "shown": shown})


def _sent(request: Any, code: str, month: str) -> HttpResponse:
    by, sent = request.by, request.POST
    with transactions.read(by):
        where = frames.place(by, code, month)
        known = {line.enrolment_id: line for line in _lines(request, where)}
    if sent.get("gor") in ("attestera", "attestera-alla"):
        seen = _seen(sent.getlist("attest" if sent["gor"] == "attestera" else "sedd"), known)
        results = time_reports.attest_many(by=by, month=month, seen=[(line.person_id, hours) for line, hours in seen])
        told = {line.enrolment_id: result for (line, _hours), result in zip(seen, results, strict=True)}
        typed: dict[UUID, tuple[str, str]] = {}
    else:
        typed, entries, told = _typed(sent, known)
        results = time_reports.record_many(by=by, month=month, entries=[entry for _line, entry in entries])
        told |= {line.enrolment_id: result for (line, _entry), result in zip(entries, results, strict=True)}
    refused = sum(1 for one in told.values() if one.refused is not None)
    with transactions.read(by):
        every = _lines(request, where)
        if sent.get("gor") in (ON, BACK) and not refused and not sent.getlist("attest"):
            return _turned(request, where, every, len(told))
        shown, lines = choosing.paged(
            request.GET, choosing.narrowed(request.GET, where, every, keep=told.keys()), keep=told.keys()
        )
        response = _page(request, where, every, shown, lines, told, typed)
    reads.record(by=by, reads=[_read(where, lines)])
    return response


def _turned(request: Any, where: Place, every: Sequence[Line], done: int) -> HttpResponse:
    """To the next page or the one before, when all that was filled in on this one is taken in."""
    lines = choosing.narrowed(request.GET, where, every)
    here = Paginator(lines, choosing.ON_A_PAGE).get_page(request.GET.get("page")).number
    to = max(here - 1, 1)
    if request.POST["gor"] == ON:
        to = choosing.page_after(lines, every, _uuid(request.POST.get("sist", "")))
    if done:
        messages.success(request, _said(done))
    return afterwards.at(choosing.address(where, request.GET, page=to if to > 1 else ""))


def _said(done: int) -> str:
    return ngettext("{done} rad är klar.", "{done} rader är klara.", done).format(done=done)


def _seen(sent: Sequence[str], known: dict[UUID, Line]) -> list[tuple[Line, int]]:
    """The rows that were ticked, with the hours that stood there."""
    found = []
    for text in sent[:MOST_ATTESTED]:
        key, _space, hours = text.partition(" ")
        line = known.get(_uuid(key))
        if line is not None and hours.isdigit():
            found.append((line, int(hours)))
    return found


def _typed(
    sent: Any, known: dict[UUID, Line]
) -> tuple[dict[UUID, tuple[str, str]], list[tuple[Line, Entry]], dict[UUID, Entered]]:
    """What was typed in each row, the rows to take in, and those that cannot be read."""
    typed: dict[UUID, tuple[str, str]] = {}
    entries: list[tuple[Line, Entry]] = []
    refused: dict[UUID, Entered] = {}
    for line in known.values():
        text = sent.get(f"h-{line.enrolment_id}", "").strip()[:10]
        how = sent.get(f"s-{line.enrolment_id}", "paper")
        if not text or len(entries) >= MOST_AT_ONCE:
            continue
        typed[line.enrolment_id] = (text, how)
        if not text.isascii() or not text.isdigit() or int(text) > 400:
            refused[line.enrolment_id] = Entered(line.person_id, Refused(WHOLE_HOURS))
        elif line.report is None or line.report.hours != int(text):
            entries.append((line, Entry(line.person_id, int(text), how)))
    return typed, entries, refused


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def _lines(request: Any, where: Place) -> list[Line]:
    return asked.lines(request.by, where.initiative_id, where.month, now=timezone.now())


def _page(
    request: Any, where: Place, every: Sequence[Line], shown: Any, lines: Sequence[Line],
    told: Mapping[UUID, Entered] | None = None, typed: Mapping[UUID, tuple[str, str]] | None = None,
) -> HttpResponse:  # fmt: skip
    told, typed = told or {}, typed or {}
    ticked = {text.partition(" ")[0] for text in request.POST.getlist("attest")}
    rows = [
        _row(request, where, line, told.get(line.enrolment_id), typed.get(line.enrolment_id), ticked) for line in lines
    ]
    last = str(rows[-1].line.enrolment_id) if rows else ""
    rows.sort(key=lambda row: (row.refused is None, False))
    done = sum(1 for one in told.values() if one.refused is None)
    sought = choosing.sought(request.GET)
    is_turning = request.POST.get("gor") in (ON, BACK)
    context = {
        "shell": frames.crumbs(request, where, _("Tidrapporter")), "where": where,
        "tabs": frames.tabs(request, where, "entry"), "rows": rows, "chips": choosing.chips(request.GET, where, every),
        "done": done, "refused": len(told) - done, "was_sent": bool(told), "page": shown, "last": last,
        "to_attest": sum(1 for row in rows if row.can_attest),
        "kept_ticks": sum(row.is_ticked for row in rows) if is_turning else 0,
        "sought": sought, "code_is_wrong": choosing.is_wrong_code(sought),
        "here": choosing.address(where, request.GET), "may_open": may(request.by.role, Permission.WORK_WITH_PEOPLE),
        "least": where.least,
    }  # fmt: skip
    return render(request, "months/entry.html", context)


def _row(
    request: Any,
    where: Place,
    line: Line,
    result: Entered | None,
    typed: tuple[str, str] | None,
    ticked: Collection[str],
) -> Row:
    state = line.state(where.month, where.least)
    weekly = line.weekly(where.month)
    refused = refusals.explain(result.refused) if result is not None and result.refused is not None else None
    report = line.report
    return Row(
        line=line,
        code=form_codes.shown(codes.of(codes.TIME, line.enrolment_id, where.month)),
        state=_(STATE_NAMES[state]),
        shape=SHAPES[state],
        team=where.team_names.get(line.team_id, "") if line.team_id else "",
        weekly=localize(round(weekly, 1)) if weekly is not None else "",
        is_too_little=line.is_too_little(where.month, where.least),
        attended=localize(line.attended) if line.attended is not None else "",
        suggested=str(round(line.attended)) if line.attended is not None and report is None and not line.unnoted else "",
        can_attest=report is not None and not report.attested_by and report.by_membership_id != request.by.membership_id,
        typed=typed[0] if typed and refused else str(report.hours) if report else "",
        how=typed[1] if typed else report.how if report else "paper",
        refused=refused,
        is_done=result is not None and refused is None,
        is_ticked=str(line.enrolment_id) in ticked and (result is None or refused is not None),
    )  # fmt: skip
