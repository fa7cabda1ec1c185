"""A person's places and queues: join from the plan, answer an offer, who is told what, begin and end."""

from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samkraft.offer.queries import catalogue
from samkraft.offer.rules import activities as offer_words
from samkraft.partners.rules.roles import Permission, Role, may
from samkraft.people.actions.places import places
from samkraft.people.queries.places import person_places
from samkraft.people.queries.places.person_places import PlaceRow
from samkraft.people.rules.categories import WRITES
from samkraft.people.rules.places import place_states as rules
from samkraft.people.rules.places.place_states import State
from samkraft.web import days, sections
from samkraft.web.acting import page
from samkraft.web.date_fields import SwedishDateField
from samkraft.web.offer import disclosing, offer_letter, person_sessions, words
from samkraft.web.people import opened, person
from samkraft.web.sections import Plain, Section, data_for


@dataclass(frozen=True, slots=True)
class Making:
    """What the sections are made from."""

    request: Any
    one: opened.Page
    data: Any

    @property
    def person_id(self) -> UUID:
        """The person."""
        return self.one.opened.person_id

    def form(self, key: str, fields: dict[str, forms.Field], **initial: Any) -> Plain:
        """A form for a section, with what was typed when it is the one that was sent."""
        return Plain(fields, data_for(self.request, key, self.data), initial=initial)


@page(needs=Permission.WORK_WITH_PEOPLE)
def show(request: Any, person_id: UUID) -> HttpResponse:
    """Each entry with what can be done now, then a way into a queue."""

    def build(data: Any) -> list[Section]:
        one = opened.open_page(request, person_id, what="places")
        request.opened_page = one
        made = Making(request, one, data)
        rows = person_places.of_person(request.by, person_id, at=timezone.now())
        request.place_rows = rows
        writes = may(request.by.role, Permission.WRITE_PLAN)
        found = [section for row in rows if not row.is_over for section in _going_on(made, row, writes)]
        if writes and one.opened.enrolled and not one.head.exited_on:
            found += _join(made, rows)
        over = [row for row in rows if row.is_over]
        if over:
            facts = [fact for row in over for fact in (_fact(row), *person_sessions.facts(row))]
            found.append(Section("earlier", _("Tidigare"), facts=facts, aside=True))
        if writes:
            found += [part for row in over for part in person_sessions.to_explain(made, row, row.code.lower())]
        if not rows:
            found.insert(0, Section("none", _("Inga platser eller köer"), text=_("Personen står inte i någon kö.")))
        return found

    def render_all(found: list[Section]) -> HttpResponse:
        find = (_("Hitta plats som passar"), "offer:person_match", "search")
        context = {
            "tabs": opened.tabs(person_id, "places"), "sections": found,
            "actions": [*person.actions(request, person_id, find), *_letters(request, person_id)],
        }  # fmt: skip
        return render(request, "people/person/sections.html", person.with_crumbs(request, request.opened_page, context))

    return sections.serve(request, build, render_all)


def _letters(request: Any, person_id: UUID) -> list[dict[str, str]]:
    """An offer that waits for an answer, on a sheet to hand over."""
    if not may(request.by.role, Permission.WRITE_PLAN):
        return []
    return [
        {
            "label": _("Skriv ut erbjudandet"), "icon": "printer",
            "url": reverse("offer:offer_letter", args=[person_id, row.hold_id]),
        }
        for row in request.place_rows
        if row.hold_id and row.state in offer_letter.TOLD
    ]  # fmt: skip


def _going_on(made: Making, row: PlaceRow, writes: bool) -> list[Section]:
    key = row.code.lower()
    facts = [_fact(row), *_more(row), *person_sessions.facts(row), *disclosing.facts(row), *_history(row)]
    heading = _("{activity}, kod {code}").format(activity=row.activity, code=row.code)
    found = [Section(f"plats-{key}", heading, facts=facts)]
    if not writes:
        return found
    found = [*person_sessions.to_tell(made, row, key), *found]
    if row.state in (State.OFFERED, State.DECIDED_UNANSWERED):
        found.append(_answer(made, row, key))
    if row.state is State.GIVEN:
        found.append(_start(made, row, key))
    if row.state is State.ONGOING:
        found.append(_finish(made, row, key))
    else:
        found.append(_leave(made, row, key))
    return [*found, *person_sessions.to_explain(made, row, key), *disclosing.tell(made, row, key)]


def _fact(row: PlaceRow) -> dict[str, str]:
    return {
        "text": f"{row.activity}: {words.state(row.state).lower()}",
        "shape": words.SHAPES[row.state],
        "src": _("I kön sedan {day}, ställd dit av {name}").format(
            day=days.dated(timezone.localdate(row.joined_at)), name=row.joined_by
        ),
    }


