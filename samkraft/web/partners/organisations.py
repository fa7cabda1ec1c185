"""The bodies that decide, receive and take part: searched by any of their names, narrowed by kind."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from samkraft.partners.queries import organisations
from samkraft.partners.rules.organisations import LABELS
from samkraft.partners.rules.roles import Permission, may
from samkraft.web.acting import page


@page(needs=Permission.SEE_PARTNERS)
def listed(request: Any) -> HttpResponse:
    """The list, in Swedish order."""
    search = request.GET.get("q", "").strip()
    kind = request.GET.get("slag", "")
    rows = organisations.listed(search=search, kind=kind)
    context = {
        "rows": rows,
        "search": search,
        "kind": kind,
        "chips": _chips(request, kind),
        "may_manage": may(request.by.role, Permission.MANAGE_MEMBERS),
    }
    return render(request, "partners/organisations.html", context)


def _chips(request: Any, chosen: str) -> list[dict[str, Any]]:
    """One filter for each kind there is; the one that is on takes itself away."""
    chips = []
    for kind, count in organisations.kinds():
        query = request.GET.copy()
        query.pop("slag", None)
        if kind.value != chosen:
            query["slag"] = kind.value
        label = gettext(LABELS[kind])
        chips.append({"label": label, "count": count, "on": kind.value == chosen, "url": f"?{query.urlencode()}"})
    return chips
