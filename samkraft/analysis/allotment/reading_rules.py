"""Reads the rules of an instance: each kind has its own fields, and all may be hard, or soft with a price."""

from collections.abc import Callable
from typing import Any

from samkraft.analysis.allotment.faults import Faults
from samkraft.analysis.allotment.instance import (
    AtOnce,
    Capacity,
    Clash,
    Floor,
    Holdings,
    Instance,
    Lock,
    Pool,
    Priority,
    Rule,
    Together,
    Waiting,
)
from samkraft.values.wording import spoken

ALWAYS = {"id", "rule", "hard", "price"}
Reader = Callable[[dict[str, Any], str, Faults, str, float | None], Rule]


def _pool(row: dict[str, Any], where: str, faults: Faults, name: str, price: float | None) -> Rule:
    return Pool(name, price, faults.texts(row, "activities", where), faults.whole(row, "most", where, least=0))


def _floor(row: dict[str, Any], where: str, faults: Faults, name: str, price: float | None) -> Rule:
    share = faults.number(row, "share", where)
    if not 0 <= share <= 1:
        faults.add(f"{where}.share", spoken("ska vara mellan 0 och 1"))
    unit, base = faults.text(row, "unit", where, "benefit"), faults.text(row, "base", where, "eligible")
    if unit not in ("benefit", "places"):
        faults.add(f"{where}.unit", spoken("ska vara benefit eller places"))
    if base not in ("eligible", "all"):
        faults.add(f"{where}.base", spoken("ska vara eligible eller all"))
    return Floor(name, price, faults.text(row, "by", where), share, unit, base)


def _waiting(row: dict[str, Any], where: str, faults: Faults, name: str, price: float | None) -> Rule:
    loss = faults.number(row, "loss_per_week", where)
    if not 0 <= loss <= 1:
        faults.add(f"{where}.loss_per_week", spoken("ska vara mellan 0 och 1"))
    return Waiting(name, price, loss)


# Kind → (its own fields, reader).
KINDS: dict[str, tuple[set[str], Reader]] = {
    "capacity": (set(), lambda row, where, faults, name, price: Capacity(name, price)),
    "at_once": (
        {"most"},
        lambda row, where, faults, name, price: AtOnce(name, price, faults.whole(row, "most", where, least=1)),
    ),
    "pool": ({"activities", "most"}, _pool),
    "clash": (
        {"occasions"},
        lambda row, where, faults, name, price: Clash(name, price, faults.texts(row, "occasions", where)),
    ),
    "together": (
        {"people"},
        lambda row, where, faults, name, price: Together(name, price, faults.texts(row, "people", where)),
    ),
    "lock": (
        {"person", "occasion"},
        lambda row, where, faults, name, price: Lock(
            name, price, faults.text(row, "person", where), faults.text(row, "occasion", where)
        ),
    ),
    "holdings": (set(), lambda row, where, faults, name, price: Holdings(name, price)),
    "floor": ({"by", "share", "unit", "base"}, _floor),
    "priority": (set(), lambda row, where, faults, name, price: Priority(name, price)),
    "waiting": ({"loss_per_week"}, _waiting),
}
ONLY_HARD = ("priority", "waiting")
NAMES = {
    Capacity: "capacity", AtOnce: "at_once", Pool: "pool", Clash: "clash", Together: "together", Lock: "lock",
    Holdings: "holdings", Floor: "floor", Priority: "priority", Waiting: "waiting",
}  # fmt: skip


def read(data: dict[str, Any], faults: Faults) -> tuple[Rule, ...]:
    """Every rule in the file."""
    found = []
    for number, row in enumerate(faults.rows(data, "rules", "", needed=False)):
        where = f"rules[{number}]"
        kind = row.get("rule")
        if kind not in KINDS:
            faults.add(f"{where}.rule", spoken("ska vara en av {kinds}", kinds=", ".join(KINDS)))
            continue
        own, reader = KINDS[kind]
        faults.known(row, ALWAYS | own, where)
        found.append(
            reader(
                row,
                where,
                faults,
                faults.text(row, "id", where, f"{kind}-{number + 1}"),
                _price(row, kind, where, faults),
            )
        )
    return tuple(found)


