"""What every page about a month starts with: which initiative, which month, and the words for both."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.initiatives.queries import codes
from samkraft.initiatives.queries import teams as arrangements
from samkraft.partners.rules.roles import Permission, Role, may
from samkraft.people.actions.months.months import least_weekly
from samkraft.people.queries import boards
from samkraft.people.queries.boards import Team
from samkraft.people.queries.months import months
from samkraft.people.rules.categories import READS, Category
from samkraft.people.rules.months import month_reasons
from samkraft.people.rules.months import months as rules
from samkraft.values.context import Context
from samkraft.values.refusal import Refused
from samkraft.web import days, shell


@dataclass(frozen=True, slots=True)
class Place:
    """An initiative with monthly reports that the reader works in, its teams, and the month that is looked at."""

    initiative_id: UUID
    code: str
    name: str
    teams: tuple[Team, ...]
    month: str
    today: date
    least: int | None = None  # the least hours a week

    @property
    def month_name(self) -> str:
        """`oktober 2026`."""
        return days.month(rules.span(self.month)[0])

    @property
    def team_names(self) -> dict[UUID, str]:
        """By id."""
        return {team.id: team.name for team in self.teams}

    @property
    def is_over(self) -> bool:
        """Whether the whole month has been."""
        return self.month < rules.of_day(self.today)


def initiatives(by: Context, today: date) -> list[tuple[UUID, str, str]]:
    """Those with monthly reports in whose teams the reader sits: id, code and name."""
    frame = boards.frame(by, today)
    of_id = {key: code for code, key in codes.initiatives().items()}
    found = {
        team.initiative_id: team.initiative_name
        for team in frame.teams
        if (way := frame.day.ways.get(team.initiative_id)) and way.monthly_time_report
    }
    return [(key, of_id[key], name) for key, name in found.items() if key in of_id]


def place(by: Context, code: str, month: str) -> Place:
    """The place that an address names. Raises Http404 for an initiative that is not the reader's, or no month."""
    today = timezone.localdate()
    if not rules.is_month(month):
        raise Refused(month_reasons.NO_SUCH_MONTH)
    frame = boards.frame(by, today)
    found = next((one for one in initiatives(by, today) if one[1] == code), None)
    if found is None:
        raise Http404
    teams = tuple(team for team in frame.teams if team.initiative_id == found[0])
    return Place(found[0], code, found[2], teams, month, today, least_weekly(found[0], month))


def first_open(by: Context, initiative_id: UUID, today: date) -> str:
    """The month to work with: the earliest that is over and not closed, else the one that goes on."""
    this = rules.of_day(today)
    first = months.first_month(by, initiative_id) or this
    closed = months.newest(months.closings(by, initiative_id))
    return next((one for one in rules.between(first, rules.step(this, -1)) if one not in closed), this)


def crumbs(request: Any, where: Place, *labels: str) -> shell.Shell:
    """The frame with where one is."""
    frame = shell.of(request)
    address = reverse("months:month", args=[where.code, where.month])
    frame.crumbs = [
        {"label": _("Månaden"), "url": reverse("months:home")},
        {"label": where.month_name, "url": address if labels else ""},
        *({"label": label, "url": ""} for label in labels),
    ]
    return frame


def tabs(request: Any, where: Place, current: str) -> list[dict[str, Any]]:
    """The month's pages."""
    found = [
        ("month", _("Läget"), reverse("months:month", args=[where.code, where.month])),
        ("entry", _("Tidrapporter"), reverse("months:entry", args=[where.code, where.month])),
        ("forms", _("Blanketter"), reverse("months:forms", args=[where.code, where.month])),
        ("hours", _("Våra timmar"), reverse("months:hours", args=[where.code, where.month])),
    ]
    if may(request.by.role, Permission.ASSESS) and Category.INCOME_SOURCE in READS.get(Role(request.by.role), ()):
        found.append(("sus", _("Underlag till SUS"), reverse("months:sus", args=[where.code, where.month])))
    if may(request.by.role, Permission.ASSESS):
        found.append(("progression", _("Progression"), reverse("months:progression", args=[where.code])))
    return [{"label": label, "url": url, "current": key == current} for key, label, url in found]


def monthly_codes(today: date) -> list[str]:
    """The codes of all initiatives whose rules ask for a monthly report today: for leaders, who sit in no team."""
    found = []
    for code, key in sorted(codes.initiatives().items()):
        row = arrangements.rules_on(key, on=today)
        if row is not None and row.rules.monthly_time_report:
            found.append(code)
    return found
