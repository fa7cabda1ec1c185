"""Invented young people who apply to Ung i sommar, their guardians, and what they answer."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from uuid import UUID, uuid4

from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.offer.queries import summer_rounds as rounds
from samkraft.offer.rules.summer_rounds import SchoolYear, Strata
from samkraft.operations.world.people import names, numbers
from samkraft.operations.world.people.writing import connected
from samkraft.partners.rules.organisations import swedish_sort_key
from samkraft.people.actions.summer import summer_applications, summer_guardians, summer_placing
from samkraft.people.actions.summer.summer_applications import Wishes
from samkraft.people.queries.summer import summer_links, summer_people
from samkraft.people.queries.summer.summer_links import Link
from samkraft.people.rules.summer import summer_applications as rules
from samkraft.people.rules.summer.summer_applications import Application, Guardian
from samkraft.people.rules.summer.summer_places import Declined
from samkraft.values import identity_number
from samkraft.values.context import Context
from samkraft.values.identity_number import IdentityNumber, Kind, Sex

YEARS = {15: SchoolYear.GRADE_9, 16: SchoolYear.GRADE_9, 17: SchoolYear.UPPER_1, 18: SchoolYear.UPPER_2}
DISTRICTS = ("Kirseberg", "Hyllie", "Rosengård", "Limhamn", "Fosie", "Husie", "Innerstaden", "Oxie")


@dataclass(frozen=True, slots=True)
class Young:
    """Somebody invented."""

    given: str
    family: str
    sex: Sex
    born: date
    number: str
    school_year: SchoolYear
    district: str
    guardians: tuple[str, ...]


def invented(year: int, draw: Random, many: int, *, ages: tuple[int, int] = (15, 18)) -> list[Young]:
    """So many, of the ages that they turn in the year."""
    given = numbers.Numbers()
    made = []
    for _number in range(many):
        naming = draw.choices(names.NAMINGS, [one.weight for one in names.NAMINGS])[0]
        sex = draw.choice((Sex.WOMAN, Sex.MAN))
        family = draw.choice(naming.family)
        age = draw.randint(*ages)
        number, born = _numbered(given, draw, year - age, sex)
        adults = [f"{draw.choice(naming.women)} {family}", f"{draw.choice(naming.men)} {family}"]
        made.append(
            Young(
                draw.choice(naming.given(sex)), family, sex, born, number, YEARS.get(age, SchoolYear.UPPER_3),
                draw.choice(DISTRICTS), tuple(adults[: draw.choices((1, 2), (2, 3))[0]]),
            )
        )  # fmt: skip
    return made


def _numbered(given: numbers.Numbers, draw: Random, year: int, sex: Sex) -> tuple[str, date]:
    """A number for trying things, and the day that it says. A whole city has more young people than there are such
    personnummer, so some have a samordningsnummer."""
    while True:
        day = date(year, 1, 1) + timedelta(days=draw.randrange(320))
        for kind in (Kind.PERSONAL, Kind.COORDINATION):
            number, born = given.give(draw, day, sex, kind)
            if number:
                return number, born


def apply(round_id: UUID, year: int, draw: Random, *, many: int) -> list[Link]:
    """Each by a link of their own, as on the page. One of them has protected identity."""
    held = rounds.one(round_id)
    workplaces = [row.id for row in rounds.workplaces(round_id)]
    links = []
    youngest = max(15, held.first_day.year - held.limits.born_to)
    for place, who in enumerate(invented(year, draw, many, ages=(youngest, 18))):
        token = summer_applications.ask_for_link(by=summer_links.STRANGER, round_id=round_id, email=_email(who, place))
        assert token is not None
        link = summer_links.find(token)
        wishes = tuple(draw.sample(workplaces, min(2, len(workplaces))))
        summer_applications.send(
            by=link.by,
            link=link,
            application=Application(
                given_name=who.given, family_name=who.family, born=who.born, sex=who.sex.value,
                school_year=who.school_year.value, email=_email(who, place), district=who.district,
                guardians=tuple(Guardian(name, _adult(name, place)) for name in who.guardians),
            ),
            wishes=Wishes(wishes),
            number=identity_number.read(who.number, timezone.localdate()),
            is_protected=place == 3,
        )  # fmt: skip
        links.append(summer_links.find(token))
    return links


def answer(by: Context, round_id: UUID, links: list[Link]) -> None:
    """Most say yes, one says no, one has not answered; all guardians but one have said yes."""
    with transactions.read(by):
        placed = {row.id: row for row in summer_people.listed(round_id) if row.placement}
    mine = [link for link in links if link.applicant_id in placed]
    for place, link in enumerate(mine):
        assert link.applicant_id is not None
        one = placed[link.applicant_id]
        assert one.placement is not None
        if place == 4:
            continue
        says_yes = place != 7
        summer_placing.answer(
            by=link.by, link=link, placement_id=one.placement.id, says_yes=says_yes,
            declined=None if says_yes else Declined.OTHER_JOB,
        )  # fmt: skip
        for guardian in one.guardians:
            if says_yes and place != 6:
                token = summer_guardians.ask(by=by, applicant_id=one.id, guardian_id=guardian.id)
                assert token is not None
                theirs = summer_links.find(token)
                summer_guardians.answer(by=theirs.by, link=theirs, says_yes=True, knows_risks=True)


def apply_in_bulk(round_id: UUID, year: int, draw: Random, *, many: int, first: int) -> None:
    """Applications of a year that has been, put there by the owner of the tables; the first ones go before the lot."""
    held = rounds.one(round_id)
    periods = [row.id for row in held.periods]
    people, identities, applicants, guardians = [], [], [], []
    codes: set[str] = set()
    for place, who in enumerate(invented(year, draw, many)):
        person, applicant = uuid4(), uuid4()
        code = rules.code(draw.randbytes(8))
        while code in codes:
            code = rules.code(draw.randbytes(8))
        codes.add(code)
        stratum = who.sex.value if held.strata is Strata.SEX else ""
        people.append((person, held.opens))
        identities.append((uuid4(), person, who.number, IdentityNumber(who.number).kind.value, held.opens))
        applicants.append((
            applicant, person, round_id, held.area_id, code, who.given, who.family,
            swedish_sort_key(f"{who.family} {who.given}"), who.born, who.sex.value, _email(who, place), who.school_year.value,
            who.district, stratum, [draw.choice(periods)] if draw.random() < 0.3 else [], len(who.guardians),
            draw.choice(("adaptation", "support", "recommended")) if place < first else "",
            held.opens + timedelta(minutes=draw.randrange(90_000)),
        ))  # fmt: skip
        guardians += [
            (uuid4(), applicant, round_id, held.area_id, number, name, _adult(name, place))
            for number, name in enumerate(who.guardians, 1)
        ]
    with connected() as owner, owner.transaction(), owner.cursor() as cursor:
        cursor.executemany("INSERT INTO people_person (id, created_at) VALUES (%s, %s)", people)
        cursor.executemany(
            "INSERT INTO people_identity (id, person_id, number, kind, valid) VALUES (%s, %s, %s, %s, tstzrange(%s, NULL))",
            identities,
        )
        cursor.executemany(
            "INSERT INTO people_summerapplicant (id, person_id, round_id, area_id, code, given_name, family_name, sort_key, "
            "birth_date, sex, email, school_year, district, stratum, period_wishes, guardians_needed, ground, applied_at, phone, "
            "has_finished_school, wishes, other_day_minutes, other_week_minutes, is_double, has_withdrawn, is_drawn) VALUES "
            "(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s::uuid[], %s, %s, %s, '', true, '{}', 0, 0, false, "
            "false, false)",
            applicants,
        )
        cursor.executemany(
            "INSERT INTO people_summerguardian (id, applicant_id, round_id, area_id, number, name, email, phone) VALUES "
            "(%s, %s, %s, %s, %s, %s, %s, '')",
            guardians,
        )


def _email(who: Young, place: int) -> str:
    plain = swedish_plain(f"{who.given}.{who.family}")
    return f"{plain}.{place}@exempel.invalid"


def _adult(name: str, place: int) -> str:
    return f"{swedish_plain('.'.join(name.split()))}.{place}@exempel.invalid"


def swedish_plain(text: str) -> str:
    """As an address may be written."""
    return "".join(
        letter
        for letter in text.lower().translate(str.maketrans("åäöéü", "aaoeu"))
        if letter.isascii() and letter not in " '"
    )
