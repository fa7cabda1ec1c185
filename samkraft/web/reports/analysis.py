"""The annual analysis as a page, and as a file for whoever goes on with it."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from samkraft.knowledge.queries import annual_analysis
from samkraft.knowledge.rules import writing
from samkraft.knowledge.rules.documents import web_page
from samkraft.knowledge.rules.documents.parts import Bars, Document, Heading, Table
from samkraft.money.queries.reports import reports
from samkraft.partners.actions import errands
from samkraft.partners.rules.roles import Permission
from samkraft.web.acting import page
from samkraft.web.errands import errand
from samkraft.web.reports import analysis_file, file_answer, frame

MOST_AT_ONCE = 60  # reports; a file of more is made beside the pages
ENDINGS = ("docx", "pdf", "html")


@page(needs=Permission.SEE_MONEY)
def index(request: Any) -> HttpResponse:
    """The years that there is an analysis for; straight to the only one."""
    years = annual_analysis.years(by=request.by)
    if len(years) == 1:
        return HttpResponseRedirect(reverse("reports:analysis", args=[years[0]]))
    rows = reports.listed(by=request.by)
    context = {
        "shell": frame.of(request, (_("Årsanalys"), "")),
        "years": [
            (year, reverse("reports:analysis", args=[year]), sum(row.year == year for row in rows),
             sum(row.year == year and row.handed_in_at is not None for row in rows))
            for year in years
        ],
    }  # fmt: skip
    return render(request, "reports/analyses.html", context)


@page(needs=Permission.SEE_MONEY)
def show(request: Any, year: int) -> HttpResponse:
    """The document as a page; notes lead to their sources. Query: `namnd` and `satsning` narrow it."""
    document = _document(request, year)
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    bodies = {row.body_code: row.body for row in reports.listed(by=request.by, year=year)}
    context = {
        "shell": frame.of(request, (_("Årsanalys %(year)s") % {"year": year}, "")),
        "year": year,
        "document": document,
        "body": mark_safe(web_page.inside(document, top=1, with_links=True)),  # noqa: S308 - every text in it is escaped
        "files": [(each.upper(), reverse("reports:analysis_file", args=[year, each]) + query) for each in ENDINGS],
        "bodies": sorted(bodies.items(), key=lambda pair: pair[1]),
        "chosen": request.GET.get("namnd", ""),
        "headings": sum(isinstance(part, Heading) and part.level == 1 for part in document.parts),
        "tables": sum(isinstance(part, Table) for part in document.parts),
        "charts": sum(isinstance(part, Bars) for part in document.parts),
    }
    return render(request, "reports/analysis.html", context)


@page(needs=Permission.SEE_MONEY)
def file(request: Any, year: int, ending: str) -> HttpResponse:
    """The file at once, or beside the pages when the year has very many reports."""
    if ending not in ENDINGS:
        raise Http404
    if request.method == "POST" and request.acting is not None:
        return errand.sent_to(
            errands.ask(by=request.by, kind=analysis_file.KIND, arguments={"year": year, "ending": ending})
        )
    if request.acting is not None and len(reports.listed(by=request.by, year=year)) > MOST_AT_ONCE:
        context = {
            "shell": frame.of(request, (_("Årsanalys %(year)s") % {"year": year}, "")), "year": year, "ending": ending,
        }  # fmt: skip
        return render(request, "reports/analysis_file.html", context)
    return file_answer.of(writing.as_file(_document(request, year), f".{ending}"), f"arsanalys-{year}", ending)


def _document(request: Any, year: int) -> Document:
    funds = [code for code in [request.GET.get("satsning", "")] if code]
    bodies = [code for code in [request.GET.get("namnd", "")] if code]
    found = annual_analysis.document(by=request.by, year=year, fund_codes=funds, body_codes=bodies)
    if found is None:
        raise Http404
    return found
