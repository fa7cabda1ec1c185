"""The frame of the pages about employers: crumbs that lead back, and the parts as tabs."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.web import shell


def draw(request: Any, template: str, context: dict[str, Any], *crumbs: tuple[str, str]) -> HttpResponse:
    """The page, with its way back: label and address of each; the last is the page itself."""
    frame = shell.of(request)
    frame.crumbs = [
        {"label": _("Arbetsgivare"), "url": reverse("employers:list")},
        *({"label": label, "url": url} if url else {"label": label} for label, url in crumbs),
    ]
    return render(request, template, context | {"shell": frame})


def tabs(current: str) -> list[dict[str, Any]]:
    """The parts."""
    found = [
        ("list", _("Arbetsgivare")),
        ("openings", _("Jobb och annonser")),
        ("meetings", _("Rekryteringsmöten")),
        ("time", _("Tid med arbetsgivare")),
    ]
    return [{"label": label, "url": reverse(f"employers:{key}"), "current": key == current} for key, label in found]
