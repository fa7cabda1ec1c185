"""Reads an instance from JSON and says, for each fault, where it stands and what is wrong; writes one back.

The format is `instance.schema.json` beside this file. Everything is checked before anything is counted.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any

from samkraft.analysis.allotment import reading_rules
from samkraft.analysis.allotment.faults import Faults
from samkraft.analysis.allotment.instance import Activity, Capacity, Instance, Need, Person, Start, Wish
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase, spoken

FORMAT = "samkraft-allotment-1"
NOT_JSON = Reason(
    "not_json", phrase("Filen är inte JSON: {what}."), phrase("Skriv samkraft allot --example för ett exempel.")
)


def read(text: str) -> Instance:
    """The instance in a JSON text. Raises Refused with everything that is wrong."""

    def refuse_constant(name: str) -> float:
        raise ValueError(spoken("{name} är inget tal", name=name))

    try:
        data = json.loads(text, parse_constant=refuse_constant)
    except (ValueError, RecursionError) as fault:
        raise Refused(NOT_JSON, what=str(fault)) from None
    faults = Faults()
    if not isinstance(data, dict):
        faults.add("", spoken("ska vara ett objekt med format, weeks, activities och people"))
        faults.refuse()
    return from_data(data, faults)


def from_data(data: dict[str, Any], faults: Faults) -> Instance:
    """The instance in data that JSON gave. Raises Refused."""
    faults.known(data, {"format", "weeks", "activities", "people", "rules", "made_by"}, "")
    if data.get("format") != FORMAT:
        faults.add("format", spoken("ska vara {format}", format=FORMAT))
    weeks = faults.whole(data, "weeks", "", least=1)
    if weeks > 520:
        faults.add("weeks", spoken("är högst 520"))
    activities = tuple(_each(data, "activities", faults, _activity))
    people = tuple(_each(data, "people", faults, _person))
    rules = reading_rules.read(data, faults)
    made = Instance(weeks, activities, people, rules, faults.text(data, "made_by", "", ""))
    _unique("activities", [one.id for one in activities], faults)
    _unique("people", [one.id for one in people], faults)
    _unique("rules", [one.id for one in rules], faults)
    if not activities or not people:
        faults.add("", spoken("det finns inga aktiviteter eller inga personer att fördela"))
    elif not any(start.places for one in activities for start in one.starts) and not _may_exceed(made):
        faults.add("activities", spoken("det finns inga platser att fördela"))
    faults.refuse()
    _wishes(made, faults)
    reading_rules.check(made, faults)
    faults.refuse()
    return made


def _may_exceed(instance: Instance) -> bool:
    """Whether places can be had beyond those that there are."""
    return any(rule.price is not None for rule in instance.of(Capacity))


def _each(data: dict[str, Any], key: str, faults: Faults, one: Callable[..., Any]) -> Iterator[Any]:
    for number, row in enumerate(faults.rows(data, key, "")):
        yield one(row, f"{key}[{number}]", faults)


def _unique(where: str, names: list[str], faults: Faults) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            faults.add(where, spoken("{name} finns två gånger", name=name))
        seen.add(name)


def _activity(row: dict[str, Any], where: str, faults: Faults) -> Activity:
    faults.known(row, {"id", "name", "weeks", "starts", "requires"}, where)
    starts = []
    for number, one in enumerate(faults.rows(row, "starts", where)):
        here = f"{where}.starts[{number}]"
        faults.known(one, {"week", "places"}, here)
        starts.append(Start(faults.whole(one, "week", here, least=0), faults.whole(one, "places", here, least=0)))
    _unique(f"{where}.starts", [spoken("vecka {week}", week=one.week) for one in starts], faults)
    name = faults.text(row, "id", where)
    if "@" in name:
        faults.add(f"{where}.id", spoken("får inte innehålla @"))
    return Activity(
        name,
        faults.whole(row, "weeks", where, least=1),
        tuple(starts),
        frozenset(faults.texts(row, "requires", where)),
        faults.text(row, "name", where, ""),
    )


def _person(row: dict[str, Any], where: str, faults: Faults) -> Person:
    faults.known(row, {"id", "joined", "ready", "priority", "groups", "has", "away", "holds", "needs", "beside"}, where)
    groups = row.get("groups", {})
    if not isinstance(groups, dict) or not all(isinstance(value, str) for value in groups.values()):
        faults.add(f"{where}.groups", spoken('ska vara som {"sex": "K"}'))
        groups = {}
    beside = row.get("beside", [])
    if not isinstance(beside, list):
        faults.add(f"{where}.beside", spoken("ska vara en lista av följder av behov"))
        beside = []
    tracks = [_needs(row, "needs", where, faults)]
    tracks += [_needs({"needs": one}, "needs", f"{where}.beside[{at}]", faults) for at, one in enumerate(beside)]
    return Person(
        faults.text(row, "id", where),
        tuple(tracks),
        faults.whole(row, "joined", where, 0),
        faults.whole(row, "ready", where, 0, least=0),
        faults.whole(row, "priority", where, 1, least=1),
        groups,
        frozenset(faults.texts(row, "has", where)),
        tuple(_away(row, where, faults)),
        faults.texts(row, "holds", where),
    )


def _away(row: dict[str, Any], where: str, faults: Faults) -> Iterator[tuple[int, int]]:
    for number, one in enumerate(faults.rows(row, "away", where, needed=False)):
        here = f"{where}.away[{number}]"
        faults.known(one, {"from", "until"}, here)
        first, until = faults.whole(one, "from", here), faults.whole(one, "until", here)
        if until <= first:
            faults.add(here, spoken("slutar innan det börjar"))
        yield first, until


def _needs(row: dict[str, Any], key: str, where: str, faults: Faults) -> tuple[Need, ...]:
    return tuple(
        _need(one, f"{where}.{key}[{number}]", faults) for number, one in enumerate(faults.rows(row, key, where))
    )


def _need(row: dict[str, Any], where: str, faults: Faults) -> Need:
    faults.known(row, {"wishes", "gap", "longest_gap", "may_skip"}, where)
    wishes = row.get("wishes")
    if not isinstance(wishes, dict) or not wishes:
        faults.add(f"{where}.wishes", spoken("ska ange minst en aktivitet med sin nytta"))
        wishes = {}
    gap = faults.whole(row, "gap", where, 0, least=0)
    longest = None if row.get("longest_gap") is None else faults.whole(row, "longest_gap", where, least=0)
    if longest is not None and longest < gap:
        faults.add(where, spoken("longest_gap är kortare än gap"))
    if not isinstance(row.get("may_skip", False), bool):
        faults.add(f"{where}.may_skip", spoken("ska vara true eller false"))
    found = tuple(_wish(name, value, f"{where}.wishes.{name}", faults) for name, value in wishes.items())
    return Need(found, gap, longest, bool(row.get("may_skip", False)))


def _wish(name: str, value: Any, where: str, faults: Faults) -> Wish:
    """A number; or {"benefit": …, "se": …}; or {"draws": […]}."""
    if not isinstance(value, dict):
        return Wish(name, faults.number({"benefit": value}, "benefit", where))
    faults.known(value, {"benefit", "se", "draws"}, where)
    if "draws" in value:
        draws = value["draws"]
        if not isinstance(draws, list) or len(draws) < 20:
            faults.add(f"{where}.draws", spoken("ska vara en lista av minst 20 dragningar"))
            return Wish(name, 0.0)
        numbers = tuple(faults.number({"draw": one}, "draw", f"{where}.draws") for one in draws)
        mean = faults.number(value, "benefit", where, sum(numbers) / len(numbers))
        return Wish(name, mean, 0.0, numbers)
    se = faults.number(value, "se", where, 0.0)
    if se < 0:
        faults.add(f"{where}.se", spoken("kan inte vara negativt"))
    return Wish(name, faults.number(value, "benefit", where), se)


def _wishes(instance: Instance, faults: Faults) -> None:
    """Wishes are for activities that exist, and either none or all of them have equally many draws."""
    known = {activity.id for activity in instance.activities}
    lengths = set()
    for number, person in enumerate(instance.people):
        for track in person.tracks:
            seen: set[str] = set()
            for need in track:
                for wish in need.wishes:
                    lengths.add(len(wish.draws))
                    if wish.activity not in known:
                        faults.add(
                            f"people[{number}]", spoken("önskar {activity}, som inte finns", activity=wish.activity)
                        )
                    if wish.activity in seen:
                        faults.add(
                            f"people[{number}]",
                            spoken("önskar {activity} i två steg av samma följd", activity=wish.activity),
                        )
                    seen.add(wish.activity)
    if len(lengths) > 1:
        faults.add("people", spoken("antingen har alla önskemål lika många dragningar (draws), eller inget"))
