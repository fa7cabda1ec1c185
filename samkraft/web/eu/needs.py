"""What an EU project needs from whoever keeps its economy: months to note, hours, rates, claims, and what does not add up."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samkraft.money.queries.eu import eu_projects as queries
from samkraft.money.queries.eu.eu_projects import ProjectPage
from samkraft.money.rules.eu import eu_outcomes
from samkraft.money.rules.eu.eu_budgets import COSTS, LABELS, RowKind
from samkraft.money.rules.eu.eu_outcomes import ClaimStep
from samkraft.values.context import Context
from samkraft.values.period import Period, day_in_stockholm
from samkraft.web import days, figures
from samkraft.web.eu import frames

MOST_NAMED = 3
_ORDER = {"overdue": 0, "needs": 1, "closed": 2}


@dataclass(frozen=True, slots=True)
class Need:
    """One thing to do: its shape, what it is, a line below, and where it is done. `closed`: somebody else has it."""

    kind: str
    words: str
    more: str
    url: str


def of(by: Context, project: ProjectPage, today: date) -> list[Need]:
    """Everything, what is overdue first; what waits for others last."""
    found = (
        *_months(project, today), *_hours(by, project, today), *_rates(project), *_claims(project, today),
        *_unclaimed(project, today), *_over(project), *_budget(project),
    )  # fmt: skip
    return sorted(found, key=lambda one: _ORDER[one.kind])


def costs_by_month(project: ProjectPage) -> dict[date, int]:
    """Month → öre of all costs, less revenue."""
    found: dict[date, int] = {}
    for (kind, month), amount in project.outcome.by_month.items():
        if kind in COSTS:
            found[month] = found.get(month, 0) + (-amount if kind is RowKind.REVENUE else amount)
    return found


def over_months(project: ProjectPage, today: date) -> list[date]:
    """The project's months that are over."""
    period = project.row.period
    now = eu_outcomes.first_of_month(today)
    end = min(period.end_date or now, now)
    return eu_outcomes.months_of(Period(period.start_date, end)) if period.start_date < end else []


def _url(project: ProjectPage, route: str) -> str:
    return reverse(f"eu:{route}", args=[project.row.code])


def _months(project: ProjectPage, today: date) -> Iterator[Need]:
    noted = costs_by_month(project)
    missing = [month for month in over_months(project, today) if not noted.get(month)]
    if not missing:
        return
    last = over_months(project, today)[-1]
    words = _("Kostnader saknas för %(months)s") % {"months": _named(missing)}
    more = _("Läs in utfallet ur ekonomisystemet, eller skriv in kostnaderna.")
    yield Need("needs" if missing == [last] else "overdue", words, more, _url(project, "outcome_file"))


def _hours(by: Context, project: ProjectPage, today: date) -> Iterator[Need]:
    """Positions without hours in the last month that is over."""
    over = over_months(project, today)
    if not over:
        return
    last = over[-1]
    rows = queries.hours(by=by, project_id=project.row.id, year=last.year)
    without = [one.title for one in rows if last in one.period and last not in one.minutes]
    if without:
        said = {"count": len(without), "month": frames.month_in_words(last)}
        words = ngettext(
            "%(count)d tjänst saknar timmar för %(month)s",
            "%(count)d tjänster saknar timmar för %(month)s",
            len(without),
        )
        yield Need("needs", words % said, _first(without), f"{_url(project, 'hours')}?ar={last.year}")


def _rates(project: ProjectPage) -> Iterator[Need]:
    if missing := sorted(project.outcome.missing_rates):
        words = _("Timkostnad saknas för %(functions)s") % {"functions": ", ".join(missing)}
        yield Need("overdue", words, _("Deras timmar är inte räknade i kostnaden."), _url(project, "rate_new"))


