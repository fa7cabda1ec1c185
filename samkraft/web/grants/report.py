"""A report: for the city to read, move, send back and file; for the organisation to write and send."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.audit.actions import transactions
from samkraft.money.actions.grants import attachments
from samkraft.money.actions.grants import grant_reports as actions
from samkraft.money.queries.grants import grant_reports
from samkraft.money.queries.grants.grant_reports import ReportPage
from samkraft.money.rules.figures import UNIT_LABELS, Unit
from samkraft.money.rules.grants import grant_reporting
from samkraft.money.rules.grants.grant_kinds import EVENT_LABELS, REPORT_LABELS
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, days, figures, refusals, sections
from samkraft.web.acting import page
from samkraft.web.date_fields import SwedishDateField
from samkraft.web.grants import frames, pictures, reminding, rows, uploading
from samkraft.web.grants.lists import report_line
from samkraft.web.sections import Plain, Section, data_for

SPARE = 3


@page(needs=Permission.SEE_GRANTS)
def show(request: Any, report_id: UUID) -> HttpResponse:
    """The report as the city reads it, and what can be done with it."""

    def found() -> ReportPage:
        return _found(request, report_id)

    def build(data: Any) -> list[Section]:
        one = found()
        return _sections(request, one, data) if may(request.by.role, Permission.PREPARE_GRANTS) else []

    def render_all(made: list[Section]) -> HttpResponse:
        one = found()
        crumbs = ((_("Rapporter"), reverse("grants:reports")), (one.row.organisation, ""))
        return frames.draw(request, "grants/report.html", {**_shown(one), "sections": made}, *crumbs)

    return sections.serve(request, build, render_all)


def _found(request: Any, report_id: UUID) -> ReportPage:
    one = grant_reports.page(by=request.by, report_id=report_id, today=timezone.localdate())
    if one is None:
        raise Http404
    return one


def _shown(one: ReportPage, file_route: str = "grants:file") -> dict[str, Any]:
    """What both sides read: state, figures by year as a table and as pictures, words, costs, files, what has happened."""
    years = sorted({year for measure in one.years for year in measure.years})
    return {
        "page": one,
        "line": report_line(one.row),
        "kind": frames.word(REPORT_LABELS, one.row.kind),
        "years": years,
        "measures": [
            {
                "label": row.label,
                "unit": frames.word(UNIT_LABELS, row.unit),
                "cells": [(year, _cell(row.years.get(year))) for year in years],
            }
            for row in one.years
        ],
        "pictures": pictures.measures(one.years),
        "outcomes": [
            {"row": target, "said": one.content.of(str(target.id)), "unit": frames.word(UNIT_LABELS, target.unit)}
            for target in one.targets
        ]
        if one.content
        else [],
        "others": [{"row": each, "unit": rows.unit_word(each.unit)} for each in one.content.others] if one.content else [],
        "files": [
            {"row": row, "size": frames.size(row.size), "url": reverse(file_route, args=[row.id])} for row in one.files
        ],
        "events": [
            {
                "when": row.at, "heading": _(EVENT_LABELS[row.kind]), "text": row.text,
                "source": f"{row.by} · {days.dated(row.new_date)}" if row.new_date else row.by,
            }
            for row in one.events
        ],
    }  # fmt: skip


def _cell(cell: grant_reports.Cell | None) -> dict[str, str]:
    """Target, outcome and share of one year as words; nothing told is a dash, told as unknown is okänt."""
    if cell is None:
        return {"target": "–", "outcome": "–", "share": ""}
    target = figures.decimal(cell.target, 0) if cell.target is not None else "–"
    if cell.target is not None and cell.target_upper is not None:
        target = f"{target}–{figures.decimal(cell.target_upper, 0)}"
    outcome = figures.decimal(cell.outcome, 0) if cell.outcome is not None else "–"
    if cell.has_outcome and cell.outcome is None:
        outcome = figures.unknown()
    return {
        "target": target,
        "outcome": outcome,
        "share": figures.percent(cell.share, 0) if cell.share is not None else "",
    }


def _sections(request: Any, one: ReportPage, data: Any) -> list[Section]:
    made: list[Section] = []
    if one.row.sent_at is None:
        fields: dict[str, forms.Field] = {
            "due_date": SwedishDateField(label=_("Ny dag")),
            "reason": forms.CharField(label=_("Skäl"), max_length=500, help_text=_("Organisationen ser det.")),
        }

        def move(sent: Any) -> str:
            actions.move(by=request.by, report_id=one.row.id, **sent.cleaned_data)
            return _("Dagen är flyttad. Påminnelserna följer den nya.")

        form = Plain(fields, data_for(request, "flytta", data))
        moving = Section("flytta", _("Flytta dagen"), form, _("Flytta dagen"), move, aside=one.row.is_late)
        return [reminding.section(request, one, data), moving] if one.row.is_late else [moving]
    if one.row.filed_at is None:

        def file(_sent: Any) -> str:
            actions.file(by=request.by, report_id=one.row.id)
            return _("Rapporten är lagd till handlingarna.")

        made.append(Section(
            "handlingarna", _("Till handlingarna"), None, _("Lägg till handlingarna"), file, main=True,
            text=_("När du har läst den och inget fattas."),
        ))  # fmt: skip
        form = Plain(
            {"reason": forms.CharField(label=_("Vad ska kompletteras?"), max_length=2000)},
            data_for(request, "tillbaka", data),
        )

        def send_back(sent: Any) -> str:
            actions.send_back(by=request.by, report_id=one.row.id, reason=sent.cleaned_data["reason"])
            return _("Rapporten är tillbaka hos organisationen.")

        made.append(Section("tillbaka", _("Komplettering"), form, _("Skicka tillbaka"), send_back, aside=True))
    return made


@page(needs=Permission.APPLY_FOR_GRANTS)
def own(request: Any, report_id: UUID) -> HttpResponse:
    """The organisation's report: written here until it is sent, read here afterwards."""
    if request.method == "POST":
        with transactions.read(request.by):
            one = _found(request, report_id)
        return _take(request, one)
    return _own(request, _found(request, report_id))