def _price(row: dict[str, Any], kind: str, where: str, faults: Faults) -> float | None:
    hard = row.get("hard", "price" not in row)
    if not isinstance(hard, bool):
        faults.add(f"{where}.hard", spoken("ska vara true eller false"))
        return None
    if hard:
        if "price" in row:
            faults.add(f"{where}.price", spoken("en hård regel har inget pris"))
        return None
    if kind in ONLY_HARD:
        faults.add(f"{where}.hard", spoken("den här regeln är alltid hård"))
    price = faults.number(row, "price", where)
    if price < 0:
        faults.add(f"{where}.price", spoken("kan inte vara negativt"))
    return price


def check(instance: Instance, faults: Faults) -> None:
    """Rules name what exists, and only what they can be about."""
    people = {person.id: person for person in instance.people}
    activities = {activity.id for activity in instance.activities}
    occasions = {activity.occasion(start.week) for activity, start in instance.occasions()}
    held: dict[str, list[str]] = {}
    for rule in instance.rules:
        where = spoken("regeln {id}", id=rule.id)
        if isinstance(rule, Pool):
            held.setdefault("activities", []).extend(rule.activities)
            _exist(where, rule.activities, activities, faults)
        if isinstance(rule, Clash):
            _exist(where, rule.occasions, occasions, faults)
        if isinstance(rule, Lock):
            _exist(where, (rule.person,), set(people), faults)
            _exist(where, (rule.occasion,), occasions, faults)
            if rule.person in people and not _wished(people[rule.person], rule.occasion):
                faults.add(
                    where, spoken("{person} har inte önskat {occasion}", person=rule.person, occasion=rule.occasion)
                )
        if isinstance(rule, Floor) and not any(rule.by in person.groups for person in instance.people):
            faults.add(where, spoken("ingen person har gruppen {by}", by=rule.by))
        if isinstance(rule, Together):
            _together(rule, people, faults)
    for person in instance.people:
        for occasion in person.holds:
            if occasion not in occasions or not _wished(person, occasion):
                faults.add(
                    spoken("personen {id}", id=person.id),
                    spoken("har {occasion}, som inte finns eller inte står bland önskemålen", occasion=occasion),
                )
    for kind in (Capacity, AtOnce, Holdings, Priority, Waiting):
        if len(instance.of(kind)) > 1:
            faults.add("rules", spoken("det finns mer än en regel av slaget {kind}", kind=NAMES[kind]))
    grouped = [name for rule in instance.of(Together) if isinstance(rule, Together) for name in rule.people]
    if len(grouped) != len(set(grouped)):
        faults.add("rules", spoken("en person hör till två grupper som ska hållas ihop"))


def _wished(person: Any, occasion: str) -> bool:
    activity = occasion.split("@")[0]
    return any(wish.activity == activity for track in person.tracks for need in track for wish in need.wishes)


def _exist(where: str, names: tuple[str, ...], known: set[str], faults: Faults) -> None:
    if not names:
        faults.add(where, spoken("nämner ingenting"))
    for name in names:
        if name not in known:
            faults.add(where, spoken("{name} finns inte", name=name))


def _together(rule: Together, people: dict[str, Any], faults: Faults) -> None:
    where = spoken("regeln {id}", id=rule.id)
    _exist(where, rule.people, set(people), faults)
    members = [people[name] for name in rule.people if name in people]
    if len(members) < 2:
        faults.add(where, spoken("minst två personer hålls ihop"))
    elif rule.price is None and any(len(one.tracks) > 1 for one in members):
        faults.add(where, spoken("den som har flera följder av behov kan inte hållas ihop med andra hårt"))
    elif rule.price is None and len({len(one.tracks[0]) for one in members}) > 1:
        faults.add(where, spoken("de som hålls ihop ska ha lika många steg"))
    elif rule.price is None and len({one.priority for one in members}) > 1:
        faults.add(where, spoken("de som hålls ihop ska ha samma prioritet"))


def written(rule: Rule) -> dict[str, Any]:
    """A rule as it stands in a file."""
    kind = NAMES[type(rule)]
    fields: dict[str, Any] = {"id": rule.id, "rule": kind}
    if rule.price is not None:
        fields |= {"hard": False, "price": rule.price}
    for name in KINDS[kind][0]:
        value = getattr(rule, name)
        fields[name] = list(value) if isinstance(value, tuple) else value
    return fields
