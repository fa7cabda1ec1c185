"""samkraft allot: who gets which place, with a bound that can be checked."""

import argparse
import json
import time
from pathlib import Path
from typing import Any

from samkraft.operations import command, speech, writing
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase, spoken

DESCRIPTION = phrase("""\
Fördelar platser: människor med önskemål eller behov, tillfällen med platser över veckor, och regler. Svaret är
en plan, ett bevisat tak för vad någon plan kan ge, och avståndet dit. Bredvid står hur det blir om den som
kommer först väljer först, och om den som väntat längst gör det. Ingen databas behövs.

  samkraft allot --example > exempel.json      skriv ett exempel
  samkraft allot exempel.json --plan plan.json  fördela, och spara planen med sina priser
  samkraft allot exempel.json --check plan.json räkna om taket och regler ur priserna, oberoende
  samkraft allot exempel.json --why P3 A2@4     varför fick P3 inte A2@4, och vad skulle krävas

Formatet beskrivs i docs/guides/allotment.md och i instance.schema.json.""")
EPILOG = phrase(
    "Slutkod: 0 en plan finns och håller, 1 ingen plan kan hålla reglerna eller kontrollen föll, 2 filen är fel."
)
MOST_BYTES = 400_000_000
NO_FILE = Reason("no_file", phrase("Filen {name} går inte att läsa: {what}."))
NO_PLAN_FILE = Reason(
    "no_plan", phrase("Filen {name} är ingen plan: {what}."), phrase("Gör en med samkraft allot FIL --plan NAMN.")
)
UNKNOWN = Reason("unknown", phrase("{what} finns inte i filen, eller är inget som personen har önskat."))
BAD_TIME = Reason("bad_time", phrase("--seconds ska vara mellan 0,1 och 86400."))


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "allot", help=spoken("fördela platser, med bevisat tak"), description=spoken(DESCRIPTION), epilog=spoken(EPILOG),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("file", nargs="?", metavar=spoken("FIL"), help=spoken("vem, vad och vilka regler, som JSON"))
    parser.add_argument("--seconds", type=float, default=30.0, metavar="S", help=spoken("högst så många sekunder (30)"))
    parser.add_argument("--seed", type=int, default=1, metavar="N", help=spoken("slumpens frö (1)"))
    parser.add_argument("--plan", metavar=spoken("FIL"), help=spoken("spara planen här"))
    parser.add_argument("--yesterday", metavar=spoken("FIL"), help=spoken("börja från en plan som sparats förut"))
    parser.add_argument(
        "--check", metavar=spoken("FIL"), help=spoken("kontrollera en sparad plan i stället för att göra en ny")
    )
    parser.add_argument(
        "--why", nargs=2, metavar=("PERSON", spoken("TILLFÄLLE")), help=spoken("förklara varför inte, ur planen")
    )
    parser.add_argument("--example", action="store_true", help=spoken("skriv ett exempel i stället"))
    parser.add_argument("--json", action="store_true", help=spoken("skriv svaret som JSON"))
    speech.add_option(parser)
    parser.set_defaults(func=run)


def run(options: argparse.Namespace) -> int:
    """Allot, check or explain. Raises Refused when a file cannot be used."""
    from samkraft.analysis.allotment import examples, reading, writing

    if options.example:
        print(json.dumps(writing.data(examples.small()), ensure_ascii=False, indent=1))
        return command.FINE
    if not options.file:
        print(spoken("Ange en fil, eller --example för att få ett exempel."))
        return command.BAD_USE
    if not 0.1 <= options.seconds <= 86400:
        raise Refused(BAD_TIME)
    instance = reading.read(_text(options.file))
    if options.check:
        return _check(instance, options)
    return _allot(instance, options)


