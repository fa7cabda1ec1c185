"""An offered or given place on one sheet, to hand over or send: what, where, when, and by which day one answers."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.offer.queries import catalogue
from samkraft.offer.rules import activities as rules
from samkraft.partners.rules.roles import Permission
from samkraft.people.queries.places import person_places
from samkraft.people.rules.places.place_states import State
from samkraft.web import shell
from samkraft.web.acting import page
from samkraft.web.offer import words
from samkraft.web.people import opened

TOLD = (State.OFFERED, State.DECIDED_UNANSWERED, State.CONDITIONAL, State.GIVEN)


@page(needs=Permission.WRITE_PLAN)
def show(request: Any, person_id: UUID, hold_id: UUID) -> HttpResponse:
    """The sheet. It says what the person may know and nothing of anybody else; no number, no authority on the outside."""
    one = opened.open_page(request, person_id, what="place_letter")
    rows = person_places.of_person(request.by, person_id, at=timezone.now())
    row = next((each for each in rows if each.hold_id == hold_id and each.state in TOLD), None)
    if row is None or row.occasion_id is None:
        raise Http404
    occasion = catalogue.occasion(row.occasion_id)
    assert occasion is not None
    today = timezone.localdate()
    first = max(occasion.starts_on, today)
    meets = [
        each for each in catalogue.sessions(occasion_ids=[occasion.id], first=first, days=14) if not each.is_cancelled
    ]
    frame = shell.of(request)
    frame.crumbs = [
        {"label": one.head.name, "url": reverse("offer:person", args=[person_id])},
        {"label": _("Erbjudandet på papper")},
    ]
    context = {
        "shell": frame, "row": row, "occasion": occasion, "name": one.head.name,
        "starts": occasion.starts_on if occasion.starts_on > today else None, "meets": meets[:4], "today": today,
        "languages": words.listed(rules.LANGUAGES, occasion.languages).lower(),
        "access": words.listed(rules.ACCESS, occasion.accessible).lower(),
        "answer_until": words.until(row.answer_until) if row.answer_until and row.state in TOLD[:2] else "",
        "is_conditional": row.state in (State.OFFERED, State.CONDITIONAL), "decider": words.decider(row.decider).lower(),
        "back": reverse("offer:person", args=[person_id]), "sender": request.by.actor_name,
    }  # fmt: skip
    return render(request, "offer/offer_letter.html", context)
