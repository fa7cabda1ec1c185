"""A simulation in words and as data: assumptions side by side, probabilities with their Monte Carlo error, what matters."""

import dataclasses
from collections.abc import Sequence
from typing import Any

import numpy as np

from samkraft.analysis.queues.capacity import Found
from samkraft.analysis.queues.comparison import Difference
from samkraft.analysis.queues.forecast.calibration import ORIGINS_IN_ONE_PROJECT
from samkraft.analysis.queues.forecast.judged import Judged
from samkraft.analysis.queues.matters import Swap
from samkraft.analysis.queues.pathway import Scenario, named
from samkraft.analysis.queues.summary import Chance, Room, Summary, Total
from samkraft.values import wording
from samkraft.values.wording import spoken


def in_words(
    scenario: Scenario, summaries: Sequence[Summary], swaps: Sequence[Swap], room: Room | None, *, seed: int, replications: int
) -> str:  # fmt: skip
    """Everything that one reads in the terminal."""
    head = spoken(
        "{replications} repetitioner, frö {seed}. {begins} till {ends}.",
        replications=replications, seed=seed, begins=scenario.begins, ends=scenario.ends,
    )  # fmt: skip
    lines = [scenario.name, head, ""]
    lines += _parameters(summaries)
    lines += _totals(summaries)
    lines += _chances(summaries)
    if room is not None:
        lines += _room(room)
    lines += _swaps(swaps)
    return "\n".join(lines).rstrip()


def _parameters(summaries: Sequence[Summary]) -> list[str]:
    lines = []
    for summary in summaries:
        for _, words, low, middle, high in summary.parameters:
            band = {"middle": _n(middle), "low": _n(low), "high": _n(high)}
            told = spoken("{words} {middle} (5–95 %: {low}–{high})", words=words, **band)
            lines.append(f"  {summary.assumption}: {told}")
    return [spoken("Osäkra antaganden, dragna på nytt i varje repetition:"), *lines, ""] if lines else []


def _totals(summaries: Sequence[Summary]) -> list[str]:
    shown = [
        total for total in zip(*(summary.totals for summary in summaries), strict=True) if any(t.high for t in total)
    ]
    width = max(len(row[0].name) for row in shown)
    heads = "  ".join(f"{summary.assumption:>27}" for summary in summaries)
    lines = [spoken("I mitten (5–95 %)"), f"  {'':<{width}}  {heads}"]
    for row in shown:
        cells = "  ".join(f"{_band(total):>27}" for total in row)
        lines.append(f"  {row[0].name:<{width}}  {cells}")
    lines += [
        spoken(
            "  Av variationen i ”{total}” ({assumption}) kommer {parameters} av osäkra antaganden och {chance} av slumpen.",
            total=total.name, assumption=summary.assumption, parameters=_whole(total.from_parameters),
            chance=_whole(1 - total.from_parameters),
        )
        for summary in summaries
        for total in summary.totals
        if total.kind and total.from_parameters is not None
    ][:2]  # fmt: skip
    return [*lines, ""]


def _band(total: Total) -> str:
    return f"{_n(total.middle)} ({_n(total.low)}–{_n(total.high)})"


def _chances(summaries: Sequence[Summary]) -> list[str]:
    if not summaries[0].chances:
        return []
    width = max(len(one.name) for one in summaries[0].chances)
    lines = [spoken("Sannolikhet att nå målet (inom parentes vad repetitionernas antal lämnar öppet)")]
    for row in zip(*(summary.chances for summary in summaries), strict=True):
        cells = "  ".join(f"{s.assumption}: {likely(one):<24}" for s, one in zip(summaries, row, strict=True))
        lines.append(f"  {row[0].name:<{width}}  {cells}".rstrip())
    return [*lines, ""]


def likely(chance: Chance) -> str:
    """A probability in words that never says more than the replications can: neither 0 nor 100 per cent."""
    if chance.probability == 0:
        return spoken("under {share}", share=_percent(chance.high))
    if chance.probability == 1:
        return spoken("över {share}", share=_percent(chance.low))
    return f"{_percent(chance.probability)} ({_percent(chance.low)}–{_percent(chance.high)})"


