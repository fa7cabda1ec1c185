"""EU projects: the list, one project's outcome against its budget, and the budget itself."""

from fractions import Fraction
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from samkraft.money.queries.eu import eu_projects as queries
from samkraft.money.queries.eu.eu_projects import BudgetPage, LineRow, ProjectPage
from samkraft.money.rules.eu import eu_budgets, eu_outcomes
from samkraft.money.rules.eu.eu_budgets import COSTS, FINANCING, LABELS, RowKind
from samkraft.money.rules.eu.eu_outcomes import STEP_LABELS
from samkraft.money.rules.eu.eu_statements import LABELS as STATEMENTS
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.period import Period
from samkraft.values.wording import phrase
from samkraft.web import exports, figures, shell
from samkraft.web.acting import page
from samkraft.web.charts import spent_over_months
from samkraft.web.charts.spent_over_months import Ahead
from samkraft.web.eu import frames, needs
from samkraft.web.exports import Head

HEADS = (
    Head(phrase("Rad")),
    Head(phrase("Budget, kr"), "ore"),
    Head(phrase("Hittills, kr"), "ore"),
    Head(phrase("Lägst vid slutet, kr"), "ore"),
    Head(phrase("Troligt vid slutet, kr"), "ore"),
    Head(phrase("Högst vid slutet, kr"), "ore"),
)


@page(needs=Permission.SEE_MONEY)
def index(request: Any) -> HttpResponse:
    """All EU projects."""
    frame = shell.of(request)
    frame.crumbs = [{"label": _("Medel"), "url": reverse("money:home")}, {"label": _("EU-projekt"), "url": ""}]
    rows = [
        {"row": row, "url": reverse("eu:project", args=[row.code]), "last_day": row.period.last_day}
        for row in queries.listed(by=request.by)
    ]
    new_url = reverse("eu:project_new") if may(request.by.role, Permission.MANAGE_EU_PROJECTS) else ""
    return render(request, "eu/projects.html", {"shell": frame, "rows": rows, "new_url": new_url})


@page(needs=Permission.SEE_MONEY)
def show(request: Any, code: str) -> HttpResponse:
    """Outcome against budget, the forecast, and the claims. Query: `fil`."""
    project = frames.found(request, code)
    if file := exports.wanted(request):
        return exports.answer(file, project.row.code, HEADS, (_cells(line) for line in project.lines))
    context = {
        **frames.frame(request, project),
        "chart": chart(project),
        "cost_lines": [_line(line) for line in project.lines if line.kind in COSTS],
        "paid_lines": [_line(line) for line in project.lines if line.kind in FINANCING],
        "claims": [
            {
                "row": claim,
                "url": reverse("eu:claim", args=[code, claim.id]),
                "months": frames.months_in_words(
                    claim.period.start_date, claim.period.end_date or claim.period.start_date
                ),
                "state": (frames.TONES[claim.standing], _(STEP_LABELS[claim.standing])),
                "costs": figures.kronor(claim.costs_ore) if claim.rows else "",
            }
            for claim in project.claims
        ],
        "above_hours": frames.hours_in_words(project.outcome.above_minutes) if project.outcome.above_minutes else "",
        "missing_rates": sorted(project.outcome.missing_rates),
        "has_assumed": bool(project.outcome.assumed_rates),
    }
    return render(request, "eu/project.html", context)


@page(needs=Permission.SEE_MONEY)
def budget(request: Any, code: str) -> HttpResponse:
    """The budget with its sums, shares and what does not add up. Query: `version`."""
    project = frames.found(request, code)
    number = request.GET.get("version", "")
    chosen = next((one for one in project.budgets if str(one.number) == number), project.budget)
    context = {**frames.frame(request, project, "budget", _("Budget")), "chosen": chosen, "rates": _rates(project)}
    if chosen is not None:
        context |= _budget(chosen, project)
    return render(request, "eu/budget.html", context)


