"""The frame of the offer's pages: the crumbs that lead back."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.partners.rules.roles import Permission, may
from samkraft.web import shell


def draw(request: Any, template: str, context: dict[str, Any], *crumbs: tuple[str, str]) -> HttpResponse:
    """The page, with its way back: label and address of each; the last is the page itself."""
    frame = shell.of(request)
    first = (
        {"label": _("Platser"), "url": reverse("offer:home")} if may(request.by.role, Permission.SEE_OFFER) else None
    )
    frame.crumbs = [
        *([first] if first else []), *({"label": label, "url": url} if url else {"label": label} for label, url in crumbs)
    ]  # fmt: skip
    return render(request, template, context | {"shell": frame})


def home_tabs(request: Any, current: str) -> list[dict[str, Any]]:
    """The parts of the offer that the role has."""
    found = [
        ("home", _("Köer och lediga platser"), "offer:home"),
        ("catalogue", _("Katalog"), "offer:catalogue"),
        ("waits", _("Väntan"), "offer:waits"),
    ]
    if may(request.by.role, Permission.COORDINATE_PLACES):
        found.insert(1, ("allotments", _("Bästa användning"), "offer:allotments"))
    if may(request.by.role, Permission.WRITE_PLAN):
        found.append(("deciding", _("Att besluta"), "offer:deciding"))
    found.append(("vacancies", _("Lediga jobb"), "vacancies:list"))
    if may(request.by.role, Permission.RUN_SUMMER):
        found.append(("summer", _("Ung i sommar"), "summer:rounds"))
    return [{"label": label, "url": reverse(route), "current": key == current} for key, label, route in found]