def _room(room: Room) -> list[str]:
    short = room.needed > room.places + 0.5
    inside = [n for n in range(len(room.days)) if room.places[n] > 0]
    if not inside or not short[inside].any():
        return [spoken("Platserna i teamen räcker i medel varje vecka."), ""]
    worst = max(inside, key=lambda n: room.needed[n] - room.places[n])
    first = next(n for n in inside if short[n])
    lines = [
        spoken("Rum: hur många som skulle vara inskrivna om ingen behövde vänta, mot platserna i öppna team"),
        spoken(
            "  Första dagen som platserna inte räcker är {day}: {needed} mot {places}.",
            day=room.days[first], needed=_n(room.needed[first]), places=_n(room.places[first]),
        ),
        spoken(
            "  Värst är det {day}: {needed} mot {places} platser, {short} för få.",
            day=room.days[worst], needed=_n(room.needed[worst]), places=_n(room.places[worst]),
            short=_n(room.needed[worst] - room.places[worst]),
        ),
    ]  # fmt: skip
    return [*lines, ""]


def _swaps(swaps: Sequence[Swap]) -> list[str]:
    if not swaps:
        return []
    lines = [spoken("Vilket antagande betyder mest? Ett i taget byts mot historiens, allt annat och slumpen lika:")]
    for one in swaps:
        if round(one.before) != round(one.after):
            told = {"words": one.words, "before": _n(one.before), "after": _n(one.after), "target": one.target}
            lines.append(spoken("  {words}: {before} blir {after} mot målet ”{target}”", **told))
    return [*lines, ""]


def differences(found: Sequence[Difference], first: str, second: str) -> str:
    """A comparison in words."""
    lines = [
        spoken(
            "Skillnad: ”{second}” minus ”{first}”, samma slump för alla (95 % intervall)", second=second, first=first
        )
    ]
    width = max(len(one.name) for one in found)
    lines += [
        f"  {one.name:<{width}}  {_n(one.first):>10} → {_n(one.second):>10}   {_signed(one.difference)} "
        f"({_between(_signed(one.low), _signed(one.high))})"
        for one in found
    ]
    return "\n".join(lines)


def as_data(summaries: Sequence[Summary], swaps: Sequence[Swap], room: Room | None) -> dict[str, Any]:
    """The same for programs; days as ISO, arrays as lists."""
    data: dict[str, Any] = {"assumptions": {one.assumption: dataclasses.asdict(one) for one in summaries}}
    data["matters"] = [dataclasses.asdict(one) for one in swaps]
    data["room"] = None if room is None else dataclasses.asdict(room)
    made = plain(data)
    assert isinstance(made, dict)
    return made


def found(one: Found, limit_days: float, sure: float) -> str:
    """A capacity search in words."""
    change = one.change
    parts = [spoken("{teams} team till", teams=change.teams)] if change.teams else []
    parts += [spoken("{places} platser till i varje team", places=change.places)] if change.places else []
    parts += [spoken("{share} mindre intag", share=_percent(change.cut))] if change.cut else []
    asked = spoken(
        "Billigaste ändringen som gör att högst 5 % väntar mer än {days} dagar, med {sure} sannolikhet: {change}.",
        days=_n(limit_days), sure=_percent(sure), change=", ".join(parts) or spoken("ingen behövs"),
    )  # fmt: skip
    holds = spoken(
        "Den kostar {cost} i scenariots mått och håller i {share} av repetitionerna. {tried} ändringar provades.",
        cost=_n(one.cost), share=likely(one.chance), tried=one.tried,
    )  # fmt: skip
    return f"{asked}\n{holds}"


