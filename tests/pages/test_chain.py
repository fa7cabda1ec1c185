"""From a krona to what we know, on an initiative's page: each reader meets what the own role may open, and nothing else."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from samkraft.initiatives.queries import undertakings
from samkraft.knowledge.actions import snapshots
from samkraft.money.models import Fund
from samkraft.operations.clock import CLOCK
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import exits
from samkraft.values.period import day_in_stockholm
from tests.factories import eu_projects, initiatives, joint_work, signed_in
from tests.pages.money_city import with_money

pytestmark = pytest.mark.django_db


def _steps(client: Client, address: str) -> dict[str, str]:
    """Step → what is told in it, with the addresses that it leads to."""
    page = signed_in.html(client, address).replace("\u00a0", " ")
    found = re.search(r'<ol class="chain">(.*?)</ol>', page, re.DOTALL)
    return dict(re.findall(r"<li><h3>(.*?)</h3>(.*?)</li>", found.group(1), re.DOTALL)) if found else {}


def test_an_initiative_leads_from_its_kronor_to_what_is_known_and_tells_no_small_number(client: Client) -> None:
    with_money()
    made = joint_work.setting()
    code = undertakings.row_of(made.initiative_id).code
    Fund.objects.get(code="jobb").initiatives.add(made.initiative_id)
    today = day_in_stockholm(timezone.now())
    ways = [joint_work.begun(made, made.officer) for _ in range(6)]
    exits.leave(
        by=made.officer.context, person_id=ways[0].person_id, left={"outcome": "work", "left_on": today.isoformat()}
    )
    address = f"/insatser/{code}/"
    signed_in.as_role(client, Role.STEERING_GROUP)
    assert "Planer" not in _steps(client, address), "nothing is known of people before the first snapshot"
    snapshots.take(by=CLOCK, initiative_id=made.initiative_id, until=today - timedelta(days=1))
    snapshots.take(by=CLOCK, initiative_id=made.initiative_id, until=today)
    steps = _steps(client, address)
    assert list(steps) == ["Kronor", "Beslut", "Team", "Planer", "Utfall"]
    assert "<strong>10,0 mnkr</strong> <span>i budget 2024</span>" in steps["Kronor"]
    assert 'href="/medel/satsningar/jobb/"' in steps["Kronor"]
    assert "<strong>8,0 mnkr</strong> <span>är utdelat för 2024</span>" in steps["Beslut"]
    assert "/medel/folj-kronan/?satsning=jobb&amp;ar=2024" in steps["Beslut"]
    assert f'href="/laget/{code}/indikator/participants/"' in steps["Planer"]
    assert "<strong>6</strong>" in steps["Planer"]
    assert "<strong>visas inte</strong>" in steps["Utfall"], "one has left"
    eu_projects.project(initiative_id=made.initiative_id)
    assert "/eu/" not in _steps(client, address)["Kronor"]
    signed_in.as_role(client, Role.PROJECT_ECONOMIST)
    assert "okänt</strong> <span>använda av okänt" in _steps(client, address)["Kronor"]


def test_whoever_may_not_open_a_step_does_not_meet_it(client: Client) -> None:
    eu_projects.project(initiative_id=initiatives.led("kraften").initiative_id)
    address = "/insatser/kraften/"
    signed_in.as_role(client, Role.FUND_OFFICER)
    page = signed_in.html(client, address)
    assert "Inga pengar är knutna" not in page, "there is a project; another role reads it"
    assert _steps(client, address) == {}, "too little to be a chain"
    assert _steps(Client(), address) == {}, "strangers read the aim, the goals and the parties"
