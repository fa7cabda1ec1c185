"""Matters and funds."""

from urllib.parse import urlencode

from django.utils.translation import gettext as _

from samkraft.money.queries import fund_families
from samkraft.money.queries import matters as registry
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.context import Context
from samkraft.web.search.hits import Group, Hit, address, group


def matters(by: Context, words: list[str]) -> Group | None:
    """By case number, title or a document's title."""
    if not may(by.role, Permission.SEE_MONEY):
        return None
    search = " ".join(words)
    hits = [
        Hit(row.title, address("money:matter", row.id), row.case_number)
        for row in registry.listed(by=by, search=search)
    ]
    return group(_("Ärenden"), "file-text", hits, f"{address('money:matters')}?{urlencode({'q': search})}")


def funds(by: Context, words: list[str]) -> Group | None:
    """By name."""
    if not may(by.role, Permission.SEE_MONEY):
        return None
    hits = [
        Hit(fund.name, address("money:fund", fund.code), _years(fund))
        for family in fund_families.listed()
        for fund in family.members
        if all(word.casefold() in fund.name.casefold() for word in words)
    ]
    return group(_("Satsningar"), "coins", hits)


def _years(fund: fund_families.Member) -> str:
    if fund.last_year is None:
        return _("från %(first)d") % {"first": fund.first_year}
    return f"{fund.first_year}–{fund.last_year}"
