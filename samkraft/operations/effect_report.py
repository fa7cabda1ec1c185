"""A study's answer in words for the terminal, and as pictures with their tables."""

import json
from collections.abc import Iterator
from pathlib import Path

from samkraft.analysis.effects import pictures, wording
from samkraft.analysis.effects.reports import Report
from samkraft.analysis.effects.results import Estimate
from samkraft.values.wording import language, percent, phrase, spoken
from samkraft.values.wording import number as fixed

DESIGNS = {
    "observed": phrase("iakttagna grupper"),
    "draw": phrase("lottade"),
    "waiting_list": phrase("väntelista i lottad ordning"),
    "invited": phrase("inbjudna och inte inbjudna"),
    "staggered": phrase("olika starttider"),
    "exits": phrase("tid till utgång"),
}
COUNTED = {
    "invited": phrase("{rows} rader: {treated} bjöds in, {comparison} i jämförelsen."),
    "waiting_list": phrase("{rows} rader: {treated} erbjöds en plats, {comparison} i jämförelsen."),
    "staggered": phrase("{rows} rader: {treated} enheter började, {comparison} i jämförelsen."),
}
TOOK_PART = phrase("{rows} rader: {treated} deltog, {comparison} i jämförelsen.")
METHODS = {
    "difference_in_means": phrase("skillnad i medelvärde"),
    "regression_adjusted": phrase("regression"),
    "g_formula": phrase("standardisering"),
    "ipw": phrase("viktning"),
    "aipw": phrase("regression och viktning (AIPW)"),
    "drawn_by_wave": phrase("inom varje omgång"),
    "intention_to_treat": phrase("att bli inbjuden"),
    "complier_effect": phrase("att komma, för dem som kom för inbjudan"),
    "waiting_list": phrase("att delta, för dem som tackar ja"),
    "waiting_list_offer": phrase("att bli erbjuden"),
    "waiting_list_naive": phrase("utan omvägning (fel, visas som varning)"),
    "staggered": phrase("efter start mot ännu inte startade"),
    "incidence_difference": phrase("andel vid horisonten"),
    "lost_time_difference": phrase("tid före horisonten"),
}


def in_words(report: Report) -> str:
    """The whole answer: who, how alike they were, the effect, what speaks against it, and what may be said."""
    told = [*_who(report), *_balance(report), *_effects(report), *_rest(report), "", report.said[language()]]
    return "\n".join(told)


def _who(report: Report) -> Iterator[str]:
    design = spoken(DESIGNS[report.design])
    yield spoken("Uppläggning: {design}. Utfall: {outcome}.", design=design, outcome=report.outcome)
    counts = {"rows": report.n, "treated": report.groups[1], "comparison": report.groups[0]}
    yield spoken(COUNTED.get(report.design, TOOK_PART), **counts)
    unknown = ", ".join(f"{name} {count}" for name, count in report.missing.items() if count)
    yield spoken("Saknade värden: {columns}.", columns=unknown) if unknown else spoken("Inga värden saknas.")
    if sum(report.left_out):
        yield spoken(
            "Utan allt som behövs, och därför utanför: {treated} som deltog och {comparison} andra.",
            treated=report.left_out[1], comparison=report.left_out[0],
        )  # fmt: skip


def _balance(report: Report) -> Iterator[str]:
    if not report.balance:
        return
    yield ""
    heads = [spoken(words) for words in (
        phrase("Före insatsen"), phrase("deltog"), phrase("andra"), phrase("skillnad"), phrase("efter vikter"),
    )]  # fmt: skip
    width = max(*(len(row.name) for row in report.balance), len(heads[0]))
    yield f"  {heads[0]:<{width}} {heads[1]:>12} {heads[2]:>12} {heads[3]:>9} {heads[4]:>13}"
    for row in report.balance:
        after = "" if row.weighted_difference is None else _n(row.weighted_difference)
        means = f"{_n(row.mean_treated):>12} {_n(row.mean_comparison):>12}"
        yield f"  {row.name:<{width}} {means} {_n(row.difference):>9} {after:>13}"
    if report.overlap:
        within = {"low": _n(report.overlap.low), "high": _n(report.overlap.high)}
        yield spoken("  Överlapp: sannolikheten att delta {low} till {high} finns i båda grupperna.", **within)


def _effects(report: Report) -> Iterator[str]:
    yield ""
    width = max(len(_method(one)) for one in report.estimates)
    heads = [spoken(words) for words in (
        phrase("Effekt"), phrase("skattning"), phrase("medelfel"), phrase("95 % osäkerhet"),
    )]  # fmt: skip
    yield f"  {heads[0]:<{width}} {heads[1]:>12} {heads[2]:>10}   {heads[3]}"
    for one in report.estimates:
        reach = spoken("{low} till {high}", low=_n(one.low), high=_n(one.high))
        yield f"  {_method(one):<{width}} {_n(one.estimate):>12} {_n(one.se):>10}   {reach}"


def _method(one: Estimate) -> str:
    named = spoken(METHODS.get(one.method, one.method))
    return f"{named}: {one.details['kind']}" if "kind" in one.details else named


def _rest(report: Report) -> Iterator[str]:
    for warned in report.warnings:
        yield spoken("  OBS  {warning}", warning=warned.text)
    parts = report.parts
    if "by" in parts:
        told = {"one": parts["by"].groups[0], "other": parts["by"].groups[1]}
        spans = [_span(one) for one in (*parts["by"].effects, parts["by"].difference)]
        words = phrase("  {one}: {first}; {other}: {second}; skillnad: {apart}")
        yield spoken(words, **told, first=spans[0], second=spans[1], apart=spans[2])
    if "first_stage" in parts:
        yield spoken("  Inbjudan höjde andelen som kom med {span}", span=_span(parts["first_stage"]))
    if "attrition" in parts:
        bounds = {"low": _n(parts["attrition"].low), "high": _n(parts["attrition"].high)}
        if report.design == "invited":
            yield spoken(
                "  Med hänsyn till bortfallet ligger effekten av att bli inbjuden mellan {low} och {high} (Lees gränser).",
                **bounds,
            )
        else:
            yield spoken(
                "  Med hänsyn till bortfallet ligger effekten mellan {low} och {high} (Lees gränser).", **bounds
            )
    if "sensitivity" in parts:
        found = parts["sensitivity"]
        yield spoken(
            "  En dold orsak måste förklara {value} av det som är kvar av både deltagande och utfall för att ta bort "
            "effekten; starkast mätta ({strongest}) förklarar {partial}.",
            value=percent(found.value), strongest=found.strongest, partial=percent(found.strongest_partial),
        )  # fmt: skip
    yield from _power(parts.get("power", {}))
    for test in parts.get("tests", ()):
        yield f"  {test.name}: chi2 {_n(test.statistic)}, p {fixed(test.p, 4)}"


def _power(power: dict[str, float]) -> Iterator[str]:
    if power:
        least = _n(power["smallest_effect"])
        yield spoken("  Minsta effekt som underlaget kan se (80 % säkert): {effect}", effect=least)
    if "people_needed" in power:
        asked = {"effect": _n(power["seek"]), "people": power["people_needed"]}
        yield spoken("  För att se en effekt på {effect} behövs {people} personer.", **asked)


def _span(one: Estimate) -> str:
    return spoken("{estimate} ({low} till {high})", estimate=_n(one.estimate), low=_n(one.low), high=_n(one.high))


def _n(value: float) -> str:
    return wording.number(value, language())


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
