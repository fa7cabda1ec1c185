"""What must hold between the parts of a scenario. Each check gives the place and the words of what does not."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from samkraft.analysis.queues import quantities
from samkraft.analysis.queues.pathway import DROPPED, LEAST_WEIGHT, Choice, Family, Scenario
from samkraft.analysis.queues.quantities import Amount
from samkraft.analysis.queues.scenario_lines import Path

Fault = tuple[Path, str]
LONGEST_DAYS = 366 * 30
MOST_PEOPLE = 8_000_000  # what the numbering of people within an intake holds
MOST_TICKS = 20_000_000


def faults(scenario: Scenario) -> list[Fault]:
    """Everything that is wrong, in no order. A period that is wrong hides what would follow from it."""
    found = list(_horizon(scenario))
    if found:
        return found
    checks: tuple[Callable[[Scenario], Iterator[Fault]], ...] = (
        _intakes, _teams, _activities, _phases, _targets, _names, _parameters, _calendar, _endless,
    )  # fmt: skip
    return [fault for check in checks for fault in check(scenario)]


def _horizon(scenario: Scenario) -> Iterator[Fault]:
    days = (scenario.ends - scenario.begins).days
    if days <= 0:
        yield ("ends",), f"ends ({scenario.ends}) ska vara efter begins ({scenario.begins})."
    elif days > LONGEST_DAYS or days * scenario.ticks_per_day > MOST_TICKS:
        yield (
            ("ends",),
            f"Scenariot är {days} dagar långt; gränsen är {min(LONGEST_DAYS, MOST_TICKS // scenario.ticks_per_day)}.",
        )


def _intakes(scenario: Scenario) -> Iterator[Fault]:
    for n, intake in enumerate(scenario.intakes):
        at = ("intake", n)
        if intake.ends <= intake.begins:
            yield (*at, "to"), f"Intaget {intake.name} slutar innan det börjar."
        if intake.begins < scenario.begins or intake.ends > scenario.ends:
            yield (*at, "from"), f"Intaget {intake.name} ligger utanför scenariots tid."
        if intake.people > MOST_PEOPLE:
            yield (*at, "people"), f"Intaget {intake.name} är större än {MOST_PEOPLE}. Dela upp det."


def _teams(scenario: Scenario) -> Iterator[Fault]:
    for n, teams in enumerate(scenario.teams):
        at = ("teams", n)
        if teams.closes is not None and teams.closes <= teams.opens:
            yield (*at, "closes"), f"{teams.name} stänger ({teams.closes}) innan de öppnar ({teams.opens})."
        if teams.opens >= scenario.ends:
            yield (*at, "opens"), f"{teams.name} öppnar först när scenariot är slut."
    if sum(teams.number for teams in scenario.teams) > 1000:
        yield ("teams", 0), "Fler än 1 000 team."


def _activities(scenario: Scenario) -> Iterator[Fault]:
    needed = {
        choice.activity for phase in scenario.phases for step in phase.steps for c in step.choices for choice in c
    }
    for n, activity in enumerate(scenario.activities):
        at = ("activities", n)
        if activity.name not in needed:
            yield (*at, "name"), f"Ingen fas har aktiviteten {activity.name}."
        if activity.occasions and activity.places is not None:
            yield (*at, "places"), f"{activity.name} har gemensamma starter; skriv platserna vid varje start i stället."
        if activity.later_places and (activity.places is None or activity.occasions):
            yield (*at, "later_places"), f"{activity.name} har ingen gräns som kan ändras."
        for day, _ in (*activity.occasions, *activity.later_places):
            if not scenario.begins <= day < scenario.ends:
                yield at, f"{activity.name}: {day} ligger utanför scenariots tid."


def _phases(scenario: Scenario) -> Iterator[Fault]:
    names = {phase.name for phase in scenario.phases}
    activities = {activity.name for activity in scenario.activities}
    for n, phase in enumerate(scenario.phases):
        at = ("phases", n)
        for m, step in enumerate(phase.steps):
            for choice in step.choices:
                for one in choice:
                    if one.activity and one.activity not in activities:
                        yield (*at, "steps", m), f"Det finns ingen aktivitet som heter {one.activity}."
                yield from (((*at, "steps", m), words) for words in _nothing_for(scenario, choice))
        for m, exit_ in enumerate(phase.exits):
            if exit_.is_phase and exit_.to not in names:
                yield (*at, "exits", m), f"Det finns ingen fas som heter {exit_.to}."
            if exit_.begins and not scenario.begins <= exit_.begins < scenario.ends:
                yield (*at, "exits", m, "from"), "Datumet ligger utanför scenariots tid."
        for words in _too_likely(scenario, n):
            yield at, words
    last = scenario.phases[-1]
    if not last.otherwise:
        yield ("phases", len(scenario.phases) - 1), f"otherwise saknas i {last.name}: hur de övriga går ut."


def _nothing_for(scenario: Scenario, choice: tuple[object, ...]) -> Iterator[str]:
    for source in scenario.sources:
        fits = [one for one in choice if not one.sources or source in one.sources]  # type: ignore[attr-defined]  # a choice's alternatives
        if not fits or all(one.weight == 0 for one in fits):  # type: ignore[attr-defined]  # a choice's alternatives
            yield f"Ingenting här gäller dem som kommer från ”{source}”. Lägg till ett alternativ utan sources."


def _too_likely(scenario: Scenario, number: int) -> Iterator[str]:
    """The exits that hold at a time must not be more likely than certain, as far as fixed numbers tell."""
    phase = scenario.phases[number]
    changes = {e.begins or scenario.begins for e in phase.exits}
    for source in scenario.sources:
        for change in changes:
            holds: dict[tuple[str, bool], Amount] = {}
            for one in phase.exits:
                if (one.begins or date.min) <= change and one.source in ("", source):
                    holds[one.to, one.is_phase] = one.probability
            total = sum(value for value in holds.values() if not isinstance(value, str))
            if total > 1 + 1e-9:
                yield f"Sannolikheterna i {phase.name} blir tillsammans {total:g}, mer än 1."
                return


def _targets(scenario: Scenario) -> Iterator[Fault]:
    for n, target in enumerate(scenario.targets):
        if not scenario.begins < target.before <= scenario.ends:
            yield ("targets", n, "before"), f"Målet {target.name} räknas utanför scenariots tid."
        for kind in target.kinds:
            if kind not in scenario.kinds:
                yield ("targets", n, "kinds"), f"Ingen går ut som ”{kind}”. Det som finns: {', '.join(scenario.kinds)}."


def _names(scenario: Scenario) -> Iterator[Fault]:
    lists: tuple[tuple[str, Iterable[str]], ...] = (
        ("intake", (one.name for one in scenario.intakes)), ("teams", (one.name for one in scenario.teams)),
        ("phases", (one.name for one in scenario.phases)), ("activities", (one.name for one in scenario.activities)),
        ("targets", (one.name for one in scenario.targets)),
    )  # fmt: skip
    for key, names in lists:
        seen: set[str] = set()
        for n, name in enumerate(names):
            if name in seen:
                yield (key, n, "name"), f"Namnet {name} finns två gånger."
            seen.add(name)
    for phase in scenario.phases:
        if DROPPED in (phase.otherwise, *(one.to for one in phase.exits)):
            yield ("phases",), f"”{DROPPED}” är namnet på att hoppa av; ge utgången ett annat namn."


def amounts(scenario: Scenario) -> Iterator[tuple[Path, Amount, float]]:
    """Every amount of a scenario with its place and the most that it may be (shares: 1)."""
    for n, intake in enumerate(scenario.intakes):
        yield ("intake", n, "share"), intake.share, 10.0
        yield ("intake", n, "gives_up_per_week"), intake.gives_up_per_week, 50.0
    for n, activity in enumerate(scenario.activities):
        yield ("activities", n, "days"), activity.duration.mean, 10_000.0
    for n, phase in enumerate(scenario.phases):
        yield ("phases", n, "drops_out_per_week"), phase.drops_out_per_week, 50.0
        for m, exit_ in enumerate(phase.exits):
            yield ("phases", n, "exits", m, "probability"), exit_.probability, 1.0
        for m, step in enumerate(phase.steps):
            for choice in step.choices:
                for one in choice:
                    yield ("phases", n, "steps", m), one.weight, 1e9


def _parameters(scenario: Scenario) -> Iterator[Fault]:
    used = set()
    for where, amount, most in amounts(scenario):
        name = amount.removeprefix("1-") if isinstance(amount, str) else ""
        if not name:
            if isinstance(amount, float | int) and amount > most:
                yield where, f"{amount:g} är mer än {most:g}."
            continue
        used.add(name)
        if name not in scenario.parameters:
            known = ", ".join(sorted(scenario.parameters)) or "inga"
            yield where, f"Det finns ingen parameter som heter {name}. De som finns: {known}."
            continue
        for quantity in scenario.parameters[name].values.values():
            if _largest(quantity) > most:
                yield where, f"Parametern {name} kan bli mer än {most:g}."
            if where[0] == "activities" and _least(quantity) <= 0:
                yield where, f"Parametern {name} är en tid och måste vara större än 0."
    for name in scenario.parameters.keys() - used:
        yield ("parameters", name), f"Ingenting använder parametern {name}."


def _largest(quantity: quantities.Quantity) -> float:
    match quantity:
        case quantities.Fixed(value):
            return value
        case quantities.Range(_, high):
            return high
        case quantities.Draws(values):
            return max(values)
        case quantities.Share():
            return 1.0
        case quantities.Spread(mean, _):
            return mean


def _least(quantity: quantities.Quantity) -> float:
    match quantity:
        case quantities.Fixed(value):
            return value
        case quantities.Range(low, _):
            return low
        case quantities.Draws(values):
            return min(values)
        case _:
            return 1e-9


def _calendar(scenario: Scenario) -> Iterator[Fault]:
    for n, closed in enumerate(scenario.closed):
        if closed.ends <= closed.begins:
            yield ("calendar", "closed", n), "De stängda dagarna slutar innan de börjar."
    days = (scenario.ends - scenario.begins).days
    if scenario.closed and sum((closed.ends - closed.begins).days for closed in scenario.closed) >= days:
        yield ("calendar",), "Kalendern är stängd hela tiden."


def _endless(scenario: Scenario) -> Iterator[Fault]:
    """Going back to a phase in which nothing surely takes time could go round forever on one day."""
    lasting = {a.name for a in scenario.activities if a.duration.family is not Family.FIXED or a.duration.mean != 0}
    for n, phase in enumerate(scenario.phases):
        sure = any(_takes_time(choice, lasting) for step in phase.steps for choice in step.choices)
        if any(one.is_phase for one in phase.exits) and not sure:
            yield (
                ("phases", n),
                f"{phase.name} kan gå till en fas igen utan att någon tid går. Ge den ett steg som alla tar.",
            )


def _takes_time(choice: tuple[Choice, ...], lasting: set[str]) -> bool:
    """Whether every alternative that can be chosen takes time."""
    return all(one.activity in lasting for one in choice if isinstance(one.weight, str) or one.weight > LEAST_WEIGHT)
