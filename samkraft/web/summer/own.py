"""Behind a personal link: the application form, then the young person's own page, or the guardian's. No account."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.core import mail
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from samkraft.people.actions.summer import summer_attendance, summer_guardians, summer_placing
from samkraft.people.actions.summer.summer_attendance import Press
from samkraft.people.queries.summer import summer_days, summer_links, summer_people
from samkraft.people.queries.summer.summer_links import Link
from samkraft.people.rules.summer import summer_guardians as guardian_rules
from samkraft.people.rules.summer.summer_places import DECLINED_NAMES, STATE_NAMES, Declined, State
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Refused
from samkraft.web import refusals, secret_addresses
from samkraft.web.acting import page
from samkraft.web.summer import applying, crumbs, days, open_rounds

MOST_AT_ONCE = 200
View = Callable[..., HttpResponse]


def _kept_secret(view: View) -> View:
    """The address itself is the secret: it is not told on, and not kept by anybody in between."""

    def answered(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return secret_addresses.keep(view(request, *args, **kwargs))

    answered.page_needs, answered.page_public = view.page_needs, view.page_public  # type: ignore[attr-defined]  # the mark
    return answered


@_kept_secret
@never_cache
@page(public=True)
def show(request: Any, token: str) -> HttpResponse:
    """What the link is for: apply, see one's own summer, or say yes as a guardian."""
    link = summer_links.find(token)
    if link.kind == "guardian":
        return _guardian(request, link)
    if link.kind == "apply" or "andra" in request.GET:
        return applying.show(request, link)
    return _youth(request, link)


@_kept_secret
@never_cache
@page(public=True)
def answer(request: Any, token: str, placement_id: UUID) -> HttpResponse:
    """Yes or no to a place."""
    if request.method != "POST":
        raise Http404
    link = summer_links.find(token)
    says_yes = request.POST.get("svar") == "ja"
    said = request.POST.get("skal", "")
    try:
        summer_placing.answer(
            by=link.by, link=link, placement_id=placement_id, says_yes=says_yes,
            declined=Declined(said) if said in set(Declined) else None, shares_phone="telefon" in request.POST,
        )  # fmt: skip
    except Refused as refused:
        refusals.tell(request, refused)
    else:
        messages.success(
            request, _("Tack! Du har tackat ja.") if says_yes else _("Du har tackat nej. Platsen går till nästa i kön.")
        )
    return open_rounds.to_own(token)


@_kept_secret
@never_cache
@page(public=True)
def press(request: Any, token: str) -> HttpResponse:
    """Check-in or check-out: one from a form, or several that waited in a phone without signal (answered as JSON)."""
    if request.method != "POST":
        raise Http404
    link = summer_links.find(token)
    waited = request.POST.get("presses", "")
    try:
        presses = _waited(waited) if waited else [_one(request)]
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"received": []}, status=400)
    received = summer_attendance.press(by=link.by, link=link, presses=presses) if presses else []
    told = [
        {
            "key": str(one.key),
            "kept": one.reason is None,
            "text": "" if one.reason is None else str(refusals.explain(Refused(one.reason, **one.details))),
        }
        for one in received
    ]
    if waited:
        return JsonResponse({"received": told})
    if told and not told[0]["kept"]:
        messages.error(request, told[0]["text"])
    else:
        messages.success(request, _("Du är incheckad.") if presses[0].is_in else _("Du är utcheckad. Hej då!"))
    return open_rounds.to_own(token)


@_kept_secret
@never_cache
@page(public=True)
def ask_guardian(request: Any, token: str, guardian_id: UUID) -> HttpResponse:
    """Send a guardian their link, or send it again."""
    if request.method != "POST":
        raise Http404
    link = summer_links.find(token)
    if link.applicant_id is None:
        raise Http404
    made = summer_guardians.ask(by=link.by, link=link, applicant_id=link.applicant_id, guardian_id=guardian_id)
    with summer_links.reading(link):
        told = summer_people.guardian(guardian_id)
    if made:
        send_to_guardian(told.email, link, open_rounds.own_address(made))
    messages.success(request, _("Länken är skickad till {name}.").format(name=told.name))
    if made and settings.DEMO:
        messages.info(request, _("Demo: {link}").format(link=open_rounds.own_address(made)))
    return open_rounds.to_own(token)


