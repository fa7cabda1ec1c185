"""From those who wait and the occasions ahead to an instance that the allotment engine can solve, and back.

No study has estimated what a place gives different people, so every place counts alike. What is weighed beside it is waiting,
by numbers that somebody chose (`WEIGHTS`): they are no effects. Whoever has waited longest goes first when all else is equal.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from samkraft.analysis.allotment.instance import (
    Activity,
    AtOnce,
    Clash,
    Floor,
    Instance,
    Lock,
    Need,
    Person,
    Priority,
    Rule,
    Start,
    Waiting,
    Wish,
)
from samkraft.people.rules.places.place_lines import InLine
from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase

SHORTEST, USUAL, LONGEST = 2, 8, 16  # weeks ahead
FLOOR_SHARE = 0.9
FEWEST_FOR_FLOOR = 5
MOST_HOURS = 40
MOST_AT_ONCE = 9  # what really collides is a rule of its own
SEXES = ("woman", "man")


@dataclass(frozen=True, slots=True)
class Weights:
    """What is weighed: a place, each week until it starts (a share of the place), and the longest waiting that counts.

    A week waited is worth `longest_waited / most_weeks` of a place, up to `most_weeks`. `as_in_queue` is added where somebody
    gets what the queue's order gives: to depart from it, something must be gained.
    """

    place: float = 1.0
    week_to_start: float = 0.01
    longest_waited: float = 0.2
    most_weeks: int = 52
    as_in_queue: float = 0.005
    source: str = phrase(
        "Ett val i programmet, ingen effekt: ingen studie har uppskattat vad en plats ger olika personer."
    )


WEIGHTS = Weights()
Benefit = Callable[[InLine, UUID], float]
_JUST_AFTER = 1e-5  # so that two who joined on one day keep their order

NO_OCCASIONS = Reason(
    "allotment_no_occasions",
    phrase("Det finns inga tillfällen att fördela de närmaste {weeks} veckorna."),
    phrase("Lägg in ett tillfälle och öppna det inte: platser som redan erbjuds går till nästa i kön direkt."),
)
NOBODY_WAITS = Reason(
    "allotment_nobody_waits",
    phrase("Ingen i dina köer kan ta något av tillfällena."),
    phrase("Se köerna. Det kan bero på vilka dagar de som väntar kan börja."),
)
LOCK_IMPOSSIBLE = Reason(
    "allotment_lock_impossible",
    phrase("Platsen går inte att låsa: den som väntar kan inte ta det tillfället, eller så räcker inte platserna."),
    phrase("Ta bort låsningen, eller lås ett annat tillfälle."),
)
NO_PLAN = Reason(
    "allotment_no_plan",
    phrase("Inget förslag hann räknas fram."),
    phrase("Välj färre veckor, eller försök igen när datorn har mindre att göra."),
)
NO_SUCH = Reason("allotment_unknown", phrase("Förslaget finns inte."), phrase("Gå till listan över förslag."))
WEEKS_OUT_OF_RANGE = Reason(
    "allotment_weeks",
    phrase("Ett förslag gäller {least} till {most} veckor."),
    phrase("Välj ett annat antal veckor."),
)


@dataclass(frozen=True, slots=True)
class Opening:
    """An occasion that is not offered yet, with its free places. `ends_on` None: it goes on. times: its sessions."""

    id: UUID
    activity_id: UUID
    starts_on: date
    ends_on: date | None
    places: int
    hours_a_week: int
    times: tuple[tuple[datetime, datetime], ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """An instance and what its names stand for: occasion names → ids, entry keys → the instance's people."""

    instance: Instance
    occasions: Mapping[str, UUID]
    people: Mapping[int, str]
    has_floor: bool

    def name(self, occasion_id: UUID) -> str:
        """What the instance calls an occasion."""
        return next(name for name, one in self.occasions.items() if one == occasion_id)


def collisions(openings: Sequence[Opening]) -> set[frozenset[UUID]]:
    """Pairs that nobody can have both of: sessions at the same time, or more hours a week together than a week of work."""
    found = set()
    for at, one in enumerate(openings):
        for other in openings[at + 1 :]:
            if _overlap(one, other):
                found.add(frozenset((one.id, other.id)))
    return found


