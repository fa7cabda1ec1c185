"""An activity: what it is, its occasions in a calendar, its queue in numbers, and by which rule the queue stands."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.offer.actions import activities as actions
from samkraft.offer.actions.occasions import OccasionDraft
from samkraft.offer.queries import catalogue
from samkraft.offer.queries.catalogue import ActivityRow
from samkraft.offer.rules import activities as rules
from samkraft.offer.rules import matching
from samkraft.partners.queries import colleagues, organisations
from samkraft.partners.rules.roles import Permission, may
from samkraft.people.actions.places import place_coordination
from samkraft.people.queries.places import place_lists
from samkraft.web import days, sections
from samkraft.web.acting import page
from samkraft.web.date_fields import SwedishDateField
from samkraft.web.number_fields import WholeNumberField
from samkraft.web.offer import calendars, frames, proposing, words
from samkraft.web.sections import Plain, Section, data_for


@page(needs=Permission.SEE_OFFER)
def show(request: Any, code: str) -> HttpResponse:
    """The activity. Its coordinator adds occasions and closes days; whoever leads decides the order of the queue."""

    def build(data: Any) -> list[Section]:
        found = _found(code)
        request.activity = found
        today = timezone.localdate()
        people = catalogue.coordinators(found.id, on=today)
        mine = request.by.membership_id in {one.membership_id for one in people}
        made = [_about(found), _order(request, found, data, today), _coordinators(request, found, people, data)]
        if not mine:
            return [*made, _closed(found)]
        answers = proposing.to_answer(request, found.id, data)
        return [*answers, *made, _add(request, found, data), _close(request, found, data)]

    def render_all(found: list[Section]) -> HttpResponse:
        return _draw(request, found)

    return sections.serve(request, build, render_all)


def _found(code: str) -> ActivityRow:
    found = catalogue.activity(code)
    if found is None:
        raise Http404
    return found


def _draw(request: Any, found: list[Section]) -> HttpResponse:
    one: ActivityRow = request.activity
    today = timezone.localdate()
    numbers = {row.occasion_id: row for row in place_lists.numbers(request.by)}
    waits = next((row for row in place_lists.waiting(request.by) if row.activity_id == one.id), None)
    occasions = catalogue.occasions(activity_id=one.id, since=today - timedelta(days=60))
    first = _week(request, today)
    context = {
        "activity": one, "sections": found, "waits": waits,
        "occasions": [_occasion(row, numbers.get(row.id), one, today) for row in occasions],
        "weeks": calendars.weeks(first, 5, occasions, catalogue.closed(one.id), today=today),
        "earlier": (first - timedelta(weeks=4)).isoformat(), "later": (first + timedelta(weeks=4)).isoformat(),
    }  # fmt: skip
    return frames.draw(request, "offer/activity.html", context, (one.name, ""))


def _week(request: Any, today: date) -> date:
    try:
        asked = date.fromisoformat(request.GET.get("fran", ""))
    except ValueError:
        asked = today
    return asked - timedelta(days=asked.weekday())


def _occasion(row: Any, numbers: Any, one: ActivityRow, today: date) -> dict[str, Any]:
    return {
        "row": row, "url": reverse("offer:occasion", args=[row.id]), "places": numbers.places if numbers else 0,
        "free": numbers.free if numbers and not _is_past(row, one, today) else 0, "state": _state(row, one, today),
        "languages": words.listed(rules.LANGUAGES, row.languages),
    }  # fmt: skip


def _state(row: Any, one: ActivityRow, today: date) -> tuple[str, str]:
    """Whether places are offered, and when not why."""
    if row.cancelled_at:
        return "closed", _("inställt")
    if row.ends_on and row.ends_on < today:
        return "closed", _("avslutat")
    if _is_past(row, one, today):
        return "closed", _("pågår, intaget är stängt")
    return ("ok", _("platser erbjuds")) if row.is_open else ("needs", _("inte öppnat"))


def _is_past(row: Any, one: ActivityRow, today: date) -> bool:
    """Whether nobody can begin any more."""
    is_over = row.ends_on is not None and row.ends_on < today
    return is_over or (one.start_form == "joint" and row.starts_on <= today)


def _about(one: ActivityRow) -> Section:
    needed = words.listed(rules.PREREQUISITES, one.prerequisites)
    facts = [
        {"text": one.about} if one.about else {},
        {"text": f"{words.of(rules.KIND_NAMES, one.kind)} · {words.of(rules.START_FORM_NAMES, one.start_form)}"},
        {"text": words.decider(one.decided_by), "src": _("Till dess är ett erbjudande villkorat")},
        {"text": _("Bara för deltagare i {initiative}").format(initiative=one.only_initiative)} if one.only_initiative else {},
        {"text": _("Krävs: {what}").format(what=needed)} if needed else {},
        *({"text": row.text, "src": _("Ska leda till")} for row in catalogue.outcomes(one.id)),
    ]  # fmt: skip
    return Section("om", _("Om aktiviteten"), facts=[fact for fact in facts if fact])


def _order(request: Any, one: ActivityRow, data: Any, today: date) -> Section:
    rule = catalogue.rule_on(one.id, on=today)
    facts = [{"text": _("Den som kom först står först.")}]
    if rule:
        facts = [
            {"text": _("Grupp {number}: {who}").format(number=number, who=words.of(rules.CRITERIA, criterion))}
            for criterion, number in rule.classes.items()
        ]
        said = _("Version {version}, från {day}, beslutad av {name}: {reference}").format(
            version=rule.version, day=days.dated(rule.period.start_date), name=rule.decided_by, reference=rule.reference
        )
        facts.append({"text": _("Sedan alla andra, i den ordning de kom."), "src": said})
    if not may(request.by.role, Permission.MANAGE_OFFER):
        return Section("ordning", _("Så står kön"), facts=facts, aside=True)
    numbers = [("", _("ingen förtur")), *((str(number), str(number)) for number in range(1, 5))]
    fields: dict[str, forms.Field] = {
        f"class_{number}": forms.ChoiceField(label=_(name), choices=numbers, required=False)
        for number, name in enumerate(rules.CRITERIA.values())
    }
    fields |= {
        "start_date": SwedishDateField(label=_("Gäller från"), help_text=_("Tidigast i morgon.")),
        "reference": forms.CharField(label=_("Beslut"), max_length=200, help_text=_("Vem som beslutade och när.")),
    }
    form = Plain(
        fields, data_for(request, "ordning", data), initial={"start_date": (today + timedelta(days=1)).isoformat()}
    )

    def do(sent: Any) -> str:
        said = sent.cleaned_data
        classes = {
            code: int(said[f"class_{number}"]) for number, code in enumerate(rules.CRITERIA) if said[f"class_{number}"]
        }
        actions.decide_priority(
            by=request.by,
            activity_id=one.id,
            classes=classes,
            start_date=said["start_date"],
            reference=said["reference"],
        )
        return _("Turordningen är beslutad.")

    return Section("ordning", _("Så står kön"), form, _("Besluta ny turordning"), do, facts=facts, aside=True)


def _coordinators(request: Any, one: ActivityRow, people: list[Any], data: Any) -> Section:
    facts = [{"text": row.name, "src": row.organisation} for row in people] or [
        {"text": _("Ingen är utsedd."), "shape": "needs"}
    ]
    if not may(request.by.role, Permission.MANAGE_OFFER):
        return Section("samordnare", _("Platssamordnare"), facts=facts, aside=True)
    today = timezone.localdate()
    choices = [
        (str(row.membership_id), f"{row.name}, {row.organisation_name}")
        for row in colleagues.having(Permission.COORDINATE_PLACES, on=today)
    ]
    fields: dict[str, forms.Field] = {"who": forms.ChoiceField(label=_("Vem"), choices=[("", _("Välj")), *choices])}

    def do(sent: Any) -> str:
        place_coordination.appoint(by=request.by, activity_id=one.id, membership_id=UUID(sent.cleaned_data["who"]))
        return _("Platssamordnaren är utsedd.")

    form = Plain(fields, data_for(request, "samordnare", data))
    return Section("samordnare", _("Platssamordnare"), form, _("Utse en till"), do, facts=facts, aside=True)


def _closed(one: ActivityRow) -> Section:
    facts = [
        {"text": f"{days.dated(period.start_date)} – {days.dated(period.last_day)}", "src": why}
        for period, why in catalogue.closed(one.id)
    ]
    return Section("stangt", _("Stängt"), facts=facts or [{"text": _("Inga stängda perioder.")}], aside=True)


def _close(request: Any, one: ActivityRow, data: Any) -> Section:
    fields: dict[str, forms.Field] = {
        "first": SwedishDateField(label=_("Från")),
        "last": SwedishDateField(label=_("Till och med")),
        "why": forms.CharField(label=_("Varför"), max_length=120),
    }

    def do(sent: Any) -> str:
        actions.close_for(by=request.by, activity_id=one.id, **sent.cleaned_data)
        return _("Stängningen är inlagd.")

    form = Plain(fields, data_for(request, "stangt", data))
    return Section("stangt", _("Stängt"), form, _("Lägg in en stängning"), do, facts=_closed(one).facts, aside=True)


def _add(request: Any, one: ActivityRow, data: Any) -> Section:
    suppliers = [(str(row.id), row.name) for row in organisations.listed()]
    districts = {code: name for code, (name, _lat, _lon) in matching.DISTRICTS.items()}
    fields: dict[str, forms.Field] = {
        "name": forms.CharField(label=_("Namn"), max_length=120, help_text=_("Till exempel ”Start v. 40”.")),
        "provider": forms.ChoiceField(label=_("Utförare"), choices=[("", _("Välj")), *suppliers]),
        "starts_on": SwedishDateField(label=_("Första dagen")),
        "ends_on": SwedishDateField(label=_("Sista dagen"), required=False),
        "places": WholeNumberField(label=_("Antal platser"), min_value=1, max_value=500),
        "hours_a_week": WholeNumberField(label=_("Timmar i veckan"), min_value=1, max_value=40),
        "place_name": forms.CharField(label=_("Lokal eller adress"), max_length=120),
        "district": forms.ChoiceField(label=_("Stadsdel"), choices=words.choices(districts, empty=_("Välj")), required=False),
        "languages": forms.MultipleChoiceField(
            label=_("Språk"), choices=words.choices(rules.LANGUAGES), widget=forms.CheckboxSelectMultiple
        ),
        "accessible": forms.MultipleChoiceField(
            label=_("Tillgänglighet"), choices=words.choices(rules.ACCESS), widget=forms.CheckboxSelectMultiple, required=False
        ),
        "answer_days": WholeNumberField(label=_("Dagar att svara"), min_value=1, max_value=60),
    }  # fmt: skip

    def do(sent: Any) -> str:
        said = dict(sent.cleaned_data)
        places, provider = said.pop("places"), UUID(said.pop("provider"))
        said |= {name: tuple(said[name]) for name in ("languages", "accessible")}
        draft = OccasionDraft(
            activity_id=one.id, provider_id=provider, **said
        )  # fmt: skip
        place_coordination.add_occasion(by=request.by, draft=draft, places=places)
        return _("Tillfället är inlagt. Öppna det när platserna ska erbjudas.")

    form = Plain(fields, data_for(request, "nytt", data), initial={"answer_days": 5, "languages": ["sv"]})
    return Section("nytt", _("Nytt tillfälle"), form, _("Lägg in ett tillfälle"), do)
