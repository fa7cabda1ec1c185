"""Why somebody did not get a place: what stands in the way, what it would cost the others, and the smallest change.

On plain assignments and small cases everything is solved exactly: the change gives the place, and one place less does
not. On larger ones the loss is an interval between what the prices prove and a plan that was mended, and says so.
"""

from dataclasses import dataclass, replace

import numpy as np

from samkraft.analysis.allotment import allotting, checking, classes, compiling, diving, moving, pricing, solving
from samkraft.analysis.allotment.allotting import Allotment
from samkraft.analysis.allotment.instance import Instance, Lock, Start
from samkraft.analysis.allotment.prices import Prices
from samkraft.analysis.allotment.problem import Problem
from samkraft.values import wording
from samkraft.values.wording import phrase, spoken

HAS, NOT_OPEN, FULL, WORSE, TIE = "has", "not open", "full", "worse", "tie"
PLACES, LOCK = "places", "lock"
SAME = 1e-6
MOST_EXTRA = 60


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why a person has not an occasion.

    `reason`: has (they have it), not open (tags, weeks away), full (others are worth more there), worse (their own way
    is better without), tie (another plan as good gives it). `price` is what one place there is worth. `instead` is what
    they have, `holders` who has the occasion. The loss of forcing it lies in [loss_least, loss_most]. `change` is
    "places" with how many, or "lock"; None when nothing makes it possible.
    """

    person: str
    occasion: str
    reason: str
    price: float
    instead: tuple[str, ...]
    holders: tuple[str, ...]
    loss_least: float
    loss_most: float
    change: str | None
    places: int
    is_proven: bool


def why_not(made: Allotment, person: str, occasion: str, *, seconds: float = 30.0) -> WhyNot | None:
    """The explanation; None when the person or the occasion does not exist or was not wished."""
    assert made.plan is not None
    known = {one.id: one for one in made.instance.people}
    occasions = {activity.occasion(start.week): (activity, start) for activity, start in made.instance.occasions()}
    if person not in known or occasion not in occasions:
        return None
    activity, start = occasions[occasion]
    wished = {wish.activity for track in known[person].tracks for need in track for wish in need.wishes}
    if activity.id not in wished:
        return None
    instead = made.plan.placements.get(person, ())
    holders = tuple(name for name, given in made.plan.placements.items() if occasion in given)
    price = made.plan.proofs[-1].places.get(occasion, 0.0)
    said = WhyNot(person, occasion, HAS, price, instead, holders, 0.0, 0.0, None, 0, True)
    if occasion in instead:
        return said
    if not checking.Sight(made.instance).may_have(known[person], activity, start.week):
        return replace(said, reason=NOT_OPEN)
    if made.solutions[0][2].method == "prices and diving":
        return _by_prices(made, said)
    return _exactly(made.instance, said, seconds)


def changed(instance: Instance, occasion: str, extra: int, person: str | None = None) -> Instance:
    """The instance with more places in an occasion, and with a person locked to it."""
    name, week = occasion.split("@")
    activities = tuple(
        replace(
            one,
            starts=tuple(
                Start(start.week, start.places + extra) if start.week == int(week) else start for start in one.starts
            ),
        )
        if one.id == name
        else one
        for one in instance.activities
    )
    locks = () if person is None else (Lock("why-not", person=person, occasion=occasion),)
    return replace(instance, activities=activities, rules=instance.rules + locks)


def values(instance: Instance, seconds: float) -> tuple[float, ...] | None:
    """The value of the best plan, class by class; None when there is none."""
    made = allotting.allot(instance, seconds=seconds, seed=1, clock=_no_hurry, small_enough=0.0)
    return None if made.plan is None else tuple(proof.value for proof in made.plan.proofs)


def _no_hurry() -> float:
    """Exact answers are not cut short by a clock; the solver of whole numbers has a limit of its own."""
    return 0.0


def _no_worse(forced: tuple[float, ...] | None, free: tuple[float, ...] | None) -> bool:
    """Whether the plan with the person in it is as good, class by class."""
    if forced is None or free is None:
        return False
    for one, other in zip(forced, free, strict=True):
        if abs(one - other) > SAME:  # not a share of all: what one person loses is small beside it
            return one > other
    return True


class _Cases:
    """The best value with more places, with and without the person locked; compiled once, unless classes ask for more."""

    def __init__(self, instance: Instance, said: WhyNot, seconds: float) -> None:
        self.instance, self.said, self.seconds = instance, said, seconds
        self.one_class = classes.in_order(instance) == (0,)
        self.free = compiling.compiled(instance)
        self.forced = compiling.compiled(changed(instance, said.occasion, 0, said.person))
        self.where = self.free.occasion_ids.index(said.occasion)

    def value(self, extra: int, *, forced: bool) -> tuple[float, ...] | None:
        """Class by class; None when there is no plan."""
        if not self.one_class:
            return values(
                changed(self.instance, self.said.occasion, extra, self.said.person if forced else None), self.seconds
            )
        problem = self.forced if forced else self.free
        places = problem.arrays.places.copy()
        places[self.where] += extra
        wider = replace(problem, arrays=problem.arrays._replace(places=places))
        answer = solving.solve(wider, seconds=self.seconds, seed=1, clock=_no_hurry, small_enough=0.0)
        return (answer.value,) if answer.is_feasible else None

    def gets(self, extra: int) -> bool:
        """Whether a best plan with so many more places gives the person the occasion."""
        return _no_worse(self.value(extra, forced=True), self.value(extra, forced=False))


def _loss(free: tuple[float, ...], forced: tuple[float, ...] | None) -> float:
    """What is lost in the highest class that loses anything."""
    if forced is None:
        return float("inf")
    lost = [one - other for one, other in zip(free, forced, strict=True)]
    return next((one for one in lost if one > SAME), 0.0)


def _exactly(instance: Instance, said: WhyNot, seconds: float) -> WhyNot:
    cases = _Cases(instance, said, seconds)
    free, forced = cases.value(0, forced=False), cases.value(0, forced=True)
    assert free is not None
    loss = _loss(free, forced)
    if _no_worse(forced, free):
        return replace(said, reason=TIE, change=LOCK)
    most = min(MOST_EXTRA, len(instance.people))
    if cases.gets(most) or most == MOST_EXTRA:
        for extra in range(1, most + 1):
            if cases.gets(extra):
                return replace(said, reason=FULL, loss_least=loss, loss_most=loss, change=PLACES, places=extra)
    return replace(said, reason=WORSE, loss_least=loss, loss_most=loss, change=LOCK if forced is not None else None)


def _by_prices(made: Allotment, said: WhyNot) -> WhyNot:
    priority, problem, solution = made.solutions[-1]
    assert priority >= 0
    least = solution.value - solution.bound + _worse_by(problem, solution.prices, said)
    desk = moving.open_desk(problem, made.chosen, solution.prices)
    before = desk.value()
    possible = moving.lock(desk, said.person, said.occasion)
    most = max(0.0, before - desk.value()) if possible else float("inf")
    full = _is_full(made, said.occasion)
    is_place = full and _worse_by(problem, solution.prices, said) <= said.price + SAME
    return replace(
        said,
        reason=FULL if full else WORSE,
        loss_least=max(0.0, min(least, most)),
        loss_most=most,
        change=PLACES if is_place else LOCK if possible else None,
        places=1 if is_place else 0,
        is_proven=False,
    )


def _is_full(made: Allotment, occasion: str) -> bool:
    """Whether an occasion has no free place in the plan."""
    assert made.plan is not None
    places = {activity.occasion(start.week): start.places for activity, start in made.instance.occasions()}
    return sum(occasion in given for given in made.plan.placements.values()) >= places[occasion]


def _worse_by(problem: Problem, prices: Prices, said: WhyNot) -> float:
    """How much less a unit's best chain through the occasion is worth than its best, at these prices."""
    a = problem.arrays
    option = moving.option_of(problem, said.person, said.occasion)
    unit, stage = problem.unit_of(option), problem.stage_of(option)
    room = diving.rooms(problem)
    base = int(a.stage_options[a.unit_stages[unit]])
    pricing.priced(a, unit, prices.place, prices.row, prices.share, room[0])
    options = np.empty(max(1, a.most_stages), np.int64)
    best = pricing.best_chain(a, unit, room[0], options, room[2], room[3])
    first, last = int(a.stage_options[stage]) - base, int(a.stage_options[stage + 1]) - base
    only = room[0][option - base]
    room[0][first:last] = pricing.IMPOSSIBLE
    room[0][option - base] = only + 1e6
    through = pricing.best_chain(a, unit, room[0], options, room[2], room[3]) - 1e6
    return float(best - through)


