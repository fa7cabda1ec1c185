"""Teams, places in them, waves, phases, parties and rules: who may, what is refused, and what holds on which day."""

from dataclasses import replace
from datetime import date

import pytest

from samkraft.initiatives.actions import arrangements, teams
from samkraft.initiatives.models import TeamMember
from samkraft.initiatives.queries import teams as asked
from samkraft.initiatives.rules.rule_sets import Agrees, Criterion, Question, RuleSet
from samkraft.initiatives.rules.teams import PhaseDraft
from samkraft.partners.rules.roles import Role
from samkraft.values.period import Period
from tests.factories import initiatives, partners, refusals
from tests.factories.initiatives import Led
from tests.once import Once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("led")]
DAY = date(2024, 6, 1)


@pytest.fixture(scope="module")
def led(once: Once[Led]) -> Led:
    return once(initiatives.led)


def test_a_team_shows_those_who_have_a_place_in_it_on_the_day(led: Led) -> None:
    officer = partners.member(Role.EMPLOYMENT_OFFICER)
    place = initiatives.place(led, officer)
    (team,) = asked.teams(led.initiative_id, on=DAY)
    assert [(member.membership_id, member.personal) for member in team.members] == [(officer.membership_id, False)]
    assert asked.teams(led.initiative_id, on=date(2024, 1, 15))[0].members == ()
    teams.end_member(by=led.by, member_id=place, last_day=date(2024, 5, 31))
    assert asked.teams(led.initiative_id, on=DAY)[0].members == ()
    assert [row.id for row in asked.teams_of(officer.membership_id, on=date(2024, 5, 31))] == [led.team_id]
    assert asked.teams_of(officer.membership_id, on=DAY) == ()


def test_an_open_end_lasts_as_long_as_the_team(led: Led) -> None:
    initiatives.place(led, partners.member(Role.EMPLOYMENT_OFFICER))
    assert TeamMember.objects.get().period.upper == date(2031, 1, 1)


def test_the_same_place_is_not_given_twice_at_once_but_again_afterwards(led: Led) -> None:
    officer = partners.member(Role.EMPLOYMENT_OFFICER)
    place = initiatives.place(led, officer)
    assert refusals.code_of(initiatives.place, led, officer) == "team_member_already"
    teams.end_member(by=led.by, member_id=place, last_day=DAY)
    assert refusals.code_of(teams.end_member, by=led.by, member_id=place, last_day=DAY) == "team_member_ended"
    initiatives.place(led, officer, start_date=date(2024, 6, 2))


def test_those_who_are_called_in_are_placed_case_by_case_only(led: Led) -> None:
    coordinator = partners.member(Role.CARE_COORDINATOR)
    assert refusals.code_of(initiatives.place, led, coordinator) == "team_member_only_personally"
    initiatives.place(led, coordinator, personal=True)


def test_whoever_meets_no_participants_gets_no_place(led: Led) -> None:
    assert (
        refusals.code_of(initiatives.place, led, partners.member(Role.PROJECT_ECONOMIST)) == "team_member_meets_nobody"
    )


def test_an_area_that_does_not_sit_in_the_teams_gives_nobody_a_place(led: Led) -> None:
    officer = partners.member(Role.EMPLOYMENT_OFFICER, "fk")
    assert refusals.code_of(initiatives.place, led, officer, joined=False) == "team_member_not_a_party"
    initiatives.join(led, officer.area_id, joins_team=False)
    assert refusals.code_of(initiatives.place, led, officer) == "team_member_not_a_party"


def test_a_leader_does_not_place_herself(led: Led) -> None:
    own = partners.member(Role.EMPLOYMENT_OFFICER, user_id=led.by.actor_id)
    assert refusals.code_of(initiatives.place, led, own) == "team_member_oneself"


def test_a_place_keeps_within_the_team_and_the_role(led: Led) -> None:
    officer = partners.member(Role.EMPLOYMENT_OFFICER)
    for days in ({"start_date": date(2023, 12, 31)}, {"last_day": date(2031, 1, 1)}, {"start_date": date(2032, 1, 1)}):
        assert refusals.code_of(initiatives.place, led, officer, **days) == "team_outside_period"
    backwards = {"start_date": DAY, "last_day": date(2024, 5, 1)}
    assert refusals.code_of(initiatives.place, led, officer, **backwards) == "team_ends_before_start"


