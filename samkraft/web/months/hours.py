"""Våra timmar: one's own hours of the month; for leaders those of others to attest; for who reports, all of them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import localize
from django.utils.translation import gettext as _

from samkraft.audit.actions import transactions
from samkraft.initiatives.queries import codes
from samkraft.partners.queries import areas
from samkraft.partners.rules.roles import ROLES, Permission, Role, may
from samkraft.people.actions.months import staff_hours as actions
from samkraft.people.queries.months import staff_hours as asked
from samkraft.people.rules.months import months
from samkraft.people.rules.months import staff_hours as rules
from samkraft.people.rules.months.staff_hours import HoursRow
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, days, refusals, shell
from samkraft.web.acting import page
from samkraft.web.months import frames

MOST_ATTESTED = 100


@page(needs=Permission.REPORT_OWN_HOURS)
def home(request: Any) -> HttpResponse:
    """On to last month, where hours are usually written."""
    month = months.step(months.of_day(timezone.localdate()), -1)
    found = [code for code, _name in _initiatives(request)]
    if not found:
        raise Http404
    return HttpResponseRedirect(reverse("months:hours", args=[found[0], month]))


@page(needs=Permission.REPORT_OWN_HOURS)
def show(request: Any, code: str, month: str) -> HttpResponse:
    """The month. Sent, one's own hours are reported or others' attested."""
    initiative_id = codes.initiatives().get(code)
    if initiative_id is None or not months.is_month(month):
        raise Http404
    if request.method == "POST":
        return _sent(request, code, month, initiative_id)
    return _page(request, code, month, initiative_id)


def _sent(request: Any, code: str, month: str, initiative_id: UUID) -> HttpResponse:
    typed = request.POST.get("timmar", "")
    try:
        if request.POST.get("gor") == "attestera":
            for key in _ids(request.POST.getlist("rad")):
                actions.attest(by=request.by, hours_id=key)
            messages.success(request, _("Timmarna är attesterade."))
        else:
            actions.report(by=request.by, initiative_id=initiative_id, month=month, hours=typed)
            messages.success(request, _("Dina timmar är rapporterade. En annan attesterar dem."))
    except Refused as refused:
        with transactions.read(request.by):
            return _page(request, code, month, initiative_id, refusals.explain(refused), typed)
    return afterwards.to("months:hours", code, month)


def _ids(sent: list[str]) -> list[UUID]:
    found = []
    for text in sent[:MOST_ATTESTED]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def _page(
    request: Any, code: str, month: str, initiative_id: UUID, refused: Any = None, typed: str = ""
) -> HttpResponse:
    by = request.by
    rows = asked.listed(by, initiative_id, month=month)
    over = rules.over_the_year(asked.listed(by, initiative_id, year=month[:4]), month[:4])
    mine = next((one for one in rows if one.membership_id == by.membership_id), None)
    may_attest = may(by.role, Permission.ATTEST_HOURS)
    labels = areas.labels()
    told = [_row(one, labels, over, may_attest and not one.attested_by and one.user_id != by.actor_id) for one in rows]
    month_name = days.month(months.span(month)[0])
    frame = shell.of(request)
    frame.crumbs = [{"label": _("Våra timmar"), "url": reverse("months:own_hours")}, {"label": month_name, "url": ""}]
    tabs: list[dict[str, Any]] = []
    if may(by.role, Permission.REPORT_TIME) and any(
        one[1] == code for one in frames.initiatives(by, timezone.localdate())
    ):
        where = frames.place(by, code, month)
        frame, tabs = frames.crumbs(request, where, _("Våra timmar")), frames.tabs(request, where, "hours")
    context = {
        "shell": frame, "tabs": tabs, "month_name": month_name, "mine": mine,
        "typed": typed or (_written(mine.hours) if mine else ""),
        "rows": told, "to_attest": sum(1 for one in told if one["may_attest"]), "refused": refused,
        "total": _written(sum(one.hours for one in rows)), "most": rules.MOST_IN_A_YEAR,
        "sees_others": len(rows) > (1 if mine else 0),
        "before": reverse("months:hours", args=[code, months.step(month, -1)]),
        "after": reverse("months:hours", args=[code, months.step(month, 1)])
        if month < months.of_day(timezone.localdate()) else "",
    }  # fmt: skip
    return render(request, "months/hours.html", context, status=409 if refused else 200)


def _row(one: HoursRow, labels: dict[UUID, Any], over: dict[UUID, float], may_attest: bool) -> dict[str, Any]:
    area = labels.get(one.area_id)
    return {
        "id": str(one.id), "name": one.name, "role": _(ROLES[Role(one.role)].name), "body": area.name if area else "",
        "hours": _written(one.hours), "attested_by": one.attested_by, "may_attest": may_attest,
        "over": _written(over[one.user_id]) if one.user_id in over else "",
    }  # fmt: skip


def _initiatives(request: Any) -> list[tuple[str, str]]:
    """Initiatives whose time reports are monthly: those of the reader's teams first, else all."""
    own = [(code, name) for _key, code, name in frames.initiatives(request.by, timezone.localdate())]
    return own or [(code, code) for code in frames.monthly_codes(timezone.localdate())]


def _written(hours: float) -> str:
    """`145` or `132,25`."""
    text: str = localize(hours)
    return text.removesuffix(",0").removesuffix(".0")