def _overlap(one: Opening, other: Opening) -> bool:
    apart = (one.ends_on is not None and one.ends_on < other.starts_on) or (
        other.ends_on is not None and other.ends_on < one.starts_on
    )
    if apart:
        return False
    if one.hours_a_week + other.hours_a_week > MOST_HOURS:
        return True
    return any(
        low < their_high and their_low < high for low, high in one.times for their_low, their_high in other.times
    )


def instance_of(
    rows: Sequence[InLine],
    openings: Sequence[Opening],
    *,
    today: date,
    weeks: int,
    queued: Mapping[int, UUID],
    locks: Sequence[UUID] = (),
    with_floor: bool = True,
) -> Asked:
    """The instance, with everybody in the queue's order. `locks` are the occasions of the locked entries, by number.

    `queued`: entry → what the queue's order alone would give.

    Raises ValueError when a locked entry cannot have its occasion.
    """
    ordered = sorted(openings, key=lambda one: (one.starts_on, str(one.id)))
    names = {one.id: f"T{number:02d}" for number, one in enumerate(ordered, 1)}
    weeks_of = {one.id: max(0, (one.starts_on - today).days // 7) for one in ordered}
    wishing = _wishing(rows)
    people: dict[int, str] = {}
    made = []
    for (number, priority), own in _persons(rows).items():
        name = (
            f"P{number}"
            if len({row.priority_class for row in rows if row.person == number}) == 1
            else f"P{number}-{priority}"
        )
        tracks = _tracks([row for row in own if wishing[row.key]], wishing, names, _benefits(rows, queued))
        if not tracks:
            continue
        people |= {row.key: name for row in own}
        sex = next((row.sex for row in own if row.sex), "")
        waited = max(row.waited for row in own)
        made.append(Person(name, tracks, -(waited // 7), 0, priority, {"sex": sex}))
    activities = tuple(_activity(one, names[one.id], weeks_of[one.id], weeks) for one in ordered)
    rules, has_floor = _rules(made, ordered, names, weeks_of, with_floor)
    rules += _locks(rows, locks, names, weeks_of, people, wishing)
    instance = Instance(weeks + 1, activities, tuple(made), tuple(rules), made_by="samkraft")
    return Asked(
        instance,
        {activity.occasion(activity.starts[0].week): one.id for activity, one in zip(activities, ordered, strict=True)},
        people,
        has_floor,
    )


def _persons(rows: Sequence[InLine]) -> dict[tuple[int, int], list[InLine]]:
    """Each person's entries, apart where they stand in different classes."""
    found: dict[tuple[int, int], list[InLine]] = {}
    for row in rows:
        found.setdefault((row.person, row.priority_class), []).append(row)
    return found


def _wishing(rows: Sequence[InLine]) -> dict[int, tuple[UUID, ...]]:
    """What each entry can be given. Who stands twice in one queue is given a place through the first."""
    seen: set[tuple[int, UUID]] = set()
    found = {}
    for row in rows:
        found[row.key] = () if (row.person, row.activity_id) in seen else row.may_have
        seen.add((row.person, row.activity_id))
    return found


def _tracks(
    own: Sequence[InLine], wishing: Mapping[int, tuple[UUID, ...]], names: Mapping[UUID, str], benefit: Benefit
) -> tuple[tuple[Need, ...], ...]:
    """A track for each entry, or one for those that follow each other. What follows something that cannot be had is left out."""
    here = {row.key: row for row in own}
    chains: list[list[InLine]] = []
    placed: set[int] = set()
    for row in sorted(own, key=lambda one: len(_before(one, here))):
        if any(key not in placed for key in row.after):
            continue
        chain = next((chain for chain in chains if any(one.key in row.after for one in chain)), None)
        if chain is None:
            chains.append([row])
        else:
            chain.append(row)
        placed.add(row.key)
    return tuple(
        tuple(Need(tuple(Wish(names[one], benefit(row, one)) for one in wishing[row.key])) for row in chain)
        for chain in chains
    )


def _before(row: InLine, here: Mapping[int, InLine], seen: frozenset[int] = frozenset()) -> set[int]:
    """Everything that comes before an entry, through as many as there are."""
    found: set[int] = set()
    for key in row.after:
        if key in here and key not in seen:
            found |= {key} | _before(here[key], here, seen | {row.key, key})
    return found


def _benefits(rows: Sequence[InLine], queued: Mapping[int, UUID]) -> Benefit:
    """What an occasion counts for an entry."""
    order = {row.key: at for at, row in enumerate(rows)}

    def benefit(row: InLine, occasion: UUID) -> float:
        waited = min(row.waited / 7, WEIGHTS.most_weeks) / WEIGHTS.most_weeks
        kept = WEIGHTS.as_in_queue if queued.get(row.key) == occasion else 0.0
        return round(WEIGHTS.place + WEIGHTS.longest_waited * waited + kept - _JUST_AFTER * order[row.key], 7)

    return benefit


def _activity(one: Opening, name: str, week: int, weeks: int) -> Activity:
    lasts = weeks + 1 if one.ends_on is None else max(1, -(-((one.ends_on - one.starts_on).days + 1) // 7))
    return Activity(name, lasts, (Start(week, one.places),))


def _rules(
    people: Sequence[Person],
    openings: Sequence[Opening],
    names: Mapping[UUID, str],
    weeks_of: Mapping[UUID, int],
    with_floor: bool,
) -> tuple[list[Rule], bool]:
    rules: list[Rule] = [Waiting("vantan", loss_per_week=WEIGHTS.week_to_start), AtOnce("samtidigt", most=MOST_AT_ONCE)]
    if len({one.priority for one in people}) > 1:
        rules.append(Priority("turordning"))
    floors = list(_floors(people)) if with_floor else []
    collide = collisions(openings)
    occasion = {one: f"{name}@{weeks_of[one]}" for one, name in names.items()}
    wished = [{wish.activity for track in one.tracks for need in track for wish in need.wishes} for one in people]
    for pair in sorted(collide, key=lambda pair: sorted(names[one] for one in pair)):
        first, second = sorted(pair, key=lambda one: names[one])
        if any({names[first], names[second]} <= one for one in wished):
            rules.append(Clash(f"krock-{names[first]}-{names[second]}", occasions=(occasion[first], occasion[second])))
    return rules + floors, bool(floors)


def _floors(people: Sequence[Person]) -> Iterable[Floor]:
    """Places per head of each sex at least nine tenths of the others'. Not for a few, nor where the sex of a few is unknown."""
    many = {sex: sum(one.groups["sex"] == sex for one in people) for sex in SEXES}
    if min(many.values()) < FEWEST_FOR_FLOOR or sum(many.values()) < len(people):
        return
    yield Floor("lika-platser", by="sex", share=FLOOR_SHARE, unit="places", base="eligible")


def _locks(
    rows: Sequence[InLine], locks: Sequence[UUID], names: Mapping[UUID, str], weeks_of: Mapping[UUID, int],
    people: Mapping[int, str], wishing: Mapping[int, tuple[UUID, ...]],
) -> list[Rule]:  # fmt: skip
    made: list[Rule] = []
    for row in rows:
        if row.lock is None:
            continue
        wanted = locks[row.lock - 1]
        if wanted not in wishing[row.key] or row.key not in people:
            raise ValueError(wanted)
        made.append(Lock(f"last-{row.lock}", person=people[row.key], occasion=f"{names[wanted]}@{weeks_of[wanted]}"))
    if len(made) < len(locks):
        raise ValueError("somebody who is locked does not wait any more")
    return made


def given(
    asked: Asked, rows: Sequence[InLine], placements: Mapping[str, Sequence[str]], of: Mapping[UUID, UUID]
) -> dict[int, UUID]:
    """Entry → occasion, of a plan by the instance's names. `of`: occasion → activity."""
    found: dict[int, UUID] = {}
    taken: set[tuple[str, UUID]] = set()
    for row in rows:
        name = asked.people.get(row.key, "")
        for occasion in placements.get(name, ()):
            one = asked.occasions[occasion]
            if of[one] == row.activity_id and one in row.may_have and (name, one) not in taken:
                found[row.key] = one
                taken.add((name, one))
                break
    return found


def earlier(asked: Asked, rows: Sequence[InLine]) -> dict[str, tuple[str, ...]]:
    """What an earlier proposal gave, by this instance's names, as far as it is still there."""
    known = {one: name for name, one in asked.occasions.items()}
    found: dict[str, list[str]] = {}
    for row in rows:
        if row.had in known and row.key in asked.people:
            found.setdefault(asked.people[row.key], []).append(known[row.had])
    return {name: tuple(sorted(those, key=lambda one: int(one.split("@")[1]))) for name, those in found.items()}
