"""Who gets what: for each kind of activity how many women and men have begun, held against all participants; and for each
named activity with places who has joined its line and who has begun.

Out of figures that are kept back where they are small: what is hidden there has no share here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samkraft.knowledge.rules.figures import Figure, wilson

EVERYBODY = "participants"
ACTIVITIES = (
    "workplace", "in_matching", "in_education", "in_motivating", "in_rehabilitation", "guided", "study_plans", "in_programme",
)  # fmt: skip
"""The indicators that tell who has got what, in the order in which they are shown."""

JOINED, BEGUN = "need_to_queue", "need_to_start"
"""The stages of a wait whose end says that somebody has joined the line of an activity, and has begun in it."""


@dataclass(frozen=True, slots=True)
class Shared:
    """One indicator by sex, as it was told of a day.

    women, men: None where they are not shown. Those whose sex is unknown are in neither. low, high: a 95 per cent interval of
    the share of women. of_women, of_men: of all women and of all men, how large a part.
    """

    code: str
    day: date
    women: int | None
    men: int | None
    low: float | None = None
    high: float | None = None
    of_women: float | None = None
    of_men: float | None = None

    @property
    def share(self) -> float | None:
        """The share of women; None of nobody."""
        if self.women is None or self.men is None or not self.women + self.men:
            return None
        return self.women / (self.women + self.men)

    def differs(self, reference: float | None) -> bool:
        """Whether all of the interval lies on one side of the share of women among everybody."""
        return reference is not None and self.low is not None and self.high is not None and not (
            self.low <= reference <= self.high
        )  # fmt: skip


def of(
    told: Sequence[tuple[date, Mapping[str, Mapping[str, Figure]]]], codes: Sequence[str] = (EVERYBODY, *ACTIVITIES)
) -> tuple[Shared, ...]:
    """One for each of these that has been told of by sex; everybody first. told: day and indicator → group → figure, the
    newest first.

    Where the newest hides a number, what an earlier one has told of both sexes stands instead, with its day.
    """
    found = []
    for code in codes:
        days = [
            (day, *_by_sex(groups[code]), *_by_sex(groups.get(EVERYBODY, {})))
            for day, groups in told
            if groups.get(code)
        ]
        if not days:
            continue
        day, women, men, all_women, all_men = next((one for one in days if None not in one[1:3]), days[0])
        low, high = (
            wilson(women, women + men) if women is not None and men is not None and women + men else (None, None)
        )
        found.append(Shared(code, day, women, men, low, high, _part(women, all_women), _part(men, all_men)))
    return tuple(found)


def counted(code: str, day: date, women: int | None, men: int | None) -> Shared:
    """Women and men of whom nothing else is known."""
    if women is None or men is None or not women + men:
        return Shared(code, day, women, men)
    return Shared(code, day, women, men, *wilson(women, women + men))


def by_name(
    told: Mapping[tuple[UUID, str, str], int], names: Mapping[UUID, str], day: date
) -> tuple[tuple[str, Shared, Shared], ...]:
    """Named activities: name, who has joined the line and who has begun, by name. told: activity, stage and sex → how many.

    A number that is not told is hidden; an activity of which nothing is told is left out.
    """
    found = []
    for key, name in sorted(names.items(), key=lambda one: one[1]):
        joined, begun = (
            counted(stage, day, told.get((key, stage, "woman")), told.get((key, stage, "man")))
            for stage in (JOINED, BEGUN)
        )
        if any(one is not None for one in (joined.women, joined.men, begun.women, begun.men)):
            found.append((name, joined, begun))
    return tuple(found)


def _by_sex(groups: Mapping[str, Figure]) -> tuple[int | None, int | None]:
    return groups.get("woman", Figure()).n, groups.get("man", Figure()).n


def _part(n: int | None, of: int | None) -> float | None:
    return n / of if n is not None and of else None
