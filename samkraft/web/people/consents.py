"""What has been consented to and handed over, as one of the two parties may know it; and the forms for each."""

import contextlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from samkraft.audit.actions import transactions
from samkraft.initiatives.queries import teams
from samkraft.partners.queries.areas import AreaLabel
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import consents as actions
from samkraft.people.actions import enrolments
from samkraft.people.queries import consents as queries
from samkraft.people.queries.consents import DisclosureLine, ScopeLine
from samkraft.people.rules import consent_texts
from samkraft.people.rules.categories import CATEGORIES, Category
from samkraft.people.rules.consents import (
    GROUND_NAMES,
    READ_LANGUAGES,
    TEXT,
    TEXT_LANGUAGES,
    TEXT_VERSION,
    ConsentDraft,
    GiverGround,
    code_of,
)
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, days, refusals
from samkraft.web.acting import page
from samkraft.web.people import opened, person, timeline
from samkraft.web.people.consent_form import GiveForm

_USUAL_DAYS = 365


@dataclass(frozen=True, slots=True)
class Occasion:
    """When the person was asked: the categories with their state, who answered how and understood it in which language.

    `states` are (shape, words, names of the categories).
    """

    line: ScopeLine
    states: tuple[tuple[str, str, str], ...]
    given_by: str
    read_in: str


