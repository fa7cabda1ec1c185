"""Reads a scenario from TOML. All faults are told at once, each with its line; nothing is guessed.

What the file may hold is told in `docs/guides/simulate.md`, whose examples are run.
"""

import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from samkraft.analysis.queues import scenario_checks, scenario_lines
from samkraft.analysis.queues.pathway import (
    LEAST_WEIGHT,
    Activity,
    Choice,
    ClosedDays,
    Closing,
    Duration,
    Exit,
    Family,
    Intake,
    Phase,
    Scenario,
    Search,
    Spread,
    Step,
    Target,
    Teams,
)  # fmt: skip
from samkraft.analysis.queues.quantities import Amount, Parameter
from samkraft.analysis.queues.scenario_tables import Notes, Table, quantity
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase, spoken

LARGEST_BYTES = 2_000_000

NOT_READABLE = Reason(
    "scenario_not_readable", phrase("Filen {name} gick inte att läsa: {why}."), phrase("Ange en TOML-fil i UTF-8.")
)
NOT_TOML = Reason("scenario_not_toml", phrase("{name} är inte en riktig TOML-fil: {why}."))
FAULTS = Reason("scenario_faults", phrase("{name} har {count} fel:\n{lines}"))


def read(path: Path) -> Scenario:
    """The scenario in a file. Raises Refused with every fault that was found."""
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise Refused(NOT_READABLE, name=path.name, why=spoken("den är större än 2 MB"))
        text = path.read_text(encoding="utf-8-sig")  # some editors put a mark first
    except UnicodeDecodeError:
        raise Refused(NOT_READABLE, name=path.name, why=spoken("den är inte skriven i UTF-8")) from None
    except OSError as fault:
        raise Refused(NOT_READABLE, name=str(path), why=(fault.strerror or spoken("okänt fel")).lower()) from None
    return parse(text, name=path.name)