def _budget(chosen: BudgetPage, project: ProjectPage) -> dict[str, Any]:
    phases = list(dict.fromkeys(row.phase for row in chosen.rows if row.phase))
    demand = chosen.demand
    return {
        "phases": phases,
        "costs": [
            {
                "name": _(LABELS[kind]),
                "amounts": [(phase, figures.amount(_sum(chosen, kind, phase))) for phase in phases],
                "sum": figures.amount(_sum(chosen, kind)),
            }
            for kind in COSTS
        ],
        "financing": [
            {"name": _(LABELS[row.kind]), "who": row.financier, "amount": figures.amount(row.amount_ore),
             "unsaid": not row.financier and row.kind in (*eu_budgets.CASH, *eu_budgets.IN_KIND) and row.amount_ore > 0}
            for row in chosen.rows if row.kind in FINANCING
        ],
        "checks": [(_(check.name), check) for check in chosen.checks],
        "said": [
            {"row": one, "does": capfirst(_(STATEMENTS[one.kind])), "about": _(LABELS[one.row_kind]),
             "amount": figures.amount(_sum(chosen, one.row_kind))}
            for one in chosen.statements
        ],
        "support_share": _percent(chosen.sums.support_share),
        "cofinancing_share": _percent(chosen.sums.cofinancing_share),
        "demanded": figures.decimal(demand.demand.percent, 2),
        "decimals": demand.demand.decimals,
        "short": figures.kronor(-(-demand.short_ore // 100) * 100),
        "versions": [
            {"number": one.number, "url": f"{reverse('eu:budget', args=[project.row.code])}?version={one.number}"}
            for one in project.budgets if one is not chosen
        ],
    }  # fmt: skip


def _sum(chosen: BudgetPage, kind: RowKind, phase: str | None = None) -> int:
    return sum(row.amount_ore for row in chosen.rows if row.kind is kind and phase in (None, row.phase))


def _rates(project: ProjectPage) -> list[dict[str, Any]]:
    return [
        {"rate": rate, "last_day": rate.period.last_day, "an_hour": figures.kronor(rate.ore_per_hour)}
        for rate in project.rates
    ]


def _percent(share: Fraction) -> str:
    """Four decimals: rounding to two is what hides a missing krona."""
    return f"{figures.decimal(eu_budgets.rounded(share, 4), 4)}{figures.HARD_SPACE}%"


def _line(line: LineRow) -> dict[str, Any]:
    forecast = line.forecast
    over = forecast is not None and line.budget_ore > 0 and forecast.expected_ore > line.budget_ore
    return {
        "line": line,
        "name": _(LABELS[line.kind]),
        "forecast": forecast,
        "over": over,
        "expected": figures.kronor(_whole(forecast.expected_ore)) if forecast else "",
        "difference": figures.kronor(_whole(abs(forecast.expected_ore - line.budget_ore))) if forecast else "",
    }


def _whole(ore: int) -> int:
    """To the nearest krona: a forecast knows no öre."""
    return round(ore / 100) * 100


def _cells(line: LineRow) -> list[object]:
    ahead = line.forecast
    ends = [ahead.low_ore, ahead.expected_ore, ahead.high_ore] if ahead else ["", "", ""]
    return [_(LABELS[line.kind]), line.budget_ore, line.spent_ore, *ends]


def chart(project: ProjectPage) -> dict[str, Any] | None:
    """All costs month by month as a picture with its table; None before three months are known."""
    end = project.row.period.end_date
    by_month = needs.costs_by_month(project)
    if end is None or len(by_month) < 3:
        return None
    months = eu_outcomes.months_of(Period(project.row.period.start_date, end))
    forecast = eu_outcomes.foresee(sorted(by_month.items()), months[-1])
    ceiling = project.budget.sums.costs_ore if project.budget else 0
    assert forecast is not None
    ticks = spent_over_months.steps(max(ceiling, forecast.high_ore))
    wide, narrow = (
        spent_over_months.draw(
            sorted(by_month.items()),
            months,
            ceiling_ore=ceiling,
            ceiling_words=_("budget %(amount)s") % {"amount": figures.millions(ceiling)},
            ahead=Ahead(forecast.low_ore, forecast.expected_ore, forecast.high_ore),
            words={ore: figures.millions(ore) if ore else "0" for ore in ticks},
            sheet=sheet,
        )
        for sheet in (spent_over_months.WIDE, spent_over_months.NARROW)
    )
    total, rows = 0, []
    for month, amount in sorted(by_month.items()):
        total += amount
        rows.append((frames.month_in_words(month), figures.kronor(amount), figures.kronor(total)))
    words = {
        "spent": figures.millions(forecast.so_far_ore), "month": frames.month_in_words(max(by_month)),
        "low": figures.millions(forecast.low_ore), "high": figures.millions(forecast.high_ore),
        "expected": figures.millions(forecast.expected_ore), "budget": figures.millions(ceiling) if ceiling else "",
    }  # fmt: skip
    return {"picture": wide, "narrow": narrow, "rows": rows, "words": words, "forecast": forecast}
