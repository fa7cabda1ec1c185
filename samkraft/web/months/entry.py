"""Tidrapporter: one row for each, taken in one after the other by the keyboard, and attested by somebody else.

Each row is an action of its own: one that is refused stops no other, and what was typed in it stays.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import localize
from django.utils.translation import gettext as _

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
from samkraft.web import refusals
from samkraft.web.acting import page
from samkraft.web.months import codes, frames
from samkraft.web.months.frames import Place

MOST_AT_ONCE = 200
MOST_ATTESTED = 600
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


@page(needs=Permission.REPORT_TIME)
def show(request: Any, code: str, month: str) -> HttpResponse:
    """The list; `team`, `visa` and `kod` narrow it. Sent, what is filled in is taken in row by row."""
    if request.method == "POST":
        return _sent(request, code, month)
    where = frames.place(request.by, code, month)
    lines = _narrowed(request, where, _lines(request, where))
    if hasattr(request, "reads"):
        request.reads.append(_read(where, lines))
    return _page(request, where, lines, {}, {})


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
    with transactions.read(by):
        lines = _narrowed(request, where, _lines(request, where), keep=told.keys())
        response = _page(request, where, lines, told, typed)
    reads.record(by=by, reads=[_read(where, lines)])
    return response


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


def _narrowed(request: Any, where: Place, lines: Sequence[Line], keep: Any = ()) -> list[Line]:
    """Of one team, of one state, or the one whose form has the code; what was just dealt with stays."""
    choice = request.GET
    signs = form_codes.read(choice.get("kod", ""))
    if choice.get("kod"):
        return [line for line in lines if codes.of(codes.TIME, line.enrolment_id, where.month) == signs]
    found = []
    for line in lines:
        state = line.state(where.month, where.least)
        fits = {
            "saknas": state is State.MISSING,
            "attestera": state is State.UNATTESTED,
            "lite": line.is_too_little(where.month, where.least),
        }.get(choice.get("visa", ""), True)
        if line.enrolment_id in keep or ((not choice.get("team") or str(line.team_id) == choice["team"]) and fits):
            found.append(line)
    return found


def _page(
    request: Any, where: Place, lines: Sequence[Line], told: dict[UUID, Entered], typed: dict[UUID, tuple[str, str]]
) -> HttpResponse:
    rows = [_row(request, where, line, told.get(line.enrolment_id), typed.get(line.enrolment_id)) for line in lines]
    rows.sort(key=lambda row: (row.refused is None, False))
    done = sum(1 for one in told.values() if one.refused is None)
    code = request.GET.get("kod", "")[:12]
    context = {
        "shell": frames.crumbs(request, where, _("Tidrapporter")), "where": where,
        "tabs": frames.tabs(request, where, "entry"), "rows": rows, "chips": _chips(request, where),
        "done": done, "refused": len(told) - done, "was_sent": bool(told),
        "to_attest": sum(1 for row in rows if row.can_attest),
        "code": code, "code_is_wrong": bool(code) and form_codes.read(code) is None,
        "query": request.GET.urlencode(), "may_open": may(request.by.role, Permission.WORK_WITH_PEOPLE),
        "least": where.least,
    }  # fmt: skip
    return render(request, "months/entry.html", context)


def _row(request: Any, where: Place, line: Line, result: Entered | None, typed: tuple[str, str] | None) -> Row:
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
    )  # fmt: skip


def _chips(request: Any, where: Place) -> list[dict[str, Any]]:
    """The list's filters, with how many each leaves."""
    base = reverse("months:entry", args=[where.code, where.month])
    lines = _lines(request, where)
    least, team = where.least, request.GET.get("team", "")
    own = [line for line in lines if not team or str(line.team_id) == team]
    counts = {
        "": len(own),
        "saknas": sum(1 for line in own if line.state(where.month, least) is State.MISSING),
        "attestera": sum(1 for line in own if line.state(where.month, least) is State.UNATTESTED),
        "lite": sum(1 for line in own if line.is_too_little(where.month, least)),
    }
    labels = {"": _("Alla"), "saknas": _("Rapport saknas"), "attestera": _("Att attestera"), "lite": _("Under gränsen")}
    here = request.GET.get("visa", "")
    return [
        {
            "label": labels[key],
            "count": count,
            "on": key == here,
            "url": f"{base}?{'&'.join(part for part in (f'visa={key}' if key else '', f'team={team}' if team else '') if part)}",
        }
        for key, count in counts.items()
    ]
