"""Writes an instance as data for JSON, so that reading it gives the same instance."""

from typing import Any

from samkraft.analysis.allotment import reading_rules
from samkraft.analysis.allotment.instance import Activity, Instance, Need, Person, Wish
from samkraft.analysis.allotment.reading import FORMAT


def data(instance: Instance) -> dict[str, Any]:
    """The instance as `reading` reads it."""
    made: dict[str, Any] = {"format": FORMAT, "weeks": instance.weeks}
    if instance.made_by:
        made["made_by"] = instance.made_by
    made["activities"] = [_activity(one) for one in instance.activities]
    made["people"] = [_person(one) for one in instance.people]
    made["rules"] = [reading_rules.written(rule) for rule in instance.rules]
    return made


def _activity(one: Activity) -> dict[str, Any]:
    made: dict[str, Any] = {"id": one.id}
    if one.name:
        made["name"] = one.name
    made |= {"weeks": one.weeks, "starts": [{"week": start.week, "places": start.places} for start in one.starts]}
    if one.requires:
        made["requires"] = sorted(one.requires)
    return made


def _person(one: Person) -> dict[str, Any]:
    made: dict[str, Any] = {"id": one.id, "joined": one.joined}
    if one.ready:
        made["ready"] = one.ready
    if one.priority != 1:
        made["priority"] = one.priority
    if one.groups:
        made["groups"] = dict(one.groups)
    if one.has:
        made["has"] = sorted(one.has)
    if one.away:
        made["away"] = [{"from": first, "until": until} for first, until in one.away]
    if one.holds:
        made["holds"] = list(one.holds)
    made["needs"] = [_need(need) for need in one.tracks[0]]
    if len(one.tracks) > 1:
        made["beside"] = [[_need(need) for need in track] for track in one.tracks[1:]]
    return made


def _need(need: Need) -> dict[str, Any]:
    made: dict[str, Any] = {"wishes": {wish.activity: _wish(wish) for wish in need.wishes}}
    if need.gap:
        made["gap"] = need.gap
    if need.longest_gap is not None:
        made["longest_gap"] = need.longest_gap
    if need.may_skip:
        made["may_skip"] = True
    return made


def _wish(wish: Wish) -> Any:
    if wish.draws:
        return {"benefit": wish.benefit, "draws": list(wish.draws)}
    return {"benefit": wish.benefit, "se": wish.se} if wish.se else wish.benefit
