"""How much each team and each process lead has, by phase, as sentences beside the choice between them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samkraft.initiatives.queries.teams import MemberRow
from samkraft.people.queries import team_loads
from samkraft.people.queries.team_loads import TeamLoad


def of_teams(loads: list[TeamLoad]) -> list[dict[str, Any]]:
    """One line for each team of which something is known: how many, whether it is full, and how they divide over the phases."""
    told = [one for one in loads if one.known or one.total is not None]
    return [{"text": _team(one), "src": by_phase(one.in_phase), "warn": _full(one)} for one in told]


def of_leads(team_id: UUID, members: tuple[MemberRow, ...]) -> list[dict[str, Any]]:
    """One line for each who could lead, fewest first."""
    found = team_loads.of_leads(team_id)
    rows = [
        (sum(found.get(one.membership_id, {}).values()), one) for one in members if one.can_lead and not one.personal
    ]
    return [
        {
            "text": ngettext("{name} leder {number} process", "{name} leder {number} processer", number).format(
                name=one.name, number=number
            ),
            "src": by_phase(found.get(one.membership_id, {})),
        }
        for number, one in sorted(rows, key=lambda row: (row[0], row[1].name))
    ]


def by_phase(in_phase: Mapping[int, int]) -> str:
    """`fas 1: 20 · fas 2: 41`; empty for none."""
    return " · ".join(
        _("fas {phase}: {number}").format(phase=phase, number=number)
        if phase
        else _("utan fas: {number}").format(number=number)
        for phase, number in sorted(in_phase.items())
    )


def _team(one: TeamLoad) -> str:
    if one.total is None:
        return ngettext(
            "{team}: ni känner till {number} av dem som deltar",
            "{team}: ni känner till {number} av dem som deltar",
            one.known,
        ).format(team=one.name, number=one.known)
    return _("{team}: {total} av {places} platser").format(team=one.name, total=one.total, places=one.places)


def _full(one: TeamLoad) -> str:
    if one.free is None or one.free > 0:
        return ""
    return _("fullt") if one.free == 0 else _("{number} över").format(number=-one.free)
