"""From a krona to what we know: what an initiative has been given, decided, done and come to, each with the way on.

A reader meets the links that the role may open, and no figure that its page would not have shown. Numbers of people come out
of snapshots, and have passed the disclosure door. What is not known says so, and is never nought.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samkraft.initiatives.queries import resolutions, teams
from samkraft.initiatives.queries.undertakings import InitiativeRow
from samkraft.knowledge.queries import forecasts, scorecards, studies
from samkraft.knowledge.queries.scorecards import Scorecard
from samkraft.money.queries import efforts, funds, purposes
from samkraft.money.queries.eu import eu_projects
from samkraft.money.queries.eu.eu_projects import ProjectRow
from samkraft.money.queries.funds import FundPage, FundYear
from samkraft.money.rules.uses import UseStage
from samkraft.offer.queries import capacities
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm
from samkraft.web import days, figures
from samkraft.web.acting import opens
from samkraft.web.knowledge import words
from samkraft.web.knowledge.forecasts import words as forecast_words

PLANS, OUTCOMES = ("participants", "joint_plans"), ("to_work_or_studies", "lasting")
FEWEST = 3


@dataclass(frozen=True, slots=True)
class Told:
    """A figure and what it is of. url: empty when the reader has no page to open."""

    figure: str
    words: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A link of the chain. missing: what is said where nothing is told."""

    name: str
    told: tuple[Told, ...]
    missing: str


@dataclass(frozen=True, slots=True)
class _Asked:
    """Who reads, of what, and what several steps need."""

    by: Context
    row: InitiativeRow
    funds: tuple[FundPage, ...]
    projects: tuple[ProjectRow, ...]
    card: Scorecard | None

    def open(self, route: str, *arguments: object, **query: object) -> str:
        path = reverse(route, args=arguments) + (f"?{urlencode(query)}" if query else "")
        return path if opens(self.by.role, path) else ""


def of(by: Context, row: InitiativeRow) -> list[Step]:
    """The steps that the reader may know of; none when they are too few to be a chain."""
    money = may(by.role, Permission.SEE_MONEY)
    served = purposes.of_initiative(by=by, initiative_id=row.id) if money else []
    pages = tuple(found for one in served if (found := funds.page(by=by, code=one.code)))
    projects = tuple(eu_projects.of_initiative(row.id))
    asked = _Asked(
        by, row, pages, projects, scorecards.scorecard(row.id) if may(by.role, Permission.SEE_RESULTS) else None
    )
    steps = [
        _step(
            _("Kronor"), _krona, asked, _("Inga pengar är knutna till insatsen än.") if money and not projects else ""
        ),
        _step(_("Beslut"), _decisions, asked, ""),
        _step(_("Team"), _teams, asked, ""),
        _step(_("Planer"), _people(PLANS), asked, ""),
        _step(_("Platser"), _places, asked, ""),
        _step(_("Utfall"), _outcomes, asked, _("Inget utfall är känt än.") if pages or asked.card else ""),
        _step(_("Kunskap"), _knowledge, asked, ""),
    ]
    kept = [step for step in steps if step.told or step.missing]
    return kept if sum(bool(step.told) for step in kept) >= FEWEST else []


def _step(name: str, tell: Callable[[_Asked], Iterator[Told]], asked: _Asked, missing: str) -> Step:
    return Step(name, tuple(tell(asked)), missing)


def _krona(asked: _Asked) -> Iterator[Told]:
    for fund in asked.funds:
        if year := _latest(fund):
            said = _("i budget %(year)d") % {"year": year.year}
            yield Told(figures.millions(year.budget.ore), said, asked.open("money:fund", fund.code))
    for project in asked.projects:
        if url := asked.open("eu:project", project.code):
            spent = figures.millions(project.spent_ore)
            yield Told(spent, _("använda av %(total)s") % {"total": figures.millions(project.total_ore)}, url)


