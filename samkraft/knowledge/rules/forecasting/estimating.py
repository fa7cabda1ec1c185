"""What each assumption is, on what it rests and how sure it is: the plan, the history and the own data side by side.

A parameter uses the own data when they are enough, else the history, else the plan, and says which. How people leave is one
matter: its parameters come from the same source, or those who leave early would be counted twice.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samkraft.analysis.queues import quantities
from samkraft.analysis.queues.forecast import learning
from samkraft.analysis.queues.forecast.state import State
from samkraft.analysis.queues.pathway import Scenario
from samkraft.analysis.queues.quantities import Quantity
from samkraft.knowledge.rules.forecasting import arranging
from samkraft.knowledge.rules.forecasting.arranging import Arranged, Source
from samkraft.values.wording import phrase

Reals = NDArray[np.float64]
ENOUGH = 30  # people that an own estimate rests on
FEWEST = 5  # fewer are never shown, neither those who did nor those who did not
STEP = 10  # how many there are is told in such steps
LEAST_SHAPE, MOST_SHAPE = 0.8, 25.0
LEVELS = (0.05, 0.5, 0.95)
DRAWN = 2000

SOURCE_NAMES = {
    Source.PLAN: phrase("planen"),
    Source.HISTORY: phrase("historien"),
    Source.OWN: phrase("egna uppgifter"),
}
WORDS = {
    "reach": phrase("Andel av de planerade som börjar"),
    "success": phrase("Andel av alla som går ut som går till arbete eller studier"),
    "stay": phrase("Tid från start till slut, i medel"),
    "drop": phrase("Flyttar från kommunen, per vecka"),
    "days": phrase("Tid i {phase} utan pauser, i medel"),
    "leaves": phrase("Går till arbete eller studier ur {phase}"),
    "pauses": phrase("Börjar en paus, per vecka"),
    "pauselength": phrase("En paus varar, i medel"),
    "ends": phrase("Går ut på annat sätt ur {phase}"),
}


@dataclass(frozen=True, slots=True)
class Interval:
    """5, 50 and 95 per cent."""

    low: float
    middle: float
    high: float

    @property
    def is_sure(self) -> bool:
        """Whether it is one number."""
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class Estimate:
    """One assumption. unit: share, days or per_week. n: the people it rests on, in steps of ten; hidden: too few to show.

    used: which of the three the forecast counts on; None for what is worked out from the others.
    """

    code: str
    unit: str
    phase: int
    plan: Interval | None
    history: Interval | None
    own: Interval | None
    n: int
    hidden: bool
    used: Source | None
    is_main: bool

    def as_json(self) -> dict[str, Any]:
        """As it is kept."""
        return {**asdict(self), "used": self.used.value if self.used else ""}


@dataclass(frozen=True)
class Learnt:
    """Everything that was learnt: the table, the scenario to run, and the draws for what the own data say (R, W)."""

    estimates: tuple[Estimate, ...]
    scenario: Scenario
    draws: dict[str, Reals]
    sources: dict[str, Source]


def of_json(data: Mapping[str, Any]) -> Estimate:
    """As it was kept."""

    def band(one: Mapping[str, float] | None) -> Interval | None:
        return Interval(**one) if one else None

    return Estimate(
        data["code"], data["unit"], data["phase"], band(data["plan"]), band(data["history"]), band(data["own"]), data["n"],
        data["hidden"], Source(data["used"]) if data["used"] else None, data["is_main"],
    )  # fmt: skip


def words(one: Estimate) -> str:
    """What an assumption is called; `{phase}` stands for the phase's name."""
    return WORDS[one.code.split("_")[0]]


def shapes(made: Scenario, state: State) -> dict[int, float]:
    """Phase → the shape of its stays, from the stays that have ended by moving on, where they are enough."""
    found = {}
    for number in range(1, len(made.phases) + 1):
        days = state.stays[number - 1]
        ended = np.maximum(days[days[:, 1] > 0, 0], 0.5)
        if len(ended) >= ENOUGH and ended.var() > 0:
            found[number] = float(np.clip(ended.mean() ** 2 / ended.var(), LEAST_SHAPE, MOST_SHAPE))
    return found


