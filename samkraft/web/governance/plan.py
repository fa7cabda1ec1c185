"""The activity plan: its points, who answers for each, and what stands before the initiative may be carried out."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from samkraft.audit.actions import transactions
from samkraft.initiatives.actions import activity_plans as actions
from samkraft.initiatives.queries import activity_plans as queries
from samkraft.initiatives.queries.activity_plans import EntryRow, EventRow, PlanPage
from samkraft.initiatives.rules import activity_plans as rules
from samkraft.initiatives.rules.activity_plans import PlanEventKind, PointState
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Refused
from samkraft.values.wording import spoken
from samkraft.web import days, refusals
from samkraft.web.acting import page
from samkraft.web.date_fields import SwedishDateField
from samkraft.web.governance import frames

SHAPES = {PointState.NOT_BEGUN: "closed", PointState.WORKING: "needs", PointState.READY: "ok"}
EVENT_SHAPES = {
    PlanEventKind.DECIDED: "ok",
    PlanEventKind.SENT: "closed",
    PlanEventKind.APPROVED: "ok",
    PlanEventKind.RETURNED: "needs",
}


class PointForm(forms.Form):
    """What stands under a point."""

    state = forms.ChoiceField(label=gettext_lazy("Hur långt har den kommit?"), widget=forms.RadioSelect)
    owner = forms.ChoiceField(label=gettext_lazy("Vem svarar för den?"))
    answer = forms.CharField(
        label=gettext_lazy("Svar"), required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 6})
    )
    evidence = forms.CharField(
        label=gettext_lazy("Var finns underlaget?"), required=False, max_length=500,
        help_text=gettext_lazy("Diarienummer, dokumentets namn eller en länk."),
    )  # fmt: skip
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, owners: list[tuple[str, str]] | None, **kwargs: Any) -> None:
        """Without owners to choose from, whoever answers for the point goes on doing so."""
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [(one.value, _(words).capitalize()) for one, words in rules.STATE_NAMES.items()]
        if owners is None:
            del self.fields["owner"]
        else:
            self.fields["owner"].choices = [("", _("Välj …")), *owners]


class SendForm(forms.Form):
    """When it went."""

    on_date = SwedishDateField(label=gettext_lazy("Skickad"))
    reference = forms.CharField(label=gettext_lazy("Diarienummer"), required=False, max_length=200)


class AnswerForm(forms.Form):
    """What the financier answered."""

    on_date = SwedishDateField(label=gettext_lazy("Svarets dag"))
    approved = forms.ChoiceField(label=gettext_lazy("Svar"), widget=forms.RadioSelect)
    reference = forms.CharField(label=gettext_lazy("ESF-rådets diarienummer"), max_length=200, required=False)
    note = forms.CharField(
        label=gettext_lazy("Vad vill de ha?"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["approved"].choices = [("yes", _("Planen är godkänd")), ("no", _("Den ska kompletteras"))]


@page(needs=Permission.SEE_STEERING)
def show(request: Any, code: str) -> HttpResponse:
    """All points, and the plan's way to being approved."""
    row = frames.initiative(request, code)
    plan = queries.page(row.id)
    context = {
        "plan": plan,
        "points": [_point(code, one, request.by.membership_id) for one in plan.points] if plan else [],
        "steps": _steps(plan) if plan else [],
        "missing": [spoken(text, **fields) for text, fields in rules.missing(plan.standing)] if plan else [],
        "events": [_event(one) for one in plan.history] if plan else [],
        "may_send": plan is not None and plan.standing.decided and not plan.standing.sent,
        "may_answer": plan is not None and plan.standing.sent and not plan.standing.approved,
    }
    return frames.draw(request, "governance/plan.html", row, "plan", context, (_("Aktivitetsplan"), ""))


@page(needs=Permission.SEE_STEERING)
def point(request: Any, code: str, number: int) -> HttpResponse:
    """One point with everything that was said under it; a form for whoever leads, and for whoever answers for it."""
    row, today = frames.initiative(request, code), day_in_stockholm(timezone.now())
    with transactions.read(request.by):
        plan = queries.page(row.id)
        found = next((one for one in plan.points if one.number == number), None) if plan else None
        if found is None:
            raise Http404
        history = queries.point_history(found.id)
    now, leads = found.now, may(request.by.role, Permission.MANAGE_STEERING)
    initial = {"state": found.state.value, "seen": now.version if now else 0}
    if now:
        initial |= {"owner": str(now.owner_membership_id), "answer": now.answer, "evidence": now.evidence}
    form = PointForm(request.POST or None, owners=frames.owners(request, today) if leads else None, initial=initial)

    def save(data: dict[str, Any]) -> None:
        actions.write(
            by=request.by, initiative_id=row.id, number=number, state=PointState(data["state"]),
            owner_membership_id=UUID(data["owner"]) if data.get("owner") else None, answer=data["answer"],
            evidence=data["evidence"], seen=data["seen"],
        )  # fmt: skip

    back = reverse("governance:plan", args=[code])
    return frames.edit(
        request, row, "plan", form, save, heading=_(found.text), said=_("Punkten är sparad."),
        back=back, fields={rules.NO_ANSWER.code: "answer", rules.NO_EVIDENCE.code: "evidence"},
        more={
            "point": _point(code, found, request.by.membership_id), "events": [_entry(one) for one in history], "now": now,
            **_writing(request, plan, found, leads=leads),
        },
        crumbs=((_("Aktivitetsplan"), back),), template="governance/plan_point.html",
    )  # fmt: skip


