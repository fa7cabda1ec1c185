"""What `samkraft allot` prints: the plan in words for the terminal."""

from collections.abc import Iterator

from samkraft.analysis.allotment import allotting
from samkraft.analysis.allotment.allotting import Allotment, Way
from samkraft.analysis.allotment.checking import Found
from samkraft.analysis.allotment.uncertainty import Gain

WAYS = {"plan": "planen", "first come": "först till kvarn", "by time joined": "längst väntan först"}
METHODS = {
    "assignment": "exakt, enkel tilldelning",
    "whole numbers": "hela programmet i heltal",
    "prices and diving": "priser, dykning och förbättring",
}
MOST_PEOPLE = 10


def number(value: float, decimals: int = 2) -> str:
    """A number as it is written in Swedish."""
    return f"{value:.{decimals}f}".replace(".", ",").replace("-", "−")


def in_words(made: Allotment, gain: Gain | None) -> str:
    """The plan, its proof, and the two ways beside it."""
    assert made.plan is not None
    plan = made.plan
    lines = [f"Plan: nytta {number(plan.benefit)} ({METHODS[plan.method]})"]
    if abs(plan.value - plan.benefit) > 1e-9:
        lines.append(f"Mjuka regler kostar {number(plan.benefit - plan.value)}; värde {number(plan.value)}")
    lines += _proofs(made)
    lines += ["", *_table(allotting.ways(made)), ""]
    lines += list(_changes(allotting.gains(made)))
    if gain is not None:
        lines.append(_gain(gain))
    else:
        lines.append("Nyttan är angiven utan osäkerhet. Vinsten gäller bara om den stämmer.")
    return "\n".join(lines)


def _proofs(made: Allotment) -> Iterator[str]:
    assert made.plan is not None
    for proof in made.plan.proofs:
        who = f"Klass {proof.priority}: " if proof.priority else ""
        words = f"{who}högst {number(proof.bound)} är möjligt, bevisat av priserna; gap {number(100 * proof.gap, 3)} %"
        if proof.least_bound < proof.bound - 1e-9:
            words += f" (heltalslösaren: högst {number(proof.least_bound)})"
        yield words


def _table(ways: tuple[Way, ...]) -> Iterator[str]:
    width = max(len(words) for words in WAYS.values())
    yield f"{'':<{width}} {'nytta':>10} {'personer':>9} {'platser':>8} {'väntan, veckor':>15}  golv (andel av lika)"
    for way in ways:
        floors = ", ".join(f"{name} {number(share, 3)}" for name, share in way.floors.items())
        broken = f"  bryter {way.broken} regler" if way.broken else ""
        yield (
            f"{WAYS[way.name]:<{width}} {number(way.benefit):>10} {way.people:>9} {way.places:>8} "
            f"{number(way.weeks_waited, 1):>15}  {floors or '–'}{broken}"
        )


def _changes(gains: dict[str, float]) -> Iterator[str]:
    better = sorted((one for one in gains.items() if one[1] > 1e-9), key=lambda one: -one[1])
    worse = sorted((one for one in gains.items() if one[1] < -1e-9), key=lambda one: one[1])
    yield f"Mot först till kvarn vinner {len(better)} personer och förlorar {len(worse)}."
    for words, some in (("Vinner mest", better), ("Förlorar mest", worse)):
        if some:
            told = ", ".join(f"{person} {number(change)}" for person, change in some[:MOST_PEOPLE])
            yield f"{words}: {told}"


def _gain(gain: Gain) -> str:
    verdict = "" if gain.low > 0 or gain.high < 0 else " Intervallet rymmer 0: vinsten kan vara slump."
    return (
        f"Vinst mot först till kvarn, mätt på uppgifter som inte valde planen: {number(gain.estimate)} "
        f"(95 %: {number(gain.low)} till {number(gain.high)}).{verdict}"
    )


def check_in_words(found: Found, lines: list[str], holds: bool) -> str:
    """What a check found."""
    told = [f"Nytta {number(found.benefit)}, mjuka regler kostar {number(found.cost)}."]
    told += [f"Golv {name}: {number(share, 4)} av det lika." for name, share in found.floors.items()]
    told += [f"FEL: {one.rule}: {one.words}." for one in found.broken[:20]]
    told += lines
    return "\n".join([*told, "Planen håller." if holds else "Planen håller inte."])
