"""Funds: the list and the page of one."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.money.queries import funds as queries
from samkraft.money.queries.funds import FundYear, KindSum
from samkraft.money.rules.budgets import LABELS
from samkraft.money.rules.points import SUPPORT_LABELS
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.period import day_in_stockholm
from samkraft.web import shell
from samkraft.web.acting import page
from samkraft.web.money.flow import flow_tree
from samkraft.web.money.space import INSIDE, Space


@page(needs=Permission.SEE_MONEY)
def index(request: Any) -> HttpResponse:
    """All funds."""
    return index_answer(request, INSIDE)


@page(needs=Permission.SEE_MONEY)
def show(request: Any, code: str) -> HttpResponse:
    """One fund."""
    return show_answer(request, INSIDE, code)


def index_answer(request: Any, space: Space) -> HttpResponse:
    """The list in either space."""
    frame = shell.of(request)
    frame.crumbs = [{"label": _("Medel"), "url": space.url("home")}, {"label": _("Satsningar"), "url": ""}]
    today = day_in_stockholm(timezone.now())
    rows = [
        {
            "fund": row,
            "url": space.url("fund", row.code),
            "latest": year_words(row.latest, today.year) if row.latest else None,
        }
        for row in queries.listed(by=request.by)
    ]
    context = {"shell": frame, "layout": space.layout, "space": space, "rows": rows, "may_manage": _may(request, space)}
    return render(request, "money/funds/index.html", context)


def show_answer(request: Any, space: Space, code: str) -> HttpResponse:
    """The page of one fund in either space."""
    fund = queries.page(by=request.by, code=code)
    if fund is None:
        raise Http404
    frame = shell.of(request)
    frame.crumbs = [
        {"label": _("Medel"), "url": space.url("home")},
        {"label": _("Satsningar"), "url": space.url("funds")},
        {"label": fund.name, "url": ""},
    ]
    today = day_in_stockholm(timezone.now())
    narrow = {"del": fund.code} if fund.follows or fund.followers else {}  # it shares its family's picture
    context = {
        "shell": frame, "layout": space.layout, "space": space, "fund": fund,
        "years": [
            {
                **year_words(year, today.year),
                "url": space.url("flow", ar=year.year, satsning=fund.code, **narrow),
                "budget_url": space.url("budget", fund.code, year.year),
            }
            for year in reversed(fund.years)
        ],
        "kinds": [(year, [kind_words(kind) for kind in kinds]) for year, kinds in reversed(fund.kinds) if kinds],
        "budgets": [(row, _(LABELS[row.carried])) for row in reversed(fund.budgets)],
        "committees": [(body, space.url("body", body.code)) for body in fund.committees],
        "follows_url": space.url("fund", fund.follows.code) if fund.follows else "",
        "followers": [(other, space.url("fund", other.code)) for other in fund.followers],
        "goals": [(goal, space.inside("goal", goal.code, part="goals")) for goal in fund.goals],
        "initiatives": [(one, space.inside("initiative", one.code, part="goals")) for one in fund.initiatives],
        "key_url": space.url("key", fund.code),
        "requests_url": f"{space.inside('requests')}?satsning={fund.code}" if space.inside("requests") else "",
        "may_manage": _may(request, space),
    }  # fmt: skip
    return render(request, "money/funds/fund.html", context)


def _may(request: Any, space: Space) -> bool:
    return not space.is_public and may(request.by.role, Permission.MANAGE_FUNDS)


def year_words(year: FundYear, this_year: int) -> dict[str, Any]:
    """A fund's year as words."""
    left = year.left_ore
    is_past = year.year < this_year
    if not year.has_budget:
        state = ("needs", _("väntar på fullmäktiges budget"))
    elif left is None:
        state = ("closed", _("går inte att räkna ut"))
    elif left == 0:
        state = ("ok", _("allt är fördelat"))
    else:
        state = ("overdue", _("kvar att förklara")) if is_past else ("needs", _("kvar att fördela"))
    return {
        "year": year.year,
        "budget": flow_tree.in_words(year.budget) if year.has_budget else _("inte registrerad"),
        "on_frame": flow_tree.in_words(year.on_frame) if year.on_frame != flow_tree.Amount() else "",
        "allocated": flow_tree.in_words(year.allocated),
        "waiting": flow_tree.in_words(year.waiting) if year.waiting != flow_tree.Amount() else "",
        "left_ore": left,
        "state": state,
    }


def kind_words(kind: KindSum) -> dict[str, Any]:
    """A kind of support with its sum."""
    return {
        "name": _(SUPPORT_LABELS[kind.support]),
        "amount": flow_tree.in_words(kind.amount),
        "is_within": kind.is_within,
    }
