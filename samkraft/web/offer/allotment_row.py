"""One who waits in a proposal: what is proposed and why, what a place would take; decide a place beforehand and count again."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samkraft.audit.actions import transactions
from samkraft.knowledge.queries import allotments as asked
from samkraft.knowledge.rules import allotment_reasons
from samkraft.offer.queries import catalogue
from samkraft.partners.actions import errands
from samkraft.partners.rules.roles import Permission
from samkraft.people.queries.places import place_suggestions
from samkraft.people.queries.places.place_suggestions import Suggested
from samkraft.people.rules.places import place_suggestions as states
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, days, figures, refusals
from samkraft.web.acting import page
from samkraft.web.errands import errand
from samkraft.web.offer import allotment, allotment_making, frames
from samkraft.web.sections import Plain

MOVE = "move"


@page(needs=Permission.COORDINATE_PLACES)
def show(request: Any, proposal_id: UUID, suggestion_id: UUID) -> HttpResponse:
    """The row. A POST gives it an occasion: at once, mended around it, or in a proposal that is solved anew around it."""
    with transactions.read(request.by):
        proposal = asked.one(request.by, proposal_id)
        found = place_suggestions.of_proposal(request.by, proposal_id) if proposal else []
        row = next((one for one in found if one.id == suggestion_id), None)
        if proposal is None or row is None:
            raise Http404
        activity = catalogue.activity_by_id(row.activity_id)
        occasions = {one.id: one for one in catalogue.occasions(activity_id=row.activity_id)}
    choices = [
        (str(one.id), f"{occasions[one.id].name}, {days.dated(occasions[one.id].starts_on)}")
        for one in proposal.occasions
        if one.id in occasions and not occasions[one.id].cancelled_at
    ]
    data = request.POST if request.method == "POST" else None
    fields: dict[str, forms.Field] = {
        "occasion": forms.ChoiceField(label=_("Tillfälle"), choices=[("", _("Välj")), *choices])
    }
    form = Plain(fields, data)
    if request.method == "POST" and form.is_valid():
        occasion_id = UUID(form.cleaned_data["occasion"])
        try:
            if request.POST.get("do") == MOVE:
                made = allotment_making.move(
                    by=request.by, proposal_id=proposal_id, entry_id=row.entry_id, occasion_id=occasion_id
                )
                return afterwards.to("offer:allotment", made)
            with transactions.read(request.by):
                locks = [
                    *allotment_making.decided(request.by, proposal_id, without=row.entry_id),
                    (row.entry_id, occasion_id),
                ]
            return errand.sent_to(errands.ask(
                by=request.by, kind=allotment_making.KIND,
                arguments={
                    "weeks": proposal.weeks, "earlier": str(proposal.id),
                    "locks": [[str(one), str(other)] for one, other in locks],
                },
            ))  # fmt: skip
        except Refused as refused:
            refusals.put_in(form, refused)
    assert activity is not None
    context = {
        "proposal": proposal, "activity": activity, "form": form, "waits": row.standing == "waiting",
        "line": allotment.line(row, proposal, occasions, is_on=False),
        "explained": _(states.WHY_EXPLAINED[row.why]),
        "occasion": occasions.get(row.occasion_id) if row.occasion_id else None, "answer": _answer(row, occasions),
    }  # fmt: skip
    crumbs = (
        (_("Bästa användning"), reverse("offer:allotments")),
        (days.dated(proposal.first_day), reverse("offer:allotment", args=[proposal.id])),
        (row.code, ""),
    )
    return frames.draw(request, "offer/allotment_row.html", context, *crumbs)


def _answer(row: Suggested, occasions: Any) -> dict[str, Any] | None:
    """Why not, in words: what stands in the way, what it would cost, the smallest change."""
    told = row.why_not
    if told is None:
        return None
    found: dict[str, Any] = {
        "occasion": occasions[UUID(told["occasion"])], "reason": _(allotment_reasons.WORDS[told["reason"]]), "facts": [],
    }  # fmt: skip
    if told["reason"] != allotment_reasons.FULL:
        return found
    facts = found["facts"]
    price = _("En plats till där skulle ge förslaget högst {price} plats mer.")
    facts.append(price.format(price=figures.decimal(told["price"], 2)))
    if told["loss_least"] is None:
        facts.append(_("Platsen går inte att ge alls: andra är låsta dit."))
    elif told["is_proven"] and told["loss_least"] < allotment.LEAST_COST:
        facts.append(_("Ges platsen ändå blir förslaget lika bra, men någon annan får vänta i stället."))
    elif told["is_proven"]:
        facts.append(
            _("Ges platsen ändå blir förslaget {loss} platser sämre.").format(
                loss=figures.decimal(told["loss_least"], 3)
            )
        )
    if told["places"]:
        facts.append(
            ngettext(
                "Minsta ändring: {n} plats till på tillfället.",
                "Minsta ändring: {n} platser till på tillfället.",
                told["places"],
            ).format(n=told["places"])
        )
    return found
