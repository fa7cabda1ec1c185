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
from samkraft.analysis.queues.pathway import Scenario
from samkraft.analysis.queues.summary import Chance, Room, Summary, Total


def in_words(
    scenario: Scenario, summaries: Sequence[Summary], swaps: Sequence[Swap], room: Room | None, *, seed: int, replications: int
) -> str:  # fmt: skip
    """Everything that one reads in the terminal."""
    lines = [scenario.name, f"{replications} repetitioner, frö {seed}. {scenario.begins} till {scenario.ends}.", ""]
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
            lines.append(f"  {summary.assumption}: {words} {_n(middle)} (5–95 %: {_n(low)}–{_n(high)})")
    return ["Osäkra antaganden, dragna på nytt i varje repetition:", *lines, ""] if lines else []


def _totals(summaries: Sequence[Summary]) -> list[str]:
    shown = [
        total for total in zip(*(summary.totals for summary in summaries), strict=True) if any(t.high for t in total)
    ]
    width = max(len(row[0].name) for row in shown)
    heads = "  ".join(f"{summary.assumption:>27}" for summary in summaries)
    lines = ["I mitten (5–95 %)", f"  {'':<{width}}  {heads}"]
    for row in shown:
        cells = "  ".join(f"{_band(total):>27}" for total in row)
        lines.append(f"  {row[0].name:<{width}}  {cells}")
    lines += [
        f"  Av variationen i ”{total.name}” ({summary.assumption}) kommer {total.from_parameters:.0%} av osäkra antaganden "
        f"och {1 - total.from_parameters:.0%} av slumpen.".replace("%", " %")
        for summary in summaries
        for total in summary.totals
        if total.name.startswith("ut: ") and total.from_parameters is not None
    ][:2]
    return [*lines, ""]


def _band(total: Total) -> str:
    return f"{_n(total.middle)} ({_n(total.low)}–{_n(total.high)})"


def _chances(summaries: Sequence[Summary]) -> list[str]:
    if not summaries[0].chances:
        return []
    width = max(len(one.name) for one in summaries[0].chances)
    lines = ["Sannolikhet att nå målet (inom parentes vad repetitionernas antal lämnar öppet)"]
    for row in zip(*(summary.chances for summary in summaries), strict=True):
        cells = "  ".join(f"{s.assumption}: {likely(one):<24}" for s, one in zip(summaries, row, strict=True))
        lines.append(f"  {row[0].name:<{width}}  {cells}".rstrip())
    return [*lines, ""]


def likely(chance: Chance) -> str:
    """A probability in words that never says more than the replications can: neither 0 nor 100 per cent."""
    if chance.probability == 0:
        return f"under {_percent(chance.high)}"
    if chance.probability == 1:
        return f"över {_percent(chance.low)}"
    return f"{_percent(chance.probability)} ({_percent(chance.low)}–{_percent(chance.high)})"


def _room(room: Room) -> list[str]:
    short = room.needed > room.places + 0.5
    inside = [n for n in range(len(room.days)) if room.places[n] > 0]
    if not inside or not short[inside].any():
        return ["Platserna i teamen räcker i medel varje vecka.", ""]
    worst = max(inside, key=lambda n: room.needed[n] - room.places[n])
    first = next(n for n in inside if short[n])
    lines = [
        "Rum: hur många som skulle vara inskrivna om ingen behövde vänta, mot platserna i öppna team",
        f"  Första dagen som platserna inte räcker är {room.days[first]}: {_n(room.needed[first])} mot {_n(room.places[first])}.",
        f"  Värst är det {room.days[worst]}: {_n(room.needed[worst])} mot {_n(room.places[worst])} platser, "
        f"{_n(room.needed[worst] - room.places[worst])} för få.",
    ]
    return [*lines, ""]


def _swaps(swaps: Sequence[Swap]) -> list[str]:
    if not swaps:
        return []
    lines = ["Vilket antagande betyder mest? Ett i taget byts mot historiens, allt annat och slumpen lika:"]
    for one in swaps:
        if round(one.before) != round(one.after):
            lines.append(f"  {one.words}: {_n(one.before)} blir {_n(one.after)} mot målet ”{one.target}”")
    return [*lines, ""]


