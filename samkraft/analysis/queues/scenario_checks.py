"""What must hold between the parts of a scenario. Each check gives the place and the words of what does not."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from samkraft.analysis.queues import quantities
from samkraft.analysis.queues.pathway import DROPPED, LEAST_WEIGHT, Choice, Family, Scenario
from samkraft.analysis.queues.quantities import Amount
from samkraft.analysis.queues.scenario_lines import Path
from samkraft.values.wording import spoken

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
        yield (
            ("ends",),
            spoken("ends ({ends}) ska vara efter begins ({begins}).", ends=scenario.ends, begins=scenario.begins),
        )
    elif days > LONGEST_DAYS or days * scenario.ticks_per_day > MOST_TICKS:
        yield (
            ("ends",),
            spoken(
                "Scenariot är {days} dagar långt; gränsen är {limit}.",
                days=days,
                limit=min(LONGEST_DAYS, MOST_TICKS // scenario.ticks_per_day),
            ),
        )


def _intakes(scenario: Scenario) -> Iterator[Fault]:
    for n, intake in enumerate(scenario.intakes):
        at = ("intake", n)
        if intake.ends <= intake.begins:
            yield (*at, "to"), spoken("Intaget {name} slutar innan det börjar.", name=intake.name)
        if intake.begins < scenario.begins or intake.ends > scenario.ends:
            yield (*at, "from"), spoken("Intaget {name} ligger utanför scenariots tid.", name=intake.name)
        if intake.people > MOST_PEOPLE:
            yield (
                (*at, "people"),
                spoken(
                    "Intaget {name} är större än {most}. Dela upp det.",
                    name=intake.name,
                    most=MOST_PEOPLE,
                ),
            )


def _teams(scenario: Scenario) -> Iterator[Fault]:
    for n, teams in enumerate(scenario.teams):
        at = ("teams", n)
        if teams.closes is not None and teams.closes <= teams.opens:
            yield (
                (*at, "closes"),
                spoken(
                    "{name} stänger ({closes}) innan de öppnar ({opens}).",
                    name=teams.name,
                    closes=teams.closes,
                    opens=teams.opens,
                ),
            )
        if teams.opens >= scenario.ends:
            yield (*at, "opens"), spoken("{name} öppnar först när scenariot är slut.", name=teams.name)
    if sum(teams.number for teams in scenario.teams) > 1000:
        yield ("teams", 0), spoken("Fler än 1 000 team.")


def _activities(scenario: Scenario) -> Iterator[Fault]:
    needed = {
        choice.activity for phase in scenario.phases for step in phase.steps for c in step.choices for choice in c
    }
    for n, activity in enumerate(scenario.activities):
        at = ("activities", n)
        if activity.name not in needed:
            yield (*at, "name"), spoken("Ingen fas har aktiviteten {name}.", name=activity.name)
        if activity.occasions and activity.places is not None:
            yield (
                (*at, "places"),
                spoken("{name} har gemensamma starter; skriv platserna vid varje start i stället.", name=activity.name),
            )
        if activity.later_places and (activity.places is None or activity.occasions):
            yield (*at, "later_places"), spoken("{name} har ingen gräns som kan ändras.", name=activity.name)
        for day, _ in (*activity.occasions, *activity.later_places):
            if not scenario.begins <= day < scenario.ends:
                yield at, spoken("{name}: {day} ligger utanför scenariots tid.", name=activity.name, day=day)


def _phases(scenario: Scenario) -> Iterator[Fault]:
    names = {phase.name for phase in scenario.phases}
    activities = {activity.name for activity in scenario.activities}
    for n, phase in enumerate(scenario.phases):
        at = ("phases", n)
        for m, step in enumerate(phase.steps):
            for choice in step.choices:
                for one in choice:
                    if one.activity and one.activity not in activities:
                        yield (
                            (*at, "steps", m),
                            spoken("Det finns ingen aktivitet som heter {name}.", name=one.activity),
                        )
                yield from (((*at, "steps", m), words) for words in _nothing_for(scenario, choice))
        for m, exit_ in enumerate(phase.exits):
            if exit_.is_phase and exit_.to not in names:
                yield (*at, "exits", m), spoken("Det finns ingen fas som heter {name}.", name=exit_.to)
            if exit_.begins and not scenario.begins <= exit_.begins < scenario.ends:
                yield (*at, "exits", m, "from"), spoken("Datumet ligger utanför scenariots tid.")
        for words in _too_likely(scenario, n):
            yield at, words
    last = scenario.phases[-1]
    if not last.otherwise:
        yield (
            ("phases", len(scenario.phases) - 1),
            spoken("otherwise saknas i {name}: hur de övriga går ut.", name=last.name),
        )


def _nothing_for(scenario: Scenario, choice: tuple[object, ...]) -> Iterator[str]:
    for source in scenario.sources:
        fits = [one for one in choice if not one.sources or source in one.sources]  # type: ignore[attr-defined]  # a choice's alternatives
        if not fits or all(one.weight == 0 for one in fits):  # type: ignore[attr-defined]  # a choice's alternatives
            yield spoken(
                "Ingenting här gäller dem som kommer från ”{source}”. Lägg till ett alternativ utan sources.",
                source=source,
            )


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
                yield spoken(
                    "Sannolikheterna i {name} blir tillsammans {total:g}, mer än 1.", name=phase.name, total=total
                )
                return


def _targets(scenario: Scenario) -> Iterator[Fault]:
    for n, target in enumerate(scenario.targets):
        if not scenario.begins < target.before <= scenario.ends:
            yield ("targets", n, "before"), spoken("Målet {name} räknas utanför scenariots tid.", name=target.name)
        for kind in target.kinds:
            if kind not in scenario.kinds:
                yield (
                    ("targets", n, "kinds"),
                    spoken(
                        "Ingen går ut som ”{kind}”. Det som finns: {kinds}.", kind=kind, kinds=", ".join(scenario.kinds)
                    ),
                )


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
                yield (key, n, "name"), spoken("Namnet {name} finns två gånger.", name=name)
            seen.add(name)
    for phase in scenario.phases:
        if DROPPED in (phase.otherwise, *(one.to for one in phase.exits)):
            yield (
                ("phases",),
                spoken("”{name}” är namnet på att hoppa av; ge utgången ett annat namn.", name=DROPPED),
            )


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
                yield where, spoken("{amount:g} är mer än {most:g}.", amount=amount, most=most)
            continue
        used.add(name)
        if name not in scenario.parameters:
            known = ", ".join(sorted(scenario.parameters)) or "inga"
            yield (
                where,
                spoken("Det finns ingen parameter som heter {name}. De som finns: {known}.", name=name, known=known),
            )
            continue
        for quantity in scenario.parameters[name].values.values():
            if _largest(quantity) > most:
                yield where, spoken("Parametern {name} kan bli mer än {most:g}.", name=name, most=most)
            if where[0] == "activities" and _least(quantity) <= 0:
                yield where, spoken("Parametern {name} är en tid och måste vara större än 0.", name=name)
    for name in scenario.parameters.keys() - used:
        yield ("parameters", name), spoken("Ingenting använder parametern {name}.", name=name)


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
            yield ("calendar", "closed", n), spoken("De stängda dagarna slutar innan de börjar.")
    days = (scenario.ends - scenario.begins).days
    if scenario.closed and sum((closed.ends - closed.begins).days for closed in scenario.closed) >= days:
        yield ("calendar",), spoken("Kalendern är stängd hela tiden.")


def _endless(scenario: Scenario) -> Iterator[Fault]:
    """Going back to a phase in which nothing surely takes time could go round forever on one day."""
    lasting = {a.name for a in scenario.activities if a.duration.family is not Family.FIXED or a.duration.mean != 0}
    for n, phase in enumerate(scenario.phases):
        sure = any(_takes_time(choice, lasting) for step in phase.steps for choice in step.choices)
        if any(one.is_phase for one in phase.exits) and not sure:
            yield (
                ("phases", n),
                spoken(
                    "{name} kan gå till en fas igen utan att någon tid går. Ge den ett steg som alla tar.",
                    name=phase.name,
                ),
            )


def _takes_time(choice: tuple[Choice, ...], lasting: set[str]) -> bool:
    """Whether every alternative that can be chosen takes time."""
    return all(one.activity in lasting for one in choice if isinstance(one.weight, str) or one.weight > LEAST_WEIGHT)