def learn(
    arranged: Arranged, made: Scenario, state: State | None, *, count: int, seed: int, uneven: float = 1.0
) -> Learnt:
    """What the state says. state None: nothing has happened yet, and everything falls back. uneven: of the intake."""
    dice = np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, 2])))
    own: dict[str, Reals] = {}
    if state is not None:
        own = learning.posterior(made, Source.OWN.value, state, count=count, dice=dice)
        own["drop"] = _drop_draws(state, count, dice)
        _uncertain_pace(made, state, own["reach"], uneven, dice)
    numbers = _numbers(made, state)
    sources = _sources(arranged, made, numbers)
    chosen = {name: _fallback(made, name, source) for name, source in sources.items() if source is not Source.OWN}
    draws = {name: values for name, values in own.items() if sources[name] is Source.OWN}
    drawn = {
        source: _drawn(made, source, seed) for source in (Source.PLAN, Source.HISTORY)
    } | {Source.OWN: {name: values.mean(axis=1) for name, values in own.items()}}  # fmt: skip
    rows = [_row(made, name, drawn, numbers, sources, arranged) for name in made.parameters]
    main = [_success(made, drawn, numbers, arranged), _stay(made, drawn, numbers, arranged)]
    rows = [row for row in rows if row.code == "reach"] + main + [row for row in rows if row.code != "reach"]
    return Learnt(tuple(rows), arranging.replaced(made, chosen), draws, sources)


@dataclass(frozen=True, slots=True)
class _Number:
    """How many an estimate rests on: of so many so many did it; for stays and rates only how many."""

    of: int
    did: int | None

    @property
    def too_few(self) -> bool:
        return self.of < FEWEST or (self.did is not None and min(self.did, self.of - self.did) < FEWEST)


def _numbers(made: Scenario, state: State | None) -> dict[str, _Number]:
    if state is None:
        return {name: _Number(0, None) for name in made.parameters}
    many = len(made.phases)
    found = {"reach": _Number(_reach(made, state), None)}
    for number in range(1, many + 1):
        outcomes = state.outcomes[number - 1].sum(axis=0)
        of = int(outcomes.sum())
        found[f"days_{number}"] = _Number(int((state.stays[number - 1][:, 1] > 0).sum()), None)
        found[f"success_{number}"] = _Number(of, int(outcomes[many]))
        if number < many:
            found[f"ends_{number}"] = _Number(of, int(outcomes[many + 1]))
    found["drop"] = _Number(int(state.came.sum()), int(state.exits[:, -1].sum()))
    return found


def _reach(made: Scenario, state: State) -> int:
    """The people of intakes that have gone on for so long that they say something."""
    known = [wave for wave, _share in learning.known_shares(made, state, "reach")]
    return int(sum(state.came[wave] for wave in known))


def _uncertain_pace(made: Scenario, state: State, reach: Reals, uneven: float, dice: np.random.Generator) -> None:
    """An intake that goes on need not go on at the pace it has had: gamma, as uneven as the months have been."""
    for wave, intake in enumerate(made.intakes):
        begun, lasts = (intake.begins - made.begins).days, (intake.ends - intake.begins).days
        passed = (state.day - begun) / lasts
        if 0 < passed < 1 and state.came[wave]:
            size = float(state.came[wave]) / uneven
            reach[:, wave] = dice.gamma(size, 1 / size, len(reach)) * state.came[wave] / (intake.people * passed)


def _drop_draws(state: State, count: int, dice: np.random.Generator) -> Reals:
    """A rate per week: gamma, with Jeffreys' prior, of those who dropped out over the weeks that all have spent."""
    weeks = float(sum(stays[:, 0].sum() for stays in state.stays)) / 7
    rate = dice.gamma(0.5 + float(state.exits[:, -1].sum()), 1 / max(weeks, 1.0), count)
    return np.repeat(rate[:, None], state.exits.shape[0], axis=1)


def _sources(arranged: Arranged, made: Scenario, numbers: Mapping[str, _Number]) -> dict[str, Source]:
    past = arranged.assumed
    last = numbers[f"success_{len(made.phases)}"]
    past_out = Source.HISTORY if arranging.history_share(past) else Source.PLAN
    out = Source.OWN if last.of >= ENOUGH else past_out
    found = {}
    for name in made.parameters:
        if name == "reach":
            has = arranging.history_reach(past) is not None
            enough = numbers[name].of >= ENOUGH
            found[name] = Source.OWN if enough else Source.HISTORY if has else Source.PLAN
        elif name.startswith("days"):
            enough = numbers[name].of >= ENOUGH
            found[name] = Source.OWN if enough else Source.HISTORY if past.history_days else Source.PLAN
        else:
            found[name] = out
    return found


def _fallback(made: Scenario, name: str, source: Source) -> Quantity:
    return made.parameters[name].under(source.value)