def _latest(fund: FundPage) -> FundYear | None:
    """The last year that has a budget: what was given is held against what was handed out of it."""
    return next((year for year in reversed(fund.years) if year.has_budget), None)


def _decisions(asked: _Asked) -> Iterator[Told]:
    for fund in asked.funds:
        if year := _latest(fund):
            given = figures.millions(year.allocated.ore) if year.allocated.ore != 0 else _("inget")
            url = asked.open("money:flow", satsning=fund.code, ar=year.year)
            yield Told(given, _("är utdelat för %(year)d") % {"year": year.year}, url)
    url = asked.open("governance:meetings", asked.row.code)
    if url and (found := resolutions.of_initiative(asked.row.id)):
        said = ngettext("beslut i styrningen", "beslut i styrningen", len(found))
        yield Told(figures.number(len(found)), said, url)
        if waiting := sum(one.waits_for_change for one in found):
            yield Told(figures.number(waiting), _("av dem ska genomföras"), url)


def _teams(asked: _Asked) -> Iterator[Told]:
    url = asked.open("teams:teams", asked.row.code)
    if url and (found := teams.teams(asked.row.id, on=day_in_stockholm(timezone.now()))):
        yield Told(figures.number(len(found)), _("team i dag"), url)


def _people(codes: tuple[str, ...]) -> Callable[[_Asked], Iterator[Told]]:
    def tell(asked: _Asked) -> Iterator[Told]:
        if asked.card is None or asked.card.snapshot is None:
            return
        for code in codes:
            line = asked.card.line(code)
            if line is None or line.indicator is None or (line.value is None and code != codes[0]):
                continue
            said = _(line.indicator.name)[:1].lower() + _(line.indicator.name)[1:]
            if line.item.target is not None:
                said = _("%(what)s, målet är %(target)s") % {"what": said, "target": words.target(line.item)}
            url = asked.open("results:indicator", asked.row.code, code)
            yield Told(words.value(line.indicator, line.figure), said, url)

    return tell


def _places(asked: _Asked) -> Iterator[Told]:
    url = asked.open("offer:catalogue")
    if not url and asked.card is None:
        return
    today = day_in_stockholm(timezone.now())
    measured = capacities.measured(since=today, until=today + timedelta(days=1), initiative_id=asked.row.id)
    if going_on := [one for one in measured if one.occasions]:
        said = ngettext("i %(number)d aktivitet i dag", "i %(number)d aktiviteter i dag", len(going_on))
        yield Told(
            figures.number(round(sum(one.places for one in going_on))), said % {"number": len(going_on)}, url
        )  # fmt: skip


def _outcomes(asked: _Asked) -> Iterator[Told]:
    yield from _people(OUTCOMES)(asked)
    if asked.funds:
        names = {fund.name for fund in asked.funds}
        told = [one for one in efforts.listed(by=asked.by, stage=UseStage.REPORTED.value) if one.fund in names]
        if told:
            said = ngettext("insats har redovisats", "insatser har redovisats", len(told))
            yield Told(figures.number(len(told)), said, asked.open("money:efforts", skede=UseStage.REPORTED.value))


def _knowledge(asked: _Asked) -> Iterator[Told]:
    if asked.card is None:
        return
    latest = forecasts.latest(asked.row.id)
    if latest is not None and (goals := [one for one in latest.result["goals"] if one["at"]]):
        told = goals[0]["at"][0]
        said = _("väntas %(day)s: %(goal)s") % {
            "day": days.full(forecast_words.day_of(told["before"])), "goal": goals[0]["text"].lower()
        }  # fmt: skip
        yield Told(
            forecast_words.between(told["range"]), said, asked.open("results:forecast", asked.row.code, latest.id)
        )  # fmt: skip
    if found := studies.listed(asked.row.id):
        said = ngettext("studie", "studier", len(found))
        yield Told(figures.number(len(found)), said, asked.open("results:studies", asked.row.code))
