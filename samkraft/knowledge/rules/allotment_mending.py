"""Somebody is given a place in a proposal that is there: the plan is mended around it at once, and nothing is solved anew.

The rules are checked by the checker that shares no code with what mends, and how far from the best it can be is counted anew
from the prices that the proposal has. What prices alone prove is less sharp than solving again, which is done on demand.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from samkraft.knowledge.rules import allotment_counting, allotments
from samkraft.knowledge.rules import allotment_outcomes as outcomes
from samkraft.knowledge.rules.allotment_counting import Lined, Solution
from samkraft.knowledge.rules.allotments import Asked
from samkraft.people.rules.places.place_lines import InLine
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

METHOD = "mended"

IMPOSSIBLE = Reason(
    "allotment_move_impossible",
    phrase("Det går inte att ge platsen så: den som väntar kan inte ta tillfället, eller så bryts en av reglerna."),
    phrase("Räkna om hela förslaget med platsen, så prövas alla andra sätt."),
)
OVERTAKES = Reason(
    "allotment_move_overtakes",
    phrase("Någon i en grupp som går före skulle bli utan den plats som flyttningen tar."),
    phrase("Räkna om hela förslaget med platsen, så att grupperna hålls runt den."),
)
CHANGED = Reason(
    "allotment_move_changed",
    phrase("Kön har ändrats så mycket att förslaget inte håller längre."),
    phrase("Räkna om hela förslaget."),
)


@dataclass(frozen=True, slots=True)
class Prices:
    """What the earlier proposal's proof of one class says: what a place of an occasion is worth, and what classes above keep.

    No price of what a person alone may have is among them: whoever coordinates may read these.
    """

    priority: int
    places: Mapping[UUID, float]
    classes: Mapping[str, float]
    kept: Mapping[int, float]


def mended(lined: Lined, *, prices: Sequence[Prices], with_floor: bool) -> Solution:
    """The earlier proposal with what is decided beforehand in it. prices: of each class in it.

    Raises Refused when it cannot be, when a rule would be broken, or when the earlier proposal does not hold any more.
    """
    from samkraft.analysis.allotment import compiling, moving, standing
    from samkraft.analysis.allotment import plan as plans

    queued = outcomes.in_queue_order(lined.rows, lined.openings)
    free = _asked(lined, queued, (), with_floor=with_floor)
    locked = _asked(lined, queued, lined.locks, with_floor=with_floor)
    problem = compiling.compiled(free.instance)
    chosen = plans.chosen(problem, allotments.earlier(free, lined.rows))
    if not standing.is_kept(problem, standing.of(problem, chosen)):
        raise Refused(CHANGED)
    names = {one: name for name, one in free.occasions.items()}
    last = plans.Proof(plans.NO_CLASS, 0.0, 0.0, 0.0, _named(prices[-1], names) if prices else {}, {}, {})
    desk = moving.open_desk(problem, chosen, plans.numbered(problem, last), seed=allotment_counting.SEED)
    for row in sorted((row for row in lined.rows if row.lock is not None), key=lambda one: one.lock or 0):
        assert row.lock is not None
        wanted = names[lined.locks[row.lock - 1]]
        if row.key not in free.people or not moving.lock(desk, free.people[row.key], wanted):
            raise Refused(IMPOSSIBLE)
    return _proven(locked, plans.placements(desk.problem, desk.shown.chosen), prices, queued, with_floor=with_floor)


def _named(prices: Prices, names: Mapping[UUID, str]) -> dict[str, float]:
    return {names[one]: price for one, price in prices.places.items() if one in names and price > 0}


def _asked(lined: Lined, queued: Mapping[int, UUID], locks: tuple[UUID, ...], *, with_floor: bool) -> Asked:
    rows = lined.rows if locks else tuple(_unlocked(row) for row in lined.rows)
    try:
        made = allotments.instance_of(
            rows,
            lined.openings,
            today=lined.today,
            weeks=lined.weeks,
            queued=queued,
            locks=locks,
            with_floor=with_floor,
        )
    except ValueError:
        raise Refused(IMPOSSIBLE) from None
    if not made.instance.people:
        raise Refused(allotments.NOBODY_WAITS)
    return made


def _unlocked(row: InLine) -> InLine:
    return replace(row, lock=None)


def _proven(
    asked: Asked,
    given: dict[str, tuple[str, ...]],
    prices: Sequence[Prices],
    queued: Mapping[int, UUID],
    *,
    with_floor: bool,
) -> Solution:
    """The plan with a bound for each class, counted anew from the prices; and the checker's word for it."""
    from samkraft.analysis.allotment import checking, checking_bound, classes, proving
    from samkraft.analysis.allotment import plan as plans

    found = checking.check(asked.instance, given)
    if found.broken:
        raise Refused(IMPOSSIBLE)
    own = {person.id: person.priority for person in asked.instance.people}
    names = {one: name for name, one in asked.occasions.items()}
    known = {one.priority: one for one in prices}
    proofs: list[plans.Proof] = []
    for priority in classes.in_order(asked.instance):
        mine = [worth for name, worth in found.by_person.items() if priority in (plans.NO_CLASS, own[name])]
        value = sum(mine) - found.cost
        said = known.get(priority, Prices(priority, {}, {}, {}))
        above = {one.priority: one.value for one in proofs}
        kept = {one: min(least, above[one] - classes.SLACK) for one, least in said.kept.items() if one in above}
        shares = {name: price for name, price in said.classes.items() if int(name.partition(":")[2]) in kept}
        bare = plans.Proof(priority, value, value, value, _named(said, names), {}, shares, kept)
        proofs.append(replace(bare, bound=max(value, checking_bound.bound(asked.instance, bare))))
    made = plans.Plan(given, found.benefit, found.benefit - found.cost, tuple(proofs), METHOD, allotment_counting.SEED)
    if proving.overtakings(checking.Sight(asked.instance), made):
        raise Refused(OVERTAKES)
    if not allotment_counting.holds(asked, made):
        raise Refused(CHANGED)
    is_kept = None if with_floor and not asked.has_floor else with_floor
    return Solution(asked, None, made, queued, is_kept, is_checked=True)
