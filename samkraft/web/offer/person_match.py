"""What suits one person: the search begins with what the plan says, and each occasion with why and why not."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from samkraft.offer.queries import catalogue
from samkraft.offer.rules import activities as rules
from samkraft.offer.rules import matching
from samkraft.offer.rules.matching import Verdict, Wish
from samkraft.partners.rules.roles import Permission, Role
from samkraft.people.queries.places import place_match, place_waits
from samkraft.people.queries.places.place_match import Engaged, Taken
from samkraft.people.rules import contents
from samkraft.people.rules.categories import WRITES
from samkraft.people.rules.contents.choices import MeetingState
from samkraft.people.rules.held import latest
from samkraft.people.rules.places import place_wishes
from samkraft.people.rules.places.place_wishes import FromPlan
from samkraft.values.period import Period
from samkraft.web import days
from samkraft.web.acting import page
from samkraft.web.date_fields import SwedishDateField
from samkraft.web.number_fields import WholeNumberField
from samkraft.web.offer import match_lines, words
from samkraft.web.people import opened, person

MOST_SHOWN, MOST_AGAINST = 30, 10
USUAL_MEETING = timedelta(hours=1)


@page(needs=Permission.WRITE_PLAN)
def show(request: Any, person_id: UUID) -> HttpResponse:
    """The choices are in the address, the person only by id; without choices it is the plan that asks."""
    one = opened.open_page(request, person_id, what="place_match")
    steps = place_wishes.steps_of(one.plan, request.by.area_id)
    begun = place_wishes.from_plan(one.plan, one.opened.card, steps, _id(request.GET.get("steg", "")), today=one.today)
    engaged = place_match.engaged(request.by, person_id, on=one.today)
    form = _form(request.GET if "sok" in request.GET else _first(begun), steps)
    wish = _wish(form)
    found = _found(request, wish, [*engaged.times, *_meetings(one)], one.today)
    suits, against = _lines(request, wish, found, one.today)
    context = {
        "tabs": opened.tabs(person_id, "places"), "form": form, "begun": begun, "suits": suits,
        "many_suit": sum(verdict.suits for verdict in found), "many": len(found), "against": against,
        "engaged": _engaged(engaged), "hours": engaged.hours_a_week,
        "sought": _sought(wish), "steps_anew": reverse("offer:person_match", args=[person_id]),
    }  # fmt: skip
    for row in (*suits, *against):
        row["join"] = _join_address(person_id, row, begun)
    return render(request, "offer/person_match.html", person.with_crumbs(request, one, context))


def _found(request: Any, wish: Wish, taken: list[Taken], today: date) -> list[Verdict]:
    waited = place_waits.measured(request.by, since=today - timedelta(days=365), until=today)
    waits = place_waits.medians_to_offer(waited)
    return matching.match(wish, place_match.candidates(request.by, on=today, median_waits=waits, taken=taken))


def _lines(request: Any, wish: Wish, found: list[Verdict], today: date) -> tuple[list[Any], list[Any]]:
    """Those that suit and those that do not in words: the first of each, which are all that the page has room for."""
    first = [verdict for verdict in found if verdict.suits][:MOST_SHOWN]
    last = [verdict for verdict in found if not verdict.suits][:MOST_AGAINST]
    names = {row.id: row for row in catalogue.activities()}
    shown = [verdict.candidate for verdict in (*first, *last)]
    occasions = {row.id: row for row in catalogue.occasions(ids={one.occasion_id for one in shown})}
    shut = catalogue.closed_of({verdict.candidate.activity_id for verdict in first})
    writes = {one.value for one in WRITES.get(Role(request.by.role), frozenset())}

    def lines(some: list[Verdict]) -> list[Any]:
        return [
            match_lines.line(wish, verdict, names, occasions)
            | {
                "may_join": names[verdict.candidate.activity_id].reveals in writes,
                "closed": _closed(shut.get(verdict.candidate.activity_id, []), today) if verdict.suits else "",
            }
            for verdict in some
        ]

    return lines(first), lines(last)


def _closed(periods: list[tuple[Period, str]], today: date) -> str:
    """When the activity is closed, where that lies within the coming weeks."""
    for period, why in periods:
        last = period.last_day
        if last and last >= today and period.start_date < today + place_match.AHEAD:
            first = days.dated(period.start_date)
            return _("Stängt {first} – {last}: {why}").format(first=first, last=days.dated(last), why=why)
    return ""


def _meetings(one: opened.Page) -> list[Taken]:
    """Meetings that are booked with the person; how long they last is not kept, so each is taken for an hour."""
    held = [contents.read("meeting", row.content) for row in latest(one.opened.held, "meeting")]
    return [
        Taken(_("Möte"), row.starts_at, row.starts_at + USUAL_MEETING)
        for row in held
        if row.state is MeetingState.BOOKED and timezone.localdate(row.starts_at) >= one.today
    ]


def _engaged(engaged: Engaged) -> list[str]:
    return [_("{activity}: {n} timmar i veckan").format(activity=name, n=many) for name, many in engaged.hours]


class MatchForm(forms.Form):
    """What is looked for; all of it may be left out."""

    use_required_attribute = False
    steg = forms.ChoiceField(required=False)
    slag = forms.ChoiceField(required=False)
    timmar = WholeNumberField(required=False, min_value=1, max_value=40)
    fran = SwedishDateField(required=False)
    stadsdel = forms.ChoiceField(required=False)
    km = WholeNumberField(required=False, min_value=1, max_value=50)
    sprak = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    tolk = forms.BooleanField(required=False)
    dagar = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    har = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    behov = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)


def _form(data: Any, steps: list[Any]) -> MatchForm:
    form = MatchForm(data)
    districts = {code: name for code, (name, _lat, _lon) in matching.DISTRICTS.items()}
    labels = {
        "steg": _("Steg i planen"), "slag": _("Slag"), "timmar": _("Högst timmar i veckan"),
        "fran": _("Kan börja tidigast"), "stadsdel": _("Reser från"), "km": _("Högst kilometer"), "sprak": _("Språk"),
        "tolk": _("Andra språk går bra med tolk på plats"),
        "dagar": _("Dagar som är lediga"), "har": _("Har redan"), "behov": _("Behöver"),
    }  # fmt: skip
    for name, label in labels.items():
        form.fields[name].label = label
    form.fields["dagar"].help_text = _("Lämna tomt om alla dagar går bra. Det som personen redan har räknas bort.")
    form.fields["har"].help_text = _("Kryssa för det du vet. Det som saknas står vid varje tillfälle.")
    choices = {
        "steg": [("", _("Inget särskilt steg")), *((str(one.held.lineage), one.content.title) for one in steps)],
        "slag": words.choices(rules.KIND_NAMES, empty=_("Alla slag")),
        "sprak": words.choices(rules.LANGUAGES),
        "dagar": [(str(number), _(name)) for number, name in enumerate(words.WEEKDAYS[:5], 1)],
        "stadsdel": words.choices(districts, empty=_("Hela staden")),
        "har": words.choices(rules.PREREQUISITES),
        "behov": words.choices(rules.ACCESS),
    }
    for name, known in choices.items():
        form.fields[name].choices = known  # type: ignore[attr-defined]  # these are choice fields
    return form


def _first(begun: FromPlan) -> MultiValueDict[str, str]:
    """The plan's own question, as if it had been typed."""
    return MultiValueDict({
        "steg": [str(begun.step.held.lineage)] if begun.step else [], "slag": [begun.kind] if begun.kind else [],
        "fran": [begun.earliest.isoformat()] if begun.earliest else [], "sprak": list(begun.languages),
        "tolk": ["on"] if begun.by_interpreter else [],
        "har": list(begun.has),
    })  # fmt: skip


