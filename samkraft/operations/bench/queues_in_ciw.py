"""The network part of the bench's pathway in Ciw: thirty stations with their places; teams cannot be said in Ciw.

People come as a Poisson stream of the same size instead of in waves, which is no harder for anybody.
"""

from typing import Any

from samkraft.analysis.queues.pathway import Scenario


def network(scenario: Scenario) -> Any:
    """Ciw's description of the stations, their servers and who goes where."""
    import ciw

    names = [activity.name for activity in scenario.activities]
    place = {name: number for number, name in enumerate(names)}
    moves = [[0.0] * len(names) for _ in names]
    choices = [phase.steps[0].choices[0] for phase in scenario.phases]
    for number, phase in enumerate(scenario.phases[:-1]):
        goes_on = 1 - sum(float(one.probability) for one in phase.exits)
        weights = sum(float(one.weight) for one in choices[number + 1])
        for here in choices[number]:
            for there in choices[number + 1]:
                moves[place[here.activity]][place[there.activity]] = goes_on * float(there.weight) / weights
    people = sum(intake.people for intake in scenario.intakes)
    days = (max(intake.ends for intake in scenario.intakes) - scenario.begins).days
    first = sum(float(one.weight) for one in choices[0])
    arrivals: list[Any] = [None] * len(names)
    for one in choices[0]:
        arrivals[place[one.activity]] = ciw.dists.Exponential(people / days * float(one.weight) / first)
    services = [
        ciw.dists.Gamma(shape=a.duration.shape, scale=float(a.duration.mean) / a.duration.shape)
        for a in scenario.activities
    ]
    return ciw.create_network(
        arrival_distributions=arrivals,
        service_distributions=services,
        routing=moves,
        number_of_servers=[activity.places for activity in scenario.activities],
    )


def run(described: Any, days: float, seed: int) -> int:
    """One replication; the number of visits that were finished."""
    import ciw

    ciw.seed(seed)
    simulation = ciw.Simulation(described)
    simulation.simulate_until_max_time(days)
    return len(simulation.get_all_records())
