"""A city where a report and a decision differ: 6 912 kronor decided by the key, 6 192 told. Built through the actions."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samkraft.money.actions import decisions, figures, keys, matters
from samkraft.money.actions.contradictions import contradictions
from samkraft.money.models import Contradiction
from samkraft.money.rules.figures import FigureKind, Unit
from samkraft.money.rules.findings import ALLOCATED
from samkraft.money.rules.points import Outcome
from samkraft.values.period import Period
from tests.factories import money

DAY = date(2024, 3, 6)
SHARES = (("asn", 5_100), ("gvn", 2_700), ("fsn", 1_600), ("ks", 600))
GIVEN = (("6", "asn", 13_056), ("7", "gvn", 6_912), ("8", "fsn", 4_096), ("9", "ks", 1_536))


@dataclass
class Differing:
    """The city, its report, and the contradiction that the rules found."""

    city: money.City
    report_id: UUID
    id: UUID

    @property
    def row(self) -> Contradiction:
        """As it is stored."""
        return Contradiction.objects.get(id=self.id)


def decided(city: money.City) -> None:
    """25 600 kronor split by the key, in March."""
    city.budget(25_600)
    keys.decide(
        by=city.by,
        fund_id=city.fund_id,
        valid=Period(date(2024, 1, 1), date(2027, 1, 1)),
        shares=[(city.orgs[code], share) for code, share in SHARES],
    )
    decisions.decide(
        by=city.by,
        case_number="STK-2024-291",
        title="Fördelning",
        body_id=city.orgs["ks"],
        date=DAY,
        outcome=Outcome.AS_PROPOSED,
        points=[city.gives(*given) for given in GIVEN],
    )


def report(city: money.City, title: str = "Årsanalys 2024") -> UUID:
    """A document that figures can stand in."""
    return matters.receive(by=city.by, kind="Årsanalys", title=title, author_id=city.orgs["gvn"])


def tell(city: money.City, document_id: UUID, kronor: int, code: str = "gvn", **more: object) -> UUID:
    """What a committee says that it was given."""
    return figures.note_figure(
        by=city.by,
        measure=ALLOCATED,
        label="Medel enligt nämnden",
        kind=FigureKind.STATED,
        unit=Unit.KRONOR,
        value=kronor,
        document_id=document_id,
        organisation_id=city.orgs[code],
        fund_id=city.fund_id,
        year=2024,
        **more,  # type: ignore[arg-type]  # as figures.note_figure
    )


def count(city: money.City, document_id: UUID, value: int, year: int = 2022, **more: object) -> UUID:
    """How many took part, as one source says it."""
    return figures.note_figure(
        by=city.by,
        measure="deltagare",
        label="Unga som deltog",
        kind=FigureKind.OUTCOME,
        unit=Unit.PERSONS,
        value=value,
        document_id=document_id,
        organisation_id=city.orgs["gvn"],
        year=year,
        **more,  # type: ignore[arg-type]  # as figures.note_figure
    )


def differing(city: money.City | None = None) -> Differing:
    """Decision against report, found."""
    city = city or money.city()
    decided(city)
    document = report(city)
    tell(city, document, 6_192, quote="nämnden anger 6 192 kronor")
    contradictions.look(by=city.by)
    found = Contradiction.objects.get(rule="report_against_decision", agrees=False)
    return Differing(city, document, found.id)
