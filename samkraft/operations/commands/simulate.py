"""`samkraft simulate SCENARIO`: will there be room, and are the targets likely? Needs no database."""

import argparse
import dataclasses
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from samkraft.operations import speech, writing
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase, spoken

FINE, FOUND_WRONG = 0, 1

DESCRIPTION = phrase("""\
Räknar igenom ett scenario många gånger: vilka som kommer, teamens platser, faser, aktiviteter med begränsade
platser, avhopp och hur man går ut. Visar hur många som är inskrivna och väntar vecka för vecka, hur det går
till slut och hur sannolika målen är, för varje uppsättning antaganden bredvid varandra.

Scenariot är en TOML-fil. scenarios/malmokraften-plan.toml är ett exempel; docs/guides/simulate.md förklarar
varje del. Fel i filen visas med radnummer.""")
EPILOG = phrase("""\
Exempel:
  samkraft simulate scenarios/malmokraften-plan.toml
  samkraft simulate plan.toml --out bilder --json
  samkraft simulate plan.toml --compare plan-med-fler-platser.toml

Samma frö ger samma svar, på vilken dator och hur många trådar som helst.
Slutkod: 0 allt är räknat, 1 en sparad prognos är ändrad, 2 scenariot eller kommandot är fel.""")

BAD_NUMBER = Reason("bad_number", phrase("{option} ska vara {words}."))
UNKNOWN_ASSUMPTION = Reason(
    "unknown_assumption",
    phrase("Scenariot har inget antagande som heter {name}."),
    phrase("Välj bland: {known}."),
)
PEOPLE_NEEDED = Reason("people_needed", phrase("--judge behöver --people och --known: hur det gick."))
MOST = 1_000_000


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "simulate", help=spoken("räkna igenom ett scenario: räcker platserna, nås målen?"), description=spoken(DESCRIPTION),
        epilog=spoken(EPILOG), formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("scenario", metavar="SCENARIO.toml", help=spoken("scenariot"))
    parser.add_argument("--replications", type=int, default=1000, metavar="N", help=spoken("repetitioner (1000)"))
    parser.add_argument("--seed", type=int, default=1, metavar=spoken("FRÖ"), help=spoken("slumpens frö (1)"))
    parser.add_argument("--assumption", metavar=spoken("NAMN"), help=spoken("bara det här antagandet"))
    parser.add_argument(
        "--compare", metavar="ANNAT.toml", help=spoken("jämför med ett annat scenario, samma slump för alla")
    )
    parser.add_argument(
        "--limit-days",
        type=float,
        metavar=spoken("DAGAR"),
        help=spoken("sök den billigaste ändringen som gör att högst 5 % väntar längre").replace("%", "%%"),
    )
    parser.add_argument(
        "--sure", type=float, default=0.9, metavar=spoken("ANDEL"), help=spoken("med den sannolikheten (0.9)")
    )
    parser.add_argument(
        "--people", metavar="FIL.csv", help=spoken("räkna från läget i en fil med deltagare i stället för från början")
    )
    parser.add_argument("--known", metavar=spoken("DATUM"), help=spoken("den dag då läget i filen var känt"))
    parser.add_argument(
        "--judge",
        metavar=spoken("MAPP"),
        help=spoken(
            "jämför sparade prognoser i en mapp med hur det gick enligt filen med deltagare; hittar dem som ändrats"
        ),
    )
    parser.add_argument(
        "--out",
        metavar=spoken("MAPP"),
        help=spoken("skriv bilder (SVG), deras tabeller och resultatet (JSON) i en mapp"),
    )
    parser.add_argument(
        "--records",
        choices=("csv", "parquet"),
        help=spoken("skriv också veckor och händelser i mappen"),
    )
    parser.add_argument("--threads", type=int, default=0, metavar="N", help=spoken("trådar (alla)"))
    parser.add_argument(
        "--scheduler",
        default="",
        metavar=spoken("ADRESS"),
        help=spoken("en Dask-schemaläggare som delar ut repetitionerna"),
    )
    parser.add_argument("--json", action="store_true", help=spoken("skriv resultatet som JSON"))
    speech.add_option(parser)
    parser.set_defaults(func=run)


