"""samkraft effects: did it work, with what certainty, and what may be said?"""

import argparse
import json
import math
from pathlib import Path
from typing import TYPE_CHECKING

from samkraft.operations import command, speech, writing
from samkraft.values import wording
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase, spoken

if TYPE_CHECKING:  # types only: the engine is heavy and imported when it is used
    from samkraft.analysis.effects.plans import Plan

DESCRIPTION = phrase("""\
Jämför dem som deltog med dem som inte gjorde det, och säger vad som får sägas om skillnaden.
Filen är CSV (UTF-8) eller Parquet med en rad per person. Inget sparas och ingen databas behövs.

Uppläggningen följer av vad som anges:
  bara --outcome och --treatment      iakttagna grupper; lägg till --covariates
  --drawn [--strata OMGÅNG]           lotten avgjorde vem som fick delta
  --list L --offered E                platser gavs i lottad ordning till väntelistan var fylld
  --invited Z [--drawn]               alla bjöds inte in, och inte alla inbjudna kom
  --unit U --period P --start S       enheter som började vid olika tider
  --time T --event E --horizon H      tid till utgång, när det finns flera sätt att sluta""")
EPILOG = phrase("""\
Exempel:
  samkraft effects --example prov
  samkraft effects prov/bakgrund.csv --outcome inkomst --treatment deltog --covariates "alder,behov"
  samkraft effects prov/omgangar.csv --outcome utfall --treatment dragen --drawn --strata omgang
  samkraft effects prov/utgangar.csv --treatment deltog --time dagar --event utgang --kind 1 --horizon 150

Slutkod: 0 svaret finns, 2 underlaget eller frågan duger inte.""")

NO_FILE = Reason(
    "no_file_named", phrase("Säg vilken fil som ska läsas."), phrase("Påhittade filer att prova med: --example MAPP.")
)

BAD_NUMBER = Reason(
    "bad_number", phrase("Talet efter {option} går inte att använda: för litet, för stort eller inget tal.")
)
MOST_DRAWS = 1_000_000


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "effects",
        help=spoken("räkna ut om en insats gjorde skillnad"),
        description=spoken(DESCRIPTION),
        epilog=spoken(EPILOG),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "file", metavar=spoken("FIL"), type=Path, nargs="?", help=spoken("CSV (UTF-8) eller Parquet, en rad per person")
    )
    parser.add_argument(
        "--example",
        type=Path,
        metavar=spoken("MAPP"),
        help=spoken("skriv påhittade filer att prova med, och deras sanna effekt"),
    )
    parser.add_argument("--outcome", default="", metavar="Y", help=spoken("utfallet som är bestämt i förväg"))
    parser.add_argument("--treatment", default="", metavar="D", help=spoken("vem som deltog (1 och 0, ja och nej)"))
    parser.add_argument(
        "--treated", default=None, metavar=spoken("VÄRDE"), help=spoken("vilket värde i D som är att ha deltagit")
    )
    parser.add_argument(
        "--covariates", nargs="+", default=[], metavar=spoken("KOLUMNER"), help=spoken("bakgrund: a,b,a^2,C(c),a:b")
    )
    parser.add_argument(
        "--cluster", default="", metavar="C", help=spoken("grupper vars personer liknar varandra, till exempel lag")
    )
    _add_designs(parser)
    _add_exits(parser)
    parser.add_argument(
        "--others", default="", metavar=spoken("KOLUMNER"), help=spoken("andra utfall; p-värden enligt Holm")
    )
    parser.add_argument(
        "--placebo", default="", metavar=spoken("KOLUMNER"), help=spoken("utfall som insatsen inte kan ha påverkat")
    )
    parser.add_argument(
        "--by", default="", metavar="K", help=spoken("skiljer sig effekten åt, till exempel mellan kvinnor och män")
    )
    parser.add_argument(
        "--seek", type=float, metavar=spoken("EFFEKT"), help=spoken("hur många behövs för att se en så stor effekt")
    )
    parser.add_argument(
        "--limited", action="store_true", help=spoken("platserna var begränsade: säg något om undanträngning")
    )
    parser.add_argument(
        "--bootstrap", type=int, default=0, metavar="N", help=spoken("kontrollera osäkerheten med N omräkningar")
    )
    parser.add_argument("--seed", type=int, default=1, metavar="S", help=spoken("frö för slumpen (1 om inget sägs)"))
    parser.add_argument(
        "--out", type=Path, metavar=spoken("MAPP"), help=spoken("skriv bilder och svaret som JSON i en mapp")
    )
    parser.add_argument("--json", action="store_true", help=spoken("skriv svaret som JSON"))
    speech.add_option(parser)
    parser.set_defaults(func=run)