def _text(name: str) -> str:
    path = Path(name)
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Refused(NO_FILE, name=name, what=spoken("den är större än {limit} MB", limit=MOST_BYTES // 10**6))
        return path.read_text(encoding="utf-8-sig")
    except OSError as fault:
        raise Refused(NO_FILE, name=name, what=fault.strerror or phrase("okänt fel")) from None
    except UnicodeDecodeError:
        raise Refused(NO_FILE, name=name, what=phrase("den är inte i UTF-8")) from None


def _plan_in(name: str) -> Any:
    from samkraft.analysis.allotment import plan

    try:
        return plan.from_data(json.loads(_text(name)))
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise Refused(NO_PLAN_FILE, name=name, what=str(fault)) from None


def _allot(instance: Any, options: argparse.Namespace) -> int:
    from samkraft.analysis.allotment import allotting, uncertainty
    from samkraft.operations import allot_report

    yesterday = _plan_in(options.yesterday) if options.yesterday else None
    estimated = uncertainty.is_estimated(instance)
    seconds = options.seconds / 2 if estimated else options.seconds
    clock = time.monotonic
    made = allotting.allot(instance, seconds=seconds, seed=options.seed, clock=clock, yesterday=yesterday)
    if made.plan is None:
        return _no_plan(instance, made, options)
    if options.why:
        return _why(made, options)
    gain = uncertainty.gain(instance, seconds=seconds, seed=options.seed, clock=clock) if estimated else None
    data = _data(made, gain)
    if options.plan:
        with writing.into(Path(options.plan)):
            Path(options.plan).write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
    print(json.dumps(data, ensure_ascii=False, indent=1) if options.json else allot_report.in_words(made, gain))
    return command.FINE


def _data(made: Any, gain: Any) -> dict[str, Any]:
    from dataclasses import asdict

    from samkraft.analysis.allotment import allotting

    ways = [asdict(way) for way in allotting.ways(made)]
    return {**made.plan.as_data(), "ways": ways, "gain_over_first_come": None if gain is None else asdict(gain)}


def _no_plan(instance: Any, made: Any, options: argparse.Namespace) -> int:
    from samkraft.analysis.allotment import conflicts

    found = conflicts.irreducible(instance, seconds=options.seconds) if made.is_feasible is False else None
    rules = [] if found is None else [conflicts.in_words(one) for one in found.rules]
    if options.json:
        told = {"is_feasible": made.is_feasible, "rules": rules, "is_minimum": found.is_minimum if found else None}
        print(json.dumps(told, ensure_ascii=False, indent=1))
    elif made.is_feasible is False:
        print(
            spoken(
                "Ingen plan kan hålla alla regler. De här kan inte gälla samtidigt; släpps vilken som helst av dem går det:"
            )
        )
        print("\n".join(f"  {one}" for one in rules) or spoken("  (ingen mindre mängd hittades i tid)"))
    else:
        print(
            spoken(
                "Ingen plan hittades på den här tiden. Det är inte bevisat att ingen finns. Pröva med fler --seconds."
            )
        )
    return command.FOUND_WRONG


def _check(instance: Any, options: argparse.Namespace) -> int:
    from dataclasses import asdict

    from samkraft.analysis.allotment import proving
    from samkraft.operations import allot_report

    verdict = proving.check(instance, _plan_in(options.check))
    if options.json:
        print(json.dumps(asdict(verdict), ensure_ascii=False, indent=1))
    else:
        print(allot_report.check_in_words(verdict.found, list(verdict.lines), verdict.holds))
    return command.FINE if verdict.holds else command.FOUND_WRONG


def _why(made: Any, options: argparse.Namespace) -> int:
    from dataclasses import asdict

    from samkraft.analysis.allotment import explaining

    person, occasion = options.why
    answer = explaining.why_not(made, person, occasion, seconds=options.seconds)
    if answer is None:
        raise Refused(UNKNOWN, what=f"{person} {occasion}")
    if options.json:
        print(json.dumps(asdict(answer), ensure_ascii=False, indent=1))
    else:
        print(explaining.in_words(answer))
    return command.FINE
