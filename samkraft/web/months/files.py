"""The files of a closed month: the checklist of what keeps rows out, and the file itself, made beside the pages."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.audit.actions import transactions
from samkraft.partners.actions import errands
from samkraft.partners.rules.roles import Permission
from samkraft.people.queries.months import months as asked
from samkraft.people.rules.months import form_codes, month_reasons, months, scb
from samkraft.values.refusal import Refused
from samkraft.values.wording import phrase
from samkraft.web import exports
from samkraft.web.acting import page
from samkraft.web.errands import errand
from samkraft.web.months import choosing, codes, frames, making

NAMES = {"scb": phrase("Fil till SCB"), "esf": phrase("Närvaro till ESF-rådet")}


@page(needs=Permission.CLOSE_MONTHS)
def show(request: Any, code: str, month: str, kind: str) -> HttpResponse:
    """The checklist; sent, the file is asked for."""
    if kind not in making.KINDS:
        raise Http404
    if request.method == "POST":
        with transactions.read(request.by):
            where = frames.place(request.by, code, month)
            closing = _closing(request, where)
        file = exports.CSV if request.POST.get("fil") == exports.CSV else exports.XLSX
        said = {"closing": str(closing.id), "what": kind, "file": file}
        return errand.sent_to(errands.ask(by=request.by, kind=making.KIND, arguments=said))
    where = frames.place(request.by, code, month)
    return _page(request, where, kind)


def _closing(request: Any, where: frames.Place) -> months.Closing:
    closing = asked.newest(asked.closings(request.by, where.initiative_id)).get(where.month)
    if closing is None:
        raise Refused(month_reasons.NOT_CLOSED, month=where.month_name)
    return closing


def _page(request: Any, where: frames.Place, kind: str) -> HttpResponse:
    by = request.by
    closing = _closing(request, where)
    rows = asked.snapshots(by, [closing.id])[closing.id]
    settings = asked.settings(by, where.initiative_id)
    names = asked.names(by, where.initiative_id)
    people: dict[UUID, UUID] = {row.enrolment_id: row.person_id for row in rows}
    lacks = [scb.Check(scb.Lack.NO_PROJECT)] if not settings.project_number else []
    lacks += [
        scb.Check(scb.Lack.NO_REPORT if row.note == months.State.MISSING else scb.Lack.UNATTESTED, row.enrolment_id)
        for row in rows
        if row.note in months.LEFT
    ]
    if kind == "scb":
        stand_ins = scb.Codes(
            settings.project_number, settings.protected_woman or scb.PROTECTED_WOMAN, settings.protected_man
        )
        lacks += scb.of_numbers(rows, asked.numbered(closing.id), stand_ins)
    previous = [one for one in asked.closings(by, where.initiative_id) if one.month == where.month][-2:-1]
    before = asked.snapshots(by, [previous[0].id])[previous[0].id] if previous else []
    label = _(NAMES[kind])
    context = {
        "shell": frames.crumbs(request, where, label), "where": where, "kind": kind, "label": label,
        "closing": closing, "total": len(rows), "hours": sum(row.hours or 0 for row in rows),
        "starts": sum(1 for row in rows if row.started_on), "ends": sum(1 for row in rows if row.ended_on),
        "groups": _groups(where, lacks, names, people),
        "out": sum(one.lack in scb.LEFT_OUT for one in lacks),
        "changes": making.changes_in_words(months.changes(before, rows), names) if previous else [],
        "was_corrected": bool(previous), "classes": _classes(where, kind), "heads": [_(head) for head in making.heads(kind)],
    }  # fmt: skip
    return render(request, "months/file.html", context)


def _classes(where: frames.Place, kind: str) -> list[tuple[str, str]]:
    """Where the scorecard counts participants as the ESF council does."""
    if kind != "esf":
        return []
    base = reverse("results:indicator", args=[where.code, "participants"])
    return [
        (label, f"{base}?delat={split}#delat")
        for label, split in (
            (_("Efter kön"), "sex"),
            (_("Efter ålder"), "age_esf"),
            (_("Efter utbildning"), "education"),
        )
    ]


def _groups(
    where: frames.Place, lacks: Sequence[scb.Check], names: dict[UUID, str], people: dict[UUID, UUID]
) -> list[dict[str, Any]]:
    """The checklist by what is wrong: told once, for how many, where it is mended, and who they are."""
    found: dict[scb.Lack, list[UUID]] = {}
    for one in lacks:
        found.setdefault(one.lack, []).extend([one.enrolment_id] if one.enrolment_id else [])
    groups = [_group(where, lack, enrolments, names, people) for lack, enrolments in found.items()]
    return sorted(groups, key=lambda one: (one["rank"], one["text"]))


def _group(
    where: frames.Place, lack: scb.Lack, enrolments: Sequence[UUID], names: dict[UUID, str], people: dict[UUID, UUID]
) -> dict[str, Any]:
    out, reports = lack in scb.LEFT_OUT, lack in (scb.Lack.NO_REPORT, scb.Lack.UNATTESTED)
    who = sorted((names.get(people[one], "") or _("Namn saknas"), one) for one in enrolments)
    url, link = "", _("Av handläggaren, under Uppgifter")
    if reports:
        state = choosing.MISSING if lack is scb.Lack.NO_REPORT else choosing.UNATTESTED
        url, link = choosing.address(where, {}, visa=state), _("Till tidrapporterna")
    elif not who or lack in (scb.Lack.NO_CODE, scb.Lack.IN_CODE):
        url, link = reverse("months:month", args=[where.code, where.month]), _("Till månaden")
    return {
        "text": _(scb.LACKS[lack]), "out": out, "rank": 0 if out else 2 if reports else 1, "url": url, "link": link,
        # One by one by the form's code, so that the row is there whichever page of the list it stands on.
        "who": [(name, _row_of(where, one) if reports else "") for name, one in who],
    }  # fmt: skip


def _row_of(where: frames.Place, enrolment_id: UUID) -> str:
    return choosing.address(where, {}, q=form_codes.shown(codes.of(codes.TIME, enrolment_id, where.month)))
