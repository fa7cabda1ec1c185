"""The provider's own pages, for a phone in the doorway: today's sessions, and who is here. Codes, and what was told."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samkraft.audit.actions.reads import Read
from samkraft.offer.queries import catalogue
from samkraft.offer.queries.catalogue import SessionRow
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import attendance
from samkraft.people.queries.places import place_lists
from samkraft.people.rules.places import place_states as rules
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, refusals, shell
from samkraft.web.acting import page
from samkraft.web.offer import rows, words


@page(needs=Permission.HOLD_SESSIONS)
def show(request: Any) -> HttpResponse:
    """Today's sessions first, then what has nothing noted yet, then the coming two weeks."""
    today = timezone.localdate()
    own = catalogue.sessions(provider_id=request.by.organisation_id, first=today - timedelta(days=14), days=29)
    lines = [_line(request, one, today) for one in own]
    context = {
        "today": [line for line in lines if line["day"] == today],
        "unnoted": [line for line in lines if line["day"] < today and line["left"] and not line["row"].is_cancelled],
        "coming": [line for line in lines if line["day"] > today][:20],
        "day": today,
        "occasions": _occasions(request, today),
        "shell": shell.of(request),
    }
    return render(request, "offer/sessions.html", context)


def _occasions(request: Any, today: Any) -> list[dict[str, Any]]:
    """The provider's own occasions that are not over: places, free ones, and how many wait for the activity. Numbers only."""
    numbers = {one.occasion_id: one for one in place_lists.numbers(request.by)}
    waiting = {one.activity_id: one.waiting for one in place_lists.waiting(request.by)}
    names = {one.id: one for one in catalogue.activities()}
    return [
        {
            "row": one, "activity": names[one.activity_id], "places": numbers[one.id].places if one.id in numbers else 0,
            "free": numbers[one.id].free if one.id in numbers else 0, "waiting": waiting.get(one.activity_id, 0),
            "is_closed": names[one.activity_id].start_form == "joint" and one.starts_on <= today,
        }
        for one in catalogue.occasions(since=today)
        if one.provider_id == request.by.organisation_id and one.cancelled_at is None
    ]  # fmt: skip


def _line(request: Any, one: Any, today: Any) -> dict[str, Any]:
    day = timezone.localdate(one.starts_at)
    who = place_lists.roll(request.by, one.id) if day <= today else []
    noted = sum(bool(person.presence) for person in who)
    # What is written down afterwards is written down for all at once.
    is_late = day < today and who and not noted and not one.is_cancelled
    return {
        "row": one, "day": day, "url": reverse("offer:roll_together" if is_late else "offer:roll", args=[one.id]),
        "many": len(who), "noted": noted, "left": len(who) - noted,
    }  # fmt: skip


@page(needs=Permission.HOLD_SESSIONS)
def roll(request: Any, session_id: UUID) -> HttpResponse:
    """The list of one session: a large button for each answer."""
    if request.method == "POST":
        return _note(request, session_id)
    one, found = _held(request, session_id)
    people = [{**_person(person), "presence": words.of(rules.PRESENCE_NAMES, person.presence)} for person in found]
    frame = shell.of(request)
    frame.crumbs = [{"label": _("Träffar"), "url": reverse("offer:sessions")}, {"label": words.when(one.starts_at)}]
    begins = one.starts_at - timedelta(hours=1) <= timezone.now()
    noted = sum(bool(person.presence) for person in found)
    context = {
        "session": one, "people": people, "answers": words.choices(rules.PRESENCE_NAMES), "shell": frame, "can_note": begins,
        "noted": noted, "left": len(found) - noted, "has_begun": one.starts_at <= timezone.now(),
    }  # fmt: skip
    return render(request, "offer/roll.html", context)