def _add_designs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--drawn", action="store_true", help=spoken("lotten avgjorde vem som fick delta eller bjöds in")
    )
    parser.add_argument(
        "--strata", default="", metavar="G", help=spoken("omgångar eller grupper som lottades var för sig")
    )
    parser.add_argument(
        "--chance", default="", metavar="P", help=spoken("sannolikheten att bli dragen, om den skiljer sig")
    )
    parser.add_argument("--invited", default="", metavar="Z", help=spoken("vem som bjöds in"))
    parser.add_argument(
        "--list", dest="lists", default="", metavar="L", help=spoken("vilken väntelista personen stod på")
    )
    parser.add_argument("--offered", default="", metavar="E", help=spoken("vem som erbjöds en plats"))
    parser.add_argument(
        "--order", default="", metavar=spoken("NR"), help=spoken("plats i listan; kontrolleras om den anges")
    )
    parser.add_argument("--unit", default="", metavar="U", help=spoken("enheten som följs över tid"))
    parser.add_argument("--period", default="", metavar="P", help=spoken("perioden"))
    parser.add_argument(
        "--start", default="", metavar="S", help=spoken("enhetens första period med insatsen; tomt för aldrig")
    )


def _add_exits(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--time", default="", metavar="T", help=spoken("tid till utgång, eller så länge personen följdes")
    )
    parser.add_argument(
        "--event", default="", metavar="E", help=spoken("hur det slutade; 0, tomt eller kvar för pågående")
    )
    parser.add_argument(
        "--censored", default="", metavar=spoken("VÄRDE"), help=spoken("värdet som betyder att personen är kvar")
    )
    parser.add_argument("--kind", default="", metavar=spoken("UTGÅNG"), help=spoken("utgången som är bestämd i förväg"))
    parser.add_argument("--horizon", type=float, metavar=spoken("TID"), help=spoken("när grupperna jämförs"))
    parser.add_argument(
        "--entry", default="", metavar="T0", help=spoken("när personen började följas, om det var senare")
    )
    parser.add_argument(
        "--treated-at", default="", metavar="T", help=spoken("när deltagandet började, räknat från start")
    )
    parser.add_argument(
        "--landmark", type=float, metavar=spoken("TID"), help=spoken("räkna från den här tiden, bland dem som är kvar")
    )
    parser.add_argument(
        "--follow-up", default="", metavar="T", help=spoken("hur länge personen skulle följas enligt planen")
    )


def run(options: argparse.Namespace) -> int:
    """Read, answer, and print. Raises Refused for what cannot be answered."""
    if options.example:
        with writing.into(options.example):
            return _examples(options.example)
    if options.file is None:
        raise Refused(NO_FILE)
    from samkraft.analysis.effects import study, tables
    from samkraft.operations import effect_report

    _check(options)
    plan = planned(options)
    report = study.answer(tables.read(options.file, plan.columns()), plan)
    if options.out:
        with writing.into(options.out):
            effect_report.write(report, options.out)
    if options.json:
        print(json.dumps(report.as_json(), ensure_ascii=False, indent=2))
    else:
        print(effect_report.in_words(report))
    return command.FINE


def _check(options: argparse.Namespace) -> None:
    """Numbers that no study can mean are refused, also where the design would not ask for them."""
    limits = {
        "--seed": options.seed >= 0,
        "--bootstrap": 0 <= options.bootstrap <= MOST_DRAWS,
        "--seek": options.seek is None or 0 < abs(options.seek) < math.inf,
        "--horizon": options.horizon is None or 0 < options.horizon < math.inf,
        "--landmark": options.landmark is None or 0 <= options.landmark < math.inf,
    }
    for option, is_fine in limits.items():
        if not is_fine:
            raise Refused(BAD_NUMBER, option=option)


def _examples(folder: Path) -> int:
    """Made-up people in one file for each design. What is true in them is told, so that the answers can be judged."""
    import numpy as np
    import polars

    from samkraft.analysis.effects import worlds

    folder.mkdir(parents=True, exist_ok=True)
    for name, make in worlds.EXAMPLES.items():
        world = make(np.random.default_rng(2024))
        polars.DataFrame(world.columns).write_csv(folder / f"{name}.csv")
        print(
            spoken("{file}: sann effekt {effect}", file=folder / f"{name}.csv", effect=wording.number(world.effect, 3))
        )
    return command.FINE


def planned(options: argparse.Namespace) -> "Plan":
    """The plan that the options describe."""
    from samkraft.analysis.effects import plans, terms

    design: plans.Design = "observed"
    if options.time or options.event:
        design = "exits"
    elif options.unit or options.start or options.period:
        design = "staggered"
    elif options.lists or options.offered:
        design = "waiting_list"
    elif options.invited:
        design = "invited"
    elif options.drawn:
        design = "draw"
    plan = plans.Plan(
        treatment=options.treatment, outcome=options.outcome, covariates=terms.read(options.covariates),
        treated_value=options.treated, design=design, cluster=options.cluster, strata=options.strata,
        chance=options.chance, invited=options.invited, lists=options.lists, offered=options.offered,
        order=options.order, unit=options.unit, period=options.period, start=options.start, time=options.time,
        event=options.event, kind=options.kind, censored=options.censored, entry=options.entry,
        horizon=options.horizon, treated_at=options.treated_at, landmark=options.landmark,
        follow_up=options.follow_up, others=_names(options.others), placebo=_names(options.placebo), by=options.by,
        bootstrap=options.bootstrap, seek=options.seek, limited=options.limited, drawn=options.drawn, seed=options.seed,
    )  # fmt: skip
    plans.check(plan)
    return plan


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())
