"""A claim for payment: its rows, who did what, and the next step."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from samkraft.audit.actions import transactions
from samkraft.money.actions.eu import eu_claims
from samkraft.money.queries.eu import eu_claims as queries
from samkraft.money.queries.eu.eu_claims import ClaimRow
from samkraft.money.rules.eu import eu_outcomes
from samkraft.money.rules.eu.eu_budgets import COMPENSATIONS, COSTS, LABELS, RowKind
from samkraft.money.rules.eu.eu_outcomes import NEXT_STEPS, STEP_LABELS, ClaimStep
from samkraft.partners.rules.roles import Permission
from samkraft.values.period import Period
from samkraft.values.refusal import Refused
from samkraft.values.wording import phrase
from samkraft.web import afterwards, figures, refusals
from samkraft.web.acting import page
from samkraft.web.amount_fields import KronorField
from samkraft.web.eu import frames
from samkraft.web.eu.writing import MonthField

STEP_WORDS = {"intyga": ClaimStep.CERTIFIED, "skicka": ClaimStep.SENT, "godkand": ClaimStep.APPROVED,
              "utbetald": ClaimStep.PAID, "ta-tillbaka": ClaimStep.WITHDRAWN}  # fmt: skip
BUTTONS = {
    ClaimStep.CERTIFIED: phrase("Intyga ansökan"),
    ClaimStep.SENT: phrase("Markera som skickad"),
    ClaimStep.APPROVED: phrase("Registrera godkänt belopp"),
    ClaimStep.PAID: phrase("Registrera utbetalning"),
    ClaimStep.WITHDRAWN: phrase("Ta tillbaka ansökan"),
}


class NewClaimForm(forms.Form):
    """First and last month of a claim."""

    first = MonthField(label=gettext_lazy("Första månad"))
    last = MonthField(label=gettext_lazy("Sista månad"))


class StepForm(forms.Form):
    """What the programme or the writer says with a step."""

    amount = KronorField(label=gettext_lazy("Belopp"), required=False)
    text = forms.CharField(label=gettext_lazy("Anteckning"), max_length=1000, required=False)


@page(needs=Permission.MANAGE_EU_PROJECTS)
def new(request: Any, code: str) -> HttpResponse:
    """Prepare a claim for months that no other claim covers."""
    with transactions.read(request.by):
        project = frames.found(request, code)
    form = NewClaimForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        first, last = form.cleaned_data["first"], form.cleaned_data["last"]
        if last < first:
            form.add_error("last", _("Den sista månaden kommer före den första."))
        else:
            try:
                period = Period(first, eu_outcomes.following(last))
                made = eu_claims.draft(by=request.by, project_id=project.row.id, period=period)
            except Refused as refusal:
                refusals.put_in(form, refusal)
            else:
                messages.success(request, _("Ansökan är förberedd. Någon annan än du intygar den."))
                return afterwards.to("eu:claim", code, made)
    with transactions.read(request.by):
        heading = _("Ny ansökan om utbetalning")
        context = {
            **frames.frame(request, project, label=heading), "form": form, "heading": heading,
            "lead": _("Hela månader. När ansökan är intygad stängs månaderna, och raderna fryses."),
            "fields": [(bound, "short") for bound in form.visible_fields()], "back": reverse("eu:project", args=[code]),
        }  # fmt: skip
        return render(request, "eu/write.html", context, status=422 if form.errors else 200)


@page(needs=Permission.SEE_MONEY)
def show(request: Any, code: str, claim_id: UUID) -> HttpResponse:
    """One claim."""
    return _show(request, code, claim_id)


@require_POST
@page(needs=Permission.SEE_MONEY)
def move(request: Any, code: str, claim_id: UUID, step: str) -> HttpResponse:
    """The next step of a claim."""
    if step not in STEP_WORDS:
        raise Http404
    form = StepForm(request.POST, prefix=step)
    if form.is_valid():
        data = form.cleaned_data
        try:
            eu_claims.move(
                by=request.by, claim_id=claim_id, step=STEP_WORDS[step], amount_ore=data["amount"], text=data["text"]
            )
        except Refused as refusal:
            refusals.put_in(form, refusal)
        else:
            messages.success(request, _("Ansökan är nu %(state)s.") % {"state": _(STEP_LABELS[STEP_WORDS[step]])})
            return afterwards.to("eu:claim", code, claim_id)
    with transactions.read(request.by):
        return _show(request, code, claim_id, form)


def _show(request: Any, code: str, claim_id: UUID, failed: StepForm | None = None) -> HttpResponse:
    project = frames.found(request, code)
    claim = next((one for one in project.claims if one.id == claim_id), None)
    if claim is None:
        raise Http404
    first, end = claim.period.start_date, claim.period.end_date or claim.period.start_date
    months = frames.months_in_words(first, end)
    framed = frames.frame(request, project, label=_("Ansökan %(number)s") % {"number": claim.number})
    prepared_by = next((step.by_id for step in claim.steps if step.step is ClaimStep.DRAFTED), None)
    steps = [
        step for step in NEXT_STEPS[claim.standing]
        if (framed["may_certify"] and prepared_by != request.by.actor_id if step is ClaimStep.CERTIFIED else framed["may_manage"])
    ]  # fmt: skip
    outcome = None if claim.rows else queries.outcome(project.row.id, claim.period)
    rows = claim.rows or (outcome.sums if outcome else {})
    context = {
        **framed, "claim": claim, "months": months, "state": (frames.TONES[claim.standing], _(STEP_LABELS[claim.standing])),
        "rows": [(_(LABELS[kind]), amount) for kind, amount in _in_order(rows)],
        "is_frozen": bool(claim.rows), "shares": _shares(rows),
        "history": [
            {"when": step.at, "heading": _heading(step), "text": step.text, "source": step.by,
             "kind": frames.TONES[step.step]}
            for step in claim.steps
        ],
        "forms": [_form(step, code, claim, failed) for step in steps], "failed": failed,
        "missing_rates": sorted(outcome.missing_rates) if outcome else [],
        "above": frames.hours_in_words(outcome.above_minutes) if outcome and outcome.above_minutes else "",
    }  # fmt: skip
    return render(request, "eu/claim.html", context, status=422 if failed else 200)


def _in_order(rows: dict[RowKind, int]) -> list[tuple[RowKind, int]]:
    order = list(RowKind)
    return sorted(rows.items(), key=lambda pair: order.index(pair[0]))


def _shares(rows: dict[RowKind, int]) -> list[tuple[str, int]]:
    """Costs, what counts as co-financing beside them, and all of it."""
    costs = sum(rows.get(kind, 0) for kind in COSTS if kind is not RowKind.REVENUE) - rows.get(RowKind.REVENUE, 0)
    beside = sum(rows.get(kind, 0) for kind in COMPENSATIONS)
    return [
        (_("Kostnader"), costs),
        (_("Deltagarnas ersättning, som medfinansiering"), beside),
        (_("Tillsammans"), costs + beside),
    ]


def _heading(step: queries.StepRow) -> str:
    label = _(STEP_LABELS[step.step])
    words = {"what": label[0].upper() + label[1:], "amount": figures.kronor(step.amount_ore)}
    return _("%(what)s: %(amount)s") % words if step.amount_ore is not None else words["what"]


def _form(step: ClaimStep, code: str, claim: ClaimRow, failed: StepForm | None) -> dict[str, Any]:
    slug = next(word for word, each in STEP_WORDS.items() if each is step)
    return {
        "form": failed if failed and failed.prefix == slug else StepForm(prefix=slug),
        "url": reverse("eu:claim_move", args=[code, claim.id, slug]),
        "button": _(BUTTONS[step]),
        "asks_amount": step in (ClaimStep.APPROVED, ClaimStep.PAID),
        "is_back": step is ClaimStep.WITHDRAWN,
    }