def _writing(request: Any, plan: PlanPage | None, found: queries.PointRow, *, leads: bool) -> dict[str, Any]:
    """Whether the reader may write in the point, why not, and what a change would do to a plan that is decided."""
    now, is_decided = found.now, plan is not None and plan.standing.decided
    reason = rules.why_not_write(
        leads=leads, owner=now.owner_membership_id if now else None, actor=request.by.membership_id, state=found.state,
        is_decided=is_decided,
    )  # fmt: skip
    is_mine = now is not None and now.owner_membership_id == request.by.membership_id
    refused = Refused(reason, owner=now.owner_name if now else "–") if reason else None
    return {
        "may_write": reason is None,
        "why_not": str(refusals.explain(refused)) if refused and is_mine else "",
        "reopens": is_decided,
    }


@require_POST
@page(needs=Permission.MANAGE_STEERING)
def lay_out(request: Any, code: str) -> HttpResponse:
    """The fourteen points that the financier asks for."""
    row = frames.initiative(request, code)
    points = [rules.PointDraft(one.number, one.kind, spoken(one.text)) for one in rules.USUAL_POINTS]
    return frames.done(
        request, lambda: actions.lay_out(by=request.by, initiative_id=row.id, points=points),
        _("Punkterna är upplagda."), reverse("governance:plan", args=[code]),
    )  # fmt: skip


@page(needs=Permission.MANAGE_STEERING)
def send(request: Any, code: str) -> HttpResponse:
    """Note that the plan went to the financier."""
    row, today = frames.initiative(request, code), day_in_stockholm(timezone.now())
    back = reverse("governance:plan", args=[code])
    return frames.edit(
        request, row, "plan", SendForm(request.POST or None, initial={"on_date": today}),
        lambda data: actions.send(by=request.by, initiative_id=row.id, **data),
        heading=_("Planen är skickad till ESF-rådet"), said=_("Antecknat."), back=back, button=_("Anteckna"),
        crumbs=((_("Aktivitetsplan"), back),),
    )  # fmt: skip


@page(needs=Permission.MANAGE_STEERING)
def answer(request: Any, code: str) -> HttpResponse:
    """Note what the financier answered."""
    row, today = frames.initiative(request, code), day_in_stockholm(timezone.now())
    back = reverse("governance:plan", args=[code])

    def save(data: dict[str, Any]) -> None:
        actions.answer(
            by=request.by, initiative_id=row.id, on_date=data["on_date"], approved=data["approved"] == "yes",
            reference=data["reference"], note=data["note"],
        )  # fmt: skip

    return frames.edit(
        request, row, "plan", AnswerForm(request.POST or None, initial={"on_date": today}), save,
        heading=_("ESF-rådet har svarat"), said=_("Svaret är antecknat."), back=back, button=_("Anteckna svaret"),
        fields={rules.NO_REFERENCE.code: "reference"}, crumbs=((_("Aktivitetsplan"), back),),
    )  # fmt: skip


def _point(code: str, one: queries.PointRow, me: UUID) -> dict[str, Any]:
    return {
        "number": one.number,
        "text": _(one.text),
        "kind": SHAPES[one.state],
        "state": _(rules.STATE_NAMES[one.state]),
        "sort": _(rules.KIND_NAMES[one.kind]),
        "owner": one.now.owner_name if one.now else "",
        "answer": one.now.answer if one.now else "",
        "evidence": one.now.evidence if one.now else "",
        "is_mine": one.now is not None and one.now.owner_membership_id == me,
        "url": reverse("governance:plan_point", args=[code, one.number]),
    }


def _steps(plan: PlanPage) -> list[tuple[str, bool]]:
    """The plan's way: what is done of it."""
    standing = plan.standing
    return [
        (_("Alla punkter är klara"), not standing.unready),
        (_("Styrgruppen har beslutat"), standing.decided),
        (_("Skickad till ESF-rådet"), standing.sent),
        (_("Godkänd av ESF-rådet"), standing.approved),
    ]


def _event(one: EventRow) -> dict[str, Any]:
    heading = _(rules.EVENT_NAMES[one.kind])
    said = [days.full(one.on_date), one.resolution_number or one.reference, one.note]
    if not one.of_now:
        said.append(_("Punkterna har ändrats sedan dess."))
    text = ". ".join(part.rstrip(".") for part in said if part)
    return {"when": one.at, "heading": heading, "text": text, "source": one.by, "kind": EVENT_SHAPES[one.kind]}


def _entry(one: EntryRow) -> dict[str, Any]:
    heading = _(rules.STATE_NAMES[one.state]).capitalize()
    return {"when": one.at, "heading": heading, "text": one.answer, "source": one.by, "kind": SHAPES[one.state]}
