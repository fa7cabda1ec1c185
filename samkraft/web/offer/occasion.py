"""An occasion with its places and its queue: open it, change how many places, let somebody go before, cancel it."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samkraft.offer.queries import catalogue
from samkraft.offer.queries.catalogue import OccasionRow
from samkraft.offer.rules import activities as rules
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions.places import place_coordination
from samkraft.people.queries.places import place_lists
from samkraft.people.queries.places.place_lists import InQueue
from samkraft.web import days, sections
from samkraft.web.acting import page
from samkraft.web.number_fields import WholeNumberField
from samkraft.web.offer import frames, occasion_sessions, rows, words
from samkraft.web.sections import Plain, Section, data_for


@page(needs=Permission.SEE_OFFER)
def show(request: Any, occasion_id: UUID) -> HttpResponse:
    """What everybody may know of it, and for its coordinator the queue and what can be done."""

    def build(data: Any) -> list[Section]:
        one = catalogue.occasion(occasion_id)
        if one is None:
            raise Http404
        activity = catalogue.activity_by_id(one.activity_id)
        request.occasion, request.activity = one, activity
        people = catalogue.coordinators(one.activity_id, on=timezone.localdate())
        request.mine = request.by.membership_id in {row.membership_id for row in people}
        request.queue = place_lists.queue(request.by, one.activity_id) if request.mine else []
        request.resting = place_lists.resting(request.by, one.id) if request.mine else {}
        request.numbers = next((row for row in place_lists.numbers(request.by) if row.occasion_id == one.id), None)
        if not request.mine or one.cancelled_at:
            return []
        held = [row for row in request.queue if row.occasion_id == one.id]
        waiting = [row for row in request.queue if row.place]
        unanswered = [row for row in held if row.accepted_at is None]
        first = [_open(request, one, waiting)] if not one.is_open else []
        return [
            *first, _resize(request, one, held, data), _before(request, one, waiting, data),
            *([_withdraw(request, one, unanswered, data)] if unanswered or request.method == "POST" else []),
            *occasion_sessions.sections(request, one, held, data), _cancel(request, one, held, waiting, data),
        ]  # fmt: skip

    return sections.serve(request, build, lambda found: _draw(request, found))


def _draw(request: Any, found: list[Section]) -> HttpResponse:
    one: OccasionRow = request.occasion
    today = timezone.localdate()
    held = sorted((row for row in request.queue if row.occasion_id == one.id), key=lambda row: row.place_number or 0)
    context = {
        "occasion": one, "activity": request.activity, "sections": found, "mine": request.mine, "numbers": request.numbers,
        "waiting": [rows.waiting(row, request.resting.get(row.entry_id)) for row in request.queue if row.place],
        "held": [rows.held(row, request.activity.decided_by) for row in held],
        "languages": words.listed(rules.LANGUAGES, one.languages), "access": words.listed(rules.ACCESS, one.accessible),
        "meets": catalogue.sessions(occasion_ids=[one.id], first=today, days=28),
    }  # fmt: skip
    crumbs = ((request.activity.name, reverse("offer:activity", args=[request.activity.code])), (one.name, ""))
    return frames.draw(request, "offer/occasion.html", context, *crumbs)


def _open(request: Any, one: OccasionRow, waiting: list[InQueue]) -> Section:
    def do(_sent: Any) -> str:
        made = place_coordination.open_offering(by=request.by, occasion_id=one.id)
        return ngettext("{n} erbjudande är skickat.", "{n} erbjudanden är skickade.", made).format(n=made)

    text = _(
        "Från och med nu erbjuds varje ledig plats den som står först. Svarar ingen inom {days} dagar går den vidare."
    )
    return Section(
        "oppna", _("Erbjud platserna"), None, _("Börja erbjuda platser"), do, text=text.format(days=one.answer_days)
    )


def _resize(request: Any, one: OccasionRow, held: list[InQueue], data: Any) -> Section:
    said_yes = sum(row.accepted_at is not None for row in held)
    unanswered = len(held) - said_yes
    fields: dict[str, forms.Field] = {
        "places": WholeNumberField(label=_("Antal platser"), min_value=0, max_value=500),
        "take_back": forms.BooleanField(
            label=_("Ta tillbaka obesvarade erbjudanden om det behövs, de sista i kön först"), required=False
        ),
        "reason": forms.CharField(
            label=_("Varför"), required=False, max_length=300, help_text=_("De som berörs kan läsa det.")
        ),
    }  # fmt: skip
    facts = [{
        "text": _("{yes} har tackat ja och {open} är erbjudna men har inte svarat.").format(yes=said_yes, open=unanswered),
        "src": _("Färre än de som har tackat ja kan det inte bli. Ska de också bort: ställ in tillfället."),
    }]  # fmt: skip

    def do(sent: Any) -> str:
        made = place_coordination.resize(by=request.by, occasion_id=one.id, **sent.cleaned_data)
        return _("{added} platser lades till och {cut} togs bort. {back} erbjudanden togs tillbaka.").format(
            added=made.added, cut=made.cut, back=made.taken_back
        )

    places = request.numbers.places if request.numbers else 0
    form = Plain(fields, data_for(request, "platser", data), initial={"places": places})
    return Section("platser", _("Fler eller färre platser"), form, _("Ändra antalet"), do, facts=facts)


def _before(request: Any, one: OccasionRow, waiting: list[InQueue], data: Any) -> Section:
    choices = [(str(row.entry_id), f"{row.place}. {row.code}") for row in waiting]
    fields: dict[str, forms.Field] = {
        "entry": forms.ChoiceField(label=_("Vem"), choices=[("", _("Välj")), *choices]),
        "reason": forms.CharField(
            label=_("Varför"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("Alla som blir förbigångna kan läsa skälet."),
        ),
    }  # fmt: skip

    def do(sent: Any) -> str:
        passed = place_coordination.put_before(
            by=request.by,
            occasion_id=one.id,
            entry_id=UUID(sent.cleaned_data["entry"]),
            reason=sent.cleaned_data["reason"],
        )
        return ngettext(
            "Platsen är erbjuden. {n} blev förbigången och kan läsa varför.",
            "Platsen är erbjuden. {n} blev förbigångna och kan läsa varför.",
            passed,
        ).format(n=passed)

    form = Plain(fields, data_for(request, "fore", data))
    return Section("fore", _("Låt någon gå före"), form, _("Erbjud en ledig plats till någon annan än nästa"), do)


def _withdraw(request: Any, one: OccasionRow, unanswered: list[InQueue], data: Any) -> Section:
    """One offer back, from one person. Who is left to choose from is asked again when the form is sent."""
    choices = [
        (str(row.hold_id), _("{code}, svar senast {when}").format(code=row.code, when=words.until(row.answer_until)))
        for row in unanswered
        if row.answer_until
    ]
    if data is not None and (gone := data.get("offer")) and gone not in dict(choices):
        choices.append((gone, _("Har redan svarat, eller har inte erbjudandet kvar")))
    fields: dict[str, forms.Field] = {
        "offer": forms.ChoiceField(label=_("Vems erbjudande"), choices=[("", _("Välj")), *choices]),
        "reason": forms.CharField(
            label=_("Varför"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("Handläggaren läser skälet och säger det till personen. Minst tio tecken."),
        ),
    }  # fmt: skip
    facts = [{
        "text": _("Platsen erbjuds genast nästa i kön.") if one.is_open
        else _("Platsen blir ledig. Tillfället är inte öppnat, så du erbjuder den själv eller öppnar tillfället."),
        "src": _("Personen behåller sin plats i kön, men får inte det här erbjudandet igen av sig självt."),
    }]  # fmt: skip

    def do(sent: Any) -> str:
        made = place_coordination.withdraw(
            by=request.by,
            occasion_id=one.id,
            hold_id=_key(sent.cleaned_data["offer"]),
            reason=sent.cleaned_data["reason"],
        )
        told = _("Erbjudandet är tillbakataget. Handläggaren får det i sin inkorg och säger det till personen.")
        return f"{told} {_('Platsen är erbjuden nästa i kön.') if made else _('Platsen är ledig.')}"

    form = Plain(fields, data_for(request, "ta-tillbaka", data))
    return Section("ta-tillbaka", _("Ta tillbaka ett erbjudande"), form, _("Ta tillbaka erbjudandet"), do, facts=facts)


def _key(said: str) -> UUID:
    try:
        return UUID(said)
    except ValueError:
        raise Http404 from None


def _cancel(request: Any, one: OccasionRow, held: list[InQueue], waiting: list[InQueue], data: Any) -> Section:
    """The guided way through: who is concerned, what becomes of them, and only then the button."""
    wanting = sum(row.wanted_occasion == one.id for row in waiting)
    others = [
        row
        for row in catalogue.occasions(activity_id=one.activity_id, since=timezone.localdate())
        if row.id != one.id and row.cancelled_at is None and row.is_open
        and (request.activity.start_form == "running" or row.starts_on > timezone.localdate())
    ]  # fmt: skip
    facts = [
        {"text": _("{n} har en plats eller ett erbjudande här. De går tillbaka till sin plats i kön.").format(n=len(held)),
         "shape": "needs"} if held else {"text": _("Ingen har en plats eller ett erbjudande här.")},
        *([{"text": _("{n} väntar bara på det här tillfället. De väntar sedan på vilket som helst.").format(n=wanting)}]
          if wanting else []),
        {"text": _("Nästa öppna tillfälle: {name}, {day}").format(name=others[0].name, day=days.dated(others[0].starts_on))}
        if others else {"text": _("Det finns inget annat öppet tillfälle. Lägg gärna in ett först."), "shape": "overdue"},
        {"text": _("Alla handläggare vars deltagare berörs ser skälet på personens sida, och kvarvarande träffar ställs in.")},
    ]  # fmt: skip
    fields: dict[str, forms.Field] = {
        "reason": forms.CharField(label=_("Varför"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})),
        "sure": forms.BooleanField(label=_("Jag har läst vilka som berörs")),
    }

    def do(sent: Any) -> str:
        told = place_coordination.cancel(by=request.by, occasion_id=one.id, reason=sent.cleaned_data["reason"])
        return ngettext(
            "Tillfället är inställt. {n} person berörs.", "Tillfället är inställt. {n} personer berörs.", told
        ).format(n=told)

    form = Plain(fields, data_for(request, "stall-in", data))
    return Section("stall-in", _("Ställ in tillfället"), form, _("Ställ in"), do, facts=facts)
