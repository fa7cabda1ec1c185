"""What the parts of the demo world's money share while it is made: who acts, and the ids behind short names."""

from dataclasses import dataclass, field
from datetime import date, datetime
from importlib import resources
from typing import ClassVar
from uuid import UUID

from samkraft.initiatives.queries import codes
from samkraft.money.actions import matters
from samkraft.money.rules.points import Support, Verb
from samkraft.money.rules.posting import ItemDraft, PointDraft
from samkraft.partners.queries import organisations
from samkraft.values import kronor
from samkraft.values.context import Context


@dataclass
class Stage:
    """Looks ids up by code, and writes points shortly. Amounts in kronor here; öre in what it makes."""

    APPROPRIATION: ClassVar[str] = "Kommunstyrelsens anslag till förfogande inom finansiering"

    by: Context
    org_ids: dict[str, UUID]
    goal_ids: dict[str, UUID]
    initiative_ids: dict[str, UUID]
    funds: dict[str, UUID] = field(default_factory=dict)
    appropriations: dict[int, UUID] = field(default_factory=dict)
    documents: dict[str, UUID] = field(default_factory=dict)

    @classmethod
    def begin(cls, by: Context) -> "Stage":
        """Read the codes of what the world already holds."""
        return cls(by, organisations.ids(), codes.goals(), codes.initiatives())

    def org(self, code: str) -> UUID:
        """An organisation."""
        return self.org_ids[code]

    def orgs(self, *codes: str) -> list[UUID]:
        """Several organisations."""
        return [self.org_ids[code] for code in codes]

    def goals(self, *codes: str) -> list[UUID]:
        """Several goals."""
        return [self.goal_ids[code] for code in codes]

    def initiatives(self, *codes: str) -> list[UUID]:
        """Several initiatives."""
        return [self.initiative_ids[code] for code in codes]

    def item(
        self,
        code: str,
        amount: int | None = None,
        *,
        year: int | None = None,
        fund: str = "",
        purpose: str = "",
        paid_by: str = "",
        own_frame: bool = False,
        support: Support | None = None,
        contract: str = "",
        words: str = "",
    ) -> ItemDraft:
        """One receiver and year, out of the board's appropriation unless something else pays."""
        pays = amount is not None and not paid_by and not own_frame
        return ItemDraft(
            receiver_id=self.org_ids[code],
            receiver_words=words,
            amount_ore=kronor.from_kronor(amount) if amount is not None else None,
            year=year,
            purpose=purpose,
            fund_id=self.funds[fund] if fund else None,
            appropriation=self.APPROPRIATION if pays else "",
            contract=contract,
            support=support,
            paid_by=paid_by,
        )

    def years(self, code: str, amount: int, years: tuple[int, ...], **rest: object) -> tuple[ItemDraft, ...]:
        """The same amount each year."""
        return tuple(self.item(code, amount, year=year, **rest) for year in years)  # type: ignore[arg-type]  # as item

    def document(
        self,
        key: str,
        *,
        at: datetime,
        kind: str,
        title: str,
        case_number: str = "",
        matter_title: str = "",
        author: str = "",
        dated: date | None = None,
        dated_words: str = "",
        file: str = "",
        text: str = "",
    ) -> UUID:
        """Take in a document; its text comes from `texts/` when a file is named."""
        if file:
            text = resources.files("samkraft.operations.world").joinpath("texts", file).read_text(encoding="utf-8")
        self.documents[key] = matters.receive(
            by=self.by,
            at=at,
            kind=kind,
            title=title,
            case_number=case_number,
            matter_title=matter_title,
            author_id=self.org_ids[author] if author else None,
            dated=dated,
            dated_words=dated_words,
            text=text,
        )
        return self.documents[key]


def point(
    number: str, verb: Verb, text: str, *items: ItemDraft, due: str = "", binding: bool | None = None
) -> PointDraft:
    """One point of a proposal or decision."""
    return PointDraft(number=number, verb=verb, text=text, items=items, due_words=due, binding=binding)
