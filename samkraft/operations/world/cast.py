"""Who does what in the demo world: the context of one of its invented people."""

from datetime import datetime

from django.contrib.auth import get_user_model

from samkraft.partners.queries import memberships
from samkraft.partners.rules.roles import Role
from samkraft.values.context import Context
from samkraft.values.period import STOCKHOLM


def acting(email: str, role: Role) -> Context:
    """Act as this person in this role. Raises LookupError when the world has no such membership."""
    person = get_user_model().objects.get(email=email)
    for row in memberships.of_user(person.pk):
        if row.role is role:
            return row.context()
    raise LookupError(f"{email} is not {role}")


def fund_officer() -> Context:
    """Karin Wahl at the city office."""
    return acting("karin.wahl@exempel.invalid", Role.FUND_OFFICER)


def moment(year: int, month: int, day: int, hour: int = 10) -> datetime:
    """An hour of a day in Sweden."""
    return datetime(year, month, day, hour, tzinfo=STOCKHOLM)
