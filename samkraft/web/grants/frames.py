"""The frame of the pages about grants: tabs of the parts, the way back, and the words for states."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.money.rules.grants.grant_kinds import ApplicationState
from samkraft.partners.rules.roles import Permission, may
from samkraft.web import shell

SHAPES = {
    ApplicationState.DRAFT: "closed",
    ApplicationState.RECEIVED: "needs",
    ApplicationState.ASSESSED: "needs",
    ApplicationState.PROPOSED: "needs",
    ApplicationState.GRANTED: "ok",
    ApplicationState.REJECTED: "closed",
    ApplicationState.WITHDRAWN: "closed",
}


def draw(
    request: Any, template: str, context: Mapping[str, Any], *crumbs: tuple[str, str], status: int = 200
) -> HttpResponse:
    """The page with its way back: label and address of each crumb; the last is the page itself."""
    frame = shell.of(request)
    inside = may(request.by.role, Permission.SEE_GRANTS)
    first = (_("Bidrag"), reverse("grants:home")) if inside else (_("Mina bidrag"), reverse("grants:own"))
    steps = [first, *crumbs] if crumbs else [(first[0], "")]
    frame.crumbs = [{"label": label, "url": url} for label, url in steps]
    return render(request, template, {**context, "shell": frame}, status=status)


def tabs(request: Any, current: str) -> list[dict[str, Any]]:
    """The parts that the role has."""
    wanted = (
        ("home", _("Översikt"), Permission.SEE_GRANTS),
        ("applications", _("Ansökningar"), Permission.SEE_GRANTS),
        ("given", _("Beviljade"), Permission.SEE_GRANTS),
        ("payouts", _("Utbetalningar"), Permission.PREPARE_GRANTS),
        ("reports", _("Rapporter"), Permission.SEE_GRANTS),
        ("outcomes", _("Utfall"), Permission.SEE_GRANTS),
        ("pots", _("Avrop"), Permission.SEE_GRANTS),
        ("controls", _("Stickprov"), Permission.PREPARE_GRANTS),
        ("year", _("Avstämning"), Permission.SEE_GRANTS),
    )
    return [
        {"label": label, "url": reverse(f"grants:{key}"), "current": key == current}
        for key, label, permission in wanted
        if may(request.by.role, permission)
    ]


def choices(labels: Mapping[Any, str], *, empty: str = "") -> list[tuple[str, str]]:
    """The words of a closed list, for a form."""
    first = [("", empty)] if empty else []
    return first + [(str(kind.value), capital(_(label))) for kind, label in labels.items()]


def word(labels: Mapping[Any, str], kind: StrEnum | None) -> str:
    """One of them; empty for none."""
    return _(labels[kind]) if kind is not None else ""


def capital(text: str) -> str:
    """The same with a capital first letter: names stay as they are."""
    return text[:1].upper() + text[1:]


def size(number: int) -> str:
    """Bytes as people say them."""
    if number < 1024 * 1024:
        return _("%(many)d kB") % {"many": max(1, round(number / 1024))}
    return _("%(many)s MB") % {"many": f"{number / 1024 / 1024:.1f}".replace(".", ",")}
