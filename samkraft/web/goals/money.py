"""The funds behind a goal or an initiative, for its page."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from samkraft.money.queries import purposes
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.context import Context
from samkraft.web.goals.links import Group, Link
from samkraft.web.search.hits import address


def funds_of_goal(by: Context, goal_id: UUID) -> Group | None:
    """What pays for the goal."""
    return _group(purposes.of_goal(by=by, goal_id=goal_id)) if may(by.role, Permission.SEE_MONEY) else None


def funds_of_initiative(by: Context, initiative_id: UUID) -> Group | None:
    """What pays for the initiative."""
    found = purposes.of_initiative(by=by, initiative_id=initiative_id) if may(by.role, Permission.SEE_MONEY) else []
    return _group(found)


def _group(funds: Iterable[purposes.Served]) -> Group:
    links = [Link(fund.name, address("money:fund", fund.code), _years(fund)) for fund in funds]
    return Group(_("Pengar till det här"), tuple(link for link in links if link.url))


def _years(fund: purposes.Served) -> str:
    if fund.last_year is None:
        return _("från %(first)d") % {"first": fund.first_year}
    return f"{fund.first_year}–{fund.last_year}" if fund.last_year > fund.first_year else str(fund.first_year)
