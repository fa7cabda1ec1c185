"""Figures with year, unit, kind and source; targets against outcomes; what committees have done."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.money.queries import efforts as effort_queries
from samkraft.money.queries import figures as queries
from samkraft.money.rules.figures import KIND_LABELS, UNIT_LABELS
from samkraft.money.rules.uses import EFFORT_LABELS, STAGE_LABELS, EffortStatus, UseStage
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.web import exports, shell
from samkraft.web.acting import page
from samkraft.web.exports import Head
from samkraft.web.money import crumbs
from samkraft.web.money.figures import figure_rows

ON_A_PAGE = 50


@page(needs=Permission.SEE_MONEY)
def show(request: Any) -> HttpResponse:
    """Every figure, narrowed by the address: `namnd`, `ar`, `slag`, `matt` and words in `sok`; as a file with `fil`."""
    year = _number(request.GET.get("ar", ""))
    rows = queries.listed(
        by=request.by,
        body_code=request.GET.get("namnd", ""),
        year=year,
        kind=request.GET.get("slag", ""),
        measure=request.GET.get("matt", ""),
        words=request.GET.get("sok", ""),
    )
    if file := exports.wanted(request):
        return exports.answer(file, _("Uppgifter"), _heads(), [_cells(row) for row in rows])
    choices = queries.choices(by=request.by)
    page_of = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "shell": _frame(request, (_("Uppgifter"), "")),
        "tabs": tabs("figures"),
        "page": page_of,
        "rows": [figure_rows.line(row) for row in page_of],
        "total": len(rows),
        "whole": choices.total,
        "bodies": choices.bodies,
        "years": [str(each) for each, _count in choices.years],
        "kinds": [(kind.value, _(KIND_LABELS[kind])) for kind, _count in choices.kinds],
        "chosen": {name: request.GET.get(name, "") for name in ("namnd", "ar", "slag", "matt", "sok")},
        "files": [(file, _query(request.GET, fil=file)) for file in (exports.CSV, exports.XLSX)],
        "own_code": _own_code(request, choices),
        "may_note": may_note(request),
    }
    return render(request, "money/figures/list.html", context)


@page(needs=Permission.SEE_MONEY)
def targets(request: Any) -> HttpResponse:
    """Targets against outcomes body by body, and what is told for several years as pictures."""
    code = request.GET.get("namnd", "")
    context = {
        "shell": _frame(request, (_("Uppgifter"), reverse("money:figures")), (_("Mål och utfall"), "")),
        "tabs": tabs("targets"),
        "tables": [figure_rows.table(table) for table in queries.target_tables(by=request.by, body_code=code)],
        "pictures": [figure_rows.picture(rows) for rows in queries.over_years(by=request.by, body_code=code)],
        "is_narrowed": bool(code),
    }
    return render(request, "money/figures/targets.html", context)


@page(needs=Permission.SEE_MONEY)
def efforts(request: Any) -> HttpResponse:
    """What money is meant for and has been used for, committee by committee, with how far each effort came."""
    chosen = {name: request.GET.get(name, "") for name in ("namnd", "ar", "skede", "lage")}
    found = effort_queries.listed(
        by=request.by,
        body_code=chosen["namnd"],
        year=_number(chosen["ar"]),
        stage=chosen["skede"],
        status=chosen["lage"],
    )
    groups: dict[tuple[int, str, str], list[dict[str, Any]]] = {}
    for each in found:
        groups.setdefault((each.year, each.body, each.fund), []).append(figure_rows.effort(each))
    bodies, years = effort_queries.choices(by=request.by)
    context = {
        "shell": _frame(request, (_("Uppgifter"), reverse("money:figures")), (_("Insatser"), "")),
        "tabs": tabs("efforts"),
        "groups": [
            {"year": year, "body": body, "fund": fund, "rows": rows} for (year, body, fund), rows in groups.items()
        ],
        "total": len(found),
        "bodies": bodies,
        "years": [str(year) for year in years],
        "stages": [(stage.value, _(STAGE_LABELS[stage])) for stage in UseStage],
        "statuses": [(status.value, _(EFFORT_LABELS[status])) for status in EffortStatus],
        "chosen": chosen,
        "may_note": may_note(request),
    }
    return render(request, "money/figures/efforts.html", context)


@page(needs=Permission.SEE_MONEY)
def one(request: Any, figure_id: UUID) -> HttpResponse:
    """One figure: the words of the source, and what other sources say about the same."""
    row = queries.one(by=request.by, figure_id=figure_id)
    if row is None:
        raise Http404
    same = [
        other
        for other in queries.listed(by=request.by, body_code=row.body_code, measure=row.measure)
        if other.id != row.id and other.body_code == row.body_code and other.group == row.group
    ]
    context = {
        "shell": _frame(request, (_("Uppgifter"), reverse("money:figures")), (row.label, "")),
        "row": row,
        "line": figure_rows.line(row),
        "said": figure_rows.source_words(row),
        "same": [figure_rows.line(other) for other in same],
    }
    return render(request, "money/figures/one.html", context)


def may_note(request: Any) -> bool:
    """Whether the reader may note figures: for the own committee, or for all."""
    return any(
        access.why_not(request.by, permission) is None
        for permission in (Permission.ANSWER_FOR_COMMITTEE, Permission.REGISTER_DECISIONS)
    )


def _heads() -> tuple[Head, ...]:
    return (
        Head(_("Organisation")), Head(_("Uppgift")), Head(_("Grupp")), Head(_("År")), Head(_("Slag")), Head(_("Värde"), "number"),
        Head(_("Till"), "number"), Head(_("Enhet")), Head(_("Avrundat till"), "number"), Head(_("Satsning")), Head(_("Källa")),
        Head(_("Ställe")), Head(_("Ordalydelse")), Head(_("Läge")),
    )  # fmt: skip


def _own_code(request: Any, choices: queries.Choices) -> str:
    """The reader's own organisation among those with figures; empty when it has none."""
    name = request.acting.organisation_name if getattr(request, "acting", None) else ""
    return next((code for code, body, _count in choices.bodies if body == name), "")


def _frame(request: Any, *steps: tuple[str, str]) -> shell.Shell:
    return crumbs.frame(request, *steps)


def tabs(current: str) -> list[dict[str, Any]]:
    """The four views of what sources say."""
    pages = (
        ("figures", _("Alla uppgifter"), reverse("money:figures")),
        ("targets", _("Mål och utfall"), reverse("money:targets")),
        ("efforts", _("Insatser"), reverse("money:efforts")),
        ("contradictions", _("Som skiljer sig"), reverse("money:contradictions")),
    )
    return [{"label": label, "url": url, "current": name == current} for name, label, url in pages]


def _query(given: QueryDict, **more: str) -> str:
    query = given.copy()
    query.pop("page", None)
    for name, value in more.items():
        query[name] = value
    return f"?{query.urlencode()}"


def _cells(row: queries.Row) -> tuple[object, ...]:
    used = figure_rows.used(row)
    return (
        row.body_name, row.label, row.group, row.year or row.period_words, _(KIND_LABELS[row.kind]), row.value,
        row.upper_value, _(UNIT_LABELS[row.unit]), row.rounded_to or None, row.fund, row.document, row.place, row.quote,
        used["words"] if used else "",
    )  # fmt: skip


def _number(text: str) -> int | None:
    return int(text) if text.isdigit() and len(text) == 4 else None
