"""What the pages about an initiative's figures share: which initiative, its tabs, and the crumbs."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.initiatives.queries.undertakings import InitiativeRow
from samkraft.knowledge.queries import scorecards
from samkraft.partners.rules.roles import Permission, may
from samkraft.web import shell


def initiative(code: str) -> InitiativeRow:
    """The initiative of the address. Raises Http404."""
    found = scorecards.initiative(code)
    if found is None:
        raise Http404
    return found


def address(name: str, code: str) -> str:
    """Where one of an initiative's views is."""
    return reverse(f"results:{name}", args=[code])


def tabs(request: Any, code: str, here: str) -> list[dict[str, Any]]:
    """The views of one initiative that the role may see."""
    parts = [
        ("show", _("Läget")),
        ("forecasts", _("Prognos")),
        ("scorecard", _("Styrkort")),
        ("theory", _("Förändringsteori")),
        ("waiting", _("Väntan")),
        ("sex_shares", _("Vem får vad")),
        ("studies", _("Studier")),
        ("costs", _("Kostnad")),
        ("snapshots", _("Ögonblicksbilder")),
        ("releases", _("Publicerat")),
        ("series", _("Jämförelser")),
    ]
    if may(request.by.role, Permission.SEE_COHORTS):
        parts.append(("rows", _("Rader till studie")))
    shown = [
        {"label": label, "url": reverse(f"results:{name}", args=[code]), "current": name == here, "count": None}
        for name, label in parts
    ]
    if may(request.by.role, Permission.SEE_STEERING):  # a part of its own, with its own views
        steering = reverse("governance:overview", args=[code])
        shown.insert(1, {"label": _("Styrning"), "url": steering, "current": False, "count": None})
    return shown


def draw(
    request: Any, template: str, row: InitiativeRow, here: str, context: dict[str, Any], *crumbs: tuple[str, str],
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    """A page about an initiative's figures."""
    frame = shell.of(request)
    frame.crumbs = [
        {"label": _("Läget"), "url": reverse("results:home")},
        {"label": row.name, "url": reverse("results:show", args=[row.code]) if crumbs else ""},
        *({"label": label, "url": url} for label, url in crumbs),
    ]
    common = {"shell": frame, "row": row, "tabs": tabs(request, row.code, here)}
    return render(request, template, common | context, status=status)
