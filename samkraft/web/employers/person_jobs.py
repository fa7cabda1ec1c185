"""A person and work: jobs held against the goal with reasons, and invitations to meet an employer."""

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

from samkraft.offer.queries import employers, vacancies
from samkraft.offer.queries.employers import MeetingRow
from samkraft.offer.rules import job_matching as matching
from samkraft.partners.rules.roles import Permission, may
from samkraft.people.actions import recruitment as actions
from samkraft.people.queries import job_wishes, recruitment
from samkraft.people.queries.recruitment import InvitedRow
from samkraft.people.rules import recruitment as rules
from samkraft.people.rules.places import place_states
from samkraft.web import days, sections
from samkraft.web.acting import page
from samkraft.web.date_fields import SwedishDateField
from samkraft.web.employers import results, words
from samkraft.web.people import opened, person
from samkraft.web.sections import Plain, Section, data_for

MOST = 12


@dataclass(frozen=True, slots=True)
class Making:
    """What the sections are made from."""

    request: Any
    one: opened.Page
    invited: list[InvitedRow]
    data: Any


@page(needs=Permission.WORK_WITH_PEOPLE)
def show(request: Any, person_id: UUID) -> HttpResponse:
    """Invitations first, then a form for a new one, then jobs that may suit."""

    def build(data: Any) -> list[Section]:
        one = opened.open_page(request, person_id, what="jobs")
        request.opened_page = one
        request.invited = recruitment.of_person(request.by, person_id)
        if not may(request.by.role, Permission.WRITE_PLAN):
            return []
        made = Making(request, one, request.invited, data)
        coming = {row.id: row for row in employers.meetings(since=timezone.now())}
        everything = {row.id: row for row in employers.meetings()}
        found: list[Section] = []
        for row in request.invited:
            if row.meeting_id in everything:
                found += results.of(request, everything[row.meeting_id], row, data, everything[row.meeting_id].employer)
        if one.opened.enrolled and not one.head.exited_on:
            found += _invite(
                made, [row for row in coming.values() if row.cancelled_at is None and row.starts_at > timezone.now()]
            )
        return found

    return sections.serve(request, build, partial(_draw, request, person_id))


def _draw(request: Any, person_id: UUID, found: list[Section]) -> HttpResponse:
    one: opened.Page = request.opened_page
    everything = {row.id: row for row in employers.meetings()}
    wish = job_wishes.of(one.opened.held, one.plan)
    context = {
        "tabs": opened.tabs(person_id, "jobs"), "sections": found, "wish": wish.goal,
        "invited": [_line(row, everything.get(row.meeting_id)) for row in request.invited],
        "matches": [_match(request.by.role, row) for row in _jobs(wish)[:MOST]],
        "hired": next((row.confirmed for row in request.invited if row.confirmed and row.confirmed.result == "hired"), None),
        "exit_url": reverse("people:journey", args=[person_id]) + "#exit",
        "is_over": bool(one.head.exited_on),
    }  # fmt: skip
    return render(request, "employers/person_jobs.html", person.with_crumbs(request, one, context))


def _line(row: InvitedRow, meeting: MeetingRow | None) -> dict[str, Any]:
    return {
        "row": row, "meeting": meeting, "when": words.when(meeting) if meeting else "",
        "fields": words.listed(rules.FIELDS, row.fields).lower() or _("ingenting, bara koden {code}").format(code=row.code),
        "url": reverse("employers:meeting", args=[row.meeting_id]),
        "shown": _("Visat för personen {day} ({how}). Syns till och med mötets dag.").format(
            how=words.of(place_states.SHOWN_HOW, row.shown_how).lower(), day=days.dated(row.shown_date)
        ),
        "cancelled": meeting.cancel_reason if meeting and meeting.cancelled_at else "",
        **results.told(row),
    }  # fmt: skip


