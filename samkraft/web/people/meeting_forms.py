"""Book a meeting, and hold it: an agenda of what is open, and minutes that become plan changes in one go."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.audit.actions import transactions
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import meetings as actions
from samkraft.people.actions.meetings import PlanChange
from samkraft.people.queries import consents
from samkraft.people.rules import agendas, contents, secrecy, states
from samkraft.people.rules.categories import Category
from samkraft.people.rules.contents.choices import Closing, MeetingState, StepKind, name_of
from samkraft.people.rules.held import Held, latest
from samkraft.people.rules.plans import StepItem
from samkraft.people.rules.states import Kind
from samkraft.values.refusal import Refused
from samkraft.web import refusals
from samkraft.web.acting import page
from samkraft.web.people import lanes, opened, person
from samkraft.web.people.content_forms import ContentForm, split_names

_BOOKED = ("starts_at", "place", "with", "purpose", "about")
_FREE_POINTS = 2


@page(needs=Permission.WRITE_PLAN)
def book(request: Any, person_id: UUID) -> HttpResponse:
    """Time, place, purpose: known to all who know of the enrolment, and no more than that."""
    if request.method != "POST":
        return _book_page(request, person_id, _book_form(request, person_id))
    with transactions.read(request.by):
        form = _book_form(request, person_id, request.POST)
    if form.is_valid():
        try:
            actions.book(by=request.by, person_id=person_id, meeting=split_names(form.content()))
        except Refused as refusal:
            form.add_error(None, str(refusals.explain(refusal)))
        else:
            messages.success(request, _("Mötet är bokat."))
            return HttpResponseRedirect(reverse("people:meetings", args=[person_id]), status=303)
    with transactions.read(request.by):
        return _book_page(request, person_id, form)


def _book_form(request: Any, person_id: UUID, data: Any = None) -> ContentForm:
    one = opened.open_page(request, person_id, what="meetings")
    steps = [(str(step.held.lineage), step.content.title) for step in one.plan.steps if step.is_open]
    form = ContentForm("meeting", data, only=_BOOKED, choices={"about": steps})
    form.fields["with"].initial = one.head.lead_name
    return form


def _book_page(request: Any, person_id: UUID, form: ContentForm) -> HttpResponse:
    one = opened.open_page(request, person_id, what="meetings")
    context = {"tabs": opened.tabs(person_id, "meetings"), "form": form}
    return render(request, "people/person/book_meeting.html", person.with_crumbs(request, one, context))


@dataclass(frozen=True, slots=True)
class PointRow:
    """One point of the agenda with its fields: how it closes, in words, and where an own step goes."""

    key: str
    why: str
    text: str
    step: StepItem | None
    fields: tuple[Any, ...]


class MinutesForm(forms.Form):
    """One group of fields for each point, and a few free ones."""

    use_required_attribute = False

    def __init__(
        self, agenda: tuple[agendas.Point, ...], own_steps: dict[UUID, StepItem], role: str, data: Any = None
    ) -> None:
        super().__init__(data)
        self.agenda = agenda
        self.own_steps = own_steps
        closings = [("", _("Togs inte upp")), *((one.value, _(name_of(one))) for one in Closing)]
        for number, point in enumerate(agenda):
            self.fields[f"closed-{number}"] = forms.ChoiceField(
                label=_("Hur slutade det?"), choices=closings, required=False
            )
            self.fields[f"text-{number}"] = forms.CharField(
                label=_("Anteckning"), required=False, widget=forms.Textarea(attrs={"rows": 2})
            )
            if point.why is agendas.Why.NO_GOAL:
                self.fields[f"goal-{number}"] = forms.CharField(
                    label=_("Målet med personens egna ord"),
                    required=False,
                    max_length=2_000,
                    widget=forms.Textarea(attrs={"rows": 2}),
                    help_text=_("Blir planens mål."),
                )
            step = own_steps.get(point.about) if point.about else None
            if step is not None:
                self.fields[f"state-{number}"] = forms.ChoiceField(
                    label=_("Steget blir"), choices=_moves(step, role), required=False
                )
        for number in range(_FREE_POINTS):
            self.fields[f"free-about-{number}"] = forms.CharField(
                label=_("En punkt till"), required=False, max_length=300
            )
            self.fields[f"free-text-{number}"] = forms.CharField(
                label=_("Anteckning"), required=False, widget=forms.Textarea(attrs={"rows": 2})
            )
            self.fields[f"free-step-{number}"] = forms.ChoiceField(
                label=_("Blir punkten ett steg för er?"),
                required=False,
                choices=[("", _("Nej")), *((kind.value, _(name_of(kind)).capitalize()) for kind in StepKind)],
                help_text=_(
                    "Ett nytt steg i planen som din myndighet ansvarar för. Dagar och annat skriver du under planen."
                ),
            )

    def rows(self) -> list[PointRow]:
        """The points as the page shows them."""
        return [
            PointRow(
                str(number),
                _(agendas.NAMES[point.why]),
                point.text,
                self.own_steps.get(point.about) if point.about else None,
                tuple(
                    self[f"{name}-{number}"]
                    for name in ("goal", "closed", "text", "state")
                    if f"{name}-{number}" in self.fields
                ),
            )
            for number, point in enumerate(self.agenda)
        ]

    def row_words(self, name: str) -> str:
        """Which point a field belongs to, for the list of what to put right; a free one by what it is about."""
        part, _sign, number = name.rpartition("-")
        if not number.isdigit():
            return ""
        if part.startswith("free"):
            return str(self.data.get(f"free-about-{number}", "")).strip()
        return self._about(self.agenda[int(number)]) if int(number) < len(self.agenda) else ""

    def free(self) -> list[Any]:
        """The free points' fields."""
        return [self[name] for name in self.fields if name.startswith("free-")]

    def points(self) -> list[dict[str, Any]]:
        """What was closed, as minutes."""
        data = self.cleaned_data
        found = [
            {
                "about": _("Mål") if data.get(f"goal-{number}") else self._about(point),
                "closed_as": data[f"closed-{number}"] or Closing.DECIDED.value,
                "text": data[f"text-{number}"] or data.get(f"goal-{number}", ""),
            }
            for number, point in enumerate(self.agenda)
            if data[f"closed-{number}"] or data.get(f"goal-{number}")
        ]
        found += [
            {
                "about": data[f"free-about-{number}"],
                "closed_as": Closing.DECIDED.value,
                "text": data[f"free-text-{number}"],
            }
            for number in range(_FREE_POINTS)
            if data[f"free-about-{number}"]
        ]
        return found

    def _about(self, point: agendas.Point) -> str:
        """What a point is called in the minutes: an own step by its title."""
        step = self.own_steps.get(point.about) if point.about else None
        return step.content.title if step else point.text or _(agendas.NAMES[point.why])

    def changes(self, own_area_id: UUID, goal_id: UUID | None) -> list[PlanChange]:
        """A goal and new own steps, that lead to it or to the only one there is; and own steps that go somewhere else.

        How it went is what was noted at the point.
        """
        data = self.cleaned_data
        found = [
            PlanChange("goal", {"words": words}, voice="participant")
            for name, words in data.items()
            if name.startswith("goal-") and words
        ]
        for number in range(_FREE_POINTS):
            if data[f"free-step-{number}"]:
                made = {
                    "title": data[f"free-about-{number}"],
                    "step_kind": data[f"free-step-{number}"],
                    "body_area_id": str(own_area_id),
                }
                if goal_id is not None:
                    made["goal"] = str(goal_id)
                found.append(PlanChange("step", made, category=Category.PLAN.value))
        for number, point in enumerate(self.agenda):
            step = self.own_steps.get(point.about) if point.about else None
            to = self.cleaned_data.get(f"state-{number}")
            if step is None or not to or to == step.content.state:
                continue
            content = dict(step.held.content) | {"state": to}
            if self.cleaned_data[f"text-{number}"]:
                content["result"] = self.cleaned_data[f"text-{number}"]
            if to != "waiting":
                content.pop("waits_on", None)
                content.pop("waiting_since", None)
            found.append(PlanChange("step", content, step.held.lineage, step.held.version, step.held.category))
        return found


