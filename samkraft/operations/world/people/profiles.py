"""Who the invented people are: sex, age, education, language, means, and how they came.

Shaped by the initiative's own `Shape`. What no source says (languages, who refers, who consents) is our own guess and
says so in the demo.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from samkraft.operations.world.people import names
from samkraft.operations.world.people.names import Naming
from samkraft.operations.world.people.numbers import Numbers
from samkraft.operations.world.people.parties import FSN, INSURANCE, LABOUR, SOCIAL
from samkraft.operations.world.people.ways import Shape
from samkraft.values.identity_number import Kind, Sex

OWN_APPLICATIONS_TO = (LABOUR, SOCIAL, FSN)
PROTECTED = 0.006
DUPLICATES = 0.012
COORDINATION_NUMBERS = 0.035

# Phones lie in the series that the telecom authority keeps for films and books: they reach nobody.
# Who consents to what. Nobody has counted this: a guess.
JOINT, PARTLY, ALONE = "joint", "partly", "alone"
CONSENTS = (JOINT, PARTLY, ALONE)


@dataclass(frozen=True, slots=True)
class Profile:
    """One invented person on the day of the referral. An empty text is what nobody has filled in."""

    sex: Sex
    born: date
    number: str
    number_kind: Kind
    naming: Naming
    given_name: str
    family_name: str
    education: str
    has_sick_pay: bool
    has_assistance: bool
    sender: str
    own_application: bool
    interpreter: bool
    phone: str
    email: str
    knows_birth_date: bool
    safe_contact: str
    partner_participates: bool
    consents: str
    withdraws: bool
    is_protected: bool
    is_doubled: bool
    has_representative: bool


@dataclass(frozen=True, slots=True)
class Birth:
    """What the identity number tells: drawn for all before anything else, so that no two get the same."""

    sex: Sex
    born: date
    number: str
    kind: Kind


def draw_birth(draw: Random, shape: Shape, referred: date, numbers: Numbers) -> Birth:
    """Sex and day of birth by chance, and a number that nobody has; empty when those for testing have run out."""
    sex, born = _sex_and_birth(draw, shape, referred)
    kind = Kind.COORDINATION if draw.random() < COORDINATION_NUMBERS else Kind.PERSONAL
    number, born = numbers.give(draw, born, sex, kind)
    return Birth(sex, born, number, kind)


def draw_one(draw: Random, shape: Shape, birth: Birth) -> Profile:
    """One person, by chance."""
    naming = _one_of(draw, [(naming, naming.weight) for naming in names.NAMINGS])
    given, family = draw.choice(naming.given(birth.sex)), draw.choice(naming.family)
    has_sick_pay = draw.random() < shape.sick_pay
    sender = INSURANCE if has_sick_pay and draw.random() < 0.6 else _one_of(draw, shape.senders)
    is_protected = draw.random() < PROTECTED
    digits = draw.randrange(1_000_000)
    return Profile(
        sex=birth.sex,
        born=birth.born,
        number=birth.number if draw.random() > 0.01 else "",
        number_kind=birth.kind,
        naming=naming,
        given_name=given,
        family_name=family,
        education=_one_of(draw, shape.educations),
        has_sick_pay=has_sick_pay,
        has_assistance=not has_sick_pay and draw.random() < shape.assistance,
        sender=sender,
        own_application=sender in OWN_APPLICATIONS_TO and draw.random() < shape.own_application,
        interpreter=draw.random() < naming.interpreter * shape.interpreter,
        phone=f"070-174 06 {5 + digits % 95:02}" if draw.random() < 0.93 and not is_protected else "",
        email=f"deltagare{digits:06}@exempel.invalid" if draw.random() < 0.55 and not is_protected else "",
        knows_birth_date=draw.random() < 0.97,
        safe_contact="Ring bara vardagar före kl. 12. Skicka inga brev hem." if draw.random() < 0.02 else "",
        partner_participates=draw.random() < 0.03,
        consents=_one_of(draw, list(zip(CONSENTS, shape.consents, strict=True))),
        withdraws=draw.random() < 0.05,
        is_protected=is_protected,
        is_doubled=not is_protected and draw.random() < DUPLICATES,
        has_representative=draw.random() < shape.represented,
    )


def _sex_and_birth(draw: Random, shape: Shape, on: date) -> tuple[Sex, date]:
    youngest, oldest, share_of_men = _one_of(draw, [((low, high, men), share) for low, high, share, men in shape.ages])
    sex = Sex.MAN if draw.random() * 100 < share_of_men else Sex.WOMAN
    age_days = draw.uniform(youngest, oldest) * 365.2425
    return sex, on - timedelta(days=int(age_days) + 1)


def _one_of(draw: Random, weighted: "Sequence[tuple[Any, float]]") -> Any:
    return draw.choices([value for value, _ in weighted], [weight for _, weight in weighted])[0]
