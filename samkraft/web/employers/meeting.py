"""One recruitment meeting: who of ours is invited, whether they come, and what came of it for each."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.audit.actions.reads import Read
from samkraft.offer.actions import recruitment_meetings
from samkraft.offer.queries import employers
from samkraft.offer.queries.employers import MeetingRow
from samkraft.offer.rules import employers as rules
from samkraft.partners.rules.roles import Permission, may
from samkraft.people.queries import recruitment
from samkraft.people.queries.recruitment import InvitedRow
from samkraft.web import sections
from samkraft.web.acting import page
from samkraft.web.employers import frames, results, words
from samkraft.web.sections import Plain, Section, data_for


@page(needs=Permission.SEE_EMPLOYERS)
def show(request: Any, meeting_id: UUID) -> HttpResponse:
    """Those of the own area whom the reader may know of; of all others a number."""

    def build(data: Any) -> list[Section]:
        row = employers.meeting(meeting_id)
        if row is None:
            raise Http404
        people = may(request.by.role, Permission.WORK_WITH_PEOPLE)
        request.meeting = row
        request.invited = recruitment.of_meeting(request.by, meeting_id) if people else []
        if hasattr(request, "reads") and request.invited:
            about = sorted({str(one.person_id) for one in request.invited})
            request.reads.append(Read("recruitment.listed", "people.caseload", "", content={"shown": about}))
        if row.cancelled_at is not None:
            return []
        found = []
        if may(request.by.role, Permission.WRITE_PLAN):
            for one in request.invited:
                found += results.of(request, row, one, data)
        if may(request.by.role, Permission.KEEP_EMPLOYERS) and row.starts_at > timezone.now():
            found.append(_cancel(request, row, data))
        return found

    return sections.serve(request, build, partial(_draw, request))


def _draw(request: Any, found: list[Section]) -> HttpResponse:
    row: MeetingRow = request.meeting
    numbers = recruitment.numbers(request.by).get(row.id)
    live = [one for one in request.invited if one.ended_at is None]
    context = {
        "meeting": row, "when": words.when(row), "form": words.of(rules.FORM_NAMES, row.form), "numbers": numbers,
        "others": (numbers.invited if numbers else 0) - sum(one.reply != "no" for one in live),
        "people": [_line(one) for one in request.invited], "sections": found,
        "employer_url": reverse("employers:employer", args=[row.employer_id]),
        "has_been": row.starts_at <= timezone.now(),
    }  # fmt: skip
    crumbs = ((_("Rekryteringsmöten"), reverse("employers:meetings")), (row.headline, ""))
    return frames.draw(request, "employers/meeting.html", context, *crumbs)


def _line(one: InvitedRow) -> dict[str, Any]:
    return {
        "row": one, "name": one.name or _("Deltagare {code}").format(code=one.code),
        "url": reverse("employers:person", args=[one.person_id]), **results.told(one),
    }  # fmt: skip


def _cancel(request: Any, row: MeetingRow, data: Any) -> Section:
    fields: dict[str, forms.Field] = {
        "reason": forms.CharField(
            label=_("Varför"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
            help_text=_("De som är inbjudna och deras handläggare läser det. Skriv inget om deltagare."),
        )
    }  # fmt: skip

    def do(sent: Any) -> str:
        recruitment_meetings.cancel(by=request.by, meeting_id=row.id, reason=sent.cleaned_data["reason"])
        return _("Mötet är inställt.")

    form = Plain(fields, data_for(request, "stall-in", data))
    return Section("stall-in", _("Ställ in mötet"), form, _("Ställ in mötet"), do, aside=True)
