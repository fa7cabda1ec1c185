"""Invented people: the same for the same seed, shaped as the sources say, with numbers that belong to nobody."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from statistics import fmean
from typing import Any
from uuid import UUID, uuid5

import pytest

from samkraft.operations.world.people import courses, lives, making, numbers, profiles, rows, tidy, ways
from samkraft.operations.world.people.courses import Course
from samkraft.operations.world.people.deeds import (
    Assign,
    Begin,
    Enrol,
    Give,
    Life,
    Look,
    Protect,
    PutTeam,
    Withdraw,
    Write,
)
from samkraft.operations.world.people.making import Part
from samkraft.operations.world.people.parties import AF, CARE, FSN, INSURANCE, LABOUR, SCHOOL, SOCIAL
from samkraft.operations.world.people.profiles import Profile
from samkraft.operations.world.people.setting import Actor, Intake, Setting, TeamPlace
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
    FSN: Role.LABOUR_MARKET_SECRETARY, INSURANCE: Role.INSURANCE_OFFICER, CARE: Role.CARE_COORDINATOR,
    SCHOOL: Role.STUDY_COUNSELLOR,
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
    administrator=Actor(
        key("mcloser"), key("ucloser"), "Namn stänger", "project_administrator", "", AF, key(AF), key("ocloser")
    ),
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


def test_several_hands_make_the_same_rows_in_the_same_order_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = [Part(SETTING, 130), Part(replace(SETTING, way=ways.STEPWISE, teams=(_stepwise_team(),)), 20)]

    def made() -> dict[str, str]:
        found = [gathered.by_table for _, gathered in making.made(parts, 4)]
        return {table: "".join(line for rows_ in found for line in rows_[table]) for table in found[0]}

    alone = made()
    monkeypatch.setattr(making, "WORTH_MORE_HANDS", 1)
    assert made() == alone
    numbers_given = [line.split("\t")[2] for line in alone["people_identity"].splitlines()]
    twice = sum(times > 1 for times in Counter(numbers_given).values())
    assert twice <= 5, "only who stands twice on purpose"


def _stepwise_team() -> TeamPlace:
    core = {area: _actor(area, 0) for area in (FSN, LABOUR)}
    return TeamPlace(key("steps"), "Team 1", core, {AF: _actor(AF, 0)})


def test_on_the_step_wise_way_other_phases_are_gone_through_by_other_parties() -> None:
    team = _stepwise_team()
    setting = replace(
        SETTING, way=ways.STEPWISE, teams=(team,), limit_days=None, follow_up_months=(3, 6), monthly_time_report=False,
        all_agree=False,
    )  # fmt: skip
    made = list(lives.all_of(setting, participants=200, seed=3))
    kinds = Counter(deed.kind for life in made for deed in _writes(life))
    assert kinds["time_report"] == kinds["prolongation"] == 0, "no limit, and no monthly report"
    phases = Counter(deed.content["number"] for life in made for deed in _writes(life) if deed.kind == "phase")
    assert set(phases) == {1, 2, 3, 4, 5}
    assert phases[1] > phases[2] > phases[3] > phases[4] > phases[5] > 0
    assert {deed.by.area for life in made for deed in life.deeds} == {FSN, LABOUR, AF}
    leads = {deed.content["area_id"] for life in made for deed in _writes(life) if deed.kind == "lead"}
    assert leads <= {key(FSN), key(LABOUR)}
    months = {deed.content["months"] for life in made for deed in _writes(life) if deed.kind == "follow_up"}
    assert months == {3, 6}
    results = [deed.content.get("result", "") for life in made for deed in _writes(life) if deed.kind == "step"]
    assert any("Kompetenspasset" in result for result in results)


def test_readings_are_by_those_on_the_case_and_before_what_they_write(some_lives: list[Life]) -> None:
    looks = sum(isinstance(deed, Look) for life in some_lives for deed in life.deeds)
    writes = sum(isinstance(deed, Write) for life in some_lives for deed in life.deeds)
    assert 0.5 < looks / writes < 1.5
    for life in some_lives:
        on_case: set[str] = set()
        for deed in life.deeds:
            if isinstance(deed, Look):
                assert deed.by.membership_id in on_case
                assert 6 <= deed.at.hour <= 20
            elif isinstance(deed, Begin):
                on_case.add(deed.by.membership_id)
            elif isinstance(deed, Assign):
                on_case.add(deed.whom.membership_id)
            elif isinstance(deed, PutTeam):
                on_case |= {actor.membership_id for team in SETTING.teams if team.id == deed.team_id
                            for area, actor in team.core.items() if area == deed.area}  # fmt: skip


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
            assert tidy.category_of(deed.kind, stored, deed.category) == (
                follows or deed.category or contents.USUAL[deed.kind]
            )


class _Lineages(dict[str, UUID]):
    def __missing__(self, name: str) -> UUID:
        return uuid5(SPACE, name)


def _writes(life: Life) -> Iterator[Write]:
    yield from (deed for deed in (*life.deeds, *life.twin) if isinstance(deed, Write))
