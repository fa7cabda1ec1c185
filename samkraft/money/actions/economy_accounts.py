"""Which accounts of the economy system ours become, and taking in an EU project's outcome from a SIE file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.money.actions.eu import eu_outcomes, eu_projects
from samkraft.money.actions.eu.eu_outcomes import EntryDraft
from samkraft.money.models import EconomyAccount, EuAccountRange
from samkraft.money.rules.accounts import AccountKind
from samkraft.money.rules.economy_accounts import Range, Taken, sort
from samkraft.money.rules.eu import eu_outcomes as outcomes
from samkraft.money.rules.eu.eu_budgets import RowKind
from samkraft.money.rules.sie import reading
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

NOT_A_NUMBER = Reason(
    "account_not_a_number", phrase("{number} är inte ett kontonummer."), phrase("Skriv tre till tio siffror.")
)
NO_ROWS = Reason(
    "sie_no_rows_of_project",
    phrase("Filen har inga rader med projektet {code}."),
    phrase("Kontrollera projektets beteckning i ekonomisystemet. Filen har: {found}."),
)
UNKNOWN_ACCOUNTS = Reason(
    "sie_accounts_without_row",
    phrase("Ingen har sagt vilken rad i budgeten dessa konton hör till: {accounts}."),
    phrase("Lägg till dem i kontotabellen och läs in filen igen. Inget är inläst."),
)
RANGE_BACKWARDS = Reason(
    "account_range_backwards", phrase("{first}–{last} går baklänges."), phrase("Skriv det lägsta numret först.")
)


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What a file gave: rows that were taken in, rows left out on purpose, and the sum in öre."""

    taken: tuple[Taken, ...]
    left_out: int
    sum_ore: int
    is_trial: bool


def say_account(
    *, by: Context, at: datetime | None = None, kind: AccountKind, number: str, name: str, is_assumption: bool = False
) -> None:
    """The city's own account for a kind of account in our book."""
    access.require(by, Permission.MANAGE_FUNDS)
    _require_number(number)
    with transactions.write(by):
        EconomyAccount.objects.update_or_create(
            kind=kind.value,
            defaults={"number": number, "name": name.strip(), "is_assumption": is_assumption},
            create_defaults={"id": uuid4(), "number": number, "name": name.strip(), "is_assumption": is_assumption},
        )
        trail.record(
            by=by, at=at or timezone.now(), action="economy_account.say", subject_kind="money.economy_account",
            subject_id=kind.value, subject_name=number,
        )  # fmt: skip


def say_ranges(*, by: Context, at: datetime | None = None, project_id: UUID, ranges: Sequence[Range]) -> None:
    """Which accounts belong to which row of an EU project: the whole table at once."""
    access.require(by, Permission.MANAGE_EU_PROJECTS)
    for one in ranges:
        _require_number(one.first)
        _require_number(one.last)
        if one.last < one.first:
            raise Refused(RANGE_BACKWARDS, first=one.first, last=one.last)
    with transactions.write(by):
        project = eu_projects.find(project_id)
        project.account_ranges.all().delete()
        EuAccountRange.objects.bulk_create(
            EuAccountRange(
                id=uuid4(), project=project, first=one.first, last=one.last, kind=one.kind.value if one.kind else ""
            )
            for one in ranges
        )
        trail.record(
            by=by, at=at or timezone.now(), action="eu_project.accounts", subject_kind="money.eu_project",
            subject_id=project.id, subject_name=project.name, count=len(ranges),
        )  # fmt: skip


def take_in(
    *, by: Context, at: datetime | None = None, project_id: UUID, content: bytes, code: str, is_trial: bool = False
) -> TakenIn:
    """The outcome of a project out of a SIE 4 file: all of its rows or none. `code` is the project's object there.

    A trial reads and checks everything and writes nothing; what it would have taken in comes back either way.
    """
    access.require(by, Permission.MANAGE_EU_PROJECTS)
    book = reading.read(content)
    with transactions.read(by):
        project = eu_projects.find(project_id)
        ranges = [
            Range(one.first, one.last, RowKind(one.kind) if one.kind else None) for one in project.account_ranges.all()
        ]
    found = sort(book, code, ranges)
    if found.unknown:
        raise Refused(
            UNKNOWN_ACCOUNTS, accounts=", ".join(f"{number} {name}".strip() for number, name, _sum in found.unknown)
        )
    if not found.taken:
        codes = sorted(name for dimension, name in book.objects if dimension == 6)
        raise Refused(NO_ROWS, code=code, found=", ".join(codes) or "–")
    kept = tuple(one for one in found.taken if one.kind is not None)
    if not is_trial:
        drafts = [_draft(one) for one in kept]
        eu_outcomes.enter(by=by, at=at, project_id=project_id, entries=drafts)
    return TakenIn(kept, len(found.taken) - len(kept), sum(one.row.amount_ore for one in kept), is_trial)


def _draft(one: Taken) -> EntryDraft:
    assert one.kind is not None
    assert one.row.day is not None
    sign = -1 if one.kind in outcomes.CREDITED else 1
    return EntryDraft(
        one.kind,
        outcomes.first_of_month(one.row.day),
        sign * one.row.amount_ore,
        one.text or one.row.account,
        one.reference,
    )


def _require_number(number: str) -> None:
    if not (number.isascii() and number.isdigit() and 3 <= len(number) <= 10):
        raise Refused(NOT_A_NUMBER, number=number or "–")
