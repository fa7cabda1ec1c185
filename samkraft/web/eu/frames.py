"""What the pages of one EU project share: its data, the crumbs and the tabs."""

from datetime import date
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.money.queries.eu import eu_projects as queries
from samkraft.money.queries.eu.eu_projects import ProjectPage
from samkraft.money.rules.eu.eu_outcomes import ClaimStep
from samkraft.partners.rules.roles import Permission, may
from samkraft.web import figures, shell

TONES = {
    ClaimStep.DRAFTED: "needs",
    ClaimStep.CERTIFIED: "needs",
    ClaimStep.SENT: "needs",
    ClaimStep.APPROVED: "ok",
    ClaimStep.PAID: "ok",
    ClaimStep.WITHDRAWN: "closed",
}


def found(request: Any, code: str) -> ProjectPage:
    """The project, or 404."""
    project = queries.page(by=request.by, code=code)
    if project is None:
        raise Http404
    return project


def frame(request: Any, project: ProjectPage, here: str = "", label: str = "") -> dict[str, Any]:
    """Crumbs, tabs and what the reader may do."""
    framed = shell.of(request)
    url = reverse("eu:project", args=[project.row.code])
    framed.crumbs = [
        {"label": _("Medel"), "url": reverse("money:home")},
        {"label": _("EU-projekt"), "url": reverse("eu:projects")},
        {"label": project.row.name, "url": url if label else ""},
        *([{"label": label, "url": ""}] if label else []),
    ]
    tabs = (("", "eu:project", _("Utfall")), ("budget", "eu:budget", _("Budget")), ("hours", "eu:hours", _("Timmar")))
    return {
        "shell": framed,
        "project": project,
        "tabs": [
            {"url": reverse(route, args=[project.row.code]), "label": words, "current": name == here, "count": ""}
            for name, route, words in tabs
        ],
        "may_manage": may(request.by.role, Permission.MANAGE_EU_PROJECTS),
        "may_certify": may(request.by.role, Permission.CERTIFY_EU_CLAIMS),
    }


def months_in_words(first: date, end: date) -> str:
    """`januari–april 2020` for a period of whole months with an exclusive end."""
    last = date(end.year - (end.month == 1), 12 if end.month == 1 else end.month - 1, 1)
    if first == last:
        return f"{_month(first)} {first.year}"
    if first.year == last.year:
        return f"{_month(first)}–{_month(last)} {last.year}"
    return f"{_month(first)} {first.year}–{_month(last)} {last.year}"


def month_in_words(month: date) -> str:
    """`januari 2020`."""
    return f"{_month(month)} {month.year}"


def hours_in_words(minutes: int) -> str:
    """Minutes as hours, with at most one decimal, in the reader's way."""
    return figures.decimal(minutes / 60, 0 if minutes % 60 == 0 else 1)


def _month(day: date) -> str:
    from django.utils.dates import MONTHS

    return str(MONTHS[day.month]).lower()
