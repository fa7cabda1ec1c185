"""Progression: one person's signs with what is to be asked next, and how those one works with have moved."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import localize
from django.utils.translation import gettext as _

from samkraft.audit.actions import transactions
from samkraft.audit.actions.reads import Read
from samkraft.partners.rules.roles import Permission, Role
from samkraft.people.actions.months import progression as actions
from samkraft.people.queries.months import progression as asked
from samkraft.people.queries.months.progression import Followed
from samkraft.people.rules.categories import WRITES, Category
from samkraft.people.rules.contents.choices import name_of
from samkraft.people.rules.contents.following import LEAST, MOST, Occasion
from samkraft.people.rules.months import form_codes
from samkraft.people.rules.months import progression as rules
from samkraft.people.rules.months.progression import Sign
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, refusals, shell
from samkraft.web.acting import page
from samkraft.web.date_fields import SwedishDateField
from samkraft.web.months import codes, frames, signs, squares
from samkraft.web.people import opened
from samkraft.web.people.person import with_crumbs

VOICES = (rules.STAFF, rules.PARTICIPANT)


class AnswerForm(forms.Form):
    """The answers of one voice on one day; a sign that nobody has answered is left empty."""

    def __init__(self, voice: str, writes_health: bool, data: Any, *, occasion: str, today: Any) -> None:
        super().__init__(data, prefix=voice)
        self.fields["occasion"] = forms.ChoiceField(
            label=_("När"), choices=[(one.value, _(name_of(one))) for one in Occasion], initial=occasion
        )
        self.fields["on"] = SwedishDateField(label=_("Dag"), initial=today)
        scale = [("", _("inte besvarad")), *((str(value), str(value)) for value in range(LEAST, MOST + 1))]
        for sign in rules.ASKED[voice]:
            if sign is Sign.HEALTH and not writes_health:
                continue
            words = rules.NAMES[sign] if voice == rules.STAFF else rules.OWN_WORDS[sign]
            self.fields[sign.value] = forms.ChoiceField(label=_(words), choices=scale, required=False)

    def answers(self) -> dict[str, int]:
        """What was answered."""
        found = {sign.value: self.cleaned_data.get(sign.value) for sign in Sign}
        return {sign: int(value) for sign, value in found.items() if value}


@page(needs=Permission.WORK_WITH_PEOPLE)
def person(request: Any, person_id: UUID) -> HttpResponse:
    """One person's signs. Sent, answers are noted."""
    refused = None
    data = request.POST if request.method == "POST" else None
    voice = data.get("voice", "") if data else ""
    writes_health = Category.HEALTH in WRITES.get(Role(request.by.role), frozenset())
    today = timezone.localdate()
    if data is not None:
        if voice not in VOICES:
            raise Http404
        form = AnswerForm(voice, writes_health, data, occasion="", today=today)
        if form.is_valid():
            try:
                actions.note(
                    by=request.by, person_id=person_id, occasion=form.cleaned_data["occasion"], on=form.cleaned_data["on"],
                    answers=form.answers(), voice=voice,
                )  # fmt: skip
            except Refused as refusal:
                refused = refusals.explain(refusal)
            else:
                messages.success(request, _("Svaren är registrerade."))
                return afterwards.to("months:person", person_id)
        with transactions.read(request.by):
            return _person(request, person_id, writes_health, {voice: form}, refused)
    return _person(request, person_id, writes_health, {}, None)


def _person(
    request: Any, person_id: UUID, writes_health: bool, sent: dict[str, AnswerForm], refused: Any
) -> HttpResponse:
    one = opened.open_page(request, person_id, what="progression")
    today, enrolled = one.today, one.opened.enrolled
    points = rules.points(one.opened.held)
    due = rules.due(enrolled.started_on, one.head.exited_on, asked.answered(points), today) if enrolled else None
    occasion = due.occasion.value if due else Occasion.QUARTER.value
    forms_of = {
        voice: sent.get(voice) or AnswerForm(voice, writes_health, None, occasion=occasion, today=today)
        for voice in VOICES
    }
    enrolment = next((held.enrolment_id for held in one.opened.held if held.kind == "enrolled"), None)
    signs_of = codes.of(codes.PROGRESSION, enrolment, "") if enrolment else ""
    context = {
        "page": one, "head": one.head, "person_id": person_id, "tabs": opened.tabs(person_id, "progression"),
        "charts": signs.charts(points, today),
        "table": [(point, _(rules.NAMES[point.sign]), point.voice == rules.STAFF) for point in reversed(points)],
        "due": due, "is_due": bool(due and (due.on - today).days <= rules.REMIND_DAYS_BEFORE),
        "occasion": _(name_of(due.occasion)) if due else "",
        "staff_form": forms_of[rules.STAFF] if enrolled else None,
        "own_form": forms_of[rules.PARTICIPANT] if enrolled else None,
        "asks_health": writes_health, "refused": refused, "open_voice": next(iter(sent), ""),
        "code": form_codes.shown(signs_of) if signs_of else "",
        "squares": squares.drawn(signs_of) if signs_of else "",
        "questions": [_(words) for words in rules.OWN_WORDS.values()], "scale": range(LEAST, MOST + 1),
    }  # fmt: skip
    context = with_crumbs(request, one, context)
    return render(request, "months/person_progression.html", context, status=409 if refused else 200)


