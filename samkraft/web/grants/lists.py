"""Lists: what has come in, what is granted, which reports are waited for; each can be narrowed and taken out as a file."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.money.queries.grants import grant_applications, grant_reports, grants_given
from samkraft.money.rules.grants.grant_kinds import AID_LABELS, REPORT_LABELS, STATE_LABELS, ApplicationState
from samkraft.money.rules.points import SUPPORT_LABELS
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.wording import phrase
from samkraft.web import exports
from samkraft.web.acting import page
from samkraft.web.exports import Head
from samkraft.web.grants import frames
from samkraft.web.grants.home import application_line, grant_line

APPLICATION_HEADS = (
    Head(phrase("Nummer")), Head(phrase("Organisation")), Head(phrase("Gäller")), Head(phrase("År"), "number"),
    Head(phrase("Sökt, kr"), "ore"), Head(phrase("Föreslaget, kr"), "ore"), Head(phrase("Läge")),
)  # fmt: skip
GRANT_HEADS = (
    Head(phrase("Organisation")), Head(phrase("Gäller")), Head(phrase("År"), "number"), Head(phrase("Sort")),
    Head(phrase("Beviljat, kr"), "ore"), Head(phrase("Utbetalt, kr"), "ore"), Head(phrase("Återkrävt, kr"), "ore"),
    Head(phrase("Diarienummer")), Head(phrase("Statsstöd")),
)  # fmt: skip


@page(needs=Permission.SEE_GRANTS)
def applications(request: Any) -> HttpResponse:
    """What has come in. Query: `lage`, `fil`."""
    rows = grant_applications.received(by=request.by)
    wanted = request.GET.get("lage", "")
    shown = [row for row in rows if wanted in ("", row.state.value)]
    if file := exports.wanted(request):
        cells = (
            [
                row.number,
                row.organisation,
                row.title,
                row.year,
                row.asked_ore,
                row.proposed_ore,
                _(STATE_LABELS[row.state]),
            ]
            for row in shown
        )
        return exports.answer(file, "ansokningar", APPLICATION_HEADS, cells)
    chips = [
        {"label": frames.capital(_(STATE_LABELS[state])), "url": "?" if state.value == wanted else f"?lage={state.value}",
         "count": many, "on": state.value == wanted}
        for state in ApplicationState
        if state is not ApplicationState.DRAFT and (many := sum(row.state is state for row in rows))
    ]  # fmt: skip
    context = {
        "tabs": frames.tabs(request, "applications"), "chips": chips, "rows": [application_line(row) for row in shown],
        "export_url": f"?lage={wanted}&fil=csv",
    }  # fmt: skip
    return frames.draw(request, "grants/applications.html", context, (_("Ansökningar"), ""))


@page(needs=Permission.SEE_GRANTS)
def given(request: Any) -> HttpResponse:
    """What is granted. Query: `fil`."""
    rows = grants_given.listed(by=request.by, today=timezone.localdate())
    if file := exports.wanted(request):
        cells = (
            [row.organisation, row.title, row.year, _(SUPPORT_LABELS[row.support]), row.amount_ore, row.paid_ore,
             row.recovered_ore, row.case_number, _(AID_LABELS[row.aid])]
            for row in rows
        )  # fmt: skip
        return exports.answer(file, "bidrag", GRANT_HEADS, cells)
    years = sorted({row.year for row in rows}, reverse=True)
    context = {
        "tabs": frames.tabs(request, "given"),
        "groups": [(year, [grant_line(row) for row in rows if row.year == year]) for year in years],
        "may_prepare": may(request.by.role, Permission.PREPARE_GRANTS),
    }
    return frames.draw(request, "grants/given.html", context, (_("Beviljade"), ""))


@page(needs=Permission.SEE_GRANTS)
def reports(request: Any) -> HttpResponse:
    """Reports: late first. Query: `visa` (sena, vantas, inne)."""
    rows = grant_reports.listed(by=request.by, today=timezone.localdate())
    kinds = {
        "sena": (_("Sena"), lambda row: row.is_late, "overdue"),
        "vantas": (_("Väntas"), lambda row: row.sent_at is None and not row.is_late, "closed"),
        "inne": (_("Att läsa"), lambda row: row.sent_at is not None and row.filed_at is None, "needs"),
        "klara": (_("Till handlingarna"), lambda row: row.filed_at is not None, "ok"),
    }
    wanted = request.GET.get("visa", "")
    chips = [
        {"label": label, "url": "?" if key == wanted else f"?visa={key}", "count": sum(map(fits, rows)), "on": key == wanted,
         "shape": shape}
        for key, (label, fits, shape) in kinds.items()
    ]  # fmt: skip
    shown = [row for row in rows if wanted not in kinds or kinds[wanted][1](row)]
    context = {
        "tabs": frames.tabs(request, "reports"), "chips": chips, "rows": [report_line(row) for row in shown]
    }  # fmt: skip
    return frames.draw(request, "grants/reports.html", context, (_("Rapporter"), ""))


def report_line(row: grants_given.ReportRow, route: str = "grants:report") -> dict[str, Any]:
    """A report as a row of a table."""
    if row.filed_at is not None:
        state = ("ok", _("lagd till handlingarna"))
    elif row.sent_at is not None:
        state = ("needs", _("inkommen"))
    elif row.is_late:
        state = ("overdue", _("försenad"))
    else:
        state = ("closed", _("väntas"))
    return {
        "row": row, "url": reverse(route, args=[row.id]), "kind": frames.word(REPORT_LABELS, row.kind), "state": state,
        "is_moved": row.due_date != row.first_due_date,
    }  # fmt: skip
