"""One proposal of places: who, why, beside the queue's order alone; what is proven; adopt all or some; what came of it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samkraft.audit.actions import transactions
from samkraft.knowledge.queries import allotments as asked
from samkraft.knowledge.queries.allotments import Proposal
from samkraft.knowledge.rules import allotment_mending
from samkraft.offer.queries import catalogue
from samkraft.offer.rules import priorities
from samkraft.partners.actions import errands
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions.places import place_suggestions as actions
from samkraft.people.actions.places.place_suggestions import Result
from samkraft.people.queries.places import place_suggestions
from samkraft.people.queries.places.place_suggestions import Suggested
from samkraft.people.rules import guards
from samkraft.people.rules.places import place_suggestions as states
from samkraft.people.rules.places.place_suggestions import Adopted, Fate, Why
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, days, figures, refusals
from samkraft.web.acting import page
from samkraft.web.charts import trend
from samkraft.web.charts.trend import Curve, Picture
from samkraft.web.errands import errand
from samkraft.web.offer import allotment_followed, allotment_making, allotments, frames, rows
from samkraft.web.sections import Plain

ADOPT, ADOPT_ALL, AGAIN, SURE_FIELD = "adopt", "adopt_all", "again", "sure"
SHORTEST_REASON = 10
SURE = 0.00005  # a gap below it is none
LEAST_COST = 0.0005  # places
_FATE_SHAPES = {
    Fate.OFFERED: "needs",
    Fate.ACCEPTED: "needs",
    Fate.GIVEN: "ok",
    Fate.STARTED: "ok",
    Fate.ENDED: "closed",
}


@page(needs=Permission.COORDINATE_PLACES)
def show(request: Any, proposal_id: UUID) -> HttpResponse:
    """The proposal. A POST adopts rows, or asks for a new one."""
    form = _form(request)
    refused = None
    if request.method == "POST":
        done = request.POST.get("do")
        try:
            if done == AGAIN:
                with transactions.read(request.by):
                    proposal = _found(request, proposal_id)
                    locks = allotment_making.decided(request.by, proposal_id)
                return errand.sent_to(errands.ask(
                    by=request.by, kind=allotment_making.KIND,
                    arguments={
                        "weeks": proposal.weeks, "earlier": str(proposal.id),
                        "locks": [[str(one), str(other)] for one, other in locks],
                    },
                ))  # fmt: skip
            if done in (ADOPT, ADOPT_ALL) and form.is_valid():
                if SURE_FIELD not in request.POST:
                    return _ask_first(request, proposal_id, form.cleaned_data["reason"], everything=done == ADOPT_ALL)
                _say(request, _adopt(request, proposal_id, form.cleaned_data["reason"]))
                return afterwards.to("offer:allotment", proposal_id)
        except Refused as caught:
            refused = refusals.explain(caught)
            form.add_error("reason" if refused.code == "passing_needs_reason" else None, str(refused))
    with transactions.read(request.by):
        return _draw(request, _found(request, proposal_id), form)


def _found(request: Any, proposal_id: UUID) -> Proposal:
    found = asked.one(request.by, proposal_id)
    if found is None:
        raise Http404
    return found


def _form(request: Any) -> Any:
    fields: dict[str, forms.Field] = {
        "reason": forms.CharField(
            label=_("Skäl till att någon går före"), required=False, max_length=300,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("Behövs när någon går före. De som blir förbigångna kan läsa det. Skriv inget om någon person."),
        )
    }  # fmt: skip
    said = _("Ett förslag som ger fler en plats, eller kortare väntan, har antagits. Du står kvar på din plats i kön.")
    is_sent = request.method == "POST" and request.POST.get("do") in (ADOPT, ADOPT_ALL)
    form = Plain(fields, request.POST if is_sent else None, initial={"reason": said})
    form.marks_optional = False  # the help says when it is needed
    return form


def _chosen(request: Any, proposal_id: UUID, *, everything: bool) -> list[Suggested]:
    """Those that can still be adopted, of the rows that were sent or of all."""
    sent = set(request.POST.getlist("row"))
    found = place_suggestions.of_proposal(request.by, proposal_id)
    return [row for row in found if row.is_open and (everything or str(row.id) in sent)]


def _ask_first(request: Any, proposal_id: UUID, reason: str, *, everything: bool) -> HttpResponse:
    """Offers that have gone out cannot be made undone: what the press does to whom, before it does it."""
    with transactions.read(request.by):
        proposal = _found(request, proposal_id)
        chosen = _chosen(request, proposal_id, everything=everything)
        if not chosen:
            raise Refused(actions.NOTHING_CHOSEN)
        passing = [row for row in chosen if row.passes]
        if passing and len(reason.strip()) < SHORTEST_REASON:
            raise Refused(guards.REASONS["passing_needs_reason"])
        occasions = {one.id: one for one in catalogue.occasions()}
        names = {one.id: one.name for one in catalogue.activities()}
        context = {
            "proposal": proposal, "chosen": chosen, "passing": len(passing), "reason": reason.strip(),
            "left": sum(row.is_open for row in place_suggestions.of_proposal(request.by, proposal_id)) - len(chosen),
            "rows": [
                line(row, proposal, occasions, is_on=True)
                | {"activity": names[row.activity_id], "occasion": occasions.get(row.occasion_id)}
                for row in chosen
            ],
        }  # fmt: skip
        crumbs = (
            (_("Bästa användning"), reverse("offer:allotments")),
            (days.dated(proposal.first_day), reverse("offer:allotment", args=[proposal.id])),
            (_("Anta"), ""),
        )
        return frames.draw(request, "offer/allotment_adopt.html", context, *crumbs)


def _adopt(request: Any, proposal_id: UUID, reason: str) -> list[Result]:
    with transactions.read(request.by):
        _found(request, proposal_id)
        chosen = _chosen(request, proposal_id, everything=False)
    return actions.adopt(
        by=request.by, proposal_id=proposal_id, suggestion_ids=sorted(row.id for row in chosen), reason=reason
    )


def _say(request: Any, made: Sequence[Result]) -> None:
    offered = [one for one in made if one.became is Adopted.OFFERED]
    passed = sum(one.passed > 0 for one in offered)
    if offered:
        text = ngettext("{n} plats är erbjuden.", "{n} platser är erbjudna.", len(offered)).format(n=len(offered))
        before = ngettext("{n} gick före någon, med ditt skäl.", "{n} gick före någon, med ditt skäl.", passed)
        messages.success(request, f"{text} {before.format(n=passed)}" if passed else text)
    if others := len(made) - len(offered):
        text = ngettext(
            "{n} rad gick inte att anta. Varför står vid raden.",
            "{n} rader gick inte att anta. Varför står vid varje rad.",
            others,
        )
        messages.warning(request, text.format(n=others))


def _draw(request: Any, proposal: Proposal, form: Any) -> HttpResponse:
    today = timezone.localdate()
    found = place_suggestions.of_proposal(request.by, proposal.id)
    names = {one.id: one.name for one in catalogue.activities()}
    occasions = {one.id: one for one in catalogue.occasions()}
    chosen = set(request.POST.getlist("row"))
    tables = []
    for one in proposal.occasions:
        own = [row for row in found if row.occasion_id == one.id]
        occasion = occasions[one.id]
        tables.append({
            "figure": one, "occasion": occasion, "activity": names[occasion.activity_id],
            "url": reverse("offer:occasion", args=[one.id]), "open": sum(row.is_open for row in own),
            "rows": [line(row, proposal, occasions, is_on=not chosen or str(row.id) in chosen) for row in own],
        })  # fmt: skip
    without = sorted((row for row in found if row.occasion_id is None), key=lambda row: row.why is not Why.GIVES_WAY)
    changes = allotments.changes(request, proposal, found, today)
    context = {
        "proposal": proposal, "form": form, "tables": [one for one in tables if one["rows"]],
        "empty": [one for one in tables if not one["rows"]],
        "without": [line(row, proposal, occasions, is_on=False) | {"activity": names[row.activity_id]} for row in without],
        "changes": " ".join(changes), "is_over": proposal.last_day < today,
        "open": sum(row.is_open for row in found), "picture": _picture(proposal), "weeks": _weeks(proposal),
        "gap": gap_words(proposal), "is_mended": proposal.method == allotment_mending.METHOD,
        "cost": _cost(request, proposal),
        "before": _before(request, proposal, found, occasions), "fairness": _fairness(proposal), "beside": _beside(found),
        "followed": allotment_followed.followed(request, proposal, found, occasions, today),
        "has_adopted": any(row.result for row in found),
        "week_percent": figures.percent(proposal.weights["week_to_start"]),
    }  # fmt: skip
    crumbs = ((_("Bästa användning"), reverse("offer:allotments")), (days.dated(proposal.first_day), ""))
    return frames.draw(request, "offer/allotment.html", context, *crumbs)


def _cost(request: Any, proposal: Proposal) -> str:
    """How much worse than the proposal that it was made from, in places; empty where it is no worse or there is none."""
    earlier = asked.one(request.by, proposal.earlier_id) if proposal.earlier_id else None
    worse = earlier.value - proposal.value if earlier else 0.0
    return figures.decimal(worse, 3) if worse >= LEAST_COST else ""


def _before(request: Any, proposal: Proposal, found: Sequence[Suggested], occasions: Any) -> list[dict[str, Any]]:
    """Who has another place than in the proposal that this one was made from: what somebody moved did to the others."""
    if proposal.earlier_id is None:
        return []
    had = {row.entry_id: row.occasion_id for row in place_suggestions.of_proposal(request.by, proposal.earlier_id)}
    return [
        {
            "code": row.code, "url": reverse("offer:allotment_row", args=[proposal.id, row.id]),
            "is_decided": row.why is Why.LOCKED,
            "was": occasions[had[row.entry_id]].starts_on if had[row.entry_id] else None,
            "now": occasions[row.occasion_id].starts_on if row.occasion_id else None,
        }
        for row in found
        if row.entry_id in had and had[row.entry_id] != row.occasion_id
    ]  # fmt: skip


def line(row: Suggested, proposal: Proposal, occasions: Any, *, is_on: bool) -> dict[str, Any]:
    """One who waits, for a table."""
    start = occasions[row.occasion_id].starts_on if row.occasion_id else None
    queued = occasions[row.queue_occasion_id].starts_on if row.queue_occasion_id else None
    joined = day_in_stockholm(row.joined_at)
    return {
        "row": row,
        "told": rows.told(row.told),
        "group": "–" if row.priority_class == priorities.LAST_CLASS else str(row.priority_class),
        "waited": (proposal.first_day - joined).days,
        "at_start": (start - joined).days if start else None,
        "queued": queued,
        "why": _(states.WHY_WORDS[row.why]),
        "is_same": row.why is Why.SAME,
        "state": _state(row),
        "is_on": is_on,
        "url": reverse("offer:allotment_row", args=[proposal.id, row.id]),
    }


def _state(row: Suggested) -> tuple[str, str] | None:
    if row.fate is not None:
        return _FATE_SHAPES.get(row.fate, "closed"), _(states.FATE_WORDS[row.fate])
    if row.result is not None:
        return "overdue", _(states.ADOPTED_WORDS[row.result])
    if row.standing == "left":
        return "closed", _(states.ADOPTED_WORDS[Adopted.LEFT])
    return ("closed", _(states.ADOPTED_WORDS[Adopted.HOLDING])) if row.standing == "holding" else None


def _picture(proposal: Proposal) -> Picture:
    places = [days.dated(proposal.first_day + timedelta(weeks=week)) for week in range(proposal.weeks + 1)]
    return trend.draw(
        places,
        [Curve("own", proposal.plan_weeks, _("Förslaget")), Curve("plan", proposal.queue_weeks, _("Köordning"))],
        told=lambda value: figures.decimal(value, 0),
        description=_("Hur många av dem som väntar nu som inte har börjat, vecka för vecka. Tabellen säger detsamma."),
    )


def _weeks(proposal: Proposal) -> list[dict[str, Any]]:
    return [
        {"day": proposal.first_day + timedelta(weeks=week), "plan": plan, "queue": queue}
        for week, (plan, queue) in enumerate(zip(proposal.plan_weeks, proposal.queue_weeks, strict=True))
    ]


def gap_words(proposal: Proposal) -> str:
    """How far from the best it can be."""
    if proposal.gap < SURE:
        return _("Bevisat: under de här reglerna går det inte att fördela bättre.")
    return _("Bevisat: ingen fördelning under de här reglerna kan vara mer än {share} bättre.").format(
        share=figures.percent(proposal.gap)
    )


def _fairness(proposal: Proposal) -> list[str]:
    fair = proposal.fairness
    share = figures.percent(fair.share, 0)
    rule = {
        True: _(
            "Regeln om kön hålls: bland dem som kan ta något tillfälle får kvinnor och män minst {share} så många platser "
            "per person som de andra."
        ),
        False: _(
            "Regeln om kön gick inte att hålla: kvinnor och män skulle få minst {share} så många platser per person som de "
            "andra."
        ),
        None: _(
            "Regeln om minst {share} så många platser per person för kvinnor och män används inte: de är för få, eller så "
            "är könet inte känt för alla."
        ),
    }[fair.is_kept]
    told = (
        _("Kvinnor får ungefär {percent} av mäns platser per person, avrundat till tiotal.").format(
            percent=figures.percent(fair.percent / 100, 0)
        )
        if fair.percent is not None
        else _("Hur platserna faller mellan kvinnor och män visas inte: talen är för små, och skulle berätta om någon.")
    )
    return [rule.format(share=share), told]


def _beside(found: Sequence[Suggested]) -> list[dict[str, Any]]:
    """Who gains and who loses beside the queue's order alone."""
    order = (
        Why.LOCKED, Why.SAME, Why.GAINS, Why.EARLIER, Why.LATER, Why.GIVES_WAY, Why.NO_ROOM, Why.NOTHING_FITS
    )  # fmt: skip
    many = [(each, sum(row.why is each for row in found)) for each in order]
    return [{"words": _(states.WHY_WORDS[each]), "many": count} for each, count in many if count]