def _claims(project: ProjectPage, today: date) -> Iterator[Need]:
    for claim in project.claims:
        if claim.standing in (ClaimStep.PAID, ClaimStep.WITHDRAWN):
            continue
        url = reverse("eu:claim", args=[project.row.code, claim.id])
        months = {"months": frames.months_in_words(claim.period.start_date, claim.period.end_date or today)}
        last = day_in_stockholm(claim.steps[-1].at)
        days_since = (today - last).days
        waited = ngettext("%(days)d dag, sedan %(day)s", "%(days)d dagar, sedan %(day)s", days_since)
        waited = waited % {"days": days_since, "day": days.dated(last)} if days_since else _("sedan i dag")
        kind, words = {
            ClaimStep.DRAFTED: ("closed", _("Ansökan för %(months)s väntar på att projektledaren intygar den")),
            ClaimStep.CERTIFIED: ("needs", _("Skicka ansökan för %(months)s: den är intygad")),
            ClaimStep.SENT: ("closed", _("Ansökan för %(months)s väntar på ESF-rådets svar")),
            ClaimStep.APPROVED: ("closed", _("Ansökan för %(months)s är godkänd och väntar på pengarna")),
        }[claim.standing]
        yield Need(kind, words % months, waited, url)


def _unclaimed(project: ProjectPage, today: date) -> Iterator[Need]:
    """Months that are over and noted, and that no claim holds."""
    months = unclaimed(project, today)
    if months:
        noted = costs_by_month(project)
        said = frames.months_in_words(months[0], eu_outcomes.following(months[-1]))
        words = _("Kan sökas: %(months)s") % {"months": said}
        more = _("%(amount)s i kostnader.") % {"amount": figures.kronor(sum(noted[one] for one in months))}
        yield Need("needs", words, more, _url(project, "claim_new"))


def unclaimed(project: ProjectPage, today: date) -> list[date]:
    """Months that are over and noted, and that no claim holds."""
    held = [one.period for one in project.claims if one.standing is not ClaimStep.WITHDRAWN]
    noted = costs_by_month(project)
    return [one for one in over_months(project, today) if noted.get(one) and not any(one in period for period in held)]


def _over(project: ProjectPage) -> Iterator[Need]:
    for line in project.lines:
        if line.kind in COSTS and line.forecast and 0 < line.budget_ore < line.forecast.expected_ore:
            said = {
                "row": _(LABELS[line.kind]), "over": figures.millions(line.forecast.expected_ore - line.budget_ore),
            }  # fmt: skip
            words = _("%(row)s ser ut att hamna %(over)s över budgeten") % said
            yield Need(
                "needs", words, _("Om det går på som de senaste månaderna."), f"{_url(project, 'project')}#costs"
            )


def _budget(project: ProjectPage) -> Iterator[Need]:
    """What the budget itself does not hold: the share that is demanded, and sums that are told otherwise."""
    budget = project.budget
    if budget is None:
        words = _("Projektet har ingen budget")
        yield Need("overdue", words, _("Utan den går inget att hålla utfallet mot."), _url(project, "budget"))
        return
    if not budget.demand.holds_exactly:
        words = _("Medfinansieringen är %(short)s under kravet") % {"short": figures.kronor(budget.demand.short_ore)}
        more = _("Avrundat når den kravet.") if budget.demand.holds_rounded else _("Också avrundat.")
        yield Need("needs", words, more, _url(project, "budget"))
    wrong = [one for one in budget.checks if not one.holds]
    if wrong:
        words = ngettext(
            "%(count)d summa i budgeten stämmer inte", "%(count)d summor i budgeten stämmer inte", len(wrong)
        )
        yield Need(
            "needs", words % {"count": len(wrong)}, _first([_(one.name) for one in wrong]), _url(project, "budget")
        )


def _named(months: Sequence[date]) -> str:
    """The first months by name, and how many more."""
    return _first([frames.month_in_words(one) for one in months])


def _first(names: Sequence[str]) -> str:
    said = ", ".join(names[:MOST_NAMED])
    if len(names) <= MOST_NAMED:
        return said
    rest = len(names) - MOST_NAMED
    return ngettext("%(first)s och %(rest)d till", "%(first)s och %(rest)d till", rest) % {"first": said, "rest": rest}
