"""Invite a person to choose a time: by e-mail, by letter or by hand; then what has become of it, and what can be done."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.audit.actions import transactions
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import invitations as actions
from samkraft.people.queries import invitations
from samkraft.people.queries.invitations import InvitationRow
from samkraft.people.rules import invitations as rules
from samkraft.people.rules.invitations import Sent, State
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, days, sections
from samkraft.web.acting import page
from samkraft.web.invitations import letters
from samkraft.web.people import opened, person
from samkraft.web.sections import Plain, Section, data_for

SHAPES = {
    State.WAITING: "needs", State.BOOKED: "ok", State.UNANSWERED: "overdue", State.WITHDRAWN: "closed",
    State.HAS_BEEN: "closed",
}  # fmt: skip


@page(needs=Permission.WRITE_PLAN)
def show(request: Any, person_id: UUID) -> HttpResponse:
    """The invitation that holds with what can be done, or a form for a new one. A letter is printed from the answer."""
    if request.method == "POST" and request.POST.get("do") == "brev":
        return _letter(request, person_id)

    def build(data: Any) -> list[Section]:
        now = timezone.now()
        one = opened.open_page(request, person_id, what="invitation")
        request.opened_page = one
        rows = invitations.of_person(request.by, person_id, now=now)
        request.rows = rows
        live = next((row for row in rows if row.state in (State.WAITING, State.BOOKED, State.UNANSWERED)), None)
        if live is None or live.state is State.UNANSWERED:
            return [*([_book(request, live, data)] if live else []), _make(request, person_id, one, data)]
        found = [_book(request, live, data), *_sending(request, live, one)]
        if live.state is State.BOOKED:
            found.append(_call_off(request, live))
        return [*found, _withdraw(request, live)]

    return sections.serve(request, build, partial(_draw, request, person_id))


def _draw(request: Any, person_id: UUID, found: list[Section]) -> HttpResponse:
    one: opened.Page = request.opened_page
    live = next((row for row in request.rows if row.state in (State.WAITING, State.BOOKED, State.UNANSWERED)), None)
    context = {
        "tabs": opened.tabs(person_id, "meetings"), "sections": [row for row in found if row is not None],
        "live": _line(live) if live else None,
        "earlier": [_line(row) for row in request.rows if row is not live],
        "may_print": live is not None and live.state in (State.WAITING, State.BOOKED),
    }  # fmt: skip
    return render(request, "invitations/person.html", person.with_crumbs(request, one, context))


def _line(row: InvitationRow) -> dict[str, Any]:
    slot = row.slot
    return {
        "row": row, "shape": SHAPES[row.state], "state": _(rules.STATE_NAMES[row.state]),
        "when": f"{days.moment(slot.starts_at)}–{days.clock(slot.ends_at)}" if slot else "",
        "until": days.full(timezone.localdate(row.answer_until)),
    }  # fmt: skip


def _make(request: Any, person_id: UUID, one: opened.Page, data: Any) -> Section:
    heading = _("Bjud in att välja en tid")
    hosts = invitations.hosts(request.by, now=timezone.now())
    if not hosts:
        facts = [{"text": _("Lägg ut tider först."), "url": reverse("invitations:slots"), "shape": "needs"}]
        return Section("bjud-in", heading, text=_("Det finns inga lediga tider att välja bland."), facts=facts)
    fields: dict[str, forms.Field] = {
        "hosts": forms.MultipleChoiceField(
            label=_("Vems tider får personen välja bland"), widget=forms.CheckboxSelectMultiple,
            choices=[
                (str(key), _("{name}, {many} lediga tider").format(name=name, many=many)) for key, name, many in hosts
            ],
        ),
        "sent": forms.ChoiceField(
            label=_("Hur får personen länken"), choices=_ways(one), widget=forms.RadioSelect,
            help_text=_("Ämnesraden och länken säger inte vilken myndighet det gäller."),
        ),
    }  # fmt: skip

    def do(filled: Any) -> str:
        said = filled.cleaned_data
        made = actions.make(by=request.by, person_id=person_id, hosts=[UUID(key) for key in said["hosts"]])
        if said["sent"] != Sent.EMAIL:
            return _("Personen är inbjuden. Skriv ut brevet nedan.")
        return letters.send(request, made)

    mine = [str(key) for key, _name, _many in hosts if key == request.by.membership_id]
    form = Plain(fields, data_for(request, "bjud-in", data), initial={"hosts": mine, "sent": _ways(one)[0][0]})
    text = _(
        "Personen väljer själv bland lediga tider, utan konto. Den som inte svarar inom {days} dagar hamnar hos dig."
    )
    return Section("bjud-in", heading, form, _("Bjud in"), do, text=text.format(days=rules.ANSWER_DAYS), main=True)


def _ways(one: opened.Page) -> list[tuple[str, str]]:
    """E-mail only where there is an address, and never to somebody who is protected."""
    card = one.opened.card
    found = [(Sent.LETTER.value, _("Brev som jag skriver ut")), (Sent.BY_HAND.value, _("Jag lämnar den i handen"))]
    if card and card.email and not one.head.protection:
        found.insert(0, (Sent.EMAIL.value, _("E-post till {address}").format(address=card.email)))
    return found


def _sending(request: Any, live: InvitationRow, one: opened.Page) -> list[Section]:
    if _ways(one)[0][0] != Sent.EMAIL:
        return []

    def do(_sent: Any) -> str:
        return letters.send(request, live.id, is_reminder=live.state is State.WAITING)

    text = _("Påmind {day}.").format(day=days.moment(live.reminded_at)) if live.reminded_at else ""
    return [Section("skicka", _("Skicka länken igen"), None, _("Skicka länken igen"), do, text=text, aside=True)]


def _book(request: Any, live: InvitationRow, data: Any) -> Section:
    free = invitations.free_slots(request.by, now=timezone.now(), hosts=list(live.hosts))
    heading = _("Personen har valt en tid på telefon") if live.slot is None else _("Byt tid")
    if not free:
        return Section("valj", heading, text=_("Det finns inga fler lediga tider."), aside=True)
    fields: dict[str, forms.Field] = {
        "slot": forms.ChoiceField(
            label=_("Tid"),
            choices=[(str(row.id), f"{days.moment(row.starts_at)}, {row.host_name}") for row in free[:60]],
        )
    }

    def do(filled: Any) -> str:
        actions.book(by=request.by, invitation_id=live.id, slot_id=UUID(filled.cleaned_data["slot"]))
        return _("Tiden är bokad, och mötet står i planen.")

    form = Plain(fields, data_for(request, "valj", data))
    return Section("valj", heading, form, _("Boka tiden"), do, aside=True)


def _call_off(request: Any, live: InvitationRow) -> Section:
    def do(_sent: Any) -> str:
        actions.call_off(by=request.by, invitation_id=live.id)
        return _("Tiden är inställd. Personen kan välja en ny med samma länk.")

    text = _("Personen kan välja en ny tid med samma länk. Hör av dig och berätta det.")
    return Section("stall-in", _("Ställ in tiden"), None, _("Ställ in tiden"), do, text=text, aside=True)


def _withdraw(request: Any, live: InvitationRow) -> Section:
    def do(_sent: Any) -> str:
        actions.withdraw(by=request.by, invitation_id=live.id)
        return _("Inbjudan är återtagen, och länken gäller inte längre.")

    text = _("Länken slutar gälla med en gång, och en vald tid blir ledig.")
    return Section("ta-tillbaka", _("Ta tillbaka inbjudan"), None, _("Ta tillbaka"), do, text=text, aside=True)


def _letter(request: Any, person_id: UUID) -> HttpResponse:
    """A letter with a link of its own, shown once: it is printed now, and only the digest is kept."""
    with transactions.read(request.by):
        rows = invitations.of_person(request.by, person_id, now=timezone.now())
        name, _email, is_protected = invitations.way_to(request.by, person_id, now=timezone.now())
    live = next((row for row in rows if row.state in (State.WAITING, State.BOOKED)), None)
    if live is None:
        raise Http404
    try:
        token = actions.send(by=request.by, invitation_id=live.id, sent=Sent.LETTER)
    except Refused:
        messages.error(request, _("Du har gjort många länkar på kort tid. Vänta en stund, eller använd den du har."))
        return afterwards.at(request.path)
    address = settings.SITE_URL + reverse("invitations:choose", args=[token])
    with transactions.read(request.by):
        one = opened.open_page(request, person_id, what="letter")
        context = {
            "name": "" if is_protected else name, "address": address, "picture": letters.picture_of(address),
            "until": days.full(timezone.localdate(live.answer_until)), "sender": request.acting.user_name,
            "when": f"{days.moment(live.slot.starts_at)}–{days.clock(live.slot.ends_at)}" if live.slot else "",
            "place": live.slot.place_name if live.slot else "", "person_id": person_id,
        }  # fmt: skip
        return render(request, "invitations/letter.html", person.with_crumbs(request, one, context))
