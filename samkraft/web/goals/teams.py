"""The teams of an initiative, for its page."""

from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samkraft.initiatives.queries import codes, teams
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm
from samkraft.web.goals.links import Group, Link


def of_initiative(by: Context, initiative_id: UUID) -> Group | None:
    """The way to the teams, for those who may see them; also where there are none yet, for those who may add them."""
    if not may(by.role, Permission.SEE_TEAMS):
        return None
    found = teams.teams(initiative_id, on=day_in_stockholm(timezone.now()))
    if not found and not may(by.role, Permission.MANAGE_TEAMS):
        return None
    code = next(code for code, one in codes.initiatives().items() if one == initiative_id)
    note = ngettext("%(teams)d team i dag", "%(teams)d team i dag", len(found)) % {"teams": len(found)}
    return Group(_("Team"), (Link(_("Team, faser och regler"), reverse("teams:teams", args=[code]), note),))