def differences(found: Sequence[Difference], first: str, second: str) -> str:
    """A comparison in words."""
    lines = [f"Skillnad: ”{second}” minus ”{first}”, samma slump för alla (95 % intervall)"]
    width = max(len(one.name) for one in found)
    lines += [
        f"  {one.name:<{width}}  {_n(one.first):>10} → {_n(one.second):>10}   {_signed(one.difference)} "
        f"({_signed(one.low)} till {_signed(one.high)})"
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
    parts = [f"{change.teams} team till"] if change.teams else []
    parts += [f"{change.places} platser till i varje team"] if change.places else []
    parts += [f"{_percent(change.cut)} mindre intag"] if change.cut else []
    return (
        f"Billigaste ändringen som gör att högst 5 % väntar mer än {_n(limit_days)} dagar, med {_percent(sure)} "
        f"sannolikhet: {', '.join(parts) or 'ingen behövs'}.\n"
        f"Den kostar {_n(one.cost)} i scenariots mått och håller i {likely(one.chance)} av repetitionerna. "
        f"{one.tried} ändringar provades."
    )


def forecast(scenario: Scenario, data: dict[str, Any]) -> str:
    """A forecast in words. It never calls itself calibrated: one project cannot show that."""
    lines = [
        f"{data['scenario']}: prognos från läget {data['state']}, så som det var känt {data['known']}",
        f"  {data['came']} har kommit, {data['inside_or_waiting']} är inne eller väntar, "
        + ", ".join(f"{count} ut till {kind}" for kind, count in data["exits"].items()),
    ]
    for name, (low, middle, high) in data["learnt"].items():
        lines.append(f"  {scenario.parameters[name].words}: {_n(middle)} (5–95 %: {_n(low)}–{_n(high)})")
    for target in data["targets"]:
        q = target["quantiles"]
        words = _seen(target["probability"], data["replications"])
        lines.append(
            f"  {target['name']}: {_n(q['0.25'])}–{_n(q['0.75'])}, lika troligt innanför som utanför "
            f"(5–95 %: {_n(q['0.05'])}–{_n(q['0.95'])}); målet nås med sannolikheten {words}"
        )
    for name, ways in data.get("beside", {}).items():
        said = ", ".join(f"{way} {_n(value)}" for way, value in ways.items())
        lines.append(f"  Enklare sätt, {name}: {said}")
    lines.append(f"Ett projekt ger omkring {ORIGINS_IN_ONE_PROJECT} oberoende tillfällen att pröva prognosen på. Det räcker inte "
                 "för att veta hur ofta den träffar rätt.")  # fmt: skip
    return "\n".join(lines)


def _seen(share: float, replications: int) -> str:
    """A share of the replications; what was never or always seen is only rarer or surer than they can tell."""
    if share == 0:
        return f"under {_percent(1 / replications)}"
    return f"över {_percent(1 - 1 / replications)}" if share == 1 else _percent(share)


def judged(altered: Sequence[str], found: Sequence[Judged]) -> str:
    """How stored forecasts have done, or which of them are not as they were made."""
    if altered:
        return "\n".join(["De här prognoserna är inte som när de sparades. Ingenting har jämförts.", *altered])
    lines = []
    for one in found:
        chance = _seen(one.probability, one.replications)
        said = f"{_n(one.low)}–{_n(one.high)}, chans {chance}"
        lines.append(f"{one.forecast} (läget {one.known}), {one.target}: {said}")
        if one.outcome is None or one.interval is None or one.brier is None:
            lines.append(f"  {one.before} har inte kommit än.")
            continue
        where = "inom" if one.inside else "utanför"
        scored = f"Intervallpoäng {_n(one.interval)}, Brier {_n(one.brier)} (lägre är bättre)."
        lines.append(f"  Det blev {one.outcome}, {where} intervallet. {scored}")
    lines.append(f"Ett projekt ger omkring {ORIGINS_IN_ONE_PROJECT} oberoende tillfällen att pröva prognosen på. Det räcker inte "
                 "för att veta hur ofta den träffar rätt.")  # fmt: skip
    return "\n".join(lines)


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
    decimals = 0 if abs(value) >= 20 or value == round(value) else 1 if abs(value) >= 2 else 3
    return f"{value:,.{decimals}f}".replace(",", " ").replace(".", ",")


def _signed(value: float) -> str:
    return ("+" if value > 0 else "−" if value < 0 else "±") + _n(abs(value))


def _percent(share: float) -> str:
    decimals = 1 if share < 0.1 or share > 0.9 else 0
    return f"{share * 100:.{decimals}f} %".replace(".", ",")
