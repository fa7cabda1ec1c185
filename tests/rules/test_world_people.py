"""Invented people: the same for the same seed, shaped as the sources say, with numbers that belong to nobody."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from statistics import fmean
from typing import Any
from uuid import UUID, uuid5

import pytest

from samkraft.operations.world.people import courses, lives, numbers, profiles, rows, tidy, ways
from samkraft.operations.world.people.courses import Course
from samkraft.operations.world.people.deeds import Enrol, Give, Life, Protect, Withdraw, Write
from samkraft.operations.world.people.profiles import Profile
from samkraft.operations.world.people.setting import (
    AF,
    CARE,
    INSURANCE,
    LABOUR,
    SCHOOL,
    SOCIAL,
    Actor,
    Intake,
    Setting,
    TeamPlace,
)
from samkraft.operations.world.people.tables import Rows
from samkraft.partners.rules.roles import Role
from samkraft.people.rules import contents
from samkraft.values import identity_number
from samkraft.values.identity_number import Kind, Sex
from samkraft.values.period import STOCKHOLM
from tests.architecture import house

SPACE = UUID("12345678-1234-4234-8234-123456789abc")
ROLES = {
    AF: Role.EMPLOYMENT_OFFICER, LABOUR: Role.LABOUR_MARKET_SECRETARY, SOCIAL: Role.SOCIAL_SECRETARY,
    INSURANCE: Role.INSURANCE_OFFICER, CARE: Role.CARE_COORDINATOR, SCHOOL: Role.STUDY_COUNSELLOR,
}  # fmt: skip
NOW = datetime(2026, 11, 20, 12, tzinfo=STOCKHOLM)
MANY = 4_000


def key(name: str) -> str:
    return str(uuid5(SPACE, name))


def _actor(area: str, team: int) -> Actor:
    return Actor(
        key(f"m{area}{team}"), key(f"u{area}{team}"), f"Namn {area} {team}", ROLES[area].value, area, area, key(area),
        key(f"o{area}"),
    )  # fmt: skip


def _team(number: int) -> TeamPlace:
    core = {area: _actor(area, number) for area in (AF, LABOUR, SOCIAL)}
    called_in = {area: _actor(area, number) for area in (INSURANCE, CARE, SCHOOL)}
    return TeamPlace(key(f"team{number}"), f"Team {number}", core, called_in)


SETTING = Setting(
    way=ways.JOINT,
    initiative_id=key("initiative"),
    begins=date(2025, 10, 1),
    now=NOW,
    intakes=(
        Intake(1, date(2025, 11, 1), date(2026, 5, 1), 1_500),
        Intake(2, date(2026, 5, 1), date(2026, 11, 1), 1_200),
        Intake(3, date(2026, 11, 1), date(2027, 5, 1), 1_200),
    ),
    teams=tuple(_team(number) for number in range(10)),
    areas={area: key(area) for area in ROLES},
    area_names=dict.fromkeys(ROLES, ""),
    questions=("malmo", "bistand", "tolv_manader"),
)


@pytest.fixture(scope="module")
def people() -> list[tuple[Profile, Course]]:
    found = []
    for start in lives.starts(SETTING, participants=MANY, seed=1):
        draw = lives.dice(SETTING, 1, start.index, "life")
        profile = profiles.draw_one(draw, SETTING.way.shape, start.birth)
        found.append((profile, courses.with_sick_pay(start.course, profile, draw)))
    return found


@pytest.fixture(scope="module")
def some_lives() -> list[Life]:
    return list(lives.all_of(SETTING, participants=600, seed=3))


def _share(found: list[Any], is_it: Any) -> float:
    return sum(map(bool, map(is_it, found))) / len(found)


def _age(profile: Profile, course: Course) -> float:
    return (course.referred_on - profile.born).days / 365.2425


def test_sex_age_and_education_are_as_in_the_project_before(people: list[tuple[Profile, Course]]) -> None:
    women = _share(people, lambda one: one[0].sex is Sex.WOMAN)
    assert women == pytest.approx(0.45, abs=0.03)
    for youngest, oldest, share, men in SETTING.way.shape.ages:
        of_age = [one for one in people if youngest <= _age(*one) < oldest]
        assert len(of_age) / len(people) == pytest.approx(share / 100, abs=0.025)
        chance = 4 * (0.25 / len(of_age)) ** 0.5
        assert _share(of_age, lambda one: one[0].sex is Sex.MAN) == pytest.approx(men / 100, abs=chance)
    little = _share(people, lambda one: one[0].education in ("grundskola", ""))
    assert little == pytest.approx(0.42, abs=0.025)
    assert _share(people, lambda one: one[0].has_sick_pay) == pytest.approx(0.05, abs=0.015)


def test_the_stay_and_where_it_leads_are_as_in_the_project_before(people: list[tuple[Profile, Course]]) -> None:
    stays = [(course.exit_on - course.enrolled_on).days for _, course in people if course.enrolled_on]
    assert fmean(stays) == pytest.approx(179, abs=3)
    assert _share(stays, lambda days: 152 <= days < 243) == pytest.approx(0.67, abs=0.03)
    on = _share(people, lambda one: one[1].outcome in ("work", "studies"))
    assert on == pytest.approx(0.287, abs=0.02)
    sick = [course for profile, course in people if profile.has_sick_pay]
    assert _share(sick, lambda course: course.outcome == "af_fk_cooperation") > 0.6


def test_the_intakes_fill_in_proportion_to_their_plan_until_today(people: list[tuple[Profile, Course]]) -> None:
    waves = Counter(course.wave for _, course in people)
    assert waves[1] / waves[2] == pytest.approx(1_500 / 1_200, rel=0.1)
    assert 0 < waves[3] < waves[2] / 2


def test_every_number_is_for_testing_reads_as_what_it_says_and_is_given_once(
    people: list[tuple[Profile, Course]],
) -> None:
    given = [profile for profile, _ in people if profile.number]
    assert len({profile.number for profile in given}) == len(given) > MANY * 0.97
    for profile in given:
        assert numbers.is_for_testing(profile.number)
        read = identity_number.read(profile.number, NOW.date())
        assert (read.sex, read.kind, read.birth_date) == (profile.sex, profile.number_kind, profile.born)
    assert {profile.number_kind for profile in given} == set(Kind)


def test_a_number_outside_the_published_ranges_is_told_from_them() -> None:
    assert not numbers.is_for_testing(numbers.whole(date(1985, 3, 4), 979, Kind.PERSONAL))
    assert not numbers.is_for_testing(numbers.whole(date(1995, 3, 4), 980, Kind.PERSONAL))
    assert numbers.is_for_testing(numbers.whole(date(1995, 3, 4), 239, Kind.COORDINATION))


def test_no_identity_number_of_a_person_stands_in_the_world_s_files() -> None:
    long = re.compile(r"\b\d{6}(\d{2})?[-+]?\d{4}\b")
    for path in house.python_files(house.PRODUCT / "operations" / "world" / "people"):
        assert not long.search(path.read_text(encoding="utf-8")), path


def test_addresses_and_phones_reach_nobody(people: list[tuple[Profile, Course]]) -> None:
    assert all(not profile.email or profile.email.endswith("@exempel.invalid") for profile, _ in people)
    phones = {profile.phone for profile, _ in people} - {""}
    assert all(re.fullmatch(r"070-174 06 (0[5-9]|[1-9]\d)", phone) for phone in phones)


def test_the_same_seed_gives_the_same_lives_and_rows_and_another_seed_others() -> None:
    def made(seed: int) -> tuple[list[Life], Rows]:
        found, gathered = list(lives.all_of(SETTING, participants=40, seed=seed)), Rows()
        for life in found:
            rows.carry_out(SETTING, life, gathered, seed)
        return found, gathered

    first, again, other = made(1), made(1), made(2)
    assert (first[0], first[1].by_table) == (again[0], again[1].by_table)
    assert first[1].by_table != other[1].by_table


def test_there_is_something_of_everything(some_lives: list[Life]) -> None:
    kinds = {deed.kind for life in some_lives for deed in life.deeds if isinstance(deed, Write)}
    assert contents.KINDS.keys() - kinds <= {"plan_version", "agreement", "detail"}, (
        "the first two are deeds of their own"
    )
    deeds = Counter(type(deed) for life in some_lives for deed in life.deeds)
    assert all(deeds[kind] for kind in (Withdraw, Protect, Give))
    assert any(life.twin for life in some_lives)
    assert any(life.deeds and not any(isinstance(deed, Enrol) for deed in life.deeds) for life in some_lives)
    alone = [life for life in some_lives if not any(isinstance(deed, Give) for deed in life.deeds)]
    assert 0.05 < len(alone) / len(some_lives) < 0.25
    voices = {deed.voice for life in some_lives for deed in life.deeds if isinstance(deed, Write)}
    assert voices == {"staff", "participant", "partner"}
    withheld = [deed for life in some_lives for deed in life.deeds if isinstance(deed, Write) and deed.withheld_ground]
    assert withheld


def test_nothing_happens_after_now_and_everything_in_order(some_lives: list[Life]) -> None:
    for life in some_lives:
        moments = [deed.at for deed in life.deeds]
        assert moments == sorted(moments)
        assert all(moment <= NOW for moment in moments)


def test_nobody_without_consent_is_known_outside_the_own_area(some_lives: list[Life]) -> None:
    for life in some_lives:
        if not any(isinstance(deed, Give) for deed in life.deeds):
            assert len({deed.by.area for deed in life.deeds}) <= 1


def test_each_content_is_in_the_form_in_which_the_actions_store_it(some_lives: list[Life]) -> None:
    for life in some_lives:
        for deed in _writes(life):
            said = rows.resolved(deed.content, _Lineages())
            stored = tidy.stored(deed.kind, said)
            assert stored == contents.tidied(deed.kind, said, deed.at.date())
            follows = contents.category_of(deed.kind, contents.read(deed.kind, stored))
            assert tidy.category_of(deed.kind, stored, deed.category) == (follows or deed.category)


class _Lineages(dict[str, UUID]):
    def __missing__(self, name: str) -> UUID:
        return uuid5(SPACE, name)


def _writes(life: Life) -> Iterator[Write]:
    yield from (deed for deed in (*life.deeds, *life.twin) if isinstance(deed, Write))
