"""The true line on each card of the demo's sign-in page: what waits for that person, from the same queries as the pages."""

from django.utils import timezone
from django.utils.translation import ngettext

from samkraft.partners.queries.memberships import MembershipRow
from samkraft.partners.rules.roles import Role
from samkraft.values.period import day_in_stockholm
from samkraft.web.inbox import sources
from samkraft.web.money import home_facts
from samkraft.web.sign_in.demo_people import tells


@tells(Role.FUND_OFFICER, Role.COMMITTEE_CONTROLLER, Role.COUNCILLOR)
def about_money(row: MembershipRow) -> str:
    """What is left to explain, or to answer for; else what waits in the inbox."""
    today = day_in_stockholm(timezone.now())
    return home_facts.true_line(row.context(), today) or in_the_inbox(row)


@tells(
    Role.MAIN_PROJECT_LEADER,
    Role.SUBPROJECT_LEADER,
    Role.PROJECT_ADMINISTRATOR,
    Role.PROJECT_ECONOMIST,
    Role.STEERING_GROUP,
)
def in_the_inbox(row: MembershipRow) -> str:
    """How many things wait in the inbox; nothing when none does."""
    count = sources.number(row.context(), day_in_stockholm(timezone.now()))
    if not count:
        return ""
    words = ngettext("%(count)d sak väntar i inkorgen", "%(count)d saker väntar i inkorgen", count)
    return words % {"count": count}
