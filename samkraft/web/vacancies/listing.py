"""Lediga jobb: searched in our own copy, so that nobody outside learns what is looked for."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.offer.queries import vacancies
from samkraft.offer.queries.vacancies import VacancyRow
from samkraft.partners.rules.roles import Permission
from samkraft.web import shell
from samkraft.web.acting import page
from samkraft.web.offer import frames

MOST_SHOWN = 50
LONGEST_SEARCH = 100


@page(needs=Permission.SEE_OFFER)
def show(request: Any) -> HttpResponse:
    """The choice is in the address, so that it can be shared; nothing in it is about a person."""
    today = timezone.localdate()
    words = request.GET.get("sok", "").replace("\x00", "")[:LONGEST_SEARCH]
    field = request.GET.get("omrade", "").replace("\x00", "")[:12]
    without = request.GET.get("erfarenhet") == "nej"
    rows, total = vacancies.open_on(today, words=words, field=field, without_experience=without, most=MOST_SHOWN)
    frame = shell.of(request)
    frame.crumbs = [{"label": _("Platser"), "url": reverse("offer:home")}, {"label": _("Lediga jobb")}]
    context = {
        "shell": frame, "rows": [_line(row) for row in rows], "total": total, "shown": len(rows), "words": words,
        "field": field, "without": without, "fields": vacancies.fields_on(today), "fetch": vacancies.latest_fetch(),
        "tabs": frames.home_tabs(request, "vacancies"), "is_configured": settings.VACANCIES is not None,
    }  # fmt: skip
    return render(request, "vacancies/list.html", context)


def _line(row: VacancyRow) -> dict[str, Any]:
    return {"row": row, "scope": _scope(row), "needs": _needs(row)}


def _scope(row: VacancyRow) -> str:
    if row.scope_to is None:
        return ""
    if row.scope_from is None or row.scope_from == row.scope_to:
        return _("{percent} procent").format(percent=row.scope_to)
    return _("{least}–{most} procent").format(least=row.scope_from, most=row.scope_to)


def _needs(row: VacancyRow) -> list[str]:
    """What has to be there, in words."""
    found = [one.label for one in row.needed]
    if row.needs_experience:
        found.append(_("Erfarenhet av yrket"))
    if row.needs_licence:
        found.append(_("Körkort"))
    return found
