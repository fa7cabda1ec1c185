"""One study: what was promised, how far it has come, the next step for its evaluator, the answer, and the whole trail."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.audit.actions import transactions
from samkraft.knowledge.actions import studies as actions
from samkraft.knowledge.queries import studies
from samkraft.knowledge.queries.studies import StudyRow
from samkraft.knowledge.rules.studies import registrations, stages
from samkraft.knowledge.rules.studies.stages import KIND_NAMES, ORDER, Kind
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission, may
from samkraft.people.queries import call_lists
from samkraft.values.period import STOCKHOLM, day_in_stockholm
from samkraft.values.refusal import Refused
from samkraft.web import days, figures, refusals
from samkraft.web.acting import page
from samkraft.web.date_fields import ClockField, SwedishDateField
from samkraft.web.knowledge import frames
from samkraft.web.knowledge.studies import results, words

STEPS = {
    Kind.LIST_PUBLISHED: actions.publish_list,
    Kind.FROZEN: actions.freeze,
    Kind.ESTIMATED: actions.estimate,
    Kind.PUBLISHED: actions.publish,
}


class SeedForm(forms.Form):
    """The seed, and when it came into the world."""

    seed = forms.CharField(max_length=200)
    day = SwedishDateField()
    clock = ClockField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {
            "seed": _("Fröet, precis som det blev känt"),
            "day": _("Dagen då det blev känt"),
            "clock": _("Klockslag"),
        }
        for name, label in labels.items():
            self.fields[name].label = label


@page(needs=Permission.SEE_RESULTS)
def show(request: Any, code: str, number: int) -> HttpResponse:
    """Read, or take the next step."""
    if request.method == "POST":
        return _step(request, code, number)
    return _drawn(request, code, number, SeedForm(initial={"day": day_in_stockholm(timezone.now())}))


def _step(request: Any, code: str, number: int) -> HttpResponse:
    access.require(request.by, Permission.RUN_STUDIES)
    with transactions.read(request.by):
        one = _study(code, number)
    form, wanted, tried = SeedForm(request.POST), request.POST.get("step", ""), None
    try:
        if wanted == Kind.DRAWN:
            if form.is_valid():
                said = form.cleaned_data
                seed_at = datetime.combine(said["day"], said["clock"], STOCKHOLM)
                actions.draw(by=request.by, study_id=one.id, seed=said["seed"], seed_at=seed_at)
                return _done(request, code, number, Kind.DRAWN)
        elif wanted in STEPS:
            STEPS[Kind(wanted)](by=request.by, study_id=one.id)
            return _done(request, code, number, Kind(wanted))
        else:
            raise Http404
    except Refused as refused:
        tried = refusals.explain(refused)
    with transactions.read(request.by):
        return _drawn(request, code, number, form, tried, status=422)


def _done(request: Any, code: str, number: int, kind: Kind) -> HttpResponse:
    messages.success(request, _("Klart: %(step)s.") % {"step": _(KIND_NAMES[kind])})
    return redirect("results:study", code, number)


def _study(code: str, number: int) -> StudyRow:
    found = studies.by_number(frames.initiative(code).id, number)
    if found is None:
        raise Http404
    return found


def _drawn(
    request: Any, code: str, number: int, form: SeedForm, tried: refusals.Explanation | None = None, status: int = 200
) -> HttpResponse:  # fmt: skip
    row, one = frames.initiative(code), _study(code, number)
    runs = may(request.by.role, Permission.RUN_STUDIES)
    promised, held = one.registration, one.held
    listed = held.last(Kind.LIST_PUBLISHED)
    context = {
        "study": one, "promised": promised, "runs": runs, "form": form, "refusal": tried, "number": number,
        "line": _line(held), "stage": _(KIND_NAMES[one.stage]), "next": _next(one) if runs else None,
        "can_change": runs and stages.why_not(held, Kind.REGISTERED) is None, "result": results.of(held),
        "is_frozen": held.last(Kind.FROZEN) is not None,
        "outcome": results.outcome(promised), "ethics": _(registrations.ETHICS_NAMES[promised.ethics]),
        "chance": figures.percent(promised.power, 0), "baseline": words.points(promised.baseline_percent / 100),
        "sought": words.points(promised.effect_points / 100), "list": listed,
        "chance_now": figures.percent(listed.content["power"], 0) if listed else "",
        "trail": _trail(held), "broken": stages.first_broken(held.events) if runs else None,
        "failed": form if status == 422 and form.is_bound and not tried else None,
    }  # fmt: skip
    crumbs = (_("Studier"), reverse("results:studies", args=[code])), (promised.title, "")
    return frames.draw(request, "knowledge/studies/study.html", row, "studies", context, *crumbs, status=status)


def _line(held: stages.Study) -> list[dict[str, Any]]:
    """The steps, each with its day, and which the study stands on."""
    now = ORDER.index(held.stage)
    return [
        {
            "name": _(KIND_NAMES[kind]), "day": event.at if (event := held.last(kind)) else None,
            "is_done": place <= now, "is_here": place == now,
        }
        for place, kind in enumerate(ORDER)
    ]  # fmt: skip


def _next(one: StudyRow) -> dict[str, Any] | None:
    """The step that comes: its button, and why it cannot be taken yet."""
    if one.stage not in words.NEXT:
        return None
    step = ORDER[ORDER.index(one.stage) + 1]
    standing = call_lists.standing(one.registration_id)
    due = one.held.follow_up_date
    reason = ""
    if one.stage is Kind.REGISTERED and not standing.listed:
        reason = _("Den myndighet som känner personerna har inte läst in någon lista än. Den gör det under Ringlistor.")
    if step is Kind.ESTIMATED and due and day_in_stockholm(timezone.now()) < due:
        reason = _("Uppföljningen är %(day)s. Ingen ser efter innan dess.") % {"day": days.full(due)}
    return {"step": step.value, "label": _(words.NEXT[one.stage]), "reason": reason, "standing": standing, "due": due}


def _trail(held: stages.Study) -> list[dict[str, Any]]:
    return [
        {
            "when": day_in_stockholm(one.at), "kind": "ok", "heading": _(KIND_NAMES[one.kind]), "text": "",
            "source": _("%(who)s, %(when)s. Kontrollvärde %(digest)s")
            % {"who": one.by, "when": days.moment(one.at), "digest": one.digest[:16]},
        }
        for one in reversed(held.events)
    ]  # fmt: skip