def run(options: argparse.Namespace) -> int:
    """Simulate and tell. Raises Refused for a scenario or options that cannot be used."""
    from samkraft.analysis.queues import scenario_file

    _check(options)
    scenario = scenario_file.read(Path(options.scenario))
    if options.assumption:
        if options.assumption not in scenario.assumptions:
            raise Refused(UNKNOWN_ASSUMPTION, name=options.assumption, known=", ".join(scenario.assumptions))
        scenario = dataclasses.replace(scenario, assumptions=(options.assumption,))
    answer, words = _answer(scenario, options)
    print(json.dumps(answer, ensure_ascii=False, indent=1) if options.json else words)
    return FOUND_WRONG if answer.get("altered") else FINE


def _check(options: argparse.Namespace) -> None:
    if not 2 <= options.replications <= MOST:
        raise Refused(BAD_NUMBER, option="--replications", words=_between(2, MOST))
    if not 0 <= options.seed < 2**63:
        raise Refused(BAD_NUMBER, option="--seed", words=phrase("ett heltal som är minst 0 och mindre än 2^63"))
    if options.threads < 0:
        raise Refused(BAD_NUMBER, option="--threads", words=phrase("minst 0"))
    if not 0 < options.sure < 1:
        raise Refused(BAD_NUMBER, option="--sure", words=_between(0, 1))
    if options.limit_days is not None and not 0 <= options.limit_days < 400:
        raise Refused(BAD_NUMBER, option="--limit-days", words=_between(0, 400))


def _between(low: object, high: object) -> str:
    return spoken("mellan {low} och {high}", low=low, high=high)