def _more(row: PlaceRow) -> list[dict[str, str]]:
    lines: list[dict[str, str]] = []
    if row.before is not None:
        many = ngettext("{n} står före.", "{n} står före.", row.before).format(n=row.before)
        band = _("Säg till personen: {band}.").format(band=_(rules.band(row.before)).lower())
        lines.append({"text": f"{many} {band}", "src": _("Platsen i kön ändras från dag till dag")})
    if row.wanted and row.state is State.WAITING:
        lines.append({"text": _("Väntar bara på {occasion}").format(occasion=row.wanted)})
    if row.occasion and row.starts_on:
        until = days.dated(row.ends_on) if row.ends_on else _("tills vidare")
        lines.append({
            "text": _("{occasion}: {start} – {end}").format(occasion=row.occasion, start=days.dated(row.starts_on), end=until),
            "src": f"{row.provider} · {row.place_name}",
        })  # fmt: skip
    if row.answer_until and row.state in (State.OFFERED, State.DECIDED_UNANSWERED):
        lines.append({"text": _("Svara senast {when}").format(when=words.until(row.answer_until)), "shape": "needs"})
    if row.state is State.CONDITIONAL:
        lines.append({"text": _("Villkorad: {who}").format(who=words.decider(row.decider)), "shape": "needs"})
    if row.decided_date:
        number = f", {row.decision_number}" if row.decision_number else ""
        said = _("Beslutad {day} av {name}").format(day=days.dated(row.decided_date), name=row.decided_by)
        lines.append({"text": f"{said}{number}", "shape": "ok"})
    return lines


def _history(row: PlaceRow) -> list[dict[str, str]]:
    """What others did that concerns the person, and why somebody said no; the newest first."""
    shown = [one for one in reversed(row.events) if one.kind not in ("joined", "accepted", "decided", "started")]
    return [
        {
            "text": ": ".join(
                part for part in (words.of(rules.EVENT_NAMES, one.kind), _why(one.reason_code, one.reason)) if part
            ),
            "src": f"{words.when(one.at)} · {one.by}" + (f" · {words.when(one.starts_at)}" if one.starts_at else ""),
        }
        for one in shown[:6]
    ]  # fmt: skip


def _why(code: str, text: str) -> str:
    known = rules.DECLINE_REASONS | rules.ABSENCE_REASONS | rules.UNDONE_BECAUSE
    name = words.of(known, code) if code != "occasion_cancelled" else ""
    return " – ".join(part for part in (name, text) if part)


def _reasons(made: Making) -> list[tuple[str, str]]:
    """Why not, among what the role may write down."""
    writes = {one.value for one in WRITES.get(Role(made.request.by.role), frozenset())}
    allowed = {
        code: name
        for code, name in rules.DECLINE_REASONS.items()
        if rules.REASON_CATEGORY.get(code) is None or rules.REASON_CATEGORY[code] in writes
    }
    return words.choices(allowed, empty=_("Välj"))


def _answer(made: Making, row: PlaceRow, key: str) -> Section:
    assert row.hold_id is not None
    fields = {
        "answer": forms.ChoiceField(
            label=_("Personens svar"), choices=[("yes", _("Ja")), ("no", _("Nej"))], widget=forms.RadioSelect
        ),
        "reason_code": forms.ChoiceField(label=_("Varför, vid nej"), choices=_reasons(made), required=False),
        "reason": forms.CharField(label=_("Mer om varför"), required=False, widget=forms.Textarea(attrs={"rows": 2})),
        "stays": forms.BooleanField(
            label=_("Väntar kvar på ett annat tillfälle, med sin plats i kön"), required=False, initial=True
        ),
    }
    form = made.form(f"svar-{key}", fields, stays=True)

    def do(sent: Any) -> str:
        said = sent.cleaned_data
        done = places.answer(
            by=made.request.by, person_id=made.person_id, hold_id=row.hold_id, accepts=said["answer"] == "yes",
            reason_code=said["reason_code"], reason=said["reason"], stays=said["stays"],
        )  # fmt: skip
        return _("Ja är noterat.") if done == "accepted" else _("Nej är noterat. Platsen går till nästa i kön.")

    return Section(f"svar-{key}", _("Svara på erbjudandet"), form, _("Spara svaret"), do, main=True)


def _leave(made: Making, row: PlaceRow, key: str) -> Section:
    fields = {
        "reason_code": forms.ChoiceField(label=_("Varför"), choices=_reasons(made)),
        "reason": forms.CharField(label=_("Mer om varför"), required=False, widget=forms.Textarea(attrs={"rows": 2})),
    }
    label = _("Lämna kön") if row.state is State.WAITING else _("Lämna platsen")

    def do(sent: Any) -> str:
        places.leave(by=made.request.by, person_id=made.person_id, entry_id=row.entry_id, **sent.cleaned_data)
        return (
            _("Personen har lämnat kön.") if row.state is State.WAITING else _("Platsen är lämnad och går till nästa.")
        )

    return Section(f"lamna-{key}", label, made.form(f"lamna-{key}", fields), label, do, aside=True)


