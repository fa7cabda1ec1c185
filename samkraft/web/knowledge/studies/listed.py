"""Studies of an initiative: how far each has come, drafts, and what they found."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.knowledge.queries import studies
from samkraft.knowledge.queries.studies import StudyRow
from samkraft.knowledge.rules.studies.stages import KIND_NAMES, ORDER, Kind
from samkraft.partners.rules.roles import Permission, may
from samkraft.web.acting import page
from samkraft.web.knowledge import frames
from samkraft.web.knowledge.studies import words

SHAPES = {Kind.PUBLISHED: "ok", Kind.ESTIMATED: "needs"}


@page(needs=Permission.SEE_RESULTS)
def listed(request: Any, code: str) -> HttpResponse:
    """All of them, the newest first; drafts are the writer's own."""
    row = frames.initiative(code)
    writes = may(request.by.role, Permission.RUN_STUDIES)
    context = {
        "studies": [shown(code, one) for one in studies.listed(row.id)],
        "drafts": studies.drafts(row.id, request.by.membership_id) if writes else [],
        "writes": writes,
        "calls": may(request.by.role, Permission.KEEP_CALL_LISTS),
    }
    return frames.draw(request, "knowledge/studies/listed.html", row, "studies", context, (_("Studier"), ""))


def shown(code: str, one: StudyRow) -> dict[str, Any]:
    """A study as a row: its title, where it is, and what it found when that is published."""
    published = one.held.last(Kind.PUBLISHED)
    return {
        "number": one.number, "title": one.registration.title, "url": reverse("results:study", args=[code, one.number]),
        "stage": _(KIND_NAMES[one.stage]), "shape": SHAPES.get(one.stage, "closed"), "steps": len(ORDER),
        "step": ORDER.index(one.stage) + 1, "registered_at": one.held.registered.at, "follow_up": one.held.follow_up_date,
        "found": words.headline(published.content["figures"], one.registration) if published else "",
    }  # fmt: skip
