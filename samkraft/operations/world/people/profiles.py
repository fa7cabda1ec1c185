"""Who the invented people are: sex, age, education, language, means, and how they came.

Shaped by the target group of Malmökraften 1.0 (2 685 participants): sex and age together, education, share with sick
pay. What that source does not say (languages, who refers, who consents) is our own guess and says so in the demo.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from samkraft.operations.world.people import names
from samkraft.operations.world.people.names import Naming
from samkraft.operations.world.people.numbers import Numbers
from samkraft.operations.world.people.setting import AF, INSURANCE, LABOUR, SOCIAL
from samkraft.values.identity_number import Kind, Sex

# Age class: from, up to, share of all, share of men in it (SUS, Malmökraften 1.0).
AGES = ((20, 40, 34, 58), (40, 60, 59, 54), (60, 65, 7, 61))
# Education: share of all; 284 of 2 685 have none or an unknown one.
EDUCATIONS = (("grundskola", 31.4), ("", 10.6), ("gymnasium", 33.0), ("eftergymnasial", 25.0))
SICK_PAY = 0.05
NO_SICK_PAY_SENDERS = ((AF, 46), (SOCIAL, 30), (LABOUR, 24))
PROTECTED = 0.006
DUPLICATES = 0.012
COORDINATION_NUMBERS = 0.035

# Phones lie in the series that the telecom authority keeps for films and books: they reach nobody.
# Who consents to what. Nobody has counted this: a guess.
JOINT, PARTLY, ALONE = "joint", "partly", "alone"
CONSENTS = ((JOINT, 80), (PARTLY, 9), (ALONE, 11))


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


def draw_one(draw: Random, referred: date, numbers: Numbers) -> Profile:
    """One person, by chance."""
    sex, born = _sex_and_birth(draw, referred)
    kind = Kind.COORDINATION if draw.random() < COORDINATION_NUMBERS else Kind.PERSONAL
    number, born = numbers.give(draw, born, sex, kind)
    naming = _one_of(draw, [(naming, naming.weight) for naming in names.NAMINGS])
    given, family = draw.choice(naming.given(sex)), draw.choice(naming.family)
    has_sick_pay = draw.random() < SICK_PAY
    sender = INSURANCE if has_sick_pay and draw.random() < 0.6 else _one_of(draw, NO_SICK_PAY_SENDERS)
    is_protected = draw.random() < PROTECTED
    digits = draw.randrange(1_000_000)
    return Profile(
        sex=sex,
        born=born,
        number=number if draw.random() > 0.01 else "",
        number_kind=kind,
        naming=naming,
        given_name=given,
        family_name=family,
        education=_one_of(draw, EDUCATIONS),
        has_sick_pay=has_sick_pay,
        has_assistance=not has_sick_pay and draw.random() < 0.72,
        sender=sender,
        own_application=sender in (LABOUR, SOCIAL) and draw.random() < 0.08,
        interpreter=draw.random() < naming.interpreter,
        phone=f"070-174 06 {5 + digits % 95:02}" if draw.random() < 0.93 and not is_protected else "",
        email=f"deltagare{digits:06}@exempel.invalid" if draw.random() < 0.55 and not is_protected else "",
        knows_birth_date=draw.random() < 0.97,
        safe_contact="Ring bara vardagar före kl. 12. Skicka inga brev hem." if draw.random() < 0.02 else "",
        partner_participates=draw.random() < 0.03,
        consents=_one_of(draw, CONSENTS),
        withdraws=draw.random() < 0.05,
        is_protected=is_protected,
        is_doubled=not is_protected and draw.random() < DUPLICATES,
        has_representative=draw.random() < 0.02,
    )


def _sex_and_birth(draw: Random, on: date) -> tuple[Sex, date]:
    youngest, oldest, share_of_men = _one_of(draw, [((low, high, men), share) for low, high, share, men in AGES])
    sex = Sex.MAN if draw.random() * 100 < share_of_men else Sex.WOMAN
    age_days = draw.uniform(youngest, oldest) * 365.2425
    return sex, on - timedelta(days=int(age_days) + 1)


def _one_of(draw: Random, weighted: "Sequence[tuple[Any, float]]") -> Any:
    return draw.choices([value for value, _ in weighted], [weight for _, weight in weighted])[0]