def send_to_guardian(email: str, link: Link, address: str) -> None:
    """The letter with a guardian's link."""
    text = _(
        "Hej!\n\nDin ungdom har sökt {name} och är under 18 år. Då behöver du säga ja. Läs och svara här:\n\n{link}\n\nLänken "
        "är bara din. Finns det två vårdnadshavare får den andra en egen.\n"
    )
    if email:
        mail.send_mail(
            _("Säg ja till Ung i sommar"), text.format(name=link.round.name, link=address), None, [email],
            fail_silently=True,
        )  # fmt: skip


def _youth(request: Any, link: Link) -> HttpResponse:
    assert link.applicant_id is not None
    today = day_in_stockholm(timezone.now())
    with summer_links.reading(link):
        me = summer_people.one(link.applicant_id)
        assert me is not None
        now = me.placement
        begun = now is not None and now.state is State.CONFIRMED
        mine = (
            summer_days.of_placements([now.id], first=now.weeks.start_date, last=now.weeks.last_day or today)[now.id]
            if now is not None and begun
            else []
        )
    here = next((one for one in mine if one.day == today), None)
    context = {
        "link": link,
        "me": me,
        "now": now,
        "state": now.state.value if now else "",
        "state_name": _(STATE_NAMES[now.state]) if now else "",
        "round": link.round,
        "is_open": link.round.opens <= timezone.now() < link.round.closes,
        "minor": me.needs_guardians(link.round.first_day),
        "today": today,
        "here": here,
        "is_in": here.is_in if here else False,
        "is_free_day": here is None or (here.shift is None and not here.pressed),
        "may_press": begun and now is not None and today in now.weeks,
        "key": uuid4(),
        "days": days.shown(mine, today),
        "week": days.week_ahead(mine, today),
        "declined": [(one.value, _(DECLINED_NAMES[one])) for one in Declined],
        "crumbs_made": crumbs.public(request, _("Min sommar")),
    }
    return render(request, "summer/own.html", context)


def _guardian(request: Any, link: Link) -> HttpResponse:
    assert link.applicant_id is not None
    assert link.guardian_id is not None
    if request.method == "POST":
        try:
            summer_guardians.answer(
                by=link.by, link=link, says_yes=request.POST.get("svar") == "ja", knows_risks="risker" in request.POST
            )
        except Refused as refused:
            refusals.tell(request, refused)
        else:
            messages.success(request, _("Tack, ditt svar är sparat. Du kan ändra det här så länge sommaren pågår."))
        return open_rounds.to_own(link.token)
    with summer_links.reading(link):
        child = summer_people.one(link.applicant_id)
        me = summer_people.guardian(link.guardian_id)
        assert child is not None
        planned = (
            summer_days.of_placements(
                [child.placement.id], first=child.placement.weeks.start_date,
                last=child.placement.weeks.last_day or child.placement.weeks.start_date,
            )[child.placement.id]
            if child.placement
            else []
        )  # fmt: skip
    context = {
        "link": link,
        "child": child,
        "me": me,
        "round": link.round,
        "risks": [_(text) for text in guardian_rules.RISKS],
        "planned": planned[:7],
        "crumbs_made": crumbs.public(request, _("Vårdnadshavare")),
    }
    return render(request, "summer/guardian.html", context)


def _one(request: Any) -> Press:
    return Press(
        UUID(request.POST["key"]), UUID(request.POST["placement"]), request.POST.get("hit") == "in", timezone.now()
    )


def _waited(text: str) -> list[Press]:
    found = json.loads(text)
    if not isinstance(found, dict):
        raise TypeError
    sent_at = _instant(found["sent_at"])
    return [
        Press(UUID(one["key"]), UUID(one["placement"]), one["hit"] == "in", _instant(one["at"]), sent_at)
        for one in found["presses"][:MOST_AT_ONCE]
    ]


def _instant(text: str) -> datetime:
    moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
