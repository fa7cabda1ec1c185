"""Contact with the participant: the thread with its waiting clocks, contacts, time reports, and notes for the own system."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samkraft.initiatives.queries import teams
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import meetings, own_system_notes, threads
from samkraft.people.actions.months import time_reports
from samkraft.people.rules import contents
from samkraft.people.rules import meetings as rules_of_meetings
from samkraft.people.rules import own_system_notes as rules
from samkraft.people.rules.contents.choices import MeetingState, Waited, name_of
from samkraft.people.rules.held import latest
from samkraft.values.period import STOCKHOLM
from samkraft.web import days, sections
from samkraft.web.acting import page
from samkraft.web.people import opened, person
from samkraft.web.people.content_forms import ContentForm
from samkraft.web.sections import Plain, Section, data_for

_SHOWN = 12
_WAITS = (Waited.US, Waited.PARTICIPANT, Waited.NONE)
_MONTHS = 6


@page(needs=Permission.WRITE_PLAN)
def show(request: Any, person_id: UUID) -> HttpResponse:
    """Each section is one kind of contact."""

    def build(data: Any) -> list[Section]:
        one = opened.open_page(request, person_id, what="contact")
        request.opened_page = one
        by = request.by
        answers = _answers(one, person_id, by, request, data)
        return [
            *answers,
            _thread(one, person_id, by, data_for(request, "message", data), is_first=not answers),
            _contacts(one, person_id, by, data_for(request, "contact", data)),
            _time(one, person_id, by, data_for(request, "time", data)),
            *_notes(one, person_id, by, data_for(request, "note", data), unfolded="anteckna" in request.GET),
        ]

    def render_all(found: list[Section]) -> HttpResponse:
        one = request.opened_page
        context = {"tabs": opened.tabs(person_id, "contact"), "sections": found, "writes_freely": True}
        return render(request, "people/person/sections.html", person.with_crumbs(request, one, context))

    return sections.serve(request, build, render_all)


def _thread(one: opened.Page, person_id: UUID, by: Any, data: Any, *, is_first: bool) -> Section:
    thread = one.opened.joint.thread
    form = ContentForm("message", data, only=("text", "from_participant", "waits_on"))
    form.fields["waits_on"].choices = [("", _("Inget valt")), *((one.value, _(name_of(one))) for one in _WAITS)]
    form.fields["waits_on"].help_text = _("Det som deltagaren skriver väntar på oss, om du inte väljer något annat.")

    def do(filled: ContentForm) -> str:
        content = filled.content()
        from_participant = bool(content.get("from_participant"))
        threads.write(
            by=by,
            person_id=person_id,
            text=content["text"],
            from_participant=from_participant,
            waits_on=content.get("waits_on") or (Waited.US if from_participant else Waited.NONE).value,
        )
        return _("Meddelandet är sparat.")

    return Section(
        "message",
        _("Tråden med deltagaren"),
        form,
        _("Skriv ett meddelande"),
        do,
        text=_clocks(thread, one.today),
        facts=[
            {
                "text": line.content.text,
                "shape": "ok" if line.is_answered else "needs",
                "src": _("Deltagaren") + f" · {_day(line)}"
                if line.content.from_participant
                else f"{line.held.author_name} · {_day(line)}",
            }
            for line in thread.lines[-_SHOWN:]
        ],
        main=is_first,
    )


def _day(line: Any) -> str:
    return days.dated(line.held.occurred_at.astimezone(STOCKHOLM).date())


def _clocks(thread: Any, today: date) -> str:
    if since := thread.waits_on_us_since:
        if since >= today:
            return _("Deltagaren väntar på oss sedan i dag.")
        said = ngettext(
            "Deltagaren väntar på oss sedan {days} dag.", "Deltagaren väntar på oss sedan {days} dagar.",
            (today - since).days,
        )  # fmt: skip
        return said.format(days=(today - since).days)
    if since := thread.waits_on_participant_since:
        if since >= today:
            return _("Vi väntar på deltagaren sedan i dag.")
        said = ngettext(
            "Vi väntar på deltagaren sedan {days} dag.", "Vi väntar på deltagaren sedan {days} dagar.",
            (today - since).days,
        )  # fmt: skip
        return said.format(days=(today - since).days)
    return _("Ingen väntar på svar.")


def _answers(one: opened.Page, person_id: UUID, by: Any, request: Any, data: Any) -> list[Section]:
    found = []
    for line in one.opened.joint.thread.lines:
        if line.is_answered or not line.content.from_participant:
            continue
        key = f"answer-{line.held.lineage}"
        form = ContentForm("message", data_for(request, key, data), only=("text",))

        def do(filled: ContentForm, lineage: UUID = line.held.lineage) -> str:
            threads.answer(by=by, person_id=person_id, lineage=lineage, text=filled.content()["text"])
            return _("Svaret är sparat. Klockan har stannat.")

        found.append(Section(key, _("Svara deltagaren"), form, _("Svara"), do, text=line.content.text, main=not found))
    return found


def _contacts(one: opened.Page, person_id: UUID, by: Any, data: Any) -> Section:
    form = ContentForm("contact_made", data, stands={"on": one.today.isoformat()})

    def do(filled: ContentForm) -> str:
        meetings.note_contact(by=by, person_id=person_id, contact=filled.content())
        return _("Kontakten är antecknad.")

    made = [contents.read("contact_made", held.content) for held in latest(one.opened.held, "contact_made")]
    made.sort(key=lambda contact: contact.on, reverse=True)
    return Section(
        "contact",
        _("Kontakter"),
        form,
        _("Anteckna kontakt"),
        do,
        text=_("Att ni hade kontakt, inte vad som sades."),
        facts=[
            {"text": _("{day}, {how}").format(day=days.dated(contact.on), how=_(name_of(contact.how)).lower())}
            for contact in made[:5]
        ],
        aside=True,
    )


def _time(one: opened.Page, person_id: UUID, by: Any, data: Any) -> Section:
    form = ContentForm("time_report", data, stands={"month": f"{one.today:%Y-%m}"})

    def do(filled: ContentForm) -> str:
        content = filled.content()
        time_reports.record(
            by=by, person_id=person_id, month=content["month"], hours=content.get("hours", 0), how=content["how"]
        )
        return _("Tidrapporten är registrerad.")

    return Section(
        "time",
        _("Tidrapporter"),
        form,
        _("Registrera tidrapport"),
        do,
        text=_time_says(one),
        facts=_months(one),
        aside=True,
    )


def _time_says(one: opened.Page) -> str:
    least = _least_weekly_hours(one)
    if least is None:
        return ""
    return _("En för varje månad. Under {hours} timmar i veckan är för lite: prata om varför.").format(hours=least)


def _least_weekly_hours(one: opened.Page) -> int | None:
    enrolled = one.opened.enrolled
    row = teams.rules_on(enrolled.initiative_id, on=one.today) if enrolled else None
    return row.rules.least_weekly_hours if row else None


def _months(one: opened.Page) -> list[dict[str, Any]]:
    """The last months: what was reported, whether it is too little, and what is missing."""
    least, enrolled = _least_weekly_hours(one), one.opened.enrolled
    reports = {held.content["month"]: held.content["hours"] for held in latest(one.opened.held, "time_report")}
    due = rules_of_meetings.months_due(enrolled.started_on, one.head.exited_on, one.today) if enrolled else ()
    found = []
    for month in sorted({*reports, *due}, reverse=True)[:_MONTHS]:
        name = days.month(date.fromisoformat(f"{month}-01"))
        if month not in reports:
            found.append({"shape": "needs", "text": _("{month}: saknas").format(month=name)})
            continue
        hours = reports[month]
        weekly = formats.localize(round(rules_of_meetings.weekly_hours(month, hours), 1))
        text = _("{month}: {hours} timmar, {weekly} i veckan").format(month=name, hours=hours, weekly=weekly)
        is_over = month < f"{one.today:%Y-%m}"  # before that nobody knows
        too_little = is_over and rules_of_meetings.is_too_little(month, hours, least)
        found.append({"shape": "" if too_little else "ok", "text": text, "warn": _("för lite") if too_little else ""})
    return found


def _notes(one: opened.Page, person_id: UUID, by: Any, data: Any, *, unfolded: bool) -> list[Section]:
    def write(filled: Any) -> str:
        own_system_notes.write(by=by, person_id=person_id, text=filled.cleaned_data["text"])
        return _("Anteckningen väntar på att föras in i ert eget system.")

    text = forms.CharField(
        label=_("Det som ska in i ert system"),
        widget=forms.Textarea(attrs={"rows": 6}),
        initial=_draft(one, by.area_id),
        help_text=_("Ett utkast ur det senaste mötet och er del av planen. Ändra så att det passar."),
    )
    found = [
        Section(
            "note",
            _("Till det egna systemet"),
            Plain({"text": text}, data),
            _("Skriv en anteckning"),
            write,
            text=_("Med bara det som din myndighet får ha. Lämnas aldrig ut härifrån. Kryssa när den är införd."),
            aside=True,
            unfolded=unfolded,
        )
    ]
    for held in one.opened.joint.to_enter:
        if held.author_area_id != by.area_id:
            continue

        def tick(_form: Any, lineage: UUID = held.lineage) -> str:
            own_system_notes.tick(by=by, person_id=person_id, lineage=lineage)
            return _("Införd.")

        content = contents.read("own_system_note", held.content)
        found.append(
            Section(
                f"tick-{held.lineage}",
                _("För in i {system}").format(system=name_of(content.system)),
                None,
                _("Införd"),
                tick,
                text=content.text,
                aside=True,
            )
        )
    return found


def _draft(one: opened.Page, area_id: UUID) -> str:
    """What the last held meeting came to, and the own part of the plan, as sentences to edit."""
    meetings_held = [
        held for held in latest(one.opened.held, "meeting") if held.content.get("state") == MeetingState.HELD
    ]
    lines = rules.draft(one.opened.held, area_id, meetings_held[-1].lineage if meetings_held else None)
    return "\n".join(
        _(line.template).format(
            **{key: _(value) if key in ("state", "how") else value for key, value in line.details.items()}
        )
        for line in lines
    )
