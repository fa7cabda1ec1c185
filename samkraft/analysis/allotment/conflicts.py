"""Which rules cannot hold at once: a set from which none can be dropped without making a plan possible.

Rules are dropped one by one as long as it stays proven that no plan exists (deletion filter); on small cases all smaller
sets are tried too, so that the set is the smallest.

J. Chinneck and E. Dravnieks (1991), Locating minimal infeasible constraint sets in linear programs.
"""

import itertools
import math
from dataclasses import dataclass, replace

from samkraft.analysis.allotment import chains, compiling, programme
from samkraft.analysis.allotment.instance import Clash, Floor, Instance, Pool, Together
from samkraft.values.wording import phrase, spoken

Item = tuple[str, ...]
MOST_CHAINS = 60_000
MOST_TRIALS = 600
WORDS = {
    "lock": phrase("löftet {name}: {other} ska ha {third}"),
    "places": phrase("platserna på {name}"),
    "eligible": phrase("kravet på behörighet för {other} ({name})"),
    "away": phrase("veckorna då {name} är borta eller inte redo"),
    "order": phrase("ordningen och avstånden mellan stegen för {name}"),
    "at_once": phrase("att {name} inte kan vara på fler ställen samtidigt"),
    "pool": phrase("regeln {name}: högst så många samtidigt"),
    "clash": phrase("regeln {name}: tillfällen som krockar"),
    "together": phrase("regeln {name}: de ska hållas ihop"),
    "floor": phrase("golvet {name}"),
}


@dataclass(frozen=True, slots=True)
class Conflict:
    """Rules that cannot hold at once. `is_irreducible`: proven that dropping any one is enough. `is_minimum`: proven
    that no smaller set exists."""

    rules: tuple[Item, ...]
    is_irreducible: bool
    is_minimum: bool


def in_words(item: Item) -> str:
    """A rule as people read it."""
    return spoken(WORDS[item[0]], **dict(zip(("kind", "name", "other", "third"), item, strict=False)))


def irreducible(instance: Instance, *, seconds: float = 30.0) -> Conflict | None:
    """An irreducible set of rules of an instance without a plan; None when it cannot be proven that there is none."""
    instance = _concerned(instance)
    items = _items(instance)
    if _is_possible(instance, frozenset(), seconds) is not False:
        return None
    kept, sure = list(items), True
    for block in _blocks(items):
        fewer = [one for one in kept if one not in block]
        if len(block) > 1 and _is_possible(instance, _dropped(items, fewer), seconds) is False:
            kept = fewer
    for item in list(kept):
        fewer = [one for one in kept if one != item]
        possible = _is_possible(instance, _dropped(items, fewer), seconds)
        if possible is False:
            kept = fewer
        elif possible is None:
            sure = False
    smaller, searched = _smaller(instance, items, len(kept), seconds)
    return Conflict(tuple(smaller or kept), sure, searched and sure)


def _dropped(items: list[Item], kept: list[Item]) -> frozenset[Item]:
    return frozenset(items) - frozenset(kept)


def _blocks(items: list[Item]) -> list[list[Item]]:
    """Rules of one kind together, so that what does not matter goes at once."""
    return [[one for one in items if one[0] == kind] for kind in WORDS]


def _smaller(instance: Instance, items: list[Item], size: int, seconds: float) -> tuple[list[Item] | None, bool]:
    """A smaller set that cannot hold, and whether all smaller ones were tried."""
    if sum(math.comb(len(items), many) for many in range(1, size)) > MOST_TRIALS:
        return None, False
    for many in range(1, size):
        for some in itertools.combinations(items, many):
            if _is_possible(instance, _dropped(items, list(some)), seconds) is False:
                return list(some), True
    return None, True


def _concerned(instance: Instance) -> Instance:
    """Without a floor only those who have been promised something matter: everybody else can go without."""
    if any(isinstance(rule, Floor) and rule.price is None for rule in instance.rules):
        return instance
    names = {person for rule, person, _ in compiling.promised(instance) if rule.price is None}
    for rule in instance.rules:
        if isinstance(rule, Together) and names & set(rule.people):
            names |= set(rule.people)
    people = tuple(person for person in instance.people if person.id in names)
    rules = tuple(rule for rule in instance.rules if not isinstance(rule, Together) or set(rule.people) <= names)
    return replace(instance, people=people, rules=rules)


def _items(instance: Instance) -> list[Item]:
    """Every hard rule that may have a part in it, one by one."""
    promised = [
        (rule, person, occasion) for rule, person, occasion in compiling.promised(instance) if rule.price is None
    ]
    found: list[Item] = [("lock", rule.id, person, occasion) for rule, person, occasion in promised]
    people = {person.id: person for person in instance.people}
    requires = {activity.id: activity.requires for activity in instance.activities}
    wished = {
        wish.activity for person in instance.people for track in person.tracks for need in track for wish in need.wishes
    }
    found += [
        ("places", activity.occasion(start.week)) for activity, start in instance.occasions() if activity.id in wished
    ]
    for name in dict.fromkeys(person for _, person, _ in promised):
        one = people[name]
        lacking = {occasion.split("@")[0] for _, person, occasion in promised if person == name}
        found += [("eligible", name, activity) for activity in sorted(lacking) if not requires[activity] <= one.has]
        found += [("away", name)] if one.away or one.ready else []
        found += [("order", name)] if any(len(track) > 1 for track in one.tracks) else []
        found += [("at_once", name)] if len(one.tracks) > 1 else []
    for rule in instance.rules:
        for kind, word in ((Pool, "pool"), (Clash, "clash"), (Together, "together"), (Floor, "floor")):
            if isinstance(rule, kind) and rule.price is None:
                found.append((word, rule.id))
    return found


def _is_possible(instance: Instance, dropped: frozenset[Item], seconds: float) -> bool | None:
    """Whether a plan can keep the rules that are left; None when it is not known."""
    problem = compiling.compiled(instance, dropped=dropped)
    if problem.impossible:
        return False
    every = chains.every(problem, most=MOST_CHAINS)
    if every is None:
        return None
    if not every.gain.size:
        return not bool(problem.arrays.need.any()) and bool((problem.arrays.least <= 1e-9).all())
    idle = chains.Chains(every.unit, every.options, every.gain * 0.0)
    return programme.solve(problem, idle, whole=True, seconds=seconds).is_feasible


def is_possible(instance: Instance, dropped: frozenset[Item] = frozenset(), *, seconds: float = 30.0) -> bool | None:
    """Whether any plan keeps the hard rules when these are dropped; None when it is not known."""
    return _is_possible(instance, dropped, seconds)
