"""The lot of a study, open to all: the list's codes, the rule, the seed, and the file with which anybody draws again."""

import json
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.knowledge.queries import scorecards, studies
from samkraft.knowledge.queries.studies import StudyRow
from samkraft.knowledge.rules.studies import lots
from samkraft.knowledge.rules.studies.stages import Kind
from samkraft.web import acting, shell
from samkraft.web.acting import page
from samkraft.web.knowledge.studies import words


@page(public=True)
def show(request: Any, code: str, number: int) -> HttpResponse:
    """What was published before the seed was known, and the lot that came of it."""
    one = _study(code, number)
    listed, lot = one.held.last(Kind.LIST_PUBLISHED), one.held.last(Kind.DRAWN)
    drawn = set(lot.content["drawn"]) if lot else set()
    context = {
        "study": one, "promised": one.registration, "list": listed, "lot": lot, "code": code,
        "algorithm": _(lots.ALGORITHM), "holds": lots.holds(listed.content, lot.content) if listed and lot else None,
        "groups": [
            {
                "name": _(words.GROUPS[group]), "places": listed.content["rule"]["places"][group] if listed else 0,
                "codes": [(each, each in drawn) for each in codes],
            }
            for group, codes in (lot.content["order"].items() if lot else ())
        ],
    }  # fmt: skip
    frame = shell.of(request)
    url = reverse("results:study", args=[code, number])
    frame.crumbs = [
        {"label": one.registration.title, "url": url if acting.opens(request.by.role, url) else ""},
        {"label": _("Lottning"), "url": ""},
    ]
    return render(request, "knowledge/studies/lot.html", context | {"shell": frame})


@page(public=True)
def file(request: Any, code: str, number: int) -> HttpResponse:
    """The published file: list, rule and, when it is drawn, seed and order. Codes and groups, nothing else."""
    one = _study(code, number)
    listed, lot = one.held.last(Kind.LIST_PUBLISHED), one.held.last(Kind.DRAWN)
    if listed is None:
        raise Http404
    whole = {**listed.content, **(lot.content if lot else {})}
    text = json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True)
    return HttpResponse(text, content_type="application/json; charset=utf-8")


def _study(code: str, number: int) -> StudyRow:
    row = scorecards.initiative(code)
    found = studies.by_number(row.id, number) if row else None
    if found is None or found.held.last(Kind.LIST_PUBLISHED) is None:
        raise Http404
    return found
