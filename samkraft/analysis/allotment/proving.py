"""The whole check of a plan file: rules, benefit, bounds and overtaking, counted anew."""

from dataclasses import dataclass

from samkraft.analysis.allotment import checking, checking_bound
from samkraft.analysis.allotment.checking import TOLERANCE, Broken, Found, Sight
from samkraft.analysis.allotment.instance import Instance, Priority
from samkraft.analysis.allotment.plan import NO_CLASS, Plan


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
        wrong.append(Broken("nytta", f"filen säger {plan.benefit:.6f}, men det är {found.benefit:.6f}"))
    claims = tuple(proof.priority for proof in plan.proofs)
    if claims != _classes(instance):
        wrong.append(Broken("klasser", "planen har inte ett bevis för varje klass"))
    bounds, lines = {}, []
    for proof in plan.proofs:
        value = _value(sight, found, proof.priority)
        bound = bounds[proof.priority] = checking_bound.bound(instance, proof)
        slack = TOLERANCE * max(1.0, abs(bound))
        who = f"klass {proof.priority}" if proof.priority else "alla"
        if abs(bound - proof.bound) > slack:
            wrong.append(Broken("tak", f"{who}: filen säger {proof.bound:.6f}, men priserna ger {bound:.6f}"))
        if value > bound + slack:
            wrong.append(Broken("tak", f"{who}: värdet {value:.6f} är över taket {bound:.6f}"))
        for priority, kept in proof.kept.items():
            if _value(sight, found, priority) < kept - slack:
                wrong.append(Broken("prioritet", f"klass {priority} får mindre än {kept:.6f}"))
        gap = (bound - value) / abs(bound) if bound else 0.0
        lines.append(
            f"Taket för {who} är {bound:.6f} enligt priserna; planen ligger {100 * max(0.0, gap):.4f} % under."
        )
    wrong += [Broken("prioritet", words) for words in overtakings(sight, plan)]
    whole = Found(found.benefit, found.cost, tuple(wrong), found.floors, found.by_person)
    return Verdict(not wrong, whole, bounds, tuple(lines))


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
                    f"{occasion} gick till klass {priority} fast {person.id} i klass {person.priority} kunde ta den"
                )
    return found


def _could_add(sight: Sight, name: str, have: tuple[str, ...], occasion: str) -> bool:
    """Whether the person gains by this one more occasion and breaks nothing of their own by it."""
    more = tuple(sorted((*have, occasion), key=lambda one: int(one.split("@")[1])))
    before, after = checking.check_one(sight, name, have), checking.check_one(sight, name, more)
    return after is not None and before is not None and after > before + TOLERANCE