def _start(made: Making, row: PlaceRow, key: str) -> Section:
    fields: dict[str, forms.Field] = {"on": SwedishDateField(label=_("Första dagen"))}
    form = made.form(f"start-{key}", fields, on=made.one.today.isoformat())

    def do(sent: Any) -> str:
        assert row.hold_id is not None
        places.start(by=made.request.by, person_id=made.person_id, hold_id=row.hold_id, on=sent.cleaned_data["on"])
        return _("Starten är noterad.")

    text = _("Behövs bara när utföraren inte noterar närvaro här.")
    return Section(f"start-{key}", _("Personen har börjat"), form, _("Notera starten"), do, text=text, aside=True)


def _finish(made: Making, row: PlaceRow, key: str) -> Section:
    wanted = catalogue.outcomes(row.activity_id)
    answers = words.choices(rules.REACHED_NAMES)
    fields: dict[str, forms.Field] = {"on": SwedishDateField(label=_("Sista dagen"))}
    for number, one in enumerate(wanted):
        fields[f"outcome_{number}"] = forms.ChoiceField(label=one.text, choices=answers, widget=forms.RadioSelect)
    fields["reason_code"] = forms.ChoiceField(
        label=_("Varför, om det avbröts i förtid"), choices=_reasons(made), required=False
    )

    def do(sent: Any) -> str:
        said = sent.cleaned_data
        assert row.hold_id is not None
        places.finish(
            by=made.request.by, person_id=made.person_id, hold_id=row.hold_id, on=said["on"],
            outcomes={one.id: said[f"outcome_{number}"] for number, one in enumerate(wanted)},
            reason_code=said["reason_code"],
        )  # fmt: skip
        return _("Platsen är avslutad och går till nästa i kön.")

    form = made.form(f"slut-{key}", fields, on=made.one.today.isoformat())
    return Section(
        f"slut-{key}", _("Avsluta"), form, _("Avsluta platsen"), do, text=_("Vad ledde den till?"), aside=True
    )


def _join(made: Making, rows: list[PlaceRow]) -> list[Section]:
    queued = {row.activity_id for row in rows if not row.is_over}
    writes = {one.value for one in WRITES.get(Role(made.request.by.role), frozenset())}
    open_to = [one for one in catalogue.activities() if one.id not in queued and one.reveals in writes]
    chosen = made.request.GET.get("aktivitet", "")
    coming = catalogue.occasions(since=made.one.today)
    steps = [
        (str(step.held.lineage), step.content.title)
        for step in made.one.plan.steps
        if step.is_open and step.held.author_area_id == made.request.by.area_id
    ]
    by_id = {one.id: one.name for one in open_to}
    fields: dict[str, forms.Field] = {
        "activity": forms.ChoiceField(
            label=_("Aktivitet"), choices=[("", _("Välj")), *((str(one.id), one.name) for one in open_to)]
        ),
        "occasion": forms.ChoiceField(
            label=_("Tillfälle"), required=False, help_text=_("Lämna tomt om det första lediga passar."),
            choices=[("", _("Vilket som helst")), *((str(one.id), f"{by_id[one.activity_id]}: {one.name}")
                     for one in coming if one.activity_id in by_id and one.cancelled_at is None)],
        ),
        "step": forms.ChoiceField(
            label=_("Steg i planen"), required=False, choices=[("", _("Inget särskilt steg")), *steps],
            help_text=_("Steget väntar, börjar och blir klart tillsammans med platsen."),
        ),
        "not_before": SwedishDateField(label=_("Första dag som passar"), required=False),
        "criteria": forms.MultipleChoiceField(
            label=_("Skäl till turordning"), required=False, choices=words.choices(offer_words.CRITERIA),
            widget=forms.CheckboxSelectMultiple, help_text=_("Platssamordnaren ser en grupp, aldrig skälet."),
        ),
    }  # fmt: skip
    asked = made.request.GET
    form = made.form(
        "ko", fields, activity=next((str(one.id) for one in open_to if one.code == chosen), ""),
        occasion=asked.get("tillfalle", ""), step=asked.get("steg", ""),
    )  # fmt: skip
    return [
        Section(
            "ko", _("Ställ i kö"), form, _("Ställ i kö"), partial(_do_join, made), aside=True, unfolded=bool(chosen)
        )
    ]


def _do_join(made: Making, sent: Any) -> str:
    said = sent.cleaned_data
    places.join(
        by=made.request.by, person_id=made.person_id, activity_id=UUID(said["activity"]),
        occasion_id=UUID(said["occasion"]) if said["occasion"] else None,
        step=UUID(said["step"]) if said["step"] else None, not_before=said["not_before"], criteria=said["criteria"],
    )  # fmt: skip
    return _("Personen står i kön. Finns en ledig plats kommer erbjudandet hit inom någon minut.")