@dataclass(frozen=True, slots=True)
class Way:
    """What may go from one of the two to the other. `standing` is what can be taken back, as (id, name)."""

    is_ours: bool
    occasions: tuple[Occasion, ...]
    standing: tuple[tuple[UUID, str], ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """What stands between the own area and another, from us first."""

    body: AreaLabel
    ways: tuple[Way, ...]


@page(needs=Permission.WORK_WITH_PEOPLE)
def show(request: Any, person_id: UUID) -> HttpResponse:
    """The consents and disclosures in which the own area is one of the two; a part of one can be taken back."""
    if request.method != "POST":
        return _render(request, person_id)
    try:
        scope_ids = [UUID(value) for value in request.POST.getlist("scope")]
        actions.withdraw(
            by=request.by, person_id=person_id, scope_ids=scope_ids, voice=request.POST.get("voice") or "participant"
        )
    except ValueError:
        return afterwards.at(request.path)
    messages.success(
        request, _("Samtycket är återtaget från och med nu. Det som redan lämnats finns kvar i mottagarens akt.")
    )
    return afterwards.to("people:consents", person_id)


@page(needs=Permission.WORK_WITH_PEOPLE)
def give(request: Any, person_id: UUID) -> HttpResponse:
    """Register a consent. What stands already in the chosen standing categories is handed over at once."""
    if request.method != "POST":
        return _render_form(request, person_id, None)
    with transactions.read(request.by):
        form = _form(opened.open_page(request, person_id, what="consents"), request, request.POST)
    if form.is_valid():
        try:
            drafts = form.drafts()
            actions.give_several(by=request.by, person_id=person_id, drafts=drafts)
            for draft in drafts:
                _let_in(request, person_id, draft)
        except Refused as refusal:
            refusals.put_in(form, refusal)
        else:
            messages.success(request, _registered(drafts, dict(form.receivers)))
            return afterwards.to("people:consents", person_id)
    with transactions.read(request.by):
        return _render_form(request, person_id, form)


def _registered(drafts: list[ConsentDraft], names: dict[str, str]) -> str:
    """What was registered, receiver by receiver."""
    if len(drafts) == 1:
        return _("Samtycket är registrerat.")
    lines = [
        _("{whom}: {what}").format(
            whom=names[str(draft.to_area_id)],
            what=", ".join(_(CATEGORIES[Category(category)].name).lower() for category in draft.categories),
        )
        for draft in drafts
    ]
    return _("{number} samtycken är registrerade. {lines}.").format(number=len(drafts), lines=". ".join(lines))


def _let_in(request: Any, person_id: UUID, draft: ConsentDraft) -> None:
    """Who agrees that another authority knows of the enrolment has its part of the team with them from now on."""
    if Category.ENROLMENT.value not in draft.categories:
        return
    # Nobody is enrolled yet, or that authority is no party: the consent stands all the same.
    with contextlib.suppress(Refused):
        enrolments.let_in(by=request.by, person_id=person_id, area_id=draft.to_area_id)


def _form(one: opened.Page, request: Any, data: Any = None) -> GiveForm:
    first = {
        "giver": one.opened.name,
        "purpose": _("Planera tillsammans, så att du har en plan i stället för flera."),
        "last_date": timezone.localdate() + timedelta(days=_USUAL_DAYS),
        **_language(one.head.language),
        "to_area": [request.GET["till"]] if request.GET.get("till") else [],
        "categories": _first_categories(request),
    }
    meeting = teams.areas_with_participants(on=one.today) | {held.author_area_id for held in one.opened.held}
    receivers = [body for area_id, body in one.bodies.items() if area_id in meeting and area_id != request.by.area_id]
    return GiveForm(data, receivers=receivers, initial=first)


def _first_categories(request: Any) -> list[str]:
    """Chosen from the start: what a link asks for, or what a joint team usually needs."""
    asked = [one for one in request.GET.get("uppgifter", "").split(",") if one in set(Category)]
    return asked or [Category.ENROLMENT.value, Category.CONTACT.value, Category.PLAN.value]


def _texts() -> dict[str, str]:
    """What is read to the person, in the reader's language, and in the other one in which it exists."""
    here = "en" if (get_language() or "sv").startswith("en") else "sv"
    other = "sv" if here == "en" else "en"
    with override(other):
        told = _(TEXT)
    return {
        "consent_text": _(TEXT),
        "other_text": told,
        "other_text_language": other,
        "other_text_name": _("Texten på {language}").format(language=_(TEXT_LANGUAGES[other])),
    }


@dataclass(frozen=True, slots=True)
class DraftText:
    """The text in one more language, not yet looked at by a translator."""

    code: str
    name: str
    own_name: str
    text: str
    direction: str
    is_theirs: bool


def _drafts(spoken: str) -> list[DraftText]:
    """The person's own language first."""
    theirs = code_of(spoken) if spoken else ""
    found = [
        DraftText(code, _(READ_LANGUAGES[code]), one.name, one.text, one.direction, code == theirs)
        for code, one in consent_texts.DRAFTS.items()
        if code not in consent_texts.LOOKED_AT
    ]
    return sorted(found, key=lambda one: not one.is_theirs)


def _language(spoken: str) -> dict[str, str]:
    """What the person's card says, as the form's two fields take it."""
    if not spoken:
        return {"language": "sv"}
    code = code_of(spoken)
    return {"language": code, "other_language": "" if code else spoken[:10]}


def _render_form(request: Any, person_id: UUID, form: GiveForm | None) -> HttpResponse:
    one = opened.open_page(request, person_id, what="consents")
    context = {
        "form": form or _form(one, request),
        "text_version": TEXT_VERSION,
        **_texts(),
        "drafts": _drafts(one.head.language),
        "own": one.bodies[request.by.area_id],
        "tabs": opened.tabs(person_id, "consents"),
    }
    return render(request, "people/person/consent_form.html", person.with_crumbs(request, one, context))


def _render(request: Any, person_id: UUID) -> HttpResponse:
    one = opened.open_page(request, person_id, what="consents")
    lines = queries.of_person(request.by, person_id)
    acts = queries.disclosures(request.by, person_id)
    said = {line.held.lineage: line.text for line in timeline.lines(one.opened.held, one.bodies, everything=True)}
    context = {
        "tabs": opened.tabs(person_id, "consents"),
        "pairs": _pairs(lines, one.bodies, request.by.area_id),
        "standing": _standing(acts, one.bodies),
        "acts": [
            {
                "act": act,
                "from_body": one.bodies.get(act.from_area_id),
                "to_body": one.bodies.get(act.to_area_id),
                "category": _(CATEGORIES[Category(act.category)].name),
                "is_ours": act.from_area_id == request.by.area_id,
                "text": said.get(act.lineage, ""),
            }
            for act in acts
            if not act.standing
        ],
        "own": one.bodies[request.by.area_id],
    }
    return render(request, "people/person/consents.html", person.with_crumbs(request, one, context))


@dataclass(frozen=True, slots=True)
class Standing:
    """What goes from one to another as it is written: which kinds, how many times and when last."""

    from_body: AreaLabel | None
    to_body: AreaLabel | None
    kinds: str
    times: int
    last_at: datetime


def _standing(acts: list[DisclosureLine], bodies: dict[UUID, AreaLabel]) -> list[Standing]:
    by_pair: dict[tuple[UUID, UUID], list[DisclosureLine]] = {}
    for act in acts:
        if act.standing:
            by_pair.setdefault((act.from_area_id, act.to_area_id), []).append(act)
    return [
        Standing(
            bodies.get(giver),
            bodies.get(receiver),
            ", ".join(sorted({_(CATEGORIES[Category(act.category)].name).lower() for act in found})),
            len(found),
            found[0].disclosed_at,
        )
        for (giver, receiver), found in by_pair.items()
    ]


def _pairs(lines: list[ScopeLine], bodies: dict[UUID, AreaLabel], own: UUID) -> list[Pair]:
    """Under the other of the two, by its name; each way once, however many times the person was asked."""
    by_way: dict[tuple[UUID, bool], list[ScopeLine]] = {}
    for line in lines:
        is_ours = line.from_area_id == own
        by_way.setdefault((line.to_area_id if is_ours else line.from_area_id, is_ours), []).append(line)
    pairs = [
        Pair(bodies[other], tuple(_way(by_way[other, ours], ours) for ours in (True, False) if (other, ours) in by_way))
        for other in {key for key, _ours in by_way}
        if other in bodies
    ]
    return sorted(pairs, key=lambda pair: pair.body.name)


def _way(scopes: list[ScopeLine], is_ours: bool) -> Way:
    now = timezone.now()
    asked: dict[tuple[object, ...], list[ScopeLine]] = {}
    for scope in scopes:
        asked.setdefault(_when_asked(scope), []).append(scope)
    return Way(
        is_ours=is_ours,
        occasions=tuple(_occasion(found) for found in asked.values()),
        standing=tuple((scope.id, _name(scope)) for scope in scopes if scope.stands(now)),
    )


def _when_asked(scope: ScopeLine) -> tuple[object, ...]:
    """Alike for what was asked at one time: several forms may have been filled in."""
    day = timezone.localtime(scope.since).date()
    return (day, scope.giver, scope.giver_ground, scope.purpose, scope.language, scope.text_version, scope.interpreter,
            scope.registered_by)  # fmt: skip


def _occasion(scopes: list[ScopeLine]) -> Occasion:
    states: dict[tuple[str, str], list[str]] = {}
    for scope in scopes:
        states.setdefault(_state(scope), []).append(_name(scope))
    return Occasion(
        line=scopes[0],
        states=tuple((shape, words, ", ".join(names).lower()) for (shape, words), names in states.items()),
        given_by=_given_by(scopes[0]),
        read_in=_read_in(scopes[0]),
    )


def _name(scope: ScopeLine) -> str:
    return _(CATEGORIES[Category(scope.category)].name)


def _given_by(line: ScopeLine) -> str:
    if line.giver_ground in ("", GiverGround.SELF) or line.giver_ground not in set(GiverGround):
        return line.giver
    return _("{name}, {ground}: {scope}").format(
        name=line.giver, ground=_(GROUND_NAMES[GiverGround(line.giver_ground)]).lower(), scope=line.giver_scope
    )


def _read_in(line: ScopeLine) -> str:
    """Which text the person was told, in which language, and by whom."""
    language = _(READ_LANGUAGES[line.language]) if line.language in READ_LANGUAGES else line.language
    if line.language in TEXT_LANGUAGES and not line.interpreter:
        return _("text {version} på {language}").format(version=line.text_version, language=language)
    if not line.interpreter:
        return _("text {version}, läst på {language}").format(version=line.text_version, language=language)
    return _("text {version}, läst på {language} av {who}").format(
        version=line.text_version, language=language, who=line.interpreter
    )


def _state(scope: ScopeLine) -> tuple[str, str]:
    """The shape and the words for where one category of a consent is. The same whether or not anything lies behind."""
    now = timezone.now()
    if scope.withdrawn_at:
        return "closed", _("återtaget {day}").format(day=days.dated(timezone.localtime(scope.withdrawn_at).date()))
    if scope.until <= now:
        return "closed", _("gick ut {day}").format(day=days.dated(queries.last_day(scope)))
    if scope.lapses_soon(now):
        return "needs", _("går ut {day}").format(day=days.dated(queries.last_day(scope)))
    return "ok", _("gäller till {day}").format(day=days.dated(queries.last_day(scope)))