def parse(text: str, *, name: str = "scenariot") -> Scenario:
    """The scenario in a text. Raises Refused with every fault that was found."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise Refused(NOT_TOML, name=name, why=str(fault)) from None
    notes = Notes()
    scenario = _scenario(Table(data, (), notes))
    if not notes.faults:
        notes.faults.extend(scenario_checks.faults(scenario))
    if notes.faults:
        places = scenario_lines.places(text)
        told = sorted({(scenario_lines.line(where, places), words) for where, words in notes.faults})
        lines = "\n".join(spoken("  rad {line}: {words}", line=line, words=words) for line, words in told)
        raise Refused(FAULTS, name=name, count=len(told), lines=lines)
    return scenario


def _scenario(top: Table) -> Scenario:
    assumptions = top.texts("assumptions") or ("plan",)
    parameters = _parameters(top, assumptions)
    calendar = top.table("calendar")
    scenario = Scenario(
        name=top.text("name"), words=top.text("words", ""), begins=top.day("begins"), ends=top.day("ends"),
        intakes=tuple(_intake(one) for one in top.tables("intake", required=True)),
        phases=tuple(_phase(one) for one in top.tables("phases", required=True)),
        activities=tuple(_activity(one) for one in top.tables("activities", required=True)),
        teams=tuple(_teams(one) for one in top.tables("teams")),
        closed=tuple(_closed(one) for one in calendar.tables("closed")) if calendar else (),
        targets=tuple(_target(one) for one in top.tables("targets")),
        assumptions=assumptions, turn_away=top.one_of("when_teams_full", ("wait", "turn_away"), "wait") == "turn_away",
        ticks_per_day=top.whole("ticks_per_day", 24, least=1), look_at=tuple(_days(top, "look_at")),
        long_wait_days=top.whole("long_wait_days", 28, least=1), parameters=parameters, search=_search(top),
    )  # fmt: skip
    if calendar:
        calendar.close()
    top.close()
    parameters.update(top.notes.parameters)
    return scenario


def _days(table: Table, key: str) -> list[date]:
    values = table._get(key, list, phrase("en lista med datum"), [])
    if any(type(one) is not date for one in values):
        table.notes.add((*table.path, key), spoken("{key} ska vara en lista med datum utan citattecken.", key=key))
        return []
    return list(values)


def _parameters(top: Table, assumptions: tuple[str, ...]) -> dict[str, Parameter]:
    made = {}
    all_of_them = top.table("parameters")
    for name in all_of_them.data if all_of_them else ():
        one = Table(all_of_them.data[name], ("parameters", name), top.notes)  # type: ignore[union-attr]  # in the loop only when there
        words = one.text("words", name)
        values = {}
        for assumption in assumptions:
            if assumption in one.data:
                values[assumption] = quantity(one.data[assumption], (*one.path, assumption), top.notes)
                one.asked.add(assumption)
        if assumptions[0] not in values:
            top.notes.add(
                one.path,
                spoken(
                    "{assumptions} saknas: varje parameter har ett värde för det första antagandet.",
                    assumptions=assumptions[0],
                ),
            )
            values[assumptions[0]] = quantity(1.0, one.path, top.notes)
        one.close()
        made[name] = Parameter(name, words, values)
    return made


def _search(top: Table) -> Search:
    one, usual = top.table("search"), Search()
    if one is None:
        return usual
    made = Search(
        one.number("team_cost", usual.team_cost), one.number("place_cost", usual.place_cost),
        one.number("person_cost", usual.person_cost), one.whole("most_teams", usual.most_teams),
        one.whole("most_places", usual.most_places), min(1.0, one.number("most_cut", usual.most_cut)),
    )  # fmt: skip
    one.close()
    return made


def _intake(one: Table) -> Intake:
    stream = "per_week" in one.data
    spread = Spread.STREAM if stream else Spread(one.one_of("spread", ("even", "random", "at_once"), "even"))
    made = Intake(
        name=one.text("name"), begins=one.day("from"), ends=one.day("to"),
        people=one.number("per_week", above=True) if stream else one.number("people", above=True),
        share=one.amount("share", 1.0), spread=spread, source=one.text("source", ""),
        gives_up_per_week=one.amount("gives_up_per_week", 0.0),
    )  # fmt: skip
    one.close()
    return made


def _teams(one: Table) -> Teams:
    made = Teams(
        name=one.text("name"), number=one.whole("number", 1, least=1), places=one.whole("places", least=1),
        opens=one.day("opens"), closes=one.day("closes", None),
        closing=Closing(one.one_of("closing", ("run_off", "transfer"), "run_off")),
        staff_hours_per_week=one.number("staff_hours_per_week", 0.0),
    )  # fmt: skip
    one.close()
    return made


def _activity(one: Table) -> Activity:
    made = Activity(
        name=one.text("name"), duration=_duration(one),
        places=one.whole("places", least=1) if "places" in one.data else None,
        later_places=tuple(_dated(one, "later_places")), occasions=tuple(_dated(one, "occasions")),
        when_full=one.one_of("when_full", ("wait", "skip"), "wait"),
        rests_on_closed_days=one.flag("rests_on_closed_days"),
        staff_hours_at_start=one.number("staff_hours_at_start", 0.0),
        staff_hours_per_week=one.number("staff_hours_per_week", 0.0),
    )  # fmt: skip
    one.close()
    return made


def _dated(one: Table, key: str) -> Iterator[tuple[date, int]]:
    for item in one.tables(key):
        yield item.day("date"), item.whole("places", least=1 if key == "occasions" else 0)
        item.close()


def _duration(one: Table) -> Duration:
    days = one.table("days")
    if days is None:
        one.notes.add(
            one.path, spoken('days saknas: hur lång tid det tar, som days = {family = "gamma", mean = 60, shape = 3}.')
        )
        return Duration(Family.FIXED, 1.0)
    if "observed" in days.data:
        seen = days._get("observed", list, phrase("en lista med antal dagar"), [])
        if not seen or any(isinstance(v, bool) or not isinstance(v, (int, float)) or not 0 <= v < 1e5 for v in seen):
            days.notes.add((*days.path, "observed"), spoken("observed ska vara en lista med antal dagar, minst 0."))
            seen = [1.0]
        mean = sum(seen) / len(seen)
        if mean <= 0:
            days.notes.add((*days.path, "observed"), spoken("observed har bara nollor."))
        days.close()
        return Duration(Family.OBSERVED, mean or 1.0, 1.0, tuple(float(v) for v in seen))
    families = tuple(family.value for family in Family if family is not Family.OBSERVED)
    family = Family(days.one_of("family", families, "gamma"))
    needs_shape = family in (Family.GAMMA, Family.LOGNORMAL, Family.WEIBULL)
    shape = days.number("shape", above=True) if needs_shape else 1.0
    made = Duration(family, days.amount("mean", above=True), shape, (), days.number("part", 1.0, above=True))
    days.close()
    return made


def _phase(one: Table) -> Phase:
    made = Phase(
        name=one.text("name"), steps=tuple(_step(step) for step in one.tables("steps", required=True)),
        exits=tuple(sorted((_exit(exit_) for exit_ in one.tables("exits")), key=_specific)),
        drops_out_per_week=one.amount("drops_out_per_week", 0.0), otherwise=one.text("otherwise", ""),
    )  # fmt: skip
    one.close()
    return made


def _specific(exit_: Exit) -> tuple[bool, date]:
    """The general before the particular, the earlier before the later: what comes last holds."""
    return bool(exit_.source), exit_.begins or date.min


def _exit(one: Table) -> Exit:
    goes = "phase" in one.data
    made = Exit(
        to=one.text("phase" if goes else "kind"), probability=one.amount("probability", most=1.0),
        begins=one.day("from", None), source=one.text("source", ""), is_phase=goes,
    )  # fmt: skip
    one.close()
    return made


def _step(one: Table) -> Step:
    """One activity, one of several, or several side by side."""
    if "together" in one.data:
        made = Step(tuple(_maybe(each) for each in one.tables("together", required=True)), together=True)
    elif "one_of" in one.data:
        made = Step((tuple(_choice(each) for each in one.tables("one_of", required=True)),))
    else:
        made = Step((_maybe(one),))
        return made
    one.close()
    return made


def _choice(one: Table) -> Choice:
    made = Choice(one.text("activity", ""), one.amount("weight", 1.0), one.texts("sources"))
    one.close()
    return made


def _maybe(one: Table) -> tuple[Choice, ...]:
    """An activity that some need: with the probability, or for the sources, that are told; else nothing."""
    activity, sources = one.text("activity"), one.texts("sources")
    probability: Amount = one.amount("probability", 1.0, most=1.0)
    one.close()
    if isinstance(probability, str):
        return Choice(activity, probability, sources), Choice("", f"1-{probability}", sources), Choice("", LEAST_WEIGHT)
    return Choice(activity, probability, sources), Choice("", 1 - probability + LEAST_WEIGHT)


def _closed(one: Table) -> ClosedDays:
    made = ClosedDays(one.day("from"), one.day("to"), one.text("words", ""))
    one.close()
    return made


def _target(one: Table) -> Target:
    made = Target(one.text("name"), one.whole("at_least", least=1), one.day("before"), one.texts("kinds"))
    one.close()
    return made