REASONS = {
    HAS: phrase("{person} har redan {occasion}."),
    NOT_OPEN: phrase("{person} kan inte ha {occasion}: kraven är inte uppfyllda, eller veckorna passar inte."),
    FULL: phrase("{occasion} är full, och platserna gör större nytta hos dem som har dem."),
    WORSE: phrase("Planen blir sämre om {person} får {occasion}, även med fler platser där."),
    TIE: phrase("En annan plan är lika bra och ger {person} platsen."),
}


def in_words(answer: WhyNot) -> str:
    """The explanation as people read it."""
    lines = [spoken(REASONS[answer.reason], person=answer.person, occasion=answer.occasion)]
    if answer.reason in (HAS, NOT_OPEN):
        return lines[0]
    instead, holders = ", ".join(answer.instead), ", ".join(answer.holders)
    lines.append(
        spoken(
            "I stället: {instead}. Platserna har: {holders}.",
            instead=instead or spoken("ingenting"),
            holders=holders or spoken("ingen"),
        )
    )
    lines.append(spoken("En plats där är värd {price}.", price=_number(answer.price)))
    if answer.loss_most < float("inf"):
        lines.append(_lost_by_all(answer))
    if answer.change == PLACES:
        one = spoken("Minsta ändring: en plats till.")
        lines.append(one if answer.places == 1 else spoken("Minsta ändring: {many} platser till.", many=answer.places))
        lines += [] if answer.is_proven else [spoken("Det är enligt priserna, inte bevisat.")]
    elif answer.change == LOCK:
        lines.append(spoken("Minsta ändring: lås personen till platsen (lock)."))
    else:
        lines.append(spoken("Ingen ändring av platserna räcker; reglerna hindrar det."))
    return "\n".join(lines)


def _lost_by_all(answer: WhyNot) -> str:
    """What all lose together: a number where it is exact, else between what."""
    least, most = _number(answer.loss_least), _number(answer.loss_most)
    if answer.loss_most - answer.loss_least < SAME:
        return spoken(
            "Om {person} ändå ges platsen minskar nyttan för alla tillsammans med {loss}.",
            person=answer.person,
            loss=most,
        )
    return spoken(
        "Om {person} ändå ges platsen minskar nyttan för alla tillsammans med mellan {least} och {most}.",
        person=answer.person, least=least, most=most,
    )  # fmt: skip


def _number(value: float) -> str:
    return wording.number(value, 3)