def _jobs(wish: matching.JobWish) -> list[tuple[matching.JobMatch, Any, bool]]:
    """Those in the direction of the goal: what employers have told us of, and what is advertised."""
    today = timezone.localdate()
    told = {str(row.id): row for row in employers.openings(on=today)}
    read, _many = vacancies.open_on(today, most=500)
    adverts = {str(row.id): row for row in read}
    jobs = [
        matching.Job(key, f"{row.headline} {row.occupation}", row.needs, row.scope_from, row.scope_to,
                     row.needs_experience, row.needs_licence)
        for key, row in told.items()
    ] + [
        matching.Job(key, f"{row.headline} {row.occupation.label if row.occupation else ''}",
                     tuple(one.label for one in row.needed), row.scope_from, row.scope_to, row.needs_experience,
                     row.needs_licence)
        for key, row in adverts.items()
    ]  # fmt: skip
    found = matching.match(wish, jobs)
    ours = sorted(found, key=lambda one: one.job.key not in told)  # what an employer told us of comes first, order kept
    return [(one, told.get(one.job.key) or adverts[one.job.key], one.job.key in told) for one in ours]


def _match(role: str, found: tuple[matching.JobMatch, Any, bool]) -> dict[str, Any]:
    one, row, is_told = found
    told_url = (
        reverse("employers:employer", args=[row.employer_id]) if is_told and may(role, Permission.SEE_EMPLOYERS) else ""
    )
    return {
        "headline": row.headline, "employer": row.employer, "last_date": row.last_date, "is_told": is_told,
        "url": told_url if is_told else row.link,
        "scope": words.percent(row.scope_from, row.scope_to), "fits": one.fits,
        "verdicts": [{"shape": "ok" if v.is_met else "needs", "text": _said(v)} for v in one.verdicts],
    }  # fmt: skip


def _said(verdict: matching.Verdict) -> str:
    texts = {
        (matching.Point.OCCUPATION, True): _("Målet möter ”{word}”"),
        (matching.Point.SKILLS, True): _("Har det som krävs: {word}"),
        (matching.Point.SKILLS, False): _("Det står inte i kartläggningen: {word}"),
        (matching.Point.SCOPE, True): _("Orkar omfattningen, minst {word} procent"),
        (matching.Point.SCOPE, False): _("Jobbet är minst {word} procent, mer än planen säger"),
        (matching.Point.EXPERIENCE, True): _("Har erfarenhet"),
        (matching.Point.EXPERIENCE, False): _("Erfarenhet krävs"),
        (matching.Point.LICENCE, True): _("Har körkort"),
        (matching.Point.LICENCE, False): _("Körkort krävs"),
    }
    return texts.get((verdict.point, verdict.is_met), "{word}").format(word=verdict.word)


def _invite(made: Making, coming: list[MeetingRow]) -> list[Section]:
    already = {row.meeting_id for row in made.invited if row.ended_at is None}
    open_ones = [row for row in coming if row.id not in already]
    heading = _("Bjud in till ett rekryteringsmöte")
    if not open_ones:
        text = _("Det finns inget möte att bjuda in till. Möten planeras på arbetsgivarens sida.")
        return [Section("bjud-in", heading, text=text)]
    allowed = {
        code: name for code, name in rules.FIELDS.items() if not made.one.head.protection or code in rules.SAFE_FIELDS
    }
    fields: dict[str, forms.Field] = {
        "meeting": forms.ChoiceField(
            label=_("Vilket möte"), choices=[(str(row.id), f"{row.employer}, {words.when(row)}") for row in open_ones]
        ),
        "fields": forms.MultipleChoiceField(
            label=_("Vad får arbetsgivaren veta"), choices=words.choices(allowed), required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("Välj en i taget, tillsammans med personen. Utan val syns bara en kod. Fri text lämnas aldrig ut."),
        ),
        "shown_how": forms.ChoiceField(
            label=_("Hur visade du det för personen"), choices=words.choices(place_states.SHOWN_HOW)
        ),
        "shown_date": SwedishDateField(label=_("Vilken dag sa personen ja")),
    }  # fmt: skip

    def do(sent: Any) -> str:
        said = sent.cleaned_data
        actions.invite(
            by=made.request.by, person_id=made.one.opened.person_id, meeting_id=UUID(said["meeting"]),
            fields=said["fields"], shown_how=said["shown_how"], shown_date=said["shown_date"],
        )  # fmt: skip
        return _("Personen är inbjuden, och mötet står i planen. Uppgifterna syns till och med mötets dag.")

    form = Plain(
        fields, data_for(made.request, "bjud-in", made.data), initial={"shown_date": made.one.today.isoformat()}
    )
    text = _("Grunden är personens ja. Det gäller det här mötet, och slutar med mötets dag.")
    return [Section("bjud-in", heading, form, _("Bjud in"), do, text=text, main=True)]
