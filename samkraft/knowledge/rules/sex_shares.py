"""Who gets what: for each kind of activity how many women and men have begun, held against all participants.

Out of figures that have passed the disclosure door: what is hidden there has no share here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from samkraft.knowledge.rules.figures import Figure, wilson
from samkraft.knowledge.rules.groups import Dimension

EVERYBODY = "participants"
ACTIVITIES = (
    "workplace", "in_matching", "in_education", "in_motivating", "in_rehabilitation", "guided", "study_plans", "in_programme",
)  # fmt: skip
"""The indicators that tell who has got what, in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class Shared:
    """One indicator by sex. women, men: None where they are not shown. Those whose sex is unknown are in neither.

    low, high: a 95 per cent interval of the share of women. of_women, of_men: of all women and of all men, how large a part.
    """

    code: str
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
    told: Mapping[str, Mapping[str, Mapping[str, Figure]]], codes: Sequence[str] = (EVERYBODY, *ACTIVITIES)
) -> tuple[Shared, ...]:
    """One for each of these that the snapshot tells of by sex; everybody first. told: indicator → dimension → group."""
    all_women, all_men = _by_sex(told, EVERYBODY)
    found = []
    for code in codes:
        if Dimension.SEX not in told.get(code, {}):
            continue
        women, men = _by_sex(told, code)
        if women is None or men is None or not women + men:
            found.append(Shared(code, women, men, of_women=_part(women, all_women), of_men=_part(men, all_men)))
            continue
        low, high = wilson(women, women + men)
        found.append(Shared(code, women, men, low, high, _part(women, all_women), _part(men, all_men)))
    return tuple(found)


def _by_sex(told: Mapping[str, Mapping[str, Mapping[str, Figure]]], code: str) -> tuple[int | None, int | None]:
    groups = told.get(code, {}).get(Dimension.SEX, {})
    return groups.get("woman", Figure()).n, groups.get("man", Figure()).n


def _part(n: int | None, of: int | None) -> float | None:
    return n / of if n is not None and of else None