def _wish(form: MatchForm) -> Wish:
    if not form.is_valid():
        return Wish(minds_clashes=True)
    said = form.cleaned_data
    return Wish(
        kind=said["slag"], most_hours=said["timmar"], languages=frozenset(said["sprak"]), earliest=said["fran"],
        needs=frozenset(said["behov"]), has=frozenset(said["har"]), district=said["stadsdel"],
        most_km=float(said["km"]) if said["km"] and said["stadsdel"] else None,
        weekdays=frozenset(int(day) for day in said["dagar"]), minds_clashes=True,
        by_interpreter=said["tolk"],
    )  # fmt: skip


def _sought(wish: Wish) -> list[str]:
    """The question in a few words, for when the form is folded."""
    said = [
        words.of(rules.KIND_NAMES, wish.kind).lower(),
        words.listed(rules.LANGUAGES, sorted(wish.languages)).lower(),
        _("tolk på plats går bra") if wish.by_interpreter else "",
        _("högst {n} timmar i veckan").format(n=wish.most_hours) if wish.most_hours else "",
        _("tidigast {day}").format(day=days.dated(wish.earliest)) if wish.earliest else "",
        _("högst {n} km bort").format(n=int(wish.most_km)) if wish.most_km else "",
        words.weekdays(wish.weekdays),
        words.listed(rules.ACCESS, sorted(wish.needs)).lower(),
    ]
    return [part for part in said if part]


def _join_address(person_id: UUID, row: dict[str, Any], begun: FromPlan) -> str:
    said = {"aktivitet": row["activity"].code, "tillfalle": str(row["occasion"].id)}
    if begun.step:
        said["steg"] = str(begun.step.held.lineage)
    return f"{reverse('offer:person', args=[person_id])}?{urlencode(said)}#ko"


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
