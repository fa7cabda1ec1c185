"""What `samkraft allot` prints: the plan in words for the terminal."""

from collections.abc import Iterator

from samkraft.analysis.allotment import allotting
from samkraft.analysis.allotment.allotting import Allotment, Way
from samkraft.analysis.allotment.checking import Found
from samkraft.analysis.allotment.plan import Proof
from samkraft.analysis.allotment.uncertainty import Gain
from samkraft.values.wording import number, phrase, spoken

WAYS = {
    "plan": phrase("planen"),
    "first come": phrase("först till kvarn"),
    "by time joined": phrase("längst väntan först"),
}
METHODS = {
    "assignment": phrase("exakt, enkel tilldelning"),
    "whole numbers": phrase("hela programmet i heltal"),
    "prices and diving": phrase("priser, dykning och förbättring"),
}
MOST_PEOPLE = 10


def in_words(made: Allotment, gain: Gain | None) -> str:
    """The plan, its proof, and the two ways beside it."""
    assert made.plan is not None
    plan = made.plan
    told = {"benefit": number(plan.benefit, 2), "method": spoken(METHODS[plan.method])}
    lines = [spoken("Plan: nytta {benefit} ({method})", **told)]
    if abs(plan.value - plan.benefit) > 1e-9:
        cost = {"cost": number(plan.benefit - plan.value, 2), "value": number(plan.value, 2)}
        lines.append(spoken("Mjuka regler kostar {cost}; värde {value}", **cost))
    lines += [_proof(proof) for proof in plan.proofs]
    lines += ["", *_table(allotting.ways(made)), ""]
    lines += list(_changes(allotting.gains(made)))
    if gain is not None:
        lines.append(_gain(gain))
    else:
        lines.append(spoken("Nyttan är angiven utan osäkerhet. Vinsten gäller bara om den stämmer."))
    return "\n".join(lines)


def _proof(proof: Proof) -> str:
    told = {"bound": number(proof.bound, 2), "gap": number(100 * proof.gap, 3), "priority": proof.priority}
    if proof.priority:
        words = spoken("Klass {priority}: högst {bound} är möjligt, bevisat av priserna; gap {gap} %", **told)
    else:
        words = spoken("Högst {bound} är möjligt, bevisat av priserna; gap {gap} %", **told)
    if proof.least_bound < proof.bound - 1e-9:
        words += " " + spoken("(heltalslösaren: högst {bound})", bound=number(proof.least_bound, 2))
    return words


def _table(ways: tuple[Way, ...]) -> Iterator[str]:
    width = max(len(spoken(words)) for words in WAYS.values())
    heads = [spoken(words) for words in (
        phrase("nytta"), phrase("personer"), phrase("platser"), phrase("väntan, veckor"), phrase("golv (andel av lika)"),
    )]  # fmt: skip
    yield f"{'':<{width}} {heads[0]:>10} {heads[1]:>9} {heads[2]:>8} {heads[3]:>15}  {heads[4]}"
    for way in ways:
        floors = ", ".join(f"{name} {number(share, 3)}" for name, share in way.floors.items())
        broken = "  " + spoken("bryter {count} regler", count=way.broken) if way.broken else ""
        yield (
            f"{spoken(WAYS[way.name]):<{width}} {number(way.benefit, 2):>10} {way.people:>9} {way.places:>8} "
            f"{number(way.weeks_waited, 1):>15}  {floors or '–'}{broken}"
        )


def _changes(gains: dict[str, float]) -> Iterator[str]:
    better = sorted((one for one in gains.items() if one[1] > 1e-9), key=lambda one: -one[1])
    worse = sorted((one for one in gains.items() if one[1] < -1e-9), key=lambda one: one[1])
    counts = {"better": len(better), "worse": len(worse)}
    yield spoken("Mot först till kvarn vinner {better} personer och förlorar {worse}.", **counts)
    for words, some in ((phrase("Vinner mest: {people}"), better), (phrase("Förlorar mest: {people}"), worse)):
        if some:
            told = ", ".join(f"{person} {number(change, 2)}" for person, change in some[:MOST_PEOPLE])
            yield spoken(words, people=told)


def _gain(gain: Gain) -> str:
    words = spoken(
        "Vinst mot först till kvarn, mätt på uppgifter som inte valde planen: {gain} (95 %: {low} till {high}).",
        gain=number(gain.estimate, 2), low=number(gain.low, 2), high=number(gain.high, 2),
    )  # fmt: skip
    if gain.low > 0 or gain.high < 0:
        return words
    return f"{words} {spoken('Intervallet rymmer 0: vinsten kan vara slump.')}"


def check_in_words(found: Found, lines: list[str], holds: bool) -> str:
    """What a check found."""
    worth = {"benefit": number(found.benefit, 2), "cost": number(found.cost, 2)}
    told = [spoken("Nytta {benefit}, mjuka regler kostar {cost}.", **worth)]
    told += [
        spoken("Golv {name}: {share} av det lika.", name=name, share=number(share, 4))
        for name, share in found.floors.items()
    ]
    told += [
        spoken("FEL: {rule}: {words}.", rule=spoken(one.rule), words=one.words)
        for one in found.broken[:20]
    ]  # fmt: skip
    return "\n".join([*told, *lines, spoken("Planen håller.") if holds else spoken("Planen håller inte.")])
