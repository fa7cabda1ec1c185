"""The register of initiatives."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.initiatives.queries import undertakings
from samkraft.initiatives.rules.undertakings import LABELS, Stage
from samkraft.partners.rules.roles import Permission, may
from samkraft.web.acting import page

SHAPES = {Stage.PLANNED: "closed", Stage.RUNNING: "ok", Stage.CLOSING: "needs", Stage.ENDED: "closed"}


@page(needs=Permission.SEE_GOALS, public=True)
def show(request: Any) -> HttpResponse:
    """All initiatives. Query: `q` (words) and `skede` (stage)."""
    words = request.GET.get("q", "").strip()
    stage = request.GET.get("skede", "")
    stage = stage if stage in set(Stage) else ""
    counts = undertakings.stages()
    rows = undertakings.listed(search=words, stage=stage)
    return render(
        request,
        "goals/initiatives.html",
        {
            "rows": [(row, SHAPES[row.stage], _(row.stage_name)) for row in rows],
            "total": sum(counts.values()),
            "words": words,
            "stage": stage,
            "chips": [
                {
                    "label": _(LABELS[one]).capitalize(),
                    "count": counts.get(one.value, 0),
                    "on": stage == one.value,
                    "url": _url(q=words, skede="" if stage == one.value else one.value),
                    "shape": SHAPES[one],
                }
                for one in Stage
            ],
            "may_manage": may(request.by.role, Permission.MANAGE_GOALS),
        },
    )


def _url(**query: str) -> str:
    kept = urlencode({key: value for key, value in query.items() if value})
    return f"{reverse('goals:initiatives')}{'?' if kept else ''}{kept}"