def _moves(step: StepItem, role: str) -> list[tuple[str, str]]:
    before = states.state_of(Kind.STEP, step.held.content)
    possible = [move for move in states.from_here(Kind.STEP, before, role) if move.after != "waiting"]
    return [("", _("Som förut")), *((move.after, _(move.words)) for move in possible)]


@page(needs=Permission.WRITE_PLAN)
def hold(request: Any, person_id: UUID, lineage: UUID) -> HttpResponse:
    """Point by point; then one button writes the minutes and the plan changes, all of it or nothing."""
    if request.method != "POST":
        held, form = _hold_form(request, person_id, lineage)
        return _hold_page(request, person_id, held, form)
    if request.POST.get("do") == "cancel":
        return _cancel(request, person_id, lineage)
    with transactions.read(request.by):
        held, form = _hold_form(request, person_id, lineage, request.POST)
        goals = opened.open_page(request, person_id, what="meeting").plan.goals
        goal_id = goals[0].held.lineage if len(goals) == 1 else None
    if form.is_valid():
        try:
            actions.hold(
                by=request.by,
                person_id=person_id,
                lineage=lineage,
                based_on=int(request.POST.get("based_on") or held.version),
                points=form.points(),
                changes=form.changes(request.by.area_id, goal_id),
            )
        except Refused as refusal:
            form.add_error(None, str(refusals.explain(refusal)))
        else:
            messages.success(
                request, _("Mötet är antecknat och planen ändrad. Skriv nu det som ska in i ert eget system.")
            )
            address = reverse("people:contact", args=[person_id])
            return HttpResponseRedirect(f"{address}?anteckna#note", status=303)
    with transactions.read(request.by):
        return _hold_page(request, person_id, held, form)


