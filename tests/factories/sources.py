"""Sources for the rules on contradictions, as plain values. Amounts in kronor; öre in what it makes."""

from datetime import date
from decimal import Decimal
from uuid import NAMESPACE_URL, UUID, uuid5

from samkraft.money.rules.figures import FigureKind, Unit
from samkraft.money.rules.findings.facts import (
    Body,
    Budget,
    Document,
    Figure,
    Fund,
    Item,
    Point,
    Ruling,
    Use,
)
from samkraft.money.rules.points import Verb


def key(name: str) -> UUID:
    """The same id for the same name."""
    return uuid5(NAMESPACE_URL, name)


def body(
    name: str, *, frame: bool = True, supplier: bool = False, short: str = "", other: tuple[str, ...] = ()
) -> Body:
    """A body; a committee unless told otherwise."""
    return Body(key(name), name, short, other, frame, supplier)


BOARD = body("Kommunstyrelsen", short="KS")
ASN = body("Arbetsmarknads- och socialnämnden", short="ASN")
GVN = body("Gymnasie- och vuxenutbildningsnämnden", short="GVN", other=("Gymnasie- och vuxenutbildningsförvaltningen",))
FSN = body("Funktionsstödsnämnden", short="FSN")
REDI = body("ReDI School of Digital Integration", frame=False, short="ReDI School")
LEVEL = body("Level", frame=False)
COOMPANION = body("Coompanion Skåne", frame=False, short="Coompanion")
SUMMER = body("Sommarlovsentreprenör", frame=False, supplier=True)
KSAU = body("Kommunstyrelsens arbetsutskott", frame=False, short="KSAU")
FUND = Fund(key("fund"), "Strategiska jobbsatsningar", key("family"))
OTHER_FUND = Fund(key("other"), "Ung i sommar", key("family"))
REPORT = Document(key("report"), "Årsanalys 2024")
LETTER = Document(key("letter"), "Tjänsteskrivelse 2023")


def item(receiver: Body | None, amount: int | None = None, year: int | None = 2024, **more: object) -> Item:
    """New money out of the appropriation unless something else pays."""
    name = f"{receiver.name if receiver else ''} {amount} {year} {sorted(more)}"
    pays = "paid_by" not in more and amount is not None
    settled = {"fund": FUND, "from_appropriation": pays, **more}
    return Item(key(name), receiver, None if amount is None else amount * 100, year, **settled)  # type: ignore[arg-type]  # as Item


def point(number: str, verb: Verb, *items: Item, text: str = "") -> Point:
    """A point."""
    return Point(number, verb, text or f"punkt {number}", items)


def gives(number: str, receiver: Body, amount: int | None, year: int = 2024, **more: object) -> Point:
    """A point that allocates new money."""
    given = item(receiver, amount, year, **{"from_appropriation": True, **more})
    return point(number, Verb.ALLOCATES, given, text=f"tilldelar {receiver.name} {amount} kronor")


def ruling(*points: Point, case: str = "STK-2024-291", posts: bool = True, **more: object) -> Ruling:
    """A decision of the board."""
    settled = {"day": date(2024, 3, 6), **more}
    return Ruling(key(case), case, BOARD, points, posts, **settled)  # type: ignore[arg-type]  # as Ruling


def budget(amount: int | None, year: int = 2024, fund: Fund = FUND, **more: object) -> Budget:
    """What the council gives."""
    return Budget(fund, year, None if amount is None else amount * 100, **more)  # type: ignore[arg-type]  # as Budget


def figure(
    value: int | str | None, measure: str = "deltagare", *, of: Body | None = GVN, document: Document = REPORT,
    year: int | None = 2024, kind: FigureKind = FigureKind.OUTCOME, unit: Unit = Unit.PERSONS, fund: Fund | None = FUND,
    step: int = 0, **more: object,
) -> Figure:  # fmt: skip
    """A figure of a source."""
    name = f"{value} {measure} {of} {document.title} {year} {kind} {more}"
    told = None if value is None else Decimal(value)
    return Figure(key(name), measure, measure, kind, unit, told, document, of, fund, year, rounded_to=step, **more)  # type: ignore[arg-type]  # as Figure


def stated(kronor: int | None, of: Body = GVN, *, step: int = 0, **more: object) -> Figure:
    """What a committee says that it was given."""
    return figure(kronor, "tilldelat", of=of, kind=FigureKind.STATED, unit=Unit.KRONOR, step=step, **more)


def use(of: Body, amount: int | None, title: str = "insats", year: int = 2024, **more: object) -> Use:
    """A reported use."""
    return Use(of, FUND, year, title, None if amount is None else amount * 100, **more)  # type: ignore[arg-type]  # as Use