def _answer(scenario: Any, options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    from samkraft.analysis.queues import scenario_file

    if options.compare:
        return _compared(scenario, scenario_file.read(Path(options.compare)), options)
    if options.limit_days is not None:
        return _searched(scenario, options)
    if options.judge:
        return _judged(scenario, options)
    if options.people:
        return _forecast(scenario, options)
    return _simulated(scenario, options)


def _simulated(scenario: Any, options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    from samkraft.analysis.queues import matters, simulation, summary, told

    chosen = {"seed": options.seed, "replications": options.replications, "threads": options.threads}
    log_rows = 1 if options.records else 0
    runs = [
        simulation.run(
            scenario, assumption, **chosen, scheduler=options.scheduler, detail=bool(options.out), log_rows=log_rows
        )
        for assumption in scenario.assumptions
    ]
    summaries = [summary.summarise(one) for one in runs]
    few = {**chosen, "replications": min(options.replications, 200)}
    swaps = matters.swaps(scenario, **few)
    room = None
    if scenario.teams:
        free = dataclasses.replace(scenario, teams=(), turn_away=False)
        room = summary.room(scenario, simulation.run(free, **few, detail=False))
    answer = {
        "scenario": scenario.name, "seed": options.seed, "replications": options.replications,
        **told.as_data(summaries, swaps, room),
    }  # fmt: skip
    if options.out:
        with writing.into(Path(options.out)):
            _write(Path(options.out), answer, runs, summaries, room, options.records)
    words = told.in_words(scenario, summaries, swaps, room, seed=options.seed, replications=options.replications)
    return answer, words


def _write(folder: Path, answer: dict[str, Any], runs: Any, summaries: Any, room: Any, records_as: str | None) -> None:
    from samkraft.analysis.queues import picture, records, summary

    folder.mkdir(parents=True, exist_ok=True)
    (folder / "result.json").write_text(json.dumps(answer, ensure_ascii=False, indent=1), encoding="utf-8")
    for number, band in enumerate(summaries[0].bands):
        named = [(one.assumption, one.bands[number]) for one in summaries[:2] if number < len(one.bands)]
        line = None
        if number == 0 and room is not None:
            line = (spoken("platser i öppna team"), room.places[runs[0].network.weeks])
        elif band.name == spoken("personaltimmar i veckan"):
            line = (spoken("timmar som finns"), summary.staff_at_hand(runs[0].scenario, band.days))
        name = f"{number + 1}-{_file_name(band.name)}"
        (folder / f"{name}.svg").write_text(picture.bands(band.name, named, line=line), encoding="utf-8")
        (folder / f"{name}.csv").write_text(picture.table(named), encoding="utf-8")
    if records_as:
        for one in runs:
            tail = f"{_file_name(one.assumption)}.{records_as}"
            records.write(records.weekly(one), folder / f"weekly-{tail}")
            records.write(records.events(one), folder / f"events-{tail}")


def _file_name(words: str) -> str:
    plain = words.lower().translate(str.maketrans("åäöé", "aaoe"))
    return "-".join("".join(letter if letter.isalnum() else " " for letter in plain).split())


def _compared(scenario: Any, other: Any, options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    from samkraft.analysis.queues import comparison, told

    assumption = scenario.assumptions[0]
    if options.assumption:
        other = dataclasses.replace(other, assumptions=(options.assumption,))
    found = comparison.compare(
        scenario, other, assumption, seed=options.seed, replications=options.replications, threads=options.threads
    )
    answer = {"first": scenario.name, "second": other.name, "assumption": assumption, "seed": options.seed}
    data = told.plain([dataclasses.asdict(one) for one in found])
    return {**answer, "differences": data}, told.differences(found, scenario.name, other.name)


def _searched(scenario: Any, options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    from samkraft.analysis.queues import capacity, told

    found = capacity.cheapest(
        scenario, scenario.assumptions[0], limit_days=options.limit_days, sure=options.sure, seed=options.seed,
        replications=options.replications, threads=options.threads,
    )  # fmt: skip
    answer = {"scenario": scenario.name, "seed": options.seed, "limit_days": options.limit_days, "sure": options.sure}
    return {**answer, **told.plain(dataclasses.asdict(found))}, told.found(found, options.limit_days, options.sure)


def _forecast(scenario: Any, options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    """Forecast from a state, and with --out store it where nobody changes it."""
    from samkraft.analysis.queues import told
    from samkraft.analysis.queues.forecast import observed, prediction, stored

    seen = observed.read(Path(options.people), scenario)
    known = _known(options, scenario)
    assumption = scenario.assumptions[-1]
    made = prediction.predict(
        scenario, assumption, seen, known=known, lag=seen.until(known, known).delay(), seed=options.seed,
        replications=options.replications, threads=options.threads,
    )  # fmt: skip
    answer = {**prediction.as_data(scenario, made, seed=options.seed), "assumption": assumption}
    answer["beside"] = prediction.beside(scenario, seen, made.state, seed=options.seed)
    words = told.forecast(scenario, answer)
    if options.out:
        with writing.into(Path(options.out)):
            path = stored.store(answer, Path(options.out), at=datetime.now(UTC))
        words += "\n" + spoken("Prognosen är sparad i {path} och skrivs aldrig över.", path=path)
    return answer, words


def _judged(scenario: Any, options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    """Stored forecasts beside what came of them. Nothing is judged when one of them is not as it was made."""
    from samkraft.analysis.queues import told
    from samkraft.analysis.queues.forecast import judged, observed, stored

    if not options.people:
        raise Refused(PEOPLE_NEEDED)
    folder = Path(options.judge)
    altered = stored.altered(folder)
    found = []
    if not altered:
        found = judged.judge(
            folder, scenario, observed.read(Path(options.people), scenario), known=_known(options, scenario)
        )
    answer = {
        "scenario": scenario.name,
        "altered": altered,
        "targets": told.plain([dataclasses.asdict(x) for x in found]),
    }
    return answer, told.judged(altered, found)


def _known(options: argparse.Namespace, scenario: Any) -> float:
    try:
        day = date.fromisoformat(options.known or "")
    except ValueError:
        raise Refused(BAD_NUMBER, option="--known", words=phrase("ett datum som 2021-03-01")) from None
    if not scenario.begins < day or (day >= scenario.ends and not options.judge):
        raise Refused(BAD_NUMBER, option="--known", words=_between(scenario.begins, scenario.ends))
    return float((day - scenario.begins).days)
