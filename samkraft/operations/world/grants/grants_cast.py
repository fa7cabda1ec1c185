"""Who does what with the demo's grants, and the words for what is invented."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from samkraft.operations.world.cast import acting, fund_officer, moment
from samkraft.operations.world.staff import email_of
from samkraft.partners.queries import organisations
from samkraft.partners.rules.roles import Role
from samkraft.values.context import Context

INVENTED = "Påhittat i demon."


@dataclass
class Cast:
    """Who does what."""

    karin: Context
    tomas: Context
    lotta: Context
    josef: Context
    nora: Context
    omar: Context
    hans: Context
    malin: Context
    ida: Context
    orgs: dict[str, UUID]
    today: date

    def ago(self, days: int, hour: int = 10) -> datetime:
        """An hour so many days ago."""
        day = self.today - timedelta(days=days)
        return moment(day.year, day.month, day.day, hour)


def gathered() -> Cast:
    """Everybody, as they act."""

    def who(name: str, role: Role) -> Context:
        return acting(email_of(name), role)

    return Cast(
        karin=fund_officer(),
        tomas=who("Tomas Hed", Role.FUND_OFFICER),
        lotta=who("Lotta Vinge", Role.GRANT_ASSESSOR),
        josef=who("Josef Haddad", Role.GRANT_ASSESSOR),
        nora=who("Nora Falk", Role.GRANTEE_REPORTER),
        omar=who("Omar Lindqvist", Role.GRANTEE_SIGNATORY),
        hans=who("Hans Ivarsson", Role.GRANTEE_REPORTER),
        malin=who("Malin Skoog", Role.GRANTEE_SIGNATORY),
        ida=who("Ida Ståhlberg", Role.GRANTEE_SIGNATORY),
        orgs=organisations.ids(),
        today=timezone.localdate(),
    )
