"""A fund's year, told from the council's November to a difference that a person settles.

The year is 2024 as it was in the city: 25,6 million by the key of the term of office, the board's own share out to
organisations, and a committee that swaps two digits when it reports.
"""

from datetime import date
from decimal import Decimal

import pytest

from samkraft.initiatives.queries import duties
from samkraft.money.actions import decisions, figures, keys, matters
from samkraft.money.actions.contradictions import contradictions
from samkraft.money.models import Account, Contradiction
from samkraft.money.queries.contradictions import contradictions as found
from samkraft.money.rules import allocation
from samkraft.money.rules.contradictions import Choice
from samkraft.money.rules.figures import FigureKind, Unit
from samkraft.money.rules.findings import ALLOCATED
from samkraft.money.rules.points import Outcome, Support, Verb
from samkraft.money.rules.posting import PointDraft
from samkraft.money.rules.settling import State
from samkraft.partners.queries import organisations
from samkraft.partners.rules.roles import Role
from samkraft.values import kronor
from samkraft.values.period import Period
from tests.factories import money, partners

pytestmark = pytest.mark.django_db

KEY = (("asn", 5100), ("gvn", 2700), ("fsn", 1600), ("ks", 600))
WORTH = {"asn": 13_056_000, "gvn": 6_912_000, "fsn": 4_096_000, "ks": 1_536_000}
CASE = "STK-2024-291"


def test_a_fund_year_from_the_councils_budget_to_a_settled_difference() -> None:
    city = money.city()
    told = organisations.by_code("gvn")
    assert told is not None

    # November: the council sets money aside. The key of the term of office splits it exactly.
    city.budget(25_600_000, decided_date=date(2023, 11, 23))
    keys.decide(
        by=city.by,
        fund_id=city.fund_id,
        valid=Period(date(2024, 1, 1), date(2027, 1, 1)),
        shares=[(city.orgs[code], share) for code, share in KEY],
        decided_in=CASE,
    )
    parts = allocation.split(kronor.from_kronor(25_600_000), KEY)
    assert {part.who: part.amount_ore // 100 for part in parts} == WORTH
    assert all(part.extra_ore == 0 for part in parts)

    # February: the city office proposes. Nothing moves.
    points = [
        PointDraft(str(number), Verb.ALLOCATES, f"tilldelar {part.who}", (city.item(part.who, part.amount_ore // 100),))
        for number, part in enumerate(parts, start=1)
    ]
    duty = PointDraft(
        "5", Verb.INSTRUCTS, "redovisa hur medlen har använts", (city.item("gvn"),), "årsanalys", None, True
    )
    proposal = decisions.propose(
        by=city.by,
        case_number=CASE,
        title="Fördelning 2024",
        decider_id=city.orgs["ks"],
        points=[*points, duty],
        meetings=[(city.orgs["ks"], date(2024, 3, 6))],
        addressees=[told.name],
    )
    assert city.kronor_at("appropriation") == 25_600_000

    # March: the board decides, and every krona has a place.
    decisions.decide(
        by=city.by,
        case_number=CASE,
        body_id=city.orgs["ks"],
        date=date(2024, 3, 6),
        outcome=Outcome.AS_PROPOSED,
        proposal_id=proposal,
        paragraph="§ 98",
    )
    assert {code: city.kronor_at("frame", code) for code in WORTH} == WORTH
    assert city.kronor_at("appropriation") == 0
    assert [row.due_date for row in duties.of_body(body_id=city.orgs["gvn"], today=date(2024, 3, 7))] == [
        date(2025, 1, 31)
    ]

    # May: the board grants money out of its own share.
    grant = PointDraft(
        "1",
        Verb.GRANTS,
        "beviljar ReDI School",
        (city.item("redi", 500_000, appropriation="", support=Support.GRANT),),
    )
    decisions.decide(
        by=city.by,
        case_number="STK-2024-400",
        title="Bidrag till ReDI School",
        body_id=city.orgs["ks"],
        date=date(2024, 5, 8),
        outcome=Outcome.AS_PROPOSED,
        points=[grant],
    )
    assert city.kronor_at("receiver", "redi") == 500_000
    assert city.kronor_at("frame", "ks") == 1_036_000
    assert sum(Account.objects.values_list("balance_ore", flat=True)) == 0

    # January: the committee reports, with two digits swapped. The rule finds it; the book does not change.
    document = matters.receive(by=city.by, kind="Årsanalys", title="Årsanalys 2024", text="6 192 tkr har använts")
    reporter = partners.member(Role.COMMITTEE_CONTROLLER, "gvn").context
    figures.note_figure(
        by=reporter,
        measure=ALLOCATED,
        label="Medel enligt nämnden",
        kind=FigureKind.STATED,
        unit=Unit.KRONOR,
        value=Decimal(6_192_000),
        rounded_to=1_000,
        year=2024,
        organisation_id=city.orgs["gvn"],
        fund_id=city.fund_id,
        document_id=document,
        quote="6 192 tkr har använts",
        said_by="Gymnasie- och vuxenutbildningsnämnden",
    )
    contradictions.look(by=city.by)
    difference = Contradiction.objects.get(agrees=False, sides__amount_ore=kronor.from_kronor(6_192_000))
    sides = {side.amount_ore: side.position for side in difference.sides.all()}
    assert set(sides) == {kronor.from_kronor(6_912_000), kronor.from_kronor(6_192_000)}

    # February: the officer settles it with a reason. Both sources stay, the decision holds.
    contradictions.settle(
        by=city.by,
        contradiction_id=difference.id,
        choice=Choice.USE,
        position=sides[kronor.from_kronor(6_912_000)],
        reason="Beslutet gäller. 27 procent av 25,6 miljoner är exakt 6 912 000.",
        seen=0,
    )
    assert difference.sides.count() == 2
    assert city.kronor_at("frame", "gvn") == 6_912_000
    still_open = [row.question for row in found.listed(by=city.by) if row.state is State.OPEN]
    assert still_open == []