def _drawn(made: Scenario, source: Source, seed: int) -> dict[str, Reals]:
    waves = len(made.intakes)
    return {
        name: quantities.draw(one, source.value, seed=seed, count=DRAWN, waves=waves).mean(axis=1)
        for name, one in made.parameters.items()
    }


def band(values: Reals | None) -> Interval | None:
    """5, 50 and 95 per cent of draws."""
    return None if values is None else Interval(*(round(float(one), 5) for one in np.quantile(values, LEVELS)))


def _n(number: _Number) -> int:
    return number.of // STEP * STEP


def _has_history(arranged: Arranged, name: str) -> bool:
    past = arranged.assumed
    if name == "reach":
        return arranging.history_reach(past) is not None
    return bool(past.history_days) if name.startswith("days") else arranging.history_share(past) is not None


def _row(
    made: Scenario, name: str, drawn: Mapping[Source, Mapping[str, Reals]], numbers: Mapping[str, _Number],
    sources: Mapping[str, Source], arranged: Arranged,
) -> Estimate:  # fmt: skip
    kind, _, number = name.partition("_")
    code = f"leaves_{number}" if kind == "success" else name
    told = numbers[name]
    own = drawn[Source.OWN].get(name)
    return Estimate(
        code, {"days": "days", "drop": "per_week"}.get(kind, "share"), int(number or 0),
        band(drawn[Source.PLAN][name]),
        band(drawn[Source.HISTORY][name]) if _has_history(arranged, name) and not _only_at_the_end(made, name) else None,
        None if told.too_few else band(own), _n(told), told.too_few and told.of > 0, sources[name], name == "reach",
    )  # fmt: skip


def _only_at_the_end(made: Scenario, name: str) -> bool:
    """Whether the history, which tells of all who left together, says nothing about this."""
    kind, _, number = name.partition("_")
    return kind in ("ends", "drop") or (kind == "success" and int(number) < len(made.phases))


def _success(
    made: Scenario, drawn: Mapping[Source, Mapping[str, Reals]], numbers: Mapping[str, _Number], arranged: Arranged
) -> Estimate:
    many = len(made.phases)
    worked_out = {source: _share_of_all(values, many) for source, values in drawn.items()}
    of = sum(one.did or 0 for name, one in numbers.items() if name.startswith("ends")) + numbers[f"success_{many}"].of
    of += sum(one.did or 0 for name, one in numbers.items() if name.startswith("success") and name != f"success_{many}")
    did = sum(one.did or 0 for name, one in numbers.items() if name.startswith("success"))
    told = _Number(of, did)
    has_plan = arranging.plan_share(arranged) is not None
    return Estimate(
        "success", "share", 0, band(worked_out[Source.PLAN]) if has_plan else None,
        band(worked_out[Source.HISTORY]) if arranging.history_share(arranged.assumed) else None,
        None if told.too_few else band(worked_out[Source.OWN]), _n(told), told.too_few and of > 0, None, True,
    )  # fmt: skip


def _stay(
    made: Scenario, drawn: Mapping[Source, Mapping[str, Reals]], numbers: Mapping[str, _Number], arranged: Arranged
) -> Estimate:
    many = len(made.phases)
    worked_out = {source: _whole_stay(values, many) for source, values in drawn.items()}
    told = _Number(numbers[f"days_{many}"].of, None)
    return Estimate(
        "stay", "days", 0, band(worked_out[Source.PLAN]),
        band(worked_out[Source.HISTORY]) if arranged.assumed.history_days else None,
        None if told.too_few else band(worked_out[Source.OWN]), _n(told), told.too_few and told.of > 0, None, True,
    )  # fmt: skip


def _share_of_all(values: Mapping[str, Reals], many: int) -> Reals | None:
    """Of all who leave by a phase's end, the share that leaves for work or studies."""
    if f"success_{many}" not in values:
        return None
    share, on = np.zeros(1), np.ones(1)
    for number in range(1, many + 1):
        share = share + on * values[f"success_{number}"]
        on = on * np.maximum(0.0, 1 - values[f"success_{number}"] - values.get(f"ends_{number}", np.zeros(1)))
    return np.asarray(share)


def _whole_stay(values: Mapping[str, Reals], many: int) -> Reals | None:
    if f"days_{many}" not in values:
        return None
    days, on = np.zeros(1), np.ones(1)
    for number in range(1, many + 1):
        days = days + on * values[f"days_{number}"]
        if number < many:
            on = on * np.maximum(0.0, 1 - values[f"success_{number}"] - values[f"ends_{number}"])
    return np.asarray(days)