def forecast(scenario: Scenario, data: dict[str, Any]) -> str:
    """A forecast in words. It never calls itself calibrated: one project cannot show that."""
    known = {key: data[key] for key in ("scenario", "state", "known", "came", "inside_or_waiting")}
    exits = ", ".join(
        spoken("{count} ut till {kind}", count=count, kind=named(kind)) for kind, count in data["exits"].items()
    )
    lines = [
        spoken("{scenario}: prognos från läget {state}, så som det var känt {known}", **known),
        spoken("  {came} har kommit, {inside_or_waiting} är inne eller väntar, {exits}", **known, exits=exits),
    ]
    for name, (low, middle, high) in data["learnt"].items():
        band = {"middle": _n(middle), "low": _n(low), "high": _n(high)}
        told = spoken("{words} {middle} (5–95 %: {low}–{high})", words=scenario.parameters[name].words + ":", **band)
        lines.append(f"  {told}")
    for target in data["targets"]:
        q = {level: _n(value) for level, value in target["quantiles"].items()}
        likely_to = _seen(target["probability"], data["replications"])
        lines.append(spoken(
            "  {target}: {quarter}–{three_quarters}, lika troligt innanför som utanför (5–95 %: {low}–{high}); "
            "målet nås med sannolikheten {share}",
            target=target["name"], quarter=q["0.25"], three_quarters=q["0.75"], low=q["0.05"], high=q["0.95"],
            share=likely_to,
        ))  # fmt: skip
    for name, ways in data.get("beside", {}).items():
        said = ", ".join(f"{spoken(way)} {_n(value)}" for way, value in ways.items())
        lines.append(spoken("  Enklare sätt, {name}: {said}", name=name, said=said))
    return "\n".join([*lines, few_origins()])


def few_origins() -> str:
    """What one project can show of a forecast, and what it cannot."""
    return spoken(
        "Ett projekt ger omkring {few} oberoende tillfällen att pröva prognosen på. Det räcker inte för att veta hur "
        "ofta den träffar rätt.",
        few=ORIGINS_IN_ONE_PROJECT,
    )


def _seen(share: float, replications: int) -> str:
    """A share of the replications; what was never or always seen is only rarer or surer than they can tell."""
    if share == 0:
        return spoken("under {share}", share=_percent(1 / replications))
    return spoken("över {share}", share=_percent(1 - 1 / replications)) if share == 1 else _percent(share)


def judged(altered: Sequence[str], found: Sequence[Judged]) -> str:
    """How stored forecasts have done, or which of them are not as they were made."""
    if altered:
        return "\n".join([spoken("De här prognoserna är inte som när de sparades. Ingenting har jämförts."), *altered])
    lines = []
    for one in found:
        chance = _seen(one.probability, one.replications)
        lines.append(spoken(
            "{forecast} (läget {known}), {target}: {low}–{high}, chans {chance}",
            forecast=one.forecast, known=one.known, target=one.target, low=_n(one.low), high=_n(one.high), chance=chance,
        ))  # fmt: skip
        if one.outcome is None or one.interval is None or one.brier is None:
            lines.append(spoken("  {day} har inte kommit än.", day=one.before))
            continue
        came = spoken("  Det blev {outcome}, inom intervallet.", outcome=one.outcome)
        if not one.inside:
            came = spoken("  Det blev {outcome}, utanför intervallet.", outcome=one.outcome)
        points = {"interval": _n(one.interval), "brier": _n(one.brier)}
        scored = spoken("Intervallpoäng {interval}, Brier {brier} (lägre är bättre).", **points)
        lines.append(f"{came} {scored}")
    return "\n".join([*lines, few_origins()])


def plain(value: Any) -> Any:
    """The same value in types that JSON knows; days as ISO, numbers that are not finite as null."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    if isinstance(value, np.ndarray):
        return [round(float(one), 4) for one in value]
    if isinstance(value, float):
        return None if not np.isfinite(value) else round(value, 6)
    return value.isoformat() if hasattr(value, "isoformat") else value


def _n(value: float) -> str:
    """A number as one reads it: whole when large, two decimals when small."""
    return wording.number(value, 0 if abs(value) >= 20 or value == round(value) else 1 if abs(value) >= 2 else 3)


def _signed(value: float) -> str:
    return ("+" if value > 0 else "−" if value < 0 else "±") + _n(abs(value))


def _between(low: str, high: str) -> str:
    return spoken("{low} till {high}", low=low, high=high)


def _percent(share: float) -> str:
    return wording.percent(share, 1 if share < 0.1 or share > 0.9 else 0)


def _whole(share: float) -> str:
    return wording.percent(share)
