"""Write the own part of the plan: needs, goals and steps; change them; and put two side by side who changed at once."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samkraft.audit.actions import transactions
from samkraft.initiatives.queries import teams
from samkraft.partners.queries import areas
from samkraft.partners.rules.roles import Permission, Role
from samkraft.people.actions import plans as actions
from samkraft.people.queries import plans as queries
from samkraft.people.rules import contents, secrecy, states
from samkraft.people.rules import plan_writing as plan_rules
from samkraft.people.rules.categories import CATEGORIES, WRITES, Category
from samkraft.people.rules.contents.choices import LifeArea
from samkraft.people.rules.held import Held, latest
from samkraft.people.rules.states import Kind
from samkraft.values.refusal import Refused
from samkraft.values.wording import phrase
from samkraft.web import afterwards, refusals
from samkraft.web.acting import page
from samkraft.web.people import field_groups, opened, person, side_by_side
from samkraft.web.people.content_forms import Choices, ContentForm
from samkraft.web.people.side_by_side import SideBySide

CHANGED_MEANWHILE = "changed_meanwhile"
# What a form asks of each kind; what only the machine fills in, or another page, is left out.
ASKED = {
    "need": ("text", "life_area"),
    "goal": ("words", "measure", "by_date", "need"),
    "step": (
        "title", "step_kind", "work_oriented", "goal", "responsible", "from_date", "to_date", "due_date", "order",
        "depends_on", "state", "waits_on", "programme", "result",
    ),
}  # fmt: skip
NEW = {"need": phrase("Nytt behov"), "goal": phrase("Nytt mål"), "step": phrase("Nytt steg")}
CHANGE = {"need": phrase("Ändra behovet"), "goal": phrase("Ändra målet"), "step": phrase("Ändra steget")}


@page(needs=Permission.WRITE_PLAN)
def add(request: Any, person_id: UUID, kind: str) -> HttpResponse:
    """A new need, goal or step. A step belongs to the own authority and says which category it is of."""
    if kind not in ASKED:
        raise Refused(secrecy.NOT_FOUND)
    if request.method != "POST":
        return _form_page(request, person_id, kind, _form(request, person_id, kind))
    with transactions.read(request.by):
        form = _form(request, person_id, kind, request.POST)
    if form.is_valid():
        content = form.content()
        if kind == "step":
            content["body_area_id"] = str(request.by.area_id)
        try:
            actions.add(
                by=request.by,
                person_id=person_id,
                kind=kind,
                content=content,
                category=_chosen_category(request, kind, content),
                voice="participant" if kind == "goal" else "staff",
            )
        except Refused as refusal:
            refusals.put_in(form, refusal)
        else:
            messages.success(request, _("Sparat i planen."))
            return afterwards.to("people:edit_plan", person_id)
    with transactions.read(request.by):
        return _form_page(request, person_id, kind, form)


@page(needs=Permission.WRITE_PLAN)
def change(request: Any, person_id: UUID, lineage: UUID) -> HttpResponse:
    """Change an own thing. When somebody else was quicker both texts are shown, and nothing that was typed is lost."""
    if request.method != "POST":
        held = _own(request, person_id, lineage)
        return _form_page(request, person_id, held.kind, _form(request, person_id, held.kind, held=held), held)
    with transactions.read(request.by):
        held = _own(request, person_id, lineage)
        form = _form(request, person_id, held.kind, request.POST, held)
    based_on = int(request.POST.get("based_on") or held.version)
    if form.is_valid():
        content = side_by_side.kept(request.POST, form.content(), held.content)
        try:
            actions.change(by=request.by, person_id=person_id, lineage=lineage, content=content, based_on=based_on)
        except Refused as refusal:
            if refusal.reason.code == CHANGED_MEANWHILE:
                return _both(request, person_id, lineage, content, based_on)
            refusals.put_in(form, refusal)
        else:
            messages.success(request, _("Ändringen är sparad."))
            return afterwards.to("people:edit_plan", person_id)
    with transactions.read(request.by):
        return _form_page(request, person_id, held.kind, form, held, based_on)


def _both(request: Any, person_id: UUID, lineage: UUID, content: Mapping[str, Any], based_on: int) -> HttpResponse:
    """What somebody else wrote meanwhile and what was typed here, put together as far as they agree."""
    with transactions.read(request.by):
        held = _own(request, person_id, lineage)
        merged = queries.merge(request.by, person_id, lineage, based_on=based_on, mine=content)
        form = _form(request, person_id, held.kind, held=held, stands=merged.merged({}))
        both = side_by_side.of(merged, form, held)
        return _form_page(request, person_id, held.kind, form, held, held.version, both)


def _chosen_category(request: Any, kind: str, content: Mapping[str, Any]) -> str | None:
    """What the writer chose; for a need, unless chosen, what its area of life says."""
    chosen: str = request.POST.get("category", "")
    if kind == "need" and not chosen:
        writable = WRITES.get(Role(request.by.role), frozenset())
        return plan_rules.category_of_need(LifeArea(content["life_area"]), writable).value
    return chosen or None if kind in ("need", "step") else None


def _own(request: Any, person_id: UUID, lineage: UUID) -> Held:
    joint = queries.joint(request.by, person_id, today=opened.today())
    found = next((held for held in latest(joint.held, *ASKED) if held.lineage == lineage), None)
    if found is None or found.received:
        raise Refused(secrecy.NOT_FOUND)
    return found


def _form(
    request: Any,
    person_id: UUID,
    kind: str,
    data: Any = None,
    held: Held | None = None,
    stands: Mapping[str, Any] | None = None,
) -> ContentForm:
    joint = queries.joint(request.by, person_id, today=opened.today())
    choices: dict[str, Choices] = {
        "need": [  # a goal goes by itself, and would tell of a need that does not
            (str(need.held.lineage), need.content.text[:80])
            for need in joint.plan.needs
            if need.held.category == Category.PLAN
        ],
        "goal": [(str(goal.held.lineage), goal.content.words[:80]) for goal in joint.plan.goals],
        "depends_on": [
            (str(step.held.lineage), step.content.title)
            for step in joint.plan.steps
            if held is None or step.held.lineage != held.lineage
        ],
        "waits_on.area_id": parties_of(request, joint.held),
    }
    if stands is None:
        stands = held.content if held else _first(kind, choices)
    form = ContentForm(kind, data, only=ASKED[kind], choices=choices, stands=stands)
    if held is not None and kind == "step":
        form.fields["state"].choices = _moves(request, held)
    return form


def _first(kind: str, choices: Mapping[str, Choices]) -> dict[str, Any] | None:
    """A step leads to the only goal there is, and a goal to the only need, unless somebody says otherwise."""
    leads_to = {"step": "goal", "goal": "need"}.get(kind, "")
    found = choices.get(leads_to, ())
    return {leads_to: found[0][0]} if len(found) == 1 else None


def _moves(request: Any, held: Held) -> list[tuple[str, str]]:
    """Where the step may go from here, in the words of the table."""
    before = states.state_of(Kind.STEP, held.content)
    stay = (before, _("{state} (ingen ändring)").format(state=_(states.STATE_NAMES[Kind.STEP, before])))
    return [stay, *((move.after, _(move.words)) for move in states.from_here(Kind.STEP, before, request.by.role))]


def parties_of(request: Any, held: Any) -> Choices:
    """The initiative's parties today, and those who have written something that the area holds."""
    bodies = areas.labels()
    joint_areas = {one.author_area_id for one in held} | {request.by.area_id}
    initiative = next((one.content.get("initiative_id") for one in held if one.kind == "enrolled"), None)
    if initiative:
        joint_areas |= {party.area_id for party in teams.parties_on(UUID(initiative), on=opened.today())}
    return sorted(((str(area), bodies[area].name) for area in joint_areas if area in bodies), key=lambda pair: pair[1])


