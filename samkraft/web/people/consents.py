"""What has been consented to and handed over, as one of the two parties may know it; and the forms for each."""

import contextlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samkraft.audit.actions import transactions
from samkraft.partners.queries.areas import AreaLabel
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import consents as actions
from samkraft.people.actions import enrolments
from samkraft.people.queries import consents as queries
from samkraft.people.queries.consents import DisclosureLine, ScopeLine
from samkraft.people.rules.categories import CATEGORIES, Category, Release
from samkraft.people.rules.consents import GROUND_NAMES, HOW_NAMES, ConsentDraft, GiverGround, How
from samkraft.values.refusal import Refused
from samkraft.web import date_fields, days, refusals
from samkraft.web.acting import page
from samkraft.web.people import opened, person

_USUAL_DAYS = 365


@dataclass(frozen=True, slots=True)
class ConsentCard:
    """One form as it was given: the pair, its categories with their state, and who gave it how."""

    line: ScopeLine
    from_body: AreaLabel | None
    to_body: AreaLabel | None
    is_ours: bool
    scopes: tuple[tuple[ScopeLine, str, str, str], ...]
    standing_ids: tuple[UUID, ...]


class GiveForm(forms.Form):
    """A consent from the own area to another. The person is asked; nothing here is a condition."""

    use_required_attribute = False
    to_area = forms.ChoiceField(label=gettext_lazy("Vem får ta emot uppgifter från oss?"))
    categories = forms.MultipleChoiceField(
        label=gettext_lazy("Vilka uppgifter?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Bara det som behövs. De tre första är vad ett gemensamt team brukar behöva."),
    )
    purpose = forms.CharField(
        label=gettext_lazy("Vad ska de användas till?"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    last_date = date_fields.SwedishDateField(
        label=gettext_lazy("Gäller till och med"),
        help_text=gettext_lazy("Vanligt är tiden i insatsen och sex månader till."),
    )
    how = forms.ChoiceField(label=gettext_lazy("Hur gavs samtycket?"))
    giver = forms.CharField(label=gettext_lazy("Vem gav det?"), max_length=200)
    giver_ground = forms.ChoiceField(label=gettext_lazy("Med vilken rätt?"))
    giver_scope = forms.CharField(
        label=gettext_lazy("Uppdragets omfattning"),
        required=False,
        help_text=gettext_lazy("Bara när någon annan än personen själv samtycker."),
    )
    language = forms.CharField(
        label=gettext_lazy("Språk som texten lästes på"), initial="sv", max_length=10, required=False
    )
    interpreter = forms.CharField(
        label=gettext_lazy("Tolk som var med"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Lämna tomt om ingen tolk behövdes."),
    )
    document = forms.CharField(label=gettext_lazy("Blankettens nummer i er akt"), required=False, max_length=200)

    def __init__(self, *args: Any, bodies: dict[UUID, AreaLabel], own: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parties = [(str(area.id), area.name) for area in bodies.values() if area.id != own]
        self.fields["to_area"].choices = [("", _("Välj")), *sorted(parties, key=lambda pair: pair[1])]
        self.fields["categories"].choices = [
            (category.value, f"{_(said.name)}: {_(said.says)}")
            for category, said in CATEGORIES.items()
            if said.release is not Release.NEVER
        ]
        self.fields["how"].choices = [(one.value, _(HOW_NAMES[one])) for one in How]
        self.fields["giver_ground"].choices = [(one.value, _(GROUND_NAMES[one])) for one in GiverGround]

    def draft(self) -> ConsentDraft:
        """What the action takes."""
        data = self.cleaned_data
        return ConsentDraft(
            to_area_id=UUID(data["to_area"]),
            categories=tuple(data["categories"]),
            purpose=data["purpose"],
            last_date=data["last_date"],
            giver=data["giver"],
            how=data["how"],
            giver_ground=data["giver_ground"],
            giver_scope=data["giver_scope"],
            language=data["language"] or "sv",
            interpreter=data["interpreter"],
            document=data["document"],
        )


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
        "language": one.head.language or "sv",
        "categories": [Category.ENROLMENT.value, Category.CONTACT.value, Category.PLAN.value],
    }
    return GiveForm(data, bodies=one.bodies, own=request.by.area_id, initial=first)


def _render_form(request: Any, person_id: UUID, form: GiveForm | None) -> HttpResponse:
    one = opened.open_page(request, person_id, what="consents")
    context = {
        "form": form or _form(one, request),
        "own": one.bodies[request.by.area_id],
        "tabs": opened.tabs(person_id, "consents"),
    }
    return render(request, "people/person/consent_form.html", person.with_crumbs(request, one, context))


def _render(request: Any, person_id: UUID) -> HttpResponse:
    one = opened.open_page(request, person_id, what="consents")
    lines = queries.of_person(request.by, person_id)
    acts = queries.disclosures(request.by, person_id)
    context = {
        "tabs": opened.tabs(person_id, "consents"),
        "cards": _cards(lines, one.bodies, request.by.area_id),
        "standing": _standing(acts, one.bodies),
        "acts": [
            {
                "act": act,
                "from_body": one.bodies.get(act.from_area_id),
                "to_body": one.bodies.get(act.to_area_id),
                "category": _(CATEGORIES[Category(act.category)].name),
                "is_ours": act.from_area_id == request.by.area_id,
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


def _cards(lines: list[ScopeLine], bodies: dict[UUID, AreaLabel], own: UUID) -> list[ConsentCard]:
    by_consent: dict[UUID, list[ScopeLine]] = {}
    for line in lines:
        by_consent.setdefault(line.consent_id, []).append(line)
    now = timezone.now()
    return [
        ConsentCard(
            line=scopes[0],
            from_body=bodies.get(scopes[0].from_area_id),
            to_body=bodies.get(scopes[0].to_area_id),
            is_ours=scopes[0].from_area_id == own,
            scopes=tuple((scope, _(CATEGORIES[Category(scope.category)].name), *_state(scope)) for scope in scopes),
            standing_ids=tuple(scope.id for scope in scopes if scope.stands(now)),
        )
        for scopes in by_consent.values()
    ]


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
