"""The whole check of a plan file: rules, benefit, bounds and overtaking, counted anew."""

from collections.abc import Iterator
from dataclasses import dataclass

from samkraft.analysis.allotment import checking, checking_bound
from samkraft.analysis.allotment.checking import TOLERANCE, Broken, Found, Sight
from samkraft.analysis.allotment.instance import Instance, Priority
from samkraft.analysis.allotment.plan import NO_CLASS, NOTHING, Plan, Proof
from samkraft.values import wording
from samkraft.values.wording import phrase, spoken

EVERYBODY = phrase("Taket för alla är {bound} enligt priserna; planen ligger {gap} % under.")
CLASS = phrase("Taket för klass {priority} är {bound} enligt priserna; planen ligger {gap} % under.")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a plan holds, what was counted, and a line for each bound."""

    holds: bool
    found: Found
    bounds: dict[int, float]
    lines: tuple[str, ...]


def check(instance: Instance, plan: Plan) -> Verdict:
    """Count everything that a plan file claims anew, and compare."""
    found = checking.check(instance, plan.placements)
    wrong = list(found.broken)
    sight = Sight(instance)
    if abs(found.benefit - plan.benefit) > TOLERANCE * max(1.0, abs(found.benefit)):
        told = {"said": _exactly(plan.benefit), "counted": _exactly(found.benefit)}
        wrong.append(Broken(phrase("nytta"), spoken("filen säger {said}, men det är {counted}", **told)))
    if tuple(proof.priority for proof in plan.proofs) != _classes(instance):
        wrong.append(Broken(phrase("klasser"), spoken("planen har inte ett bevis för varje klass")))
    bounds, lines = {}, []
    for proof in plan.proofs:
        value = _value(sight, found, proof.priority)
        bound = bounds[proof.priority] = checking_bound.bound(instance, proof)
        wrong += _of_proof(sight, found, proof, value, bound)
        gap = (bound - value) / abs(bound) if abs(bound) > NOTHING else 0.0
        told = {"bound": _exactly(bound), "gap": wording.number(100 * max(0.0, gap), 4)}
        lines.append(
            spoken(EVERYBODY, **told) if not proof.priority else spoken(CLASS, priority=proof.priority, **told)
        )
    wrong += [Broken(phrase("prioritet"), words) for words in overtakings(sight, plan)]
    whole = Found(found.benefit, found.cost, tuple(wrong), found.floors, found.by_person)
    return Verdict(not wrong, whole, bounds, tuple(lines))


def _of_proof(sight: Sight, found: Found, proof: Proof, value: float, bound: float) -> Iterator[Broken]:
    """What is wrong with one class's proof: the bound that the file states, the plan's own value, what others keep."""
    slack = TOLERANCE * max(1.0, abs(bound))
    of = {"priority": proof.priority, "counted": _exactly(bound)}
    if abs(bound - proof.bound) > slack:
        words = spoken(
            "klass {priority}: filen säger {said}, men priserna ger {counted}", **of, said=_exactly(proof.bound)
        )
        yield Broken(phrase("tak"), words)
    if value > bound + slack:
        words = spoken("klass {priority}: värdet {value} är över taket {counted}", **of, value=_exactly(value))
        yield Broken(phrase("tak"), words)
    for priority, kept in proof.kept.items():
        if _value(sight, found, priority) < kept - slack:
            words = spoken("klass {priority} får mindre än {kept}", priority=priority, kept=_exactly(kept))
            yield Broken(phrase("prioritet"), words)


def _exactly(value: float) -> str:
    return wording.number(value, 6)


def _classes(instance: Instance) -> tuple[int, ...]:
    found = sorted({person.priority for person in instance.people})
    return tuple(found) if instance.of(Priority) and len(found) > 1 else (NO_CLASS,)


def _value(sight: Sight, found: Found, priority: int) -> float:
    """The benefit of a class, or of all, less what soft rules cost."""
    mine = [benefit for name, benefit in found.by_person.items() if priority in (NO_CLASS, sight.people[name].priority)]
    return sum(mine) - found.cost


def overtakings(sight: Sight, plan: Plan) -> list[str]:
    """Where somebody lower holds what a higher, eligible and willing person lacks and could simply add to what they have."""
    if _classes(sight.instance) == (NO_CLASS,):
        return []
    lowest: dict[str, int] = {}
    for name, occasions in plan.placements.items():
        for occasion in occasions:
            lowest[occasion] = max(lowest.get(occasion, 0), sight.people[name].priority)
    found = []
    for person in sight.instance.people:
        have = plan.placements.get(person.id, ())
        for occasion, priority in lowest.items():
            if priority > person.priority and occasion not in have and _could_add(sight, person.id, have, occasion):
                found.append(
                    spoken(
                        "{occasion} gick till klass {lower} fast {person} i klass {higher} kunde ta den",
                        occasion=occasion, lower=priority, person=person.id, higher=person.priority,
                    )
                )  # fmt: skip
    return found


def _could_add(sight: Sight, name: str, have: tuple[str, ...], occasion: str) -> bool:
    """Whether the person gains by this one more occasion and breaks nothing of their own by it."""
    more = tuple(sorted((*have, occasion), key=lambda one: int(one.split("@")[1])))
    before, after = checking.check_one(sight, name, have), checking.check_one(sight, name, more)
    return after is not None and before is not None and after > before + TOLERANCE
