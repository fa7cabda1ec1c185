"""What a proposal's written matter (tjänsteskrivelse) is drafted from. Pure."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samkraft.money.rules.point_sentences import PointData


@dataclass(frozen=True, slots=True)
class FundTold:
    """A fund that the proposal gives money of: its goals, budgets per year and requests (body, purpose, asked, proposed).

    An amount that is None is unknown.
    """

    name: str
    purpose: str
    goals: tuple[str, ...]
    budgets: tuple[tuple[int, int | None], ...]
    asked: tuple[tuple[str, str, int | None, int | None], ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """Everything that the document is drafted from."""

    matter_id: UUID
    case_number: str
    title: str
    proposer: str
    decider: str
    registered_date: date
    points: tuple[PointData, ...]
    meetings: tuple[tuple[str, date], ...]
    addressees: tuple[str, ...]
    documents: tuple[tuple[str, date | None], ...]
    funds: tuple[FundTold, ...]
