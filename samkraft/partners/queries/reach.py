"""Which organisations an administrator gives roles in (the rule is `rules.reach`)."""

from uuid import UUID

from django.utils import timezone

from samkraft.partners.models import Membership, Organisation
from samkraft.partners.queries import organisations
from samkraft.partners.rules import reach
from samkraft.partners.rules.memberships import OUT_OF_REACH
from samkraft.partners.rules.organisations import OrganisationKind
from samkraft.partners.rules.roles import Role
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Refused


def require(*, by: Context, organisation_id: UUID) -> None:
    """Refuse, naming who to ask, when the organisation hands out its own roles."""
    if who := administrators_elsewhere(by=by, organisation_id=organisation_id):
        name = Organisation.objects.values_list("name", flat=True).get(id=organisation_id)
        raise Refused(OUT_OF_REACH, organisation=name, who=", ".join(who))


def administrators_elsewhere(*, by: Context, organisation_id: UUID) -> list[str]:
    """The names of those who hand out roles there instead; empty when the administrator may do it."""
    their_top = organisations.top_of(organisation_id)
    own_top = organisations.top_of(by.organisation_id)
    kind = OrganisationKind(Organisation.objects.values_list("kind", flat=True).get(id=organisation_id))
    today = day_in_stockholm(timezone.now())
    holders = Membership.objects.filter(
        role=Role.SYSTEM_ADMINISTRATOR.value, valid__contains=today, user__is_active=True
    ).select_related("user")
    theirs = [row for row in holders if organisations.top_of(row.organisation_id) == their_top]
    if reach.is_within(own_top=own_top, their_top=their_top, their_kind=kind, has_own_administrator=bool(theirs)):
        return []
    return sorted(row.user.name for row in theirs)


def organisations_of(user_id: UUID) -> list[UUID]:
    """Where a person has roles that have not ended."""
    today = day_in_stockholm(timezone.now())
    rows = Membership.objects.filter(user_id=user_id).order_by("id").values_list("organisation_id", "valid")
    return list({organisation for organisation, valid in rows if valid.upper is None or valid.upper > today})
