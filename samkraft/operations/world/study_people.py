"""Invented people who may be called, with what becomes of each whether the lot draws them or not: the effect is built in.

Of a hundred who are not called, a quarter are in work or studies after half a year. Of those who are called four in five
come to a first meeting, and of these fifteen more of a hundred reach it: twelve more of a hundred drawn.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np

from samkraft.analysis.draws import fair
from samkraft.knowledge.rules.studies import lots, registrations
from samkraft.knowledge.rules.studies.estimates import Row
from samkraft.knowledge.rules.studies.registrations import Ethics, Outcome, Registration
from samkraft.people.rules.call_lists import Followed
from samkraft.values.identity_number import Sex

PEOPLE, PLACES = 640, 320
BASELINE, COMING, EFFECT_OF_COMING, UNKNOWN = 0.25, 0.8, 0.15, 0.08
EFFECT = COMING * EFFECT_OF_COMING
HORIZON_DAYS = 183

PROMISE = {
    "title": "Samtal och möte inom två veckor",
    "question": "Kommer fler i arbete eller studier om de rings upp och får ett första möte inom två veckor?",
    "offer": "Ett samtal från en arbetsförmedlare och ett första möte med teamet inom två veckor.",
    "comparison": "Det som alla får: kallelse i vanlig ordning. De rings efter uppföljningen.",
    "outcome": Outcome.WORK_OR_STUDIES.value,
    "horizon_days": str(HORIZON_DAYS),
    "people": str(PEOPLE),
    "places": str(PLACES),
    "baseline_percent": f"{100 * BASELINE:g}",
    "effect_points": f"{100 * EFFECT:g}",
    "ethics": Ethics.NOT_RESEARCH.value,
    "ethics_reference": (
        "Uppföljning av den egna verksamheten. Inga känsliga uppgifter behandlas och ingen påverkas utöver det ordinarie "
        "stödet. Påhittat i demon."
    ),
    "legal_basis": "Uppgift av allmänt intresse, lagen (2002:546) om behandling i den arbetsmarknadspolitiska verksamheten",
    "impact_assessment": "Konsekvensbedömning 2025-03 (påhittad i demon)",
    "seed_source": "Svenska Spels Lotto, första raden, första dragningen efter att listan publicerades",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Life:
    """One of them. without, with_call: whether the person is in work or studies at the follow-up, not called and called."""

    sex: Sex
    birth_date: date
    worked_before: bool
    would_come: bool
    without: bool
    with_call: bool
    studies: bool
    is_known: bool

    def situation(self, *, is_drawn: bool) -> Followed | None:
        """What the register tells at the follow-up; None for who is not found in it."""
        if not self.is_known:
            return None
        if not (self.with_call if is_drawn else self.without):
            return Followed.OTHER
        return Followed.STUDIES if self.studies else Followed.WORK


def promised() -> Registration:
    """The demo's registration."""
    found, faults = registrations.read(PROMISE)
    if found is None:
        raise ValueError(faults)
    return found


def lives(seed: int, *, effect: float = EFFECT_OF_COMING) -> list[Life]:
    """Six hundred and forty of them, half women. effect: of coming, as a share."""
    lot = np.random.default_rng([seed, 7])
    before = lot.random(PEOPLE) < 0.3
    chance = BASELINE + np.where(before, 0.14, -0.06)
    would_come, fate = lot.random(PEOPLE) < COMING, lot.random(PEOPLE)
    days, studies, known = lot.integers(0, 40 * 365, PEOPLE), lot.random(PEOPLE) < 0.3, lot.random(PEOPLE) >= UNKNOWN
    return [
        Life(
            (Sex.WOMAN, Sex.MAN)[place % 2], date(1962, 1, 1) + timedelta(days=int(days[place])), bool(before[place]),
            bool(would_come[place]), bool(fate[place] < chance[place]),
            bool(fate[place] < chance[place] + effect * would_come[place]), bool(studies[place]), bool(known[place]),
        )
        for place in range(PEOPLE)
    ]  # fmt: skip


def rows(found: Sequence[Life], drawn: Sequence[bool]) -> list[Row]:
    """What the cohort door gives of them, when so many were drawn."""
    return [
        Row(
            one.sex.value, is_drawn, is_drawn and one.would_come, one.birth_date.year, one.worked_before,
            situation.value if (situation := one.situation(is_drawn=is_drawn)) else None,
        )
        for one, is_drawn in zip(found, drawn, strict=True)
    ]  # fmt: skip


def drawn_by_lot(found: Sequence[Life], seed: int) -> list[bool]:
    """Who is drawn among them, by the product's own lot."""
    codes = {f"{seed:06x}{place:06x}": one.sex.value for place, one in enumerate(found)}
    at = datetime(2025, 3, 3, 9, tzinfo=UTC)
    published = lots.as_list(codes, promised(), at=at)
    lot: fair.Draw = lots.drawn(published, codes, seed=f"lotto {seed}", seed_at=at + timedelta(days=7))
    inside = set(lot.drawn)
    return [code in inside for code in codes]
