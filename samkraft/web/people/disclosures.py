"""Hand one thing over to another authority: what will be read there, on what basis, and how well it is kept there."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samkraft.audit.actions import transactions
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import disclosures as actions
from samkraft.people.queries import consents as queries
from samkraft.people.rules import disclosures as rules
from samkraft.people.rules import guards, secrecy
from samkraft.people.rules.categories import CATEGORIES, Category, Release
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, refusals
from samkraft.web.acting import page
from samkraft.web.people import opened, person, timeline

_ASSESSED = ("assessment_item", "conclusion", "dissent", "correction")


@page(needs=Permission.WORK_WITH_PEOPLE)
def release(request: Any, person_id: UUID, contribution_id: UUID) -> HttpResponse:
    """The page of the act: the text as it will be read, and one button for each consent that covers it."""
    refusal: Refused | None = None
    if request.method == "POST":
        try:
            _release(request, person_id, contribution_id)
        except Refused as found:
            refusal = found
        else:
            messages.success(request, _("Uppgiften är utlämnad. Båda myndigheterna ser att det skett."))
            with transactions.read(request.by):
                return _afterwards(request, person_id, contribution_id)
        with transactions.read(request.by):
            return _render(request, person_id, contribution_id, refusal)
    return _render(request, person_id, contribution_id, None)


def _afterwards(request: Any, person_id: UUID, contribution_id: UUID) -> HttpResponse:
    """Here again while somebody else may have it too; then back to the assessment, where the next thing stands."""
    one = opened.open_page(request, person_id, what="disclosure")
    held = next(found for found in one.opened.held if found.id == contribution_id)
    acts = queries.disclosures(request.by, person_id)
    given = {act.to_area_id for act in acts if act.contribution_id == contribution_id}
    if any(line.to_area_id not in given for line in queries.standing(request.by, person_id, category=held.category)):
        return afterwards.at(request.path)
    return afterwards.to("people:assessment" if held.kind in _ASSESSED else "people:consents", person_id)


def _release(request: Any, person_id: UUID, contribution_id: UUID) -> None:
    with transactions.read(request.by):
        one = opened.open_page(request, person_id, what="disclosure")
        sent = request.POST.get("scope", "")
        scope = next((line for line in queries.standing(request.by, person_id) if str(line.id) == sent), None)
    if scope is None:  # lapsed or taken back since the page was opened, or never a consent of this person's from us
        raise Refused(guards.REASONS["no_basis"])
    own, receiver = one.bodies[request.by.area_id], one.bodies[scope.to_area_id]
    actions.release(
        by=request.by,
        person_id=person_id,
        contribution_id=contribution_id,
        to_area_id=scope.to_area_id,
        scope_id=scope.id,
        understood=request.POST.get("understood") == "on",
        receiver_is_weaker=rules.is_weaker(receiver.harm_test, own.harm_test),
    )


def _render(request: Any, person_id: UUID, contribution_id: UUID, refusal: Refused | None) -> HttpResponse:
    one = opened.open_page(request, person_id, what="disclosure")
    held = next((found for found in one.opened.held if found.id == contribution_id and not found.received), None)
    if held is None:
        raise Refused(secrecy.NOT_FOUND)
    own = one.bodies[request.by.area_id]
    acts = queries.disclosures(request.by, person_id)
    given = {act.to_area_id: act.disclosed_at for act in acts if act.contribution_id == contribution_id}
    ways = [
        {
            "scope": line,
            "body": one.bodies[line.to_area_id],
            "is_weaker": rules.is_weaker(one.bodies[line.to_area_id].harm_test, own.harm_test),
            "given": given.get(line.to_area_id),
        }
        for line in queries.standing(request.by, person_id, category=held.category)
    ]
    described = CATEGORIES[Category(held.category)]
    context = {
        "tabs": opened.tabs(person_id, "consents"),
        "line": timeline.lines([held], one.bodies)[0],
        "category": _(described.name),
        "never": described.release is Release.NEVER,
        "ways": ways,
        "refusal": refusals.explain(refusal) if refusal else None,
        "own": own,
    }
    return render(request, "people/person/disclose.html", person.with_crumbs(request, one, context))
