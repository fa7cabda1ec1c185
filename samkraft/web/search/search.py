"""Search over everything that the reader may see."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from samkraft.audit.actions.reads import Read
from samkraft.web.acting import page
from samkraft.web.search import sources

MOST_WORDS, LONGEST = 6, 100


@page()
def show(request: Any) -> HttpResponse:
    """Query: `q`. Every word must be found; one letter alone finds nothing."""
    asked = request.GET.get("q", "").strip()[:LONGEST]
    words = [word for word in asked.split() if len(word) > 1 or word.isdigit()][:MOST_WORDS]
    groups = sources.find(request.by, words) if words else []
    if about := sorted({hit.person_id for group in groups for hit in group.hits if hit.person_id}):
        request.reads.append(Read("search.found", "people.caseload", "", content={"shown": about}))
    return render(
        request,
        "search/search.html",
        {"asked": asked, "words": words, "groups": groups, "total": sum(group.total for group in groups)},
    )