def _form_page(
    request: Any,
    person_id: UUID,
    kind: str,
    form: ContentForm,
    held: Held | None = None,
    based_on: int | None = None,
    both: SideBySide | None = None,
) -> HttpResponse:
    one = opened.open_page(request, person_id, what="plan_edit")
    context = {
        "tabs": opened.tabs(person_id, "plan"),
        "form": form,
        "groups": field_groups.of(kind, form, without=_not_asked(request, held), beside=_chosen_beside(both)),
        "kind": kind,
        "heading": _((CHANGE if held else NEW)[kind]),
        "held": held,
        "based_on": based_on or (held.version if held else None),
        "both": both,
        "categories": _categories(request, kind) if kind in ("need", "step") and held is None else [],
        "category": request.POST.get("category", "" if kind == "need" else Category.PLAN.value),
    }
    return render(request, "people/person/plan_form.html", person.with_crumbs(request, one, context))


def _chosen_beside(both: SideBySide | None) -> frozenset[str]:
    return frozenset(field.name for one in (both.contradictions if both else ()) for field in one.fields)


def _not_asked(request: Any, held: Held | None) -> tuple[str, ...]:
    """A new step has no result yet; programmes are decided by the employment service alone."""
    programme = () if request.by.role == Role.EMPLOYMENT_OFFICER else ("programme",)
    return programme if held else (*programme, "result")


def _categories(request: Any, kind: str) -> Choices:
    """What a need or a step may reveal: the plan, or something more sensitive that is handed over one at a time."""
    writable = WRITES.get(Role(request.by.role), frozenset())
    allowed = [category for category in Category if category in writable & contents.categories_of(kind)]
    found = [(category.value, _(CATEGORIES[category].name)) for category in allowed]
    return [("", _("Det som livsområdet säger")), *found] if kind == "need" else found
