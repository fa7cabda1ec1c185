"""What needs someone in the money: counts that are links. Also the line of truth on the demo's sign-in page."""

from dataclasses import dataclass
from datetime import date

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samkraft.initiatives.queries import duties
from samkraft.money.queries import year_overview
from samkraft.money.queries.contradictions import contradictions
from samkraft.money.queries.flow import flow as flows
from samkraft.partners.queries import organisations
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.context import Context
from samkraft.web import figures
from samkraft.web.money.space import Space


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that needs someone: its shape, its words and where it is done."""

    kind: str
    words: str
    url: str


def needs(by: Context, today: date, space: Space) -> list[Need]:
    """What needs someone now, the most urgent first. What needs nobody is left out."""
    found: list[Need | None] = []
    whole = None if may(by.role, Permission.REQUEST_MONEY) else flows.read(by=by)  # a committee answers for its own
    if whole and whole.unexplained_ore and whole.year < today.year:
        words = _("%(amount)s av budgeten %(year)d är kvar att förklara")
        words %= {"amount": figures.kronor(whole.unexplained_ore), "year": whole.year}
        found.append(Need("overdue", words, space.url("flow", ar=whole.year, satsning=whole.members[0].code)))
    found += [_unexplained_before(by, whole, today, space), _late(by, today), _contradictions(by)]
    if may(by.role, Permission.REGISTER_DECISIONS):
        found.append(_proposals(by))
    return [need for need in found if need]


def _unexplained_before(by: Context, latest: flows.Flow | None, today: date, space: Space) -> Need | None:
    """The latest earlier year of the weightiest family whose budget is not explained."""
    if latest is None:
        return None
    for year in reversed([each for each in latest.family.budget_years if each < latest.year and each < today.year]):
        whole = flows.of_family(latest.family, year)
        if whole.unexplained_ore:
            words = _("%(amount)s av budgeten %(year)d är kvar att förklara")
            words %= {"amount": figures.kronor(whole.unexplained_ore), "year": year}
            return Need("overdue", words, space.url("flow", ar=year, satsning=whole.members[0].code))
    return None


def _late(by: Context, today: date) -> Need | None:
    body = None if may(by.role, Permission.MANAGE_DUTIES) else by.organisation_id
    count = len(duties.late(today=today, body_id=body))
    words = ngettext("%(count)d uppgift i årshjulet är försenad", "%(count)d uppgifter i årshjulet är försenade", count)
    return Need("overdue", words % {"count": count}, _url("duties:wheel")) if count else None


def _contradictions(by: Context) -> Need | None:
    if may(by.role, Permission.REQUEST_MONEY):
        return None
    count = contradictions.number_open(by=by)
    words = ngettext(
        "%(count)d uppgift skiljer sig mellan källor", "%(count)d uppgifter skiljer sig mellan källor", count
    )
    return Need("needs", words % {"count": count}, _url("money:contradictions")) if count else None


def _proposals(by: Context) -> Need | None:
    count = year_overview.proposals_without_decision(by=by)
    words = ngettext("%(count)d ärende väntar på beslut", "%(count)d ärenden väntar på beslut", count)
    return Need("needs", words % {"count": count}, _url("money:matters")) if count else None


def own_code(by: Context) -> str:
    """The code of the organisation that the person acts for."""
    return next((code for code, key in organisations.ids().items() if key == by.organisation_id), "")


def true_line(by: Context, today: date) -> str:
    """What is true of the money for this role, in a few words."""
    latest = flows.read(by=by)
    if latest is None:
        return ""
    if may(by.role, Permission.REQUEST_MONEY):
        own = year_overview.of_body(by=by, organisation_id=by.organisation_id, year=latest.year)
        known = sum(row.received.known_ore for row in own)
        words = _("%(amount)s att redovisa för %(year)d")
        return words % {"amount": figures.kronor(known), "year": latest.year} if known else ""
    for year in (one for one in reversed(latest.family.budget_years) if one < today.year):
        left = flows.of_family(latest.family, year).unexplained_ore
        if left:
            return _("%(amount)s kvar att förklara") % {"amount": figures.kronor(left)}
    return ""


def _url(route: str) -> str:
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""
