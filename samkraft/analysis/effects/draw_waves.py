"""Drawn by lot, wave by wave: each wave is compared within itself, by the original draw.

Who is drawn in a later wave stays in the comparison of the earlier one: the horizon is fixed and counted from the
original draw, so the effect is that of being drawn then instead of later or never. Neyman (1923) within each wave.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samkraft.analysis.effects import results
from samkraft.analysis.effects.passes import Floats
from samkraft.analysis.effects.results import Estimate
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

NO_WAVE = Reason(
    "no_usable_wave", phrase("Ingen omgång har minst två dragna och två odragna att jämföra."),
)  # fmt: skip
BAD_CHANCE = Reason(
    "draw_chance", phrase("Dragningens sannolikhet i {name} ska ligga mellan 0 och 1 utan att vara 0 eller 1.")
)


@dataclass(frozen=True, slots=True)
class Answer:
    """The effect of being drawn; used and left-out waves; people in waves without anybody to compare with."""

    effect: Estimate
    waves_used: int
    waves_left_out: int
    people_left_out: int


def estimate(waves: NDArray[np.int64], drawn: Floats, outcome: Floats, chance: Floats | None = None) -> Answer:
    """waves (n) says which wave, drawn 0 or 1 (n), chance (n) each person's probability of being drawn, where it differs.

    Inside a wave each person weighs one over the chance of what the lot gave; waves weigh by their people.
    """
    if chance is not None and ((chance <= 0) | (chance >= 1)).any():
        raise Refused(BAD_CHANCE, name="chance")
    weights = np.ones(len(drawn)) if chance is None else np.where(drawn == 1, 1 / chance, 1 / (1 - chance))
    _, places = np.unique(waves, return_inverse=True)
    many = int(places.max()) + 1
    counts = [np.bincount(places, drawn == side, many) for side in (0, 1)]
    usable = (counts[0] >= 2) & (counts[1] >= 2)
    if not usable.any():
        raise Refused(NO_WAVE)
    people = np.where(usable, counts[0] + counts[1], 0.0)
    share = people / people.sum()
    gap, variance, below = np.zeros(many), np.zeros(many), 0.0
    for side, sign in ((0, -1.0), (1, 1.0)):
        inside = weights * (drawn == side)
        total = np.where(usable, np.bincount(places, inside, many), 1.0)
        middle = np.bincount(places, inside * outcome, many) / total
        gap += sign * middle
        bits = np.bincount(places, (inside * (outcome - middle[places])) ** 2, many) / total**2
        own = bits * counts[side] / np.maximum(counts[side] - 1, 1)
        variance += own
        below += float((((share**2 * own) ** 2) / np.maximum(counts[side] - 1, 1))[usable].sum())
    effect = float(share @ gap)
    total_variance = float((share**2 * variance)[usable].sum())
    se = float(np.sqrt(total_variance))
    # Satterthwaite, as for one wave alone: a small side of a large wave carries much of the spread on few people.
    dof = total_variance**2 / below if below > 0 else float(people.sum() - 2 * usable.sum())
    left = int(len(drawn) - people.sum())
    return Answer(
        results.made("drawn_by_wave", effect, se, int(people.sum()), dof=dof),
        int(usable.sum()), int(many - usable.sum()), left,
    )  # fmt: skip
