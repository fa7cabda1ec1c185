"""The person's studies: the highest education with its source, and the study plans that counsellors have made with them."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.partners.rules.roles import Permission, Role, may
from samkraft.people.actions import study_plans as actions
from samkraft.people.rules import contents, secrecy, states
from samkraft.people.rules.categories import WRITES, Category
from samkraft.people.rules.contents.choices import name_of
from samkraft.people.rules.contents.studying import StudyPlanState
from samkraft.people.rules.held import Held, latest, versions
from samkraft.people.rules.states import Kind
from samkraft.values.period import STOCKHOLM
from samkraft.values.refusal import Refused
from samkraft.web import date_fields, days, sections
from samkraft.web.acting import page
from samkraft.web.people import opened, person
from samkraft.web.people.content_forms import ContentForm, split_names
from samkraft.web.sections import Plain, Section, data_for

SHAPES = {StudyPlanState.PROPOSED: "needs", StudyPlanState.AGREED: "ok", StudyPlanState.ENDED: "closed"}
ASKED = ("direction", "level", "school", "starts_on", "extent", "funding", "steps", "made_on", "with", "state")


@page(needs=Permission.WORK_WITH_PEOPLE)
def show(request: Any, person_id: UUID) -> HttpResponse:
    """Plans as cards, those that hold first; the education beside them, with the form of whoever may note it."""

    def build(data: Any) -> list[Section]:
        one = opened.open_page(request, person_id, what="studies")
        request.opened_page = one
        return [_education(request, one, person_id, data)]

    def render_all(found: list[Section]) -> HttpResponse:
        one = request.opened_page
        plans = [_card(request, one, held) for held in latest(one.opened.held, "study_plan")]
        order = list(StudyPlanState)
        plans.sort(key=lambda card: (order.index(card["content"].state) == len(order) - 1, -card["made"].toordinal()))
        context = {
            "tabs": opened.tabs(person_id, "studies"), "plans": plans, "sections": found,
            "may_make": may(request.by.role, Permission.MAKE_STUDY_PLANS)
            and one.opened.enrolled is not None and not one.head.exited_on,
        }  # fmt: skip
        return render(request, "people/person/studies.html", person.with_crumbs(request, one, context))

    return sections.serve(request, build, render_all)


def _card(request: Any, one: opened.Page, held: Held) -> dict[str, Any]:
    content = contents.read("study_plan", held.content)
    before = versions(one.opened.held, held.lineage)
    mine = not held.received and may(request.by.role, Permission.MAKE_STUDY_PLANS)
    return {
        "held": held, "content": content, "made": content.made_on, "level": _(name_of(content.level)),
        "state": _(name_of(content.state)), "shape": SHAPES[content.state], "body": one.bodies.get(held.author_area_id),
        "funding": [_(name_of(each)) for each in content.funding],
        "is_open": mine and content.state is not StudyPlanState.ENDED,
        "before": [
            (each, _(name_of(contents.read("study_plan", each.content).state))) for each in reversed(before[:-1])
        ],
    }  # fmt: skip


def _education(request: Any, one: opened.Page, person_id: UUID, data: Any) -> Section:
    known = latest(one.opened.held, "education_level")
    heading, facts = _("Högsta avslutade utbildning"), [_fact(one, held) for held in reversed(known)]
    text = "" if known else _("Ingen har registrerat utbildningsnivån än. Den räknas då som okänd i statistiken.")
    writes = Category.EDUCATION in WRITES.get(Role(request.by.role), frozenset())
    if not (writes and may(request.by.role, Permission.ASSESS)):
        return Section("education", heading, text=text, facts=facts)
    own = [held for held in known if held.author_area_id == request.by.area_id and not held.received]
    stands = dict(own[-1].content) if own else {}
    form = ContentForm("education_level", data_for(request, "education", data), stands=stands)

    def do(filled: ContentForm) -> str:
        actions.note_education(by=request.by, person_id=person_id, education=filled.content())
        return _("Utbildningsnivån är registrerad.")

    button = _("Ändra utbildningsnivån") if own else _("Registrera utbildningsnivå")
    return Section("education", heading, form, button, do, text=text, facts=facts)


def _fact(one: opened.Page, held: Held) -> dict[str, Any]:
    content = contents.read("education_level", held.content)
    parts = [_("Källa: {source}").format(source=_(name_of(content.source)).lower())]
    if content.is_foreign:
        parts.append(_("utländsk, på svensk nivå"))
    if content.finished_year:
        parts.append(str(content.finished_year))
    body = one.bodies.get(held.author_area_id)
    return {"text": _(name_of(content.level)), "src": " · ".join(
        [*parts, held.author_name, *([body.name] if body else []), days.dated(held.written_at.astimezone(STOCKHOLM).date())]
    )}  # fmt: skip


@page(needs=Permission.MAKE_STUDY_PLANS)
def add(request: Any, person_id: UUID) -> HttpResponse:
    """A new plan, as a proposal or agreed at once."""

    def build(data: Any) -> list[Section]:
        one = opened.open_page(request, person_id, what="studies")
        request.opened_page = one
        stands = {"state": StudyPlanState.AGREED.value, "made_on": one.today.isoformat()}
        form = _form(data_for(request, "add", data), stands)

        def do(filled: ContentForm) -> str:
            actions.make(by=request.by, person_id=person_id, plan=split_names(filled.content()))
            return _("Studieplanen är sparad.")

        text = _("Gör planen tillsammans med deltagaren. Den räknas som gjord när deltagaren har sagt ja.")
        return [Section("add", _("Ny studieplan"), form, _("Spara studieplanen"), do, text=text, main=True,
                        then=_home(person_id))]  # fmt: skip

    return sections.serve(request, build, lambda found: _drawn(request, person_id, found))


@page(needs=Permission.MAKE_STUDY_PLANS)
def change(request: Any, person_id: UUID, lineage: UUID) -> HttpResponse:
    """Change an own plan that goes on; say that the participant has agreed; end it."""

    def build(data: Any) -> list[Section]:
        one = opened.open_page(request, person_id, what="studies")
        request.opened_page = one
        held = next((each for each in latest(one.opened.held, "study_plan") if each.lineage == lineage), None)
        if held is None or held.received:
            raise Refused(secrecy.NOT_FOUND)
        if states.state_of(Kind.STUDY_PLAN, held.content) == StudyPlanState.ENDED:
            return [Section("ended", _("Studieplanen är avslutad"), text=str(held.content.get("result", "")))]
        return [_changes(request, person_id, held, data), _ends(request, person_id, held, data, one)]

    return sections.serve(request, build, lambda found: _drawn(request, person_id, found))


def _changes(request: Any, person_id: UUID, held: Held, data: Any) -> Section:
    form = _form(data_for(request, "change", data), dict(held.content))
    form.fields["based_on"] = forms.IntegerField(widget=forms.HiddenInput, initial=held.version)

    def do(filled: ContentForm) -> str:
        plan, based_on = split_names(filled.content()), filled.cleaned_data["based_on"]
        actions.change(by=request.by, person_id=person_id, lineage=held.lineage, plan=plan, based_on=based_on)
        return _("Studieplanen är ändrad. Det som stod förut finns kvar i historiken.")

    return Section("change", _("Ändra studieplanen"), form, _("Spara ändringen"), do, main=True, then=_home(person_id))


def _ends(request: Any, person_id: UUID, held: Held, data: Any, one: opened.Page) -> Section:
    fields = {
        "ended_on": date_fields.SwedishDateField(label=_("Avslutad"), initial=one.today),
        "result": forms.CharField(label=_("Hur det gick"), widget=forms.Textarea(attrs={"rows": 3})),
    }
    form = Plain(fields, data_for(request, "end", data))

    def do(filled: Any) -> str:
        actions.end(by=request.by, person_id=person_id, lineage=held.lineage, **filled.cleaned_data)
        return _("Studieplanen är avslutad.")

    return Section("end", _("Avsluta studieplanen"), form, _("Avsluta"), do, aside=True, then=_home(person_id))


def _form(data: Any, stands: dict[str, Any]) -> ContentForm:
    """Of the states only those that it may have after: what is agreed is no proposal again, and ending is done apart."""
    form = ContentForm("study_plan", data, only=ASKED, stands=stands)
    after = [StudyPlanState.AGREED]
    if stands["state"] == StudyPlanState.PROPOSED or "direction" not in stands:
        after.append(StudyPlanState.PROPOSED)
    fields: dict[str, Any] = form.fields
    fields["state"].choices = [(one.value, _(name_of(one)).capitalize()) for one in after]
    return form


def _home(person_id: UUID) -> str:
    return reverse("people:studies", args=[person_id])


def _drawn(request: Any, person_id: UUID, found: list[Section]) -> HttpResponse:
    context = {"tabs": opened.tabs(person_id, "studies"), "sections": found, "writes_freely": True}
    return render(request, "people/person/sections.html", person.with_crumbs(request, request.opened_page, context))
