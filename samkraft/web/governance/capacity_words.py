"""A change of teams or places in words."""

from django.utils.translation import gettext as _

from samkraft.initiatives.queries import teams
from samkraft.initiatives.queries.resolutions import CapacityRow
from samkraft.initiatives.rules.capacities import Asked, Change
from samkraft.web import days, figures


def in_words(asked: Asked | None) -> str:
    """What is proposed or decided; empty when nothing is."""
    if asked is None:
        return ""
    team = teams.team(asked.team_id, on=asked.from_date) if asked.team_id else None
    said = {
        "team": team.name if team else asked.name, "day": days.full(asked.from_date),
        "places": figures.number(asked.places or 0),
    }  # fmt: skip
    if asked.change is Change.OPEN:
        return _("%(team)s öppnar %(day)s med %(places)s platser.") % said
    if asked.change is Change.CLOSE:
        return _("%(team)s stänger. Sista dagen är %(day)s.") % said
    return _("%(team)s får %(places)s platser från och med %(day)s.") % said


def made_in_words(made: CapacityRow) -> str:
    """What was changed."""
    said = {
        "team": made.team_name, "day": days.full(made.from_date), "before": figures.number(made.places_before or 0),
        "after": figures.number(made.places_after or 0),
    }  # fmt: skip
    if made.change is Change.OPEN:
        return _("%(team)s öppnades med %(after)s platser från och med %(day)s.") % said
    if made.change is Change.CLOSE:
        return _("%(team)s med %(before)s platser stängs efter %(day)s.") % said
    return _("%(team)s gick från %(before)s till %(after)s platser.") % said
