"""The register of risks: a matrix with its table, one risk with its history, and assessing it again."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.audit.actions import transactions
from samkraft.initiatives.actions import risks as actions
from samkraft.initiatives.queries import risks as queries
from samkraft.initiatives.queries.risks import AssessmentRow, RiskRow
from samkraft.initiatives.rules import risks as rules
from samkraft.initiatives.rules.risks import Assessment, RiskState, Weight
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.period import day_in_stockholm
from samkraft.web import days
from samkraft.web.acting import page
from samkraft.web.governance import frames, risk_picture
from samkraft.web.governance.risk_forms import RiskForm

SHAPES = {Weight.HIGH: "overdue", Weight.MIDDLE: "needs", Weight.LOW: "ok"}
FIELDS = {
    rules.NO_TEXT.code: "text",
    rules.NO_MEASURE.code: "measure",
    rules.REVIEW_PAST.code: "review_date",
    rules.REVIEW_FAR.code: "review_date",
    rules.NO_REASON.code: "note",
    rules.OWNER_SEES_NOTHING.code: "owner",
}


@page(needs=Permission.SEE_STEERING)
def listed(request: Any, code: str) -> HttpResponse:
    """All risks of an initiative. `visa=stangda` shows the closed."""
    row, today = frames.initiative(request, code), day_in_stockholm(timezone.now())
    found = queries.listed(row.id, today=today)
    still = [one for one in found if one.now.state is RiskState.OPEN]
    shut = [one for one in found if one.now.state is RiskState.CLOSED]
    shows_closed = request.GET.get("visa") == "stangda"
    context = {
        "risks": [told(code, one) for one in (shut if shows_closed else still)],
        "open": len(still),
        "closed": len(shut),
        "overdue": sum(one.is_overdue for one in still),
        "shows_closed": shows_closed,
        "pictures": risk_picture.draw_both(still) if still and not shows_closed else [],
    }
    return frames.draw(request, "governance/risks.html", row, "risks", context, (_("Risker"), ""))


@page(needs=Permission.SEE_STEERING)
def show(request: Any, code: str, number: int) -> HttpResponse:
    """One risk and everything that has been held of it; a form for whoever may assess it."""
    row, today = frames.initiative(request, code), day_in_stockholm(timezone.now())
    with transactions.read(request.by):
        risk = queries.one(row.id, number, today=today)
        if risk is None:
            raise Http404
        history = queries.history(risk.id)
    may_assess = may(request.by.role, Permission.MANAGE_STEERING) or (
        risk.now.owner_membership_id == request.by.membership_id
    )
    now = risk.now
    initial = {
        "owner": str(now.owner_membership_id), "probability": now.probability, "consequence": now.consequence,
        "measure": now.measure, "review_date": _next_review(now, today), "seen": now.version,
    }  # fmt: skip
    form = RiskForm(
        request.POST or None, owners=frames.owners(request, today), initial=initial, is_new=False,
        is_closed=now.state is RiskState.CLOSED,
    )  # fmt: skip
    back = reverse("governance:risk", args=[code, number])

    def save(data: dict[str, Any]) -> None:
        actions.assess(
            by=request.by, initiative_id=row.id, number=number, owner_membership_id=UUID(data["owner"]),
            said=_said(data), seen=data["seen"],
        )  # fmt: skip

    more = {
        "risk": told(code, risk),
        "events": [_event(one) for one in history],
        "may_assess": may_assess,
        "is_closed": now.state is RiskState.CLOSED,
    }
    return frames.edit(
        request, row, "risks", form, save, heading=_("Risk %(number)d") % {"number": number},
        said=_("Bedömningen är sparad. Den förra står kvar i historiken."), back=back, fields=FIELDS, more=more,
        crumbs=((_("Risker"), reverse("governance:risks", args=[code])),), template="governance/risk.html",
    )  # fmt: skip


@page(needs=Permission.MANAGE_STEERING)
def add(request: Any, code: str) -> HttpResponse:
    """A new risk with its first assessment."""
    row, today = frames.initiative(request, code), day_in_stockholm(timezone.now())
    form = RiskForm(request.POST or None, owners=frames.owners(request, today), is_new=True, is_closed=False)
    back = reverse("governance:risks", args=[code])

    def save(data: dict[str, Any]) -> None:
        actions.add(
            by=request.by, initiative_id=row.id, text=data["text"], owner_membership_id=UUID(data["owner"]),
            said=_said(data),
        )  # fmt: skip

    return frames.edit(
        request, row, "risks", form, save, heading=_("Lägg till en risk"), said=_("Risken är tillagd."), back=back,
        button=_("Lägg till risken"), fields=FIELDS, crumbs=((_("Risker"), back),),
    )  # fmt: skip


def told(code: str, one: RiskRow) -> dict[str, Any]:
    """A risk as a template shows it."""
    return {
        "number": one.number,
        "text": one.text,
        "url": reverse("governance:risk", args=[code, one.number]),
        "owner": one.now.owner_name,
        "body": one.now.owner_body,
        "measure": one.now.measure,
        "weighed": one.now.weighed,
        "kind": SHAPES[one.now.weight],
        "weight": _(rules.WEIGHT_NAMES[one.now.weight]),
        "probability": one.now.probability,
        "consequence": one.now.consequence,
        "probability_words": _(rules.PROBABILITIES[one.now.probability]),
        "consequence_words": _(rules.CONSEQUENCES[one.now.consequence]),
        "review_date": one.now.review_date,
        "is_overdue": one.is_overdue,
        "days_over": one.days_over,
        "change": None if one.weighed_before is None else one.now.weighed - one.weighed_before,
        "by": one.now.by,
        "at": one.now.at,
        "source": one.source,
    }


def _said(data: dict[str, Any]) -> Assessment:
    closes = data.get("closes")
    return Assessment(
        state=RiskState.CLOSED if closes else RiskState.OPEN,
        probability=int(data["probability"]),
        consequence=int(data["consequence"]),
        measure=data["measure"],
        review_date=None if closes else data["review_date"],
        note=data["note"],
    )


def _next_review(now: AssessmentRow, today: date) -> date | None:
    return now.review_date if now.review_date and now.review_date >= today else None


def _event(one: AssessmentRow) -> dict[str, Any]:
    heading = _("Sannolikhet %(p)d, konsekvens %(c)d: %(weight)s") % {
        "p": one.probability, "c": one.consequence, "weight": _(rules.WEIGHT_NAMES[one.weight]),
    }  # fmt: skip
    if one.state is RiskState.CLOSED:
        heading = _("Stängd")
    text = one.note or one.measure
    if one.review_date:
        text = _("%(text)s Gås igenom igen %(day)s.") % {"text": _sentence(text), "day": days.full(one.review_date)}
    kind = "closed" if one.state is RiskState.CLOSED else SHAPES[one.weight]
    return {"when": one.at, "heading": heading, "text": text, "source": one.by, "kind": kind}


def _sentence(text: str) -> str:
    return text if text.rstrip().endswith((".", "!", "?")) else f"{text.rstrip()}."
