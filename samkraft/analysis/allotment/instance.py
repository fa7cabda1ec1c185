"""What an allotment is asked about: activities with occasions, people with wishes, and rules. Plain frozen data.

Weeks are whole numbers from the planning day: week 0 is the first that can be planned, and somebody who joined in week
-12 has waited twelve weeks. Upper bounds are exclusive. An occasion is named `ACTIVITY@WEEK`, by the week it starts.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Start:
    """One occasion of an activity: the week it starts, and its places."""

    week: int
    places: int


@dataclass(frozen=True, slots=True)
class Activity:
    """What can be taken part in. Each occasion lasts `weeks`; `requires` are tags that a person must have."""

    id: str
    weeks: int
    starts: tuple[Start, ...]
    requires: frozenset[str] = frozenset()
    name: str = ""

    def occasion(self, week: int) -> str:
        """The name of the occasion that starts in that week."""
        return f"{self.id}@{week}"


@dataclass(frozen=True, slots=True)
class Wish:
    """One activity that somebody wishes or needs, and the benefit that is expected of it.

    `se` is the standard error of an estimated benefit; `draws` are draws of the estimate instead, as many for every
    wish and in the same order, so that errors that are shared stay shared. Neither means that the benefit is known.
    """

    activity: str
    benefit: float
    se: float = 0.0
    draws: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Need:
    """One stage of somebody's way: any of the wishes fills it.

    It starts at least `gap` weeks, and at most `longest_gap` weeks, after the stage before it ends. A stage that may be
    skipped does not stop the next.
    """

    wishes: tuple[Wish, ...]
    gap: int = 0
    longest_gap: int | None = None
    may_skip: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who waits for places. `tracks` are sequences of needs; more than one when some go beside the others.

    `groups` says for instance {"sex": "K"}; `priority` 1 comes before 2; `away` are weeks that cannot be used;
    `holds` are occasions that were given before.
    """

    id: str
    tracks: tuple[tuple[Need, ...], ...]
    joined: int = 0
    ready: int = 0
    priority: int = 1
    groups: dict[str, str] = field(default_factory=dict)
    has: frozenset[str] = frozenset()
    away: tuple[tuple[int, int], ...] = ()
    holds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with a name of its own. `price` is what one unit of breaking it costs, in benefit; None: it is hard."""

    id: str
    price: float | None = None


@dataclass(frozen=True, slots=True)
class Capacity(Rule):
    """No occasion takes more people than it has places. Soft: a place beyond them costs `price`."""


@dataclass(frozen=True, slots=True)
class AtOnce(Rule):
    """Nobody is in more than `most` occasions in the same week."""

    most: int = 1


@dataclass(frozen=True, slots=True)
class Pool(Rule):
    """At most `most` people at once in these activities together, every week: a room, a supervisor."""

    activities: tuple[str, ...] = ()
    most: int = 0


@dataclass(frozen=True, slots=True)
class Clash(Rule):
    """The same person cannot have more than one of these occasions."""

    occasions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Together(Rule):
    """These people go together: the same occasions, or none."""

    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lock(Rule):
    """This person has this occasion."""

    person: str = ""
    occasion: str = ""


@dataclass(frozen=True, slots=True)
class Holdings(Rule):
    """Occasions that were given before are kept. Soft: to lose one costs `price`."""


@dataclass(frozen=True, slots=True)
class Floor(Rule):
    """Benefit (or places) per head of each group in `by` is at least `share` of what the others have per head.

    `unit` is "benefit" or "places". `base` says who is counted as heads: "eligible", those who could have any place at
    all, or "all".
    """

    by: str = ""
    share: float = 0.9
    unit: str = "benefit"
    base: str = "eligible"


@dataclass(frozen=True, slots=True)
class Priority(Rule):
    """Classes are served in order: what a higher class can get is never lessened for a lower one."""


@dataclass(frozen=True, slots=True)
class Waiting(Rule):
    """Each week until an occasion starts takes this share of its benefit."""

    loss_per_week: float = 0.0


@dataclass(frozen=True, slots=True)
class Instance:
    """Everything that an allotment is asked about."""

    weeks: int
    activities: tuple[Activity, ...]
    people: tuple[Person, ...]
    rules: tuple[Rule, ...] = ()
    made_by: str = ""

    def occasions(self) -> Iterator[tuple[Activity, Start]]:
        """Every occasion, in order of activity and week."""
        for activity in self.activities:
            for start in activity.starts:
                yield activity, start

    def of(self, kind: type[Rule]) -> tuple[Rule, ...]:
        """The rules of one kind."""
        return tuple(rule for rule in self.rules if isinstance(rule, kind))

    def loss_per_week(self) -> float:
        """The share of benefit that each week of waiting takes."""
        return sum(rule.loss_per_week for rule in self.rules if isinstance(rule, Waiting))