def _cancel(request: Any, person_id: UUID, lineage: UUID) -> HttpResponse:
    """The meeting is not held; everybody who knew of it sees that."""
    actions.cancel(by=request.by, person_id=person_id, lineage=lineage, based_on=int(request.POST.get("based_on") or 0))
    messages.success(request, _("Mötet är inställt. Alla som visste om det ser det."))
    return HttpResponseRedirect(reverse("people:meetings", args=[person_id]), status=303)


def _hold_form(request: Any, person_id: UUID, lineage: UUID, data: Any = None) -> tuple[Held, MinutesForm]:
    one = opened.open_page(request, person_id, what="meeting")
    held = next((found for found in latest(one.opened.held, "meeting") if found.lineage == lineage), None)
    if held is None or held.received or held.content.get("state") != MeetingState.BOOKED:
        raise Refused(secrecy.NOT_FOUND)
    own = {step.held.lineage: step for step in one.plan.steps if step.held.author_area_id == request.by.area_id}
    return held, MinutesForm(one.opened.joint.agenda, own, request.by.role, data)


def _hold_page(request: Any, person_id: UUID, held: Held, form: MinutesForm) -> HttpResponse:
    one = opened.open_page(request, person_id, what="meeting")
    context = {
        "tabs": opened.tabs(person_id, "meetings"),
        "form": form,
        "rows": form.rows(),
        "held": held,
        "meeting": contents.read("meeting", held.content),
        "has_begun": contents.read("meeting", held.content).starts_at <= timezone.now(),
        "steps": [(step, *lanes.shape_of(step, one.today)) for step in one.plan.steps if step.is_open],
        "receivers": [
            one.bodies[line.to_area_id].name
            for line in consents.standing(request.by, person_id, category=Category.PLAN)
            if line.to_area_id in one.bodies
        ],
        "own": one.bodies[request.by.area_id],
    }
    return render(request, "people/person/hold_meeting.html", person.with_crumbs(request, one, context))
