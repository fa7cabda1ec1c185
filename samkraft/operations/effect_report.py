"""A study's answer in words for the terminal, and as pictures with their tables."""

import json
from collections.abc import Iterator
from pathlib import Path

from samkraft.analysis.effects import pictures, wording
from samkraft.analysis.effects.reports import Report
from samkraft.analysis.effects.results import Estimate

DESIGNS = {
    "observed": "iakttagna grupper",
    "draw": "lottade",
    "waiting_list": "väntelista i lottad ordning",
    "invited": "inbjudna och inte inbjudna",
    "staggered": "olika starttider",
    "exits": "tid till utgång",
}
TOOK_PART = {"invited": "bjöds in", "waiting_list": "erbjöds en plats", "staggered": "enheter började"}
METHODS = {
    "difference_in_means": "skillnad i medelvärde",
    "regression_adjusted": "regression",
    "g_formula": "standardisering",
    "ipw": "viktning",
    "aipw": "regression och viktning (AIPW)",
    "drawn_by_wave": "inom varje omgång",
    "intention_to_treat": "att bli inbjuden",
    "complier_effect": "att komma, för dem som kom för inbjudan",
    "waiting_list": "att delta, för dem som tackar ja",
    "waiting_list_offer": "att bli erbjuden",
    "waiting_list_naive": "utan omvägning (fel, visas som varning)",
    "staggered": "efter start mot ännu inte startade",
    "incidence_difference": "andel vid horisonten",
    "lost_time_difference": "tid före horisonten",
}


def in_words(report: Report) -> str:
    """The whole answer: who, how alike they were, the effect, what speaks against it, and what may be said."""
    return "\n".join([*_who(report), *_balance(report), *_effects(report), *_rest(report), "", report.said["sv"]])


def _who(report: Report) -> Iterator[str]:
    yield f"Uppläggning: {DESIGNS[report.design]}. Utfall: {report.outcome}."
    yield f"{report.n} rader: {report.groups[1]} {TOOK_PART.get(report.design, 'deltog')}, {report.groups[0]} i jämförelsen."
    unknown = ", ".join(f"{name} {count}" for name, count in report.missing.items() if count)
    yield f"Saknade värden: {unknown}." if unknown else "Inga värden saknas."
    if sum(report.left_out):
        yield f"Utan allt som behövs, och därför utanför: {report.left_out[1]} som deltog och {report.left_out[0]} andra."


def _balance(report: Report) -> Iterator[str]:
    if not report.balance:
        return
    yield ""
    width = max(len(row.name) for row in report.balance)
    yield f"  {'Före insatsen':<{max(width, 13)}} {'deltog':>12} {'andra':>12} {'skillnad':>9} {'efter vikter':>13}"
    for row in report.balance:
        after = "" if row.weighted_difference is None else _n(row.weighted_difference)
        means = f"{_n(row.mean_treated):>12} {_n(row.mean_comparison):>12}"
        yield f"  {row.name:<{max(width, 13)}} {means} {_n(row.difference):>9} {after:>13}"
    if report.overlap:
        low, high = _n(report.overlap.low), _n(report.overlap.high)
        yield f"  Överlapp: sannolikheten att delta {low} till {high} finns i båda grupperna."


def _effects(report: Report) -> Iterator[str]:
    yield ""
    width = max(len(_method(one)) for one in report.estimates)
    yield f"  {'Effekt':<{width}} {'skattning':>12} {'medelfel':>10}   95 % osäkerhet"
    for one in report.estimates:
        reach = f"{_n(one.low)} till {_n(one.high)}"
        yield f"  {_method(one):<{width}} {_n(one.estimate):>12} {_n(one.se):>10}   {reach}"


def _method(one: Estimate) -> str:
    named = METHODS.get(one.method, one.method)
    return f"{named}: {one.details['kind']}" if "kind" in one.details else named


def _rest(report: Report) -> Iterator[str]:
    for warned in report.warnings:
        yield f"  OBS  {warned.text}"
    parts = report.parts
    if "by" in parts:
        one, other = parts["by"].effects
        names, gap = parts["by"].groups, parts["by"].difference
        yield f"  {names[0]}: {_span(one)}; {names[1]}: {_span(other)}; skillnad: {_span(gap)}"
    if "first_stage" in parts:
        yield f"  Inbjudan höjde andelen som kom med {_span(parts['first_stage'])}"
    if "attrition" in parts:
        bounds = parts["attrition"]
        yield f"  Med hänsyn till bortfallet ligger effekten mellan {_n(bounds.low)} och {_n(bounds.high)} (Lees gränser)."
    if "sensitivity" in parts:
        found = parts["sensitivity"]
        yield (
            f"  En dold orsak måste förklara {_share(found.value)} av det som är kvar av både deltagande och utfall "
            f"för att ta bort effekten; starkast mätta ({found.strongest}) förklarar {_share(found.strongest_partial)}."
        )
    if "power" in parts:
        yield f"  Minsta effekt som underlaget kan se (80 % säkert): {_n(parts['power']['smallest_effect'])}"
    if "people_needed" in parts.get("power", {}):
        yield f"  För att se en effekt på {_n(parts['power']['seek'])} behövs {parts['power']['people_needed']} personer."
    for test in parts.get("tests", ()):
        yield f"  {test.name}: chi2 {_n(test.statistic)}, p {test.p:.4f}"


def _span(one: Estimate) -> str:
    return f"{_n(one.estimate)} ({_n(one.low)} till {_n(one.high)})"


def _share(value: float) -> str:
    return f"{value:.0%}".replace("%", " %")


def _n(value: float) -> str:
    return wording.number(value, "sv")


def write(report: Report, folder: Path) -> None:
    """The answer as JSON, and a picture for what has one."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(report.as_json(), ensure_ascii=False, indent=2)
    (folder / "effekt.json").write_text(text + "\n", encoding="utf-8")
    if report.overlap is not None:
        (folder / "overlapp.svg").write_text(pictures.overlap(report.overlap), encoding="utf-8")
    if "curves" in report.parts:
        (folder / "utgangar.svg").write_text(
            pictures.incidence(report.parts["curves"], report.outcome), encoding="utf-8"
        )