def _own(
    request: Any, one: ReportPage, *, typed: dict[str, Any] | None = None, problem: str = "", status: int = 200
) -> HttpResponse:
    content = grant_reporting.read(typed) if typed is not None else one.content or grant_reporting.Report()
    targets = [(str(target.id), target.label) for target in one.targets]
    faults = [str(refusals.explain(fault)) for fault in grant_reporting.faults(content, targets, year=one.row.year)]
    is_draft = one.row.sent_at is None
    context = {
        **_shown(one, "grants:own_file"),
        "is_draft": is_draft,
        "content": content,
        "fields": [
            {"target": target, "unit": frames.word(UNIT_LABELS, target.unit), "said": content.of(str(target.id))}
            for target in one.targets
        ],
        "costs": rows.money_rows("costs", content.costs, SPARE)
        if typed is None
        else rows.typed_rows(request.POST, "costs", SPARE),
        "other_rows": rows.figure_rows(content.others, SPARE),
        "units": rows.units(),
        "problem": problem,
        "faults": faults if is_draft and (one.version or typed is not None) else [],
        "may_sign": may(request.by.role, Permission.SIGN_FOR_ORGANISATION),
        "version": one.version,
        "accept": uploading.ACCEPT,
        "grant_url": reverse("grants:own_grant", args=[one.row.grant_id]),
    }
    return frames.draw(
        request,
        "grants/own_report.html",
        context,
        (one.row.grant_title, context["grant_url"]),
        (context["kind"], ""),
        status=status,
    )


def _take(request: Any, one: ReportPage) -> HttpResponse:
    """Save, add or remove a file, or sign and send. What was typed stays when it is refused."""
    deed = request.POST.get("do", "save")
    typed: dict[str, Any] | None = None
    try:
        if deed == "file":
            uploading.keep(request, report_id=one.row.id)
            messages.success(request, _("Filen är tillagd."))
        elif deed.startswith("remove-"):
            attachments.remove(by=request.by, attachment_id=UUID(deed.removeprefix("remove-")))
            messages.success(request, _("Filen är borttagen."))
        else:
            typed = _typed(request, one)
            actions.save(
                by=request.by, report_id=one.row.id, content=typed, version=rows.whole(request.POST.get("version")) or 0
            )
            if deed == "send":
                actions.send(by=request.by, report_id=one.row.id)
                messages.success(request, _("Rapporten är inskickad. Tack!"))
            else:
                messages.success(request, _("Utkastet är sparat. Bara ni kan läsa det."))
    except Refused as refusal:
        with transactions.read(request.by):
            return _own(
                request, _found(request, one.row.id), typed=typed, problem=str(refusals.explain(refusal)), status=422
            )
    except rows.Unreadable as unreadable:
        with transactions.read(request.by):
            return _own(request, one, typed=unreadable.kept, problem=str(unreadable), status=422)
    return afterwards.at(request.path)


def _typed(request: Any, one: ReportPage) -> dict[str, Any]:
    """What the form says, as it is stored."""
    post = request.POST
    known = {unit.value for unit in Unit}
    content = {
        "year": post.get("year", ""),
        "done": post.get("done", ""),
        "learnt": post.get("learnt", ""),
        "outcomes": {
            str(target.id): {
                "value": post.get(f"value-{target.id}", "").strip()[:40],
                "is_unknown": post.get(f"unknown-{target.id}") == "on",
                "words": post.get(f"words-{target.id}", "").strip()[:2000],
            }
            for target in one.targets
        },
        "others": [
            {"label": label.strip()[:200], "unit": unit if unit in known else "", "value": value.strip()[:40]}
            for label, unit, value in zip(
                post.getlist("other-label"), post.getlist("other-unit"), post.getlist("other-value"), strict=False
            )
            if label.strip()
        ],
    }
    return {**content, "costs": rows.read_money(post, "costs", content)}
