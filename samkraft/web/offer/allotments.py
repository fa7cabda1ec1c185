"""Proposals of how the coming places are best used: ask for one, and follow those that were made."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samkraft.audit.actions import transactions
from samkraft.knowledge.queries import allotments as asked
from samkraft.knowledge.queries.allotments import Proposal
from samkraft.knowledge.rules import allotments as rules
from samkraft.offer.queries import catalogue
from samkraft.partners.actions import errands
from samkraft.partners.rules.roles import Permission
from samkraft.people.queries.places import place_lists, place_suggestions
from samkraft.people.queries.places.place_suggestions import Suggested
from samkraft.people.rules.places import place_suggestions as states
from samkraft.people.rules.places.place_suggestions import Adopted
from samkraft.values.refusal import Refused
from samkraft.web import refusals
from samkraft.web.acting import page
from samkraft.web.errands import errand
from samkraft.web.offer import allotment_making, frames
from samkraft.web.sections import Plain

WEEKS = (4, 8, 12)


@dataclass(frozen=True, slots=True)
class Followed:
    """What has become of a proposal: rows proposed, made offers, yes, no, begun; and whether the queue has changed since."""

    proposal: Proposal
    proposed: int
    offered: int
    yes: int
    no: int
    begun: int
    changes: tuple[str, ...]

    @property
    def url(self) -> str:
        """Its page."""
        return reverse("offer:allotment", args=[self.proposal.id])


@page(needs=Permission.COORDINATE_PLACES)
def show(request: Any) -> HttpResponse:
    """What a proposal would concern, the button, and earlier proposals with what came of them."""
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        try:
            asked_for = errands.ask(
                by=request.by, kind=allotment_making.KIND, arguments={"weeks": int(form.cleaned_data["weeks"])}
            )
            return errand.sent_to(asked_for)
        except Refused as refused:
            refusals.put_in(form, refused)
    today = timezone.localdate()
    with transactions.read(request.by):
        openings = asked.openings(request.by, today=today, weeks=max(WEEKS))
        names = {one.id: one.name for one in catalogue.activities()}
        occasions = {one.id: one for one in catalogue.occasions(since=today)}
        waiting = {one.activity_id: one.waiting for one in place_lists.waiting(request.by)}
        followed = [follow(request, one, today) for one in asked.listed(request.by, most=10)]
        mine = bool(catalogue.activities(coordinated_by=request.by.membership_id, on=today))
    context = {
        "tabs": frames.home_tabs(request, "allotments"), "form": form, "followed": followed, "has_mine": mine,
        "openings": [
            {"row": one, "activity": names[one.activity_id], "name": occasions[one.id].name,
             "url": reverse("offer:occasion", args=[one.id]), "waiting": waiting.get(one.activity_id, 0)}
            for one in openings
        ],
        "places": sum(one.places for one in openings),
    }  # fmt: skip
    return frames.draw(request, "offer/allotments.html", context, (_("Bästa användning"), ""))


def _form(request: Any) -> Any:
    choices = [(str(many), ngettext("{n} vecka", "{n} veckor", many).format(n=many)) for many in WEEKS]
    fields: dict[str, forms.Field] = {"weeks": forms.ChoiceField(label=_("Hur långt fram"), choices=choices)}
    data = request.POST if request.method == "POST" else None
    return Plain(fields, data, initial={"weeks": str(rules.USUAL)})


def follow(request: Any, proposal: Proposal, today: date) -> Followed:
    """Count what has become of a proposal's rows, and say what has changed since."""
    rows = place_suggestions.of_proposal(request.by, proposal.id)
    offered = [row for row in rows if row.result is Adopted.OFFERED]
    return Followed(
        proposal,
        sum(row.occasion_id is not None for row in rows),
        len(offered),
        sum(row.fate in states.SAID_YES for row in offered),
        sum(row.fate in states.SAID_NO for row in offered),
        sum(row.fate in states.BEGAN for row in offered),
        tuple(changes(request, proposal, rows, today)),
    )


def changes(request: Any, proposal: Proposal, rows: list[Suggested], today: date) -> list[str]:
    """What is no longer as it was when the proposal was made, in sentences; what it led to itself is no change."""
    known = {row.entry_id for row in rows}
    queue = {entry for activity_id in proposal.activity_ids for entry in _waiting(request, activity_id)}
    new = len(queue - known)
    gone = sum(row.standing != "waiting" and row.result is not Adopted.OFFERED for row in rows)
    found = []
    if new:
        found.append(ngettext("{n} ny väntar.", "{n} nya väntar.", new).format(n=new))
    if gone:
        found.append(ngettext("{n} väntar inte längre.", "{n} väntar inte längre.", gone).format(n=gone))
    changed = sum(_has_changed(request, proposal, rows, one, today) for one in proposal.occasions)
    if changed:
        found.append(ngettext("{n} tillfälle har ändrats.", "{n} tillfällen har ändrats.", changed).format(n=changed))
    return found


def _waiting(request: Any, activity_id: UUID) -> set[UUID]:
    """Who waits for an activity now; asked once for each page."""
    if not hasattr(request, "waiting_now"):
        request.waiting_now = {}
    if activity_id not in request.waiting_now:
        rows = place_lists.queue(request.by, activity_id)
        request.waiting_now[activity_id] = {row.entry_id for row in rows if row.place}
    found: set[UUID] = request.waiting_now[activity_id]
    return found


def _has_changed(request: Any, proposal: Proposal, rows: list[Suggested], one: Any, today: date) -> bool:
    """Whether an occasion has begun to be offered, is cancelled or begun, or has other places than those it had."""
    if not hasattr(request, "place_numbers"):
        request.place_numbers = {row.occasion_id: row.free for row in place_lists.numbers(request.by)}
        request.occasions_now = {row.id: row for row in catalogue.occasions()}
    now = request.occasions_now[one.id]
    held = sum(row.occasion_id == one.id and row.fate in (states.Fate.OFFERED, *states.SAID_YES[:3]) for row in rows)
    started = now.starts_on <= today and now.ends_on is not None
    return bool(now.cancelled_at) or now.is_open or started or request.place_numbers.get(one.id, 0) + held != one.places