@page(needs=Permission.HOLD_SESSIONS)
def together(request: Any, session_id: UUID) -> HttpResponse:
    """The whole list as one form, everybody without an answer proposed as here. Nothing is noted until it is sent."""
    if request.method == "POST":
        return _note_together(request, session_id)
    one, found = _held(request, session_id)
    if not found or one.is_cancelled or one.starts_at > timezone.now():
        return afterwards.to("offer:roll", session_id)
    frame = shell.of(request)
    frame.crumbs = [
        {"label": _("Träffar"), "url": reverse("offer:sessions")},
        {"label": words.when(one.starts_at), "url": reverse("offer:roll", args=[session_id])},
        {"label": _("Hela listan")},
    ]
    people = [{**_person(person), "chosen": person.presence or rules.Presence.PRESENT} for person in found]
    context = {
        "session": one, "people": people, "answers": words.choices(rules.PRESENCE_NAMES), "shell": frame,
        "left": sum(not person.presence for person in found),
    }  # fmt: skip
    return render(request, "offer/roll_together.html", context)


def _held(request: Any, session_id: UUID) -> tuple[SessionRow, list[place_lists.OnRoll]]:
    """A session of the provider's own, and its list; what was told of somebody is written down as read."""
    one = catalogue.session(session_id)
    own = one and {row.id for row in catalogue.sessions(
        provider_id=request.by.organisation_id, first=timezone.localdate(one.starts_at), days=1
    )}  # fmt: skip
    if one is None or one.id not in (own or set()):
        raise Http404
    found = place_lists.roll(request.by, session_id)
    if any(person.told for person in found):
        request.reads.append(Read("session.roll", "offer.session", str(session_id), content={"people": len(found)}))
    return one, found


def _person(person: place_lists.OnRoll) -> dict[str, Any]:
    return {"row": person, "told": rows.told(person.told)}


def _note(request: Any, session_id: UUID) -> HttpResponse:
    """One answer."""
    there = reverse("offer:roll", args=[session_id])
    try:
        hold = UUID(request.POST.get("hold", ""))
        mark = attendance.note(
            by=request.by, session_id=session_id, hold_id=hold, presence=request.POST.get("presence", "")
        )
        if mark.became == rules.Event.START_UNDONE:
            messages.success(request, f"{_('Rättat.')} {_unbegun(1)}")
            return afterwards.at(there)  # to the top, where it is said
    except ValueError as unreadable:
        raise Http404 from unreadable
    except Refused as refused:
        refusals.tell(request, refused)
        return afterwards.at(there)
    return afterwards.at(f"{there}#{hold}")


def _note_together(request: Any, session_id: UUID) -> HttpResponse:
    """The whole list; what somebody else noted while it lay open stays."""
    there = reverse("offer:roll", args=[session_id])
    try:
        answers = [
            attendance.Answer(UUID(hold), request.POST.get(f"sedd-{hold}", ""), request.POST.get(f"svar-{hold}", ""))
            for hold in request.POST.getlist("hold")
        ]
        _tell(request, attendance.note_several(by=request.by, session_id=session_id, answers=answers))
    except ValueError as unreadable:
        raise Http404 from unreadable
    except Refused as refused:
        refusals.tell(request, refused)
    return afterwards.at(there)


def _tell(request: Any, done: attendance.Noted) -> None:
    """What was written, and what was not since somebody else had been there first."""
    said = []
    if done.new:
        said.append(
            ngettext("{many} person är noterad.", "{many} personer är noterade.", done.new).format(many=done.new)
        )
    if done.corrected:
        said.append(
            ngettext("{many} svar är rättat.", "{many} svar är rättade.", done.corrected).format(many=done.corrected)
        )
    if done.left_alone:
        said.append(
            ngettext(
                "{many} person hade redan fått ett annat svar av någon annan. Det står kvar.",
                "{many} personer hade redan fått ett annat svar av någon annan. Det står kvar.",
                len(done.left_alone),
            ).format(many=len(done.left_alone))
        )
    if done.unbegun:
        said.append(_unbegun(done.unbegun))
    tell = messages.success if done.new or done.corrected else messages.info
    tell(request, " ".join(said) or _("Inget ändrades."))


def _unbegun(many: int) -> str:
    return ngettext(
        "Ingen annan närvaro är noterad för personen, så platsen räknas inte som påbörjad.",
        "För {many} personer är ingen annan närvaro noterad, så deras platser räknas inte som påbörjade.",
        many,
    ).format(many=many)
