"""A small city with money, and someone looking at it: what the tests of money's pages share."""

import re
from datetime import date

from django.contrib.auth import get_user_model
from django.test import Client

from samkraft.money.actions import decisions, figures
from samkraft.money.rules.points import Outcome, Support, Verb
from samkraft.money.rules.posting import PointDraft
from samkraft.money.rules.uses import UseStage
from samkraft.partners.rules.roles import Role
from tests.factories import money, partners, signed_in


def text(client: Client, address: str, status: int = 200) -> str:
    """What a page says, without its marks."""
    response = client.get(address)
    assert response.status_code == status, address
    html = response.content.decode().replace("\u00a0", " ")
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def with_money(*, assumed: bool = False) -> money.City:
    """10 000 000 kr; the committee gets 6, the board 2 of which one goes on; 2 are left."""
    city = money.city()
    city.budget(10_000_000, source="Budgetbeslut i november")
    decisions.decide(
        by=city.by, case_number="STK-2024-291", title="Fördelning", body_id=city.orgs["ks"], date=date(2024, 3, 6),
        outcome=Outcome.AS_PROPOSED, is_assumption=assumed, note="Inget protokoll." if assumed else "",
        points=[
            city.gives("1", "asn", 6_000_000),
            PointDraft("2", Verb.TRANSFERS, "överför till sig själv", (city.item("ks", 2_000_000),)),
            PointDraft("3", Verb.GRANTS, "beviljar", (city.item("redi", 1_000_000, paid_by="2"),)),
        ],
    )  # fmt: skip
    figures.note_use(
        by=city.by, organisation_id=city.orgs["asn"], fund_id=city.fund_id, year=2024, stage=UseStage.REPORTED,
        support=Support.FRAME, title="Rekryteringsteam", source_title="Årsanalys 2024",
    )  # fmt: skip
    return city


def as_role(client: Client, city: money.City, role: Role = Role.FUND_OFFICER, code: str = "") -> Client:
    """Sign in as the city's own officer, or as someone new in another role."""
    if role is Role.FUND_OFFICER:
        client.force_login(_user(city.by.actor_id), backend=signed_in.BACKEND)
        session = client.session
        session["membership"] = str(city.by.membership_id)
        session.save()
        return client
    return signed_in.sign_in(client, partners.member(role, code))


def _user(user_id: object) -> object:
    return get_user_model().objects.get(id=user_id)


def form(city: money.City, **fields: object) -> dict[str, object]:
    """A form that the city's officer sends."""
    return {"membership": str(city.by.membership_id), **fields}
