"""The employer's own first page: who comes to a meeting, who has a place, and how it went. Only their own, by code."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.audit.actions.reads import Read
from samkraft.offer.queries import employers
from samkraft.offer.queries.employers import MeetingRow
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import recruitment as actions
from samkraft.people.queries import recruitment
from samkraft.people.queries.recruitment import Candidate
from samkraft.people.rules import recruitment as rules
from samkraft.people.rules.recruitment import Reply, Result
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, date_fields, refusals, shell
from samkraft.web.acting import page
from samkraft.web.employers import words
from samkraft.web.offer import rows

DAYS_AFTER = 31


@page(needs=Permission.SEE_OWN_WORKPLACE)
def show(request: Any) -> HttpResponse:
    """Meetings to come and those to answer about, then those who have a place."""
    if request.method == "POST":
        return _note(request)
    now = timezone.now()
    held = employers.meetings(organisation_id=request.by.organisation_id)
    recent = [row for row in held if row.cancelled_at is None and (now - row.ends_at).days <= DAYS_AFTER]
    shown = [_meeting(request, row, now) for row in recent]
    placed = recruitment.placed(request.by)
    told = sum(bool(one.told) for one in placed) + sum(row["told"] for row in shown)
    if told:
        request.reads.append(Read("workplace.listed", "offer.employer", "", content={"people": told}))
    terms = {row.occasion_id: row for row in employers.placements()}
    employer_id = employers.of_organisation(request.by.organisation_id)
    context = {
        "coming": [row for row in shown if not row["has_begun"]], "been": [row for row in shown if row["has_begun"]],
        "placed": [
            {"row": one, "terms": terms.get(one.occasion_id), "told": rows.told(one.told)}
            for one in placed if one.ended_on is None
        ],
        "ended": [{"row": one, "terms": terms.get(one.occasion_id)} for one in placed if one.ended_on is not None],
        "openings": employers.openings(employer_id=employer_id, on=timezone.localdate()) if employer_id else [],
        "is_employer": employer_id is not None, "results": words.choices(rules.RESULT_NAMES), "shell": shell.of(request),
    }  # fmt: skip
    return render(request, "employers/own.html", context)


def _meeting(request: Any, row: MeetingRow, now: Any) -> dict[str, Any]:
    people = recruitment.candidates(request.by, row.id)
    return {
        "row": row, "when": words.when(row), "has_begun": row.starts_at <= now,
        "people": [_person(one) for one in people if one.reply != Reply.NO or one.result],
        "told": sum(bool(one.told) for one in people),
    }  # fmt: skip


def _person(one: Candidate) -> dict[str, Any]:
    reply = Reply(one.reply)
    return {
        "row": one, "told": rows.told(one.told), "reply": _(rules.REPLY_NAMES[reply]), "comes": reply is Reply.YES,
        "result": _(rules.RESULT_NAMES[Result(one.result)]) if one.result else "",
        "start": one.start_date.isoformat() if one.start_date else "",
        "is_confirmed": one.said_by == "staff",
    }  # fmt: skip


def _note(request: Any) -> HttpResponse:
    """What came of it for one, as the employer says."""
    try:
        invitation = UUID(request.POST.get("invitation", ""))
        typed = request.POST.get("start", "").strip()
        starts = date_fields.read(typed) if typed else None
    except ValueError as wrong:
        if "invitation" not in request.POST:
            raise Http404 from wrong
        messages.error(request, _("Dagen går inte att läsa. Skriv till exempel 2026-03-31."))
        return afterwards.to("employers:own")
    try:
        actions.note_as_employer(
            by=request.by, invitation_id=invitation, result=request.POST.get("result", ""), start_date=starts
        )
    except Refused as refused:
        refusals.tell(request, refused)
    else:
        messages.success(request, _("Tack! Den som bjöd in får veta det."))
    return afterwards.at(f"{reverse('employers:own')}#{invitation}")
