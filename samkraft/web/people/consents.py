"""What has been consented to and handed over, as one of the two parties may know it; and the forms for each."""

import contextlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from samkraft.audit.actions import transactions
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
from samkraft.web import days, refusals
from samkraft.web.acting import page
from samkraft.web.people import opened, person, timeline
from samkraft.web.people.consent_form import GiveForm

_USUAL_DAYS = 365


@dataclass(frozen=True, slots=True)
class ConsentCard:
    """One form as it was given: its categories with their state, and who gave it how and understood it in which language.

    `states` are (shape, words, names of the categories); `standing` what can be taken back, as (id, name).
    """

    line: ScopeLine
    is_ours: bool
    states: tuple[tuple[str, str, str], ...]
    standing: tuple[tuple[UUID, str], ...]
    given_by: str
    read_in: str


@dataclass(frozen=True, slots=True)
class Pair:
    """What stands between the own area and another, from us first."""

    body: AreaLabel
    cards: tuple[ConsentCard, ...]


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
        return HttpResponseRedirect(request.path, status=303)
    messages.success(
        request, _("Samtycket är återtaget från och med nu. Det som redan lämnats finns kvar i mottagarens akt.")
    )
    return HttpResponseRedirect(reverse("people:consents", args=[person_id]), status=303)


@page(needs=Permission.WORK_WITH_PEOPLE)
def give(request: Any, person_id: UUID) -> HttpResponse:
    """Register a consent. What stands already in the chosen standing categories is handed over at once."""
    if request.method != "POST":
        return _render_form(request, person_id, None)
    with transactions.read(request.by):
        form = _form(opened.open_page(request, person_id, what="consents"), request, request.POST)
    if form.is_valid():
        try:
            actions.give(by=request.by, person_id=person_id, draft=form.draft())
            _let_in(request, person_id, form.draft())
        except Refused as refusal:
            form.add_error(None, str(refusals.explain(refusal)))
        else:
            messages.success(request, _("Samtycket är registrerat."))
            return HttpResponseRedirect(reverse("people:consents", args=[person_id]), status=303)
    with transactions.read(request.by):
        return _render_form(request, person_id, form)


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
        "categories": [Category.ENROLMENT.value, Category.CONTACT.value, Category.PLAN.value],
    }
    return GiveForm(data, bodies=one.bodies, own=request.by.area_id, initial=first)


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
    """The cards under the other of the two, by its name."""
    by_consent: dict[UUID, list[ScopeLine]] = {}
    for line in lines:
        by_consent.setdefault(line.consent_id, []).append(line)
    by_body: dict[UUID, list[ConsentCard]] = {}
    for scopes in by_consent.values():
        other = scopes[0].to_area_id if scopes[0].from_area_id == own else scopes[0].from_area_id
        by_body.setdefault(other, []).append(_card(scopes, own))
    pairs = [
        Pair(bodies[other], tuple(sorted(cards, key=lambda card: not card.is_ours)))
        for other, cards in by_body.items()
        if other in bodies
    ]
    return sorted(pairs, key=lambda pair: pair.body.name)


def _card(scopes: list[ScopeLine], own: UUID) -> ConsentCard:
    now = timezone.now()
    states: dict[tuple[str, str], list[str]] = {}
    for scope in scopes:
        states.setdefault(_state(scope), []).append(_(CATEGORIES[Category(scope.category)].name))
    line = scopes[0]
    return ConsentCard(
        line=line,
        is_ours=line.from_area_id == own,
        states=tuple((shape, words, ", ".join(names).lower()) for (shape, words), names in states.items()),
        standing=tuple(
            (scope.id, _(CATEGORIES[Category(scope.category)].name)) for scope in scopes if scope.stands(now)
        ),
        given_by=_given_by(line),
        read_in=_read_in(line),
    )


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
