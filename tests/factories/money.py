"""A small city's money for tests, built through the actions. Amounts in kronor; öre in what it makes."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from samkraft.money.actions import funds
from samkraft.money.models import Account
from samkraft.money.rules.points import Verb
from samkraft.money.rules.posting import ItemDraft, PointDraft
from samkraft.partners.rules.organisations import OrganisationKind
from samkraft.partners.rules.roles import Role
from samkraft.values import kronor
from samkraft.values.context import Context
from samkraft.values.period import Period
from tests.factories import partners

APPROPRIATION = "Kommunstyrelsens anslag till förfogande inom finansiering"


@dataclass
class City:
    """The board, three committees, a fund, an appropriation for each year, and the officer who acts."""

    by: Context
    orgs: dict[str, UUID]
    fund_id: UUID
    appropriations: dict[int, UUID]

    def item(self, code: str, amount: int | None = None, year: int | None = 2024, **more: object) -> ItemDraft:
        """One receiver; the appropriation pays unless `paid_by` or `appropriation=""` says otherwise."""
        settled: dict[str, object] = {
            "fund_id": self.fund_id,
            "appropriation": "" if "paid_by" in more else APPROPRIATION,
        }
        return ItemDraft(
            receiver_id=self.orgs[code],
            amount_ore=kronor.from_kronor(amount) if amount is not None else None,
            year=year,
            **{**settled, **more},  # type: ignore[arg-type]  # a test names fields as ItemDraft does
        )

    def gives(self, number: str, code: str, amount: int, year: int = 2024) -> PointDraft:
        """A point that allocates money to a committee."""
        return PointDraft(number, Verb.ALLOCATES, f"tilldelar {code} {amount} kronor", (self.item(code, amount, year),))

    def budget(self, amount: int | None, year: int = 2024, **more: object) -> UUID:
        """What the council gives the fund."""
        if year not in self.appropriations:
            self.appropriations[year] = funds.appropriate(
                by=self.by, name=APPROPRIATION, owner_id=self.orgs["ks"], year=year
            )
        return funds.budget(
            by=self.by,
            fund_id=self.fund_id,
            appropriation_id=self.appropriations[year],
            amount_ore=kronor.from_kronor(amount) if amount is not None else None,
            **more,  # type: ignore[arg-type]  # as funds.budget
        )

    def kronor_at(self, kind: str, code: str | None = None, year: int = 2024) -> int:
        """The balance of an account in kronor; 0 when it has never been used."""
        account = Account.objects.filter(
            kind=kind, year=year, organisation_id=self.orgs[code] if code else None
        ).first()
        return account.balance_ore // 100 if account else 0


def city() -> City:
    """A city with an officer, before any money."""
    by = partners.member(Role.FUND_OFFICER).context
    orgs = {code: partners.organisation(code) for code in ("asn", "gvn", "fsn")}
    orgs["ks"] = partners.organisation("ks", OrganisationKind.BOARD)
    orgs["redi"] = partners.organisation("redi", OrganisationKind.ASSOCIATION)
    orgs["summer"] = partners.organisation("summer", OrganisationKind.SUPPLIER)
    fund_id = funds.establish(
        by=by,
        at=timezone.now(),
        code="jobb",
        name="Jobbsatsningar",
        purpose="Fler i arbete",
        valid=Period(date(2023, 1, 1), date(2027, 1, 1)),
        committee_ids=[orgs[code] for code in ("asn", "gvn", "fsn", "ks")],
    )
    return City(by, orgs, fund_id, {})
