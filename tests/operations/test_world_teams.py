"""The demo's two initiatives with teams: one with phases and a limit, the other its own way by data only."""

from collections import Counter

import pytest
from django.utils import timezone

from samkraft.initiatives.queries import teams as asked
from samkraft.operations.world import arranged, initiatives, partners, teams
from samkraft.partners.rules.roles import Role
from samkraft.values.period import day_in_stockholm

TODAY = day_in_stockholm(timezone.now())
CORE = {Role.EMPLOYMENT_OFFICER: 1, Role.LABOUR_MARKET_SECRETARY: 1, Role.SOCIAL_SECRETARY: 1}


def test_the_intake_is_a_fifth_of_what_was_planned_since_two_of_ten_teams_have_participants() -> None:
    assert sum(wave.planned for wave in arranged.MALMOKRAFTEN.waves) == 5_600 / 5
    assert [wave.planned for wave in arranged.MALMOKRAFTEN.waves] == [300, 240, 240, 240, 100]


@pytest.mark.django_db
def test_the_teams_are_set_up_as_agreed_and_the_same_again_changes_nothing() -> None:
    partners.load()
    initiatives.load()
    assert not teams.is_loaded()
    teams.load()
    assert teams.is_loaded()
    page = asked.page("malmokraften-idag", on=TODAY)
    assert page is not None
    assert page.period is not None
    months = (TODAY.year - page.period.start_date.year) * 12 + TODAY.month - page.period.start_date.month
    assert months + 1 == 14, "it is in its fourteenth month"
    assert [team.places for team in page.teams] == [150] * 10
    for team in page.teams:
        closes = Role.PROJECT_ADMINISTRATOR
        assert [member.name for member in team.members if member.role is closes] == ["Mats Björk"]
        core = [member for member in team.members if not member.personal and member.role is not closes]
        assert Counter(member.role for member in core) == CORE
        assert {member.role for member in team.members if member.personal} == {
            Role.INSURANCE_OFFICER,
            Role.CARE_COORDINATOR,
            Role.STUDY_COUNSELLOR,
        }
    assert page.rules is not None
    assert (page.rules.rules.limit_days, page.rules.rules.promise_days) == (182, 90)
    closing = teams.month(page.period.start_date, 24)
    assert len(asked.teams(page.initiative_id, on=closing)) == 5, "half of the teams finish the work"
    teams.load()
    assert asked.page("malmokraften-idag", on=TODAY) == page
    _a_second_initiative_runs_by_data_only()


def _a_second_initiative_runs_by_data_only() -> None:
    page = asked.page("stegforflyttning", on=TODAY)
    assert page is not None
    assert [phase.name for phase in page.phases] == ["Grupp", "Testplats", "Sluss", "Enskild plats", "Anställning"]
    assert page.rules is not None
    assert page.rules.rules.limit_days is None
    assert page.rules.rules.certificate == "Kompetenspass"
    assert {party.area_code for party in page.parties} == {"fsn", "asn-arbetsmarknad", "af", "fk"}
