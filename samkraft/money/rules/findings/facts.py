"""What the rules read: plain values, gathered once from the register of decisions, budgets, figures and documents."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from samkraft.money.rules.eu.eu_budgets import Demand, RowKind
from samkraft.money.rules.eu.eu_budgets import Row as EuRow
from samkraft.money.rules.eu.eu_statements import StatementKind
from samkraft.money.rules.figures import FigureKind, Unit
from samkraft.money.rules.points import Verb


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation under every name it goes by."""

    id: UUID
    name: str
    short: str = ""
    other_names: tuple[str, ...] = ()
    holds_frame: bool = False
    is_supplier: bool = False

    @property
    def label(self) -> str:
        """The short name where there is one."""
        return self.short or self.name

    @property
    def names(self) -> tuple[str, ...]:
        """All names, the full one first."""
        return tuple(name for name in (self.name, self.short, *self.other_names) if name)


@dataclass(frozen=True, slots=True)
class Fund:
    """A fund, and the first one of its family: those that follow each other and share the council's money."""

    id: UUID
    name: str
    family_id: UUID


@dataclass(frozen=True, slots=True)
class Document:
    """A source. `names` are its title, its file name and the lines of its text that name supporting documents."""

    id: UUID
    title: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One receiver and one year of a point. `amount_ore` is None where the source does not say."""

    id: UUID
    receiver: Body | None
    amount_ore: int | None
    year: int | None
    fund: Fund | None = None
    from_appropriation: bool = False
    paid_by: str = ""
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """One numbered point."""

    number: str
    verb: Verb
    text: str
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision, or a proposal that nobody has decided yet. `posts` tells decided points from all others.

    `is_read` is True when its own text is at hand, so that what it leaves out is known to be left out.
    """

    id: UUID
    case_number: str
    body: Body
    points: tuple[Point, ...]
    posts: bool
    day: date | None = None
    is_assumption: bool = False
    addressees: tuple[str, ...] = ()
    meetings: tuple[tuple[Body, date], ...] = ()
    document: Document | None = None
    is_read: bool = False

    def items(self) -> Iterator[tuple[Point, Item]]:
        """Every item with its point."""
        for point in self.points:
            for item in point.items:
                yield point, item

    def paying_points(self) -> frozenset[str]:
        """Numbers of the transfer points that only pay for other points."""
        return frozenset(item.paid_by for _point, item in self.items() if item.paid_by)


@dataclass(frozen=True, slots=True)
class Budget:
    """What the council gives a fund for a year; None where no source says how much."""

    fund: Fund
    year: int
    amount_ore: int | None
    source: str = ""
    day: date | None = None
    is_assumption: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as one source says it. Money in kronor, as sources say it."""

    id: UUID
    measure: str
    label: str
    kind: FigureKind
    unit: Unit
    value: Decimal | None
    document: Document
    body: Body | None = None
    fund: Fund | None = None
    year: int | None = None
    group: str = ""
    upper_value: Decimal | None = None
    rounded_to: int = 0
    quote: str = ""
    place: str = ""
    said_by: str = ""
    said_date: date | None = None


@dataclass(frozen=True, slots=True)
class Use:
    """What a body reports that it used a fund's money for. No amount where the source does not split it."""

    body: Body
    fund: Fund
    year: int
    title: str
    amount_ore: int | None
    is_grant: bool = False
    document: Document | None = None


@dataclass(frozen=True, slots=True)
class EuStatement:
    """What the text beside an EU budget says: about which row, and by or about which body."""

    kind: StatementKind
    row_kind: RowKind
    what: str
    quote: str = ""
    place: str = ""
    body: str = ""
    person_months: int | None = None


@dataclass(frozen=True, slots=True)
class EuBudget:
    """The latest budget of an EU project. `person_months` is all the staff that is promised, None when unknown."""

    code: str
    name: str
    number: int
    owner: str
    demand: Demand
    rows: tuple[EuRow, ...]
    statements: tuple[EuStatement, ...] = ()
    person_months: int | None = None
    year: int | None = None
    document_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything that is compared. `keys` gives, for fund and year, each body's share in hundredths of a percent."""

    rulings: tuple[Ruling, ...] = ()
    budgets: tuple[Budget, ...] = ()
    figures: tuple[Figure, ...] = ()
    uses: tuple[Use, ...] = ()
    keys: Mapping[tuple[UUID, int], Mapping[UUID, int]] = field(default_factory=dict)
    eu_budgets: tuple[EuBudget, ...] = ()

    def decided(self) -> Iterator[Ruling]:
        """The rulings whose points count."""
        return (ruling for ruling in self.rulings if ruling.posts)
