"""A matter's written text (tjänsteskrivelse) as a page and as files, with what reading it again gives."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from samkraft.knowledge.queries import written_matters
from samkraft.knowledge.queries.written_matters import Drafted
from samkraft.knowledge.rules import writing
from samkraft.knowledge.rules.documents import web_page
from samkraft.partners.rules.roles import Permission
from samkraft.web.acting import page
from samkraft.web.money import crumbs
from samkraft.web.reports import file_answer

ENDINGS = ("docx", "pdf", "html")


@page(needs=Permission.REGISTER_DECISIONS)
def show(request: Any, matter_id: UUID) -> HttpResponse:
    """The draft."""
    found = _drafted(request, matter_id)
    context = {
        "shell": crumbs.frame(
            request,
            (_("Ärenden"), reverse("money:matters")),
            (found.case_number, reverse("money:matter", args=[matter_id])),
            (_("Tjänsteskrivelse"), ""),
        ),
        "found": found,
        "body": mark_safe(web_page.inside(found.document, top=1)),  # noqa: S308 - every text in it is escaped
        "files": [(each.upper(), reverse("reports:written_matter_file", args=[matter_id, each])) for each in ENDINGS],
    }
    return render(request, "reports/written_matter.html", context)


@page(needs=Permission.REGISTER_DECISIONS)
def file(request: Any, matter_id: UUID, ending: str) -> HttpResponse:
    """The draft as a file to go on with."""
    if ending not in ENDINGS:
        raise Http404
    found = _drafted(request, matter_id)
    return file_answer.of(
        writing.as_file(found.document, f".{ending}"), f"{found.case_number}-tjansteskrivelse", ending
    )


def _drafted(request: Any, matter_id: UUID) -> Drafted:
    found = written_matters.of_matter(by=request.by, matter_id=matter_id)
    if found is None:
        raise Http404
    return found
