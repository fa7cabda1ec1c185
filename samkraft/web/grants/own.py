"""The organisation's own pages: what it can apply for, its applications, its grants, and what it shall report."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samkraft.money.actions.grants import agreements, applications
from samkraft.money.queries.grants import grant_applications, grant_calls, grant_reports, grants_given
from samkraft.money.rules.grants.grant_kinds import ApplicationState
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, days, refusals, sections
from samkraft.web.acting import page
from samkraft.web.grants import frames, uploading
from samkraft.web.grants.application import shown as application_shown
from samkraft.web.grants.grant import shown as grant_shown
from samkraft.web.grants.home import application_line
from samkraft.web.grants.lists import report_line
from samkraft.web.sections import Plain, Section, data_for


@page(needs=Permission.APPLY_FOR_GRANTS)
def home(request: Any) -> HttpResponse:
    """What to do next, then calls, applications and grants."""
    today = timezone.localdate()
    calls = [row for row in grant_calls.listed(by=request.by) if row.is_open(today)]
    own = grant_applications.own(by=request.by)
    grants = grants_given.listed(by=request.by, today=today)
    reports = grant_reports.listed(by=request.by, today=today)
    begun = {row.call_id for row in own if row.state is not ApplicationState.WITHDRAWN}
    earlier = [row for row in own if row.sent_at is not None]
    context = {
        "needs": _needs(request, own, reports, today),
        "calls": [
            {"row": row, "is_begun": row.id in begun, "days": (row.closes_date - today).days if row.closes_date else None}
            for row in calls
        ],
        "earlier": [(str(row.id), f"{row.year}: {row.title}") for row in earlier],
        "applications": [application_line(row, _route(row)) for row in own],
        "grants": [{"row": row, "url": reverse("grants:own_grant", args=[row.id])} for row in grants],
        "reports": [report_line(row, "grants:own_report") for row in reports],
        "organisation": request.acting.organisation_name,
    }  # fmt: skip
    return frames.draw(request, "grants/own.html", context)


def _route(row: grant_applications.ApplicationRow) -> str:
    return "grants:draft" if row.state is ApplicationState.DRAFT else "grants:own_application"


def _needs(
    request: Any, own: list[grant_applications.ApplicationRow], reports: list[grants_given.ReportRow], today: date
) -> list[dict[str, Any]]:
    """What waits for the organisation, late first."""
    found: list[dict[str, Any]] = []
    for report in reports:
        if report.sent_at is None and report.due_date <= today + timedelta(days=60):
            named = {"what": report.grant_title, "day": days.dated(report.due_date)}
            words = (
                _("Rapporten för %(what)s skulle ha kommit %(day)s")
                if report.is_late
                else _("Rapportera %(what)s senast %(day)s")
            )
            shape = "overdue" if report.is_late else "needs"
            found.append({"text": words % named, "shape": shape, "url": reverse("grants:own_report", args=[report.id])})
    for row in own:
        if row.waits_completion:
            words = _("Stadskontoret ber er komplettera %(what)s") % {"what": row.title or row.number}
            found.append({"text": words, "shape": "needs", "url": reverse("grants:own_application", args=[row.id])})
        if row.state is ApplicationState.DRAFT and row.closes_date and row.closes_date >= today:
            words = _("Skicka in ansökan till %(what)s senast %(day)s") % {
                "what": row.call_title, "day": days.dated(row.closes_date)
            }  # fmt: skip
            found.append({"text": words, "shape": "needs", "url": reverse("grants:draft", args=[row.id])})
    for grant in grants_given.listed(by=request.by, today=today):
        page_of = grants_given.page(by=request.by, grant_id=grant.id, today=today)
        latest = page_of.agreements[0] if page_of and page_of.agreements else None
        if latest is not None and latest.receiver_signed_at is None:
            words = _("Läs och skriv under avtalet om %(what)s") % {"what": grant.title}
            found.append({"text": words, "shape": "needs", "url": reverse("grants:own_grant", args=[grant.id])})
    return found


@require_POST
@page(needs=Permission.APPLY_FOR_GRANTS)
def begin(request: Any, call_id: UUID) -> HttpResponse:
    """Begin a draft, empty or from an earlier application."""
    earlier = request.POST.get("follows", "")
    made = applications.begin(by=request.by, call_id=call_id, follows_id=UUID(earlier) if earlier else None)
    messages.success(request, _("Utkastet är ert eget: ingen i staden kan läsa det förrän ni skickar in det."))
    return afterwards.to("grants:draft", made)


@page(needs=Permission.APPLY_FOR_GRANTS)
def application(request: Any, application_id: UUID) -> HttpResponse:
    """What is sent, with its receipt; completing it and taking it back."""
    if request.method == "POST" and request.POST.get("do") == "file":
        return _add_file(request, application_id)

    def found() -> grant_applications.ApplicationPage:
        one = grant_applications.page(by=request.by, application_id=application_id)
        if one is None:
            raise Http404
        return one

    def build(data: Any) -> list[Section]:
        return _sections(request, found(), data)

    def render_all(made: list[Section]) -> HttpResponse:
        one = found()
        if one.row.state is ApplicationState.DRAFT:
            return afterwards.to("grants:draft", application_id)
        context = {
            **application_shown(one, "grants:own_file"),
            "line": application_line(one.row),
            "sections": made,
            "accept": uploading.ACCEPT,
        }
        return frames.draw(request, "grants/receipt.html", context, (one.row.number, ""))

    return sections.serve(request, build, render_all)


def _add_file(request: Any, application_id: UUID) -> HttpResponse:
    """A file to the completion that the city office asked for."""
    try:
        uploading.keep(request, application_id=application_id)
    except Refused as refusal:
        refusals.tell(request, refusal)
    else:
        messages.success(request, _("Filen är tillagd."))
    return afterwards.at(request.path)


def _sections(request: Any, one: grant_applications.ApplicationPage, data: Any) -> list[Section]:
    open_states = (ApplicationState.RECEIVED, ApplicationState.ASSESSED, ApplicationState.PROPOSED)
    if one.row.state not in open_states:
        return []
    made: list[Section] = []
    if one.row.waits_completion:
        form = Plain(
            {"text": forms.CharField(label=_("Ert svar"), widget=forms.Textarea(attrs={"rows": 4}), max_length=8000)},
            data_for(request, "komplettera", data),
        )

        def complete(sent: Any) -> str:
            applications.complete(by=request.by, application_id=one.row.id, text=sent.cleaned_data["text"])
            return _("Kompletteringen är inskickad.")

        made.append(Section("komplettera", _("Komplettera"), form, _("Skicka kompletteringen"), complete, main=True))
    if may(request.by.role, Permission.SIGN_FOR_ORGANISATION):
        form = Plain(
            {"reason": forms.CharField(label=_("Varför"), max_length=500)}, data_for(request, "ta-tillbaka", data)
        )

        def withdraw(sent: Any) -> str:
            applications.withdraw(by=request.by, application_id=one.row.id, reason=sent.cleaned_data["reason"])
            return _("Ansökan är tillbakatagen. Det ni skickade finns kvar hos staden som inkommen handling.")

        made.append(Section("ta-tillbaka", _("Ta tillbaka"), form, _("Ta tillbaka ansökan"), withdraw, aside=True))
    return made


@page(needs=Permission.APPLY_FOR_GRANTS)
def grant(request: Any, grant_id: UUID) -> HttpResponse:
    """One's own grant: the agreement to sign, what is paid and why not, what to report."""

    def found() -> grants_given.GrantPage:
        one = grants_given.page(by=request.by, grant_id=grant_id, today=timezone.localdate())
        if one is None:
            raise Http404
        return one

    def build(_data: Any) -> list[Section]:
        one = found()
        latest = one.agreements[0] if one.agreements else None
        if latest is None or latest.receiver_signed_at is not None:
            return []
        if not may(request.by.role, Permission.SIGN_FOR_ORGANISATION):
            text = _("Er firmatecknare skriver under. Be hen att logga in.")
            return [Section("skriv-under", _("Avtalet väntar på er underskrift"), text=text)]

        def sign(_sent: Any) -> str:
            agreements.sign(by=request.by, grant_id=one.row.id, version=latest.version)
            return _("Avtalet är underskrivet av er.")

        words = _("Version %(n)d, upprättad av %(who)s") % {"n": latest.version, "who": latest.made_by}
        return [
            Section(
                "skriv-under", _("Skriv under avtalet"), None, _("Skriv under för oss"), sign, text=words, main=True
            )
        ]

    def render_all(made: list[Section]) -> HttpResponse:
        one = found()
        context = {**grant_shown(one, "grants:own_report"), "sections": made, "inside": False}
        return frames.draw(request, "grants/grant.html", context, (one.row.title, ""))

    return sections.serve(request, build, render_all)