def test_only_those_who_lead_the_initiative_change_it(led: Led) -> None:
    team = {"initiative_id": led.initiative_id, "number": 9, "name": "Nio", "places": 1, "start_date": DAY}
    for role in (Role.EMPLOYMENT_OFFICER, Role.FUND_OFFICER, Role.STEERING_GROUP):
        assert refusals.code_of(teams.add_team, by=partners.by(role), **team) == "not_allowed"
    other = partners.member(Role.SUBPROJECT_LEADER, "gvn")
    assert refusals.code_of(teams.add_team, by=other.context, **team) == "team_not_your_initiative"
    initiatives.join(led, other.area_id)
    teams.add_team(by=other.context, **team)  # type: ignore[arg-type]  # as the action names them


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"number": 1}, "team_number_taken"),
        ({"places": 0}, "team_without_places"),
        ({"name": " "}, "team_without_name"),
        ({"start_date": date(2023, 1, 1)}, "team_outside_period"),
        ({"last_day": date(2024, 1, 1)}, "team_ends_before_start"),
    ],
)
def test_a_team_that_cannot_stand_is_refused(led: Led, changes: dict[str, object], code: str) -> None:
    sound: dict[str, object] = {"number": 2, "name": "Team 2", "places": 150, "start_date": date(2024, 2, 1)}
    assert refusals.code_of(teams.add_team, by=led.by, initiative_id=led.initiative_id, **(sound | changes)) == code


def test_waves_follow_each_other(led: Led) -> None:
    spring = {"number": 1, "name": "Våren", "start_date": date(2024, 2, 1), "last_day": date(2024, 7, 31), "planned": 9}
    arrangements.add_wave(by=led.by, initiative_id=led.initiative_id, **spring)
    assert asked.wave_on(led.initiative_id, on=date(2024, 7, 31)) is not None
    assert asked.wave_on(led.initiative_id, on=date(2024, 8, 1)) is None
    for changes, code in (
        ({"number": 2}, "wave_overlaps"),
        ({"start_date": date(2024, 8, 1), "last_day": DAY}, "team_ends_before_start"),
        ({"start_date": date(2024, 8, 1), "last_day": date(2024, 9, 1)}, "team_number_taken"),
        ({"planned": 0}, "team_without_places"),
    ):
        sent = spring | changes
        assert refusals.code_of(arrangements.add_wave, by=led.by, initiative_id=led.initiative_id, **sent) == code


def test_phases_are_renamed_and_added_but_never_taken_away(led: Led) -> None:
    def put(*phases: PhaseDraft, version: str | None = None) -> None:
        arrangements.set_phases(by=led.by, initiative_id=led.initiative_id, phases=phases, version=version)

    seen = asked.phases_version(led.initiative_id)
    put(PhaseDraft(1, "Grupp"), PhaseDraft(2, "Testplats"), PhaseDraft(3, "Sluss"))
    assert next((row.name, row.guide_days) for row in asked.phases(led.initiative_id)) == ("Grupp", None)
    assert refusals.code_of(put, PhaseDraft(1, "Grupp")) == "phase_cannot_go"
    assert refusals.code_of(put) == "phases_none"
    four = [PhaseDraft(number, str(number)) for number in (1, 2, 3, 5)]
    assert refusals.code_of(put, *four) == "phases_unordered"
    assert (
        refusals.code_of(put, *(PhaseDraft(number, "A") for number in (1, 2, 3)), version=seen)
        == "phases_changed_meanwhile"
    )


def test_new_rules_hold_from_their_day_and_the_old_until_then(led: Led) -> None:
    first = RuleSet(
        limit_days=182,
        follow_up_months=(1, 3, 6),
        agreement_parties=(Agrees.PARTICIPANT, Agrees.WRITING_AREAS),
        target_group=(Criterion("jog", "Inskriven i jobb- och utvecklingsgarantin", True),),
        start_check=(Question("malmo", "Bor i Malmö?", must_hold=True),),
    )
    arrangements.decide_rules(by=led.by, initiative_id=led.initiative_id, rule_set=first, start_date=date(2024, 1, 1))
    later = replace(first, limit_days=None)
    arrangements.decide_rules(by=led.by, initiative_id=led.initiative_id, rule_set=later, start_date=DAY)
    before, after = (asked.rules_on(led.initiative_id, on=day) for day in (date(2024, 5, 31), DAY))
    assert before is not None
    assert after is not None
    assert (before.version, before.rules, before.period) == (1, first, Period(date(2024, 1, 1), DAY))
    assert (after.version, after.rules) == (2, later)
    assert asked.rules_on(led.initiative_id, on=date(2023, 1, 1)) is None
    again = {"initiative_id": led.initiative_id, "rule_set": later, "start_date": DAY}
    assert refusals.code_of(arrangements.decide_rules, by=led.by, **again) == "rules_too_early"


def test_an_area_is_party_once_at_a_time(led: Led) -> None:
    area = partners.member(Role.INSURANCE_OFFICER).area_id
    initiatives.join(led, area)
    assert refusals.code_of(initiatives.join, led, area) == "party_twice"
    assert [party.area_id for party in asked.parties_on(led.initiative_id, on=DAY)] == [area]
    assert asked.parties_on(led.initiative_id, on=date(2031, 1, 1)) == ()
