"""A small instance that shows most of what can be said, for `samkraft allot --example` and the guide. Nobody in it exists."""

from samkraft.analysis.allotment.instance import (
    Activity,
    Floor,
    Instance,
    Lock,
    Need,
    Person,
    Pool,
    Priority,
    Start,
    Waiting,
    Wish,
)


def small() -> Instance:
    """Eight people, four activities, ten weeks."""
    activities = (
        Activity("vagledning", 1, (Start(0, 2), Start(1, 2), Start(2, 2)), name="Studie- och yrkesvägledning"),
        Activity("sprakpraktik", 4, (Start(1, 2), Start(3, 2)), name="Språkpraktik"),
        Activity("industri", 4, (Start(2, 1), Start(4, 2)), frozenset({"svenska"}), "Branschutbildning industri"),
        Activity("jobbspar", 3, (Start(5, 1), Start(7, 2)), frozenset({"svenska"}), "Jobbspår"),
    )
    people = (
        _person("P1", "K", 1, -20, True, 1.0, {"industri": 3.0}),
        _person("P2", "M", 1, -4, True, 1.1, {"industri": 2.5, "sprakpraktik": 1.0}),
        _person("P3", "K", 2, -30, False, 0.9, {"sprakpraktik": 2.2}),
        _person("P4", "M", 2, -12, True, 1.2, {"industri": 2.8}),
        _person("P5", "K", 2, -8, False, 1.0, {"sprakpraktik": 1.9}),
        _person("P6", "M", 2, -25, True, 0.8, {"industri": 1.5, "sprakpraktik": 1.4}),
        _person("P7", "K", 2, -2, True, 1.3, {"industri": 2.6}),
        _person("P8", "M", 2, -16, False, 0.7, {"sprakpraktik": 1.7}),
    )
    rules = (
        Waiting("vantan", loss_per_week=0.02),
        Priority("prioritet"),
        Floor("lika-nytta", by="sex", share=0.8),
        Pool("handledare", activities=("sprakpraktik", "industri"), most=5),
        Lock("lovat-p4", person="P4", occasion="vagledning@1"),
    )
    return Instance(10, activities, people, rules, made_by="exempel")


def _person(
    name: str, sex: str, priority: int, joined: int, swedish: bool, first: float, second: dict[str, float]
) -> Person:
    needs = (
        Need((Wish("vagledning", first),)),
        Need(
            tuple(Wish(activity, benefit) for activity, benefit in second.items()), gap=0, longest_gap=4, may_skip=True
        ),
        Need((Wish("jobbspar", 2.0),)),
    )
    has = frozenset({"svenska"}) if swedish else frozenset[str]()
    return Person(name, (needs,), joined, 0, priority, {"sex": sex}, has)
