"""How an initiative works with people, as data: who sits in its teams, what is said and done there, and for how long.

There are two in the demo. The joint project's own is told by `texts`; the step-wise way from group to employment by
`texts_stepwise`. No code knows which is which. What the sources do not say of the second is our own guess.
"""

from dataclasses import dataclass

from samkraft.operations.world.people import texts, texts_stepwise
from samkraft.operations.world.people.parties import AF, CARE, FSN, INSURANCE, LABOUR, SCHOOL, SOCIAL
from samkraft.operations.world.people.texts import StepFacts


@dataclass(frozen=True, slots=True)
class Shape:
    """Who takes part. `ages`: from, up to, share of all, share of men in it; the rest are shares from 0 to 1.

    `consents`: how many share with all, with some, and with none.
    """

    ages: tuple[tuple[int, int, float, float], ...]
    educations: tuple[tuple[str, float], ...]
    senders: tuple[tuple[str, float], ...]
    sick_pay: float
    assistance: float
    represented: float
    own_application: float
    interpreter: float  # of those who would otherwise need one
    consents: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Pace:
    """How long things take, in days. With `phase_days` each phase has its own time; else the stay is drawn as a whole.

    `leaves_early` is the share who leave before they have come through, `quick` the share who need less than half the time.
    """

    phase_days: tuple[tuple[int, int], ...] = ()
    leaves_early: float = 0.0
    quick: float = 0.0
    never_enrolled: float = 0.035
    plan_after: tuple[int, int] = (16, 46)  # from the enrolment to the first plan
    steps: tuple[int, int] = (3, 4)  # in a plan
    called_in_last: bool = False  # their step ends the plan, or begins it


@dataclass(frozen=True, slots=True)
class Way:
    """One initiative's way. Areas by code; `home` enrols whoever is sent by an area without a seat in the team."""

    code: str
    core: tuple[str, ...]
    home: str
    leads: tuple[str, ...]  # the areas whose staff lead processes
    called_in: tuple[tuple[str, float], ...]  # and of how many, beside those whose matter it always is
    shape: Shape
    pace: Pace
    reasons: dict[str, str]
    own_application: str
    items: tuple[tuple[str, str, str, str], ...]
    schooling: dict[str, str]  # what is written of each education
    conclusion: str
    dissents: tuple[str, ...]
    corrections: tuple[str, ...]
    needs: tuple[tuple[str, str], ...]
    goals: tuple[tuple[str, str], ...]
    steps: tuple[StepFacts, ...]
    called_in_steps: tuple[StepFacts, ...]
    results: tuple[str, ...]
    place_says: tuple[str, ...]
    places: tuple[str, ...]
    phase_reasons: tuple[str, ...]
    minutes: tuple[tuple[str, str, str], ...]
    from_us: tuple[tuple[str, str], ...]
    from_participant: tuple[tuple[str, str], ...]
    own_notes: dict[str, tuple[str, str]]
    exit_notes: dict[str, str]
    purpose: str


# Age and sex together, education and sick pay: SUS, Malmökraften 1.0 (2 685 participants). Where from: a guess.
JOINT = Way(
    code="joint",
    core=(AF, LABOUR, SOCIAL),
    home=AF,
    leads=(AF, LABOUR, SOCIAL),
    called_in=((INSURANCE, 0.0), (CARE, 0.16), (SCHOOL, 0.3)),
    shape=Shape(
        ages=((20, 40, 34, 58), (40, 60, 59, 54), (60, 65, 7, 61)),
        educations=(("grundskola", 31.4), ("", 10.6), ("gymnasium", 33.0), ("eftergymnasial", 25.0)),
        senders=((AF, 46), (SOCIAL, 30), (LABOUR, 24)),
        sick_pay=0.05,
        assistance=0.72,
        represented=0.02,
        own_application=0.08,
        interpreter=1.0,
        consents=(80, 9, 11),
    ),
    pace=Pace(),
    reasons=texts.REASONS,
    own_application=texts.OWN_APPLICATION,
    items=texts.ITEMS,
    schooling=texts.SCHOOLING,
    conclusion=texts.CONCLUSION,
    dissents=texts.DISSENTS,
    corrections=texts.CORRECTIONS,
    needs=texts.NEEDS,
    goals=texts.GOALS,
    steps=texts.STEPS,
    called_in_steps=texts.CALLED_IN_STEPS,
    results=texts.DONE,
    place_says=texts.PLACE_SAYS,
    places=texts.PLACES,
    phase_reasons=texts.PHASE_REASONS,
    minutes=texts.MINUTES,
    from_us=texts.FROM_US,
    from_participant=texts.FROM_PARTICIPANT,
    own_notes=texts.OWN_NOTES,
    exit_notes=texts.EXIT_NOTES,
    purpose=texts.PURPOSE,
)
STEPWISE = Way(
    code="stepwise",
    core=(FSN, LABOUR),
    home=FSN,
    leads=(FSN,),
    called_in=((AF, 0.35),),
    shape=Shape(
        ages=((20, 30, 42, 60), (30, 45, 38, 57), (45, 63, 20, 55)),
        educations=(("gymnasium", 82), ("grundskola", 13), ("", 5)),
        senders=((FSN, 92), (LABOUR, 8)),
        sick_pay=0.0,
        assistance=0.0,
        represented=0.55,
        own_application=0.6,
        interpreter=0.15,
        consents=(72, 8, 20),
    ),
    pace=Pace(
        phase_days=((25, 95), (40, 95), (55, 140), (70, 170), (60, 120)),
        leaves_early=0.16,
        quick=0.3,
        never_enrolled=0.05,
        plan_after=(10, 30),
        steps=(6, 8),
        called_in_last=True,
    ),
    reasons=texts_stepwise.REASONS,
    own_application=texts_stepwise.OWN_APPLICATION,
    items=texts_stepwise.ITEMS,
    schooling=texts_stepwise.SCHOOLING,
    conclusion=texts_stepwise.CONCLUSION,
    dissents=texts_stepwise.DISSENTS,
    corrections=texts_stepwise.CORRECTIONS,
    needs=texts_stepwise.NEEDS,
    goals=texts_stepwise.GOALS,
    steps=texts_stepwise.STEPS,
    called_in_steps=texts_stepwise.CALLED_IN_STEPS,
    results=texts_stepwise.RESULTS,
    place_says=texts_stepwise.PLACE_SAYS,
    places=texts_stepwise.PLACES,
    phase_reasons=texts_stepwise.PHASE_REASONS,
    minutes=texts_stepwise.MINUTES,
    from_us=texts_stepwise.FROM_US,
    from_participant=texts_stepwise.FROM_PARTICIPANT,
    own_notes=texts_stepwise.OWN_NOTES,
    exit_notes=texts_stepwise.EXIT_NOTES,
    purpose=texts_stepwise.PURPOSE,
)