@page(needs=Permission.ASSESS)
def home(request: Any) -> HttpResponse:
    """On to the initiative that the reader works in."""
    found = frames.initiatives(request.by, timezone.localdate())
    if not found:
        return render(request, "months/nothing.html", {})
    return HttpResponseRedirect(reverse("months:progression", args=[found[0][1]]))


@page(needs=Permission.ASSESS)
def several(request: Any, code: str) -> HttpResponse:
    """How those one works with have moved; whom to ask next; and, said carefully, what goes with work later."""
    by, today = request.by, day_in_stockholm(timezone.now())
    place = next((one for one in frames.initiatives(by, today) if one[1] == code), None)
    if place is None:
        raise Http404
    found = asked.followed(by, place[0], today=today)
    typed = request.GET.get("kod", "")[:12]
    asked_code = form_codes.read(typed)
    hit = next((one for one in found if asked_code == codes.of(codes.PROGRESSION, one.enrolment_id, "")), None)
    if hit is not None:
        return HttpResponseRedirect(reverse("months:person", args=[hit.person_id]))
    due = [one for one in found if one.due is not None and (one.due.on - today).days <= rules.REMIND_DAYS_BEFORE]
    due.sort(key=lambda one: (one.lead_membership_id != by.membership_id, one.due.on if one.due else today, one.name))
    moved = [rules.moved([one.points for one in found], sign, voice) for voice in VOICES for sign in rules.ASKED[voice]]
    if hasattr(request, "reads"):
        shown = [str(one.person_id) for one in due]
        request.reads.append(Read("progression.list_read", "people.month", "", content={"shown": shown}))
    frame = shell.of(request)
    frame.crumbs = [{"label": _("Månaden"), "url": reverse("months:home")}, {"label": _("Progression"), "url": ""}]
    context = {
        "shell": frame, "name": place[2], "code": typed, "code_is_wrong": bool(typed),
        "due": [_due(one, by.membership_id, today) for one in due[:60]], "due_total": len(due),
        "total": sum(1 for one in found if one.points), "bands": signs.bands(moved), "fewest": rules.FEWEST,
        "shares": _shares(found),
    }  # fmt: skip
    return render(request, "months/progression.html", context)


def _due(one: Followed, membership_id: UUID, today: Any) -> dict[str, Any]:
    assert one.due is not None
    return {
        "name": one.name or _("Namn saknas"), "url": reverse("months:person", args=[one.person_id]), "lead": one.lead_name,
        "is_mine": one.lead_membership_id == membership_id, "occasion": _(name_of(one.due.occasion)), "on": one.due.on,
        "is_late": one.due.on < today,
    }  # fmt: skip


def _shares(found: list[Followed]) -> list[dict[str, Any]]:
    """For the officer's belief and the person's own: how many went on among those whose last answer was high, and not."""
    left = [(one.points, one.went_on) for one in found if one.went_on is not None]
    told = []
    for sign, voice in ((Sign.JOB, rules.STAFF), (Sign.BELIEF, rules.PARTICIPANT)):
        one = rules.shares([(points, bool(went)) for points, went in left], sign, voice)
        told.append(
            {
                "name": _(rules.NAMES[sign]),
                "high": _share(one.high_went, one.high_count, one.high_span) if one else "",
                "low": _share(one.low_went, one.low_count, one.low_span) if one else "",
            }
        )
    return told


def _share(went: int, count: int, span: tuple[float, float]) -> str:
    text: str = _("{share} % ({low}–{high} %) av {count}")
    return text.format(
        share=localize(round(100 * went / count)), low=round(100 * span[0]), high=round(100 * span[1]), count=count
    )
