"""Post vouchers and reverse them. The database numbers them, moves the balances and refuses an overdraft."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import connection
from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.money.actions import obligations
from samkraft.money.actions.contradictions import looking
from samkraft.money.models import Account, Appropriation, Point, PointItem, Transfer, Voucher, YearlyBudget
from samkraft.money.queries import standing
from samkraft.money.queries.book import OVERDRAWN_ON_A_DAY, digest_of, name_of
from samkraft.money.rules.accounts import AccountKind
from samkraft.money.rules.posting import Purse
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values import kronor
from samkraft.values.context import Context
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

OVERDRAWN = Reason(
    "overdrawn",
    phrase("{account} räcker inte: det finns {left} kvar och punkten tar {amount}."),
    phrase("Rätta beloppet, eller registrera ett budgetbeslut som fyller på anslaget."),
)
OVERDRAWN_LATER = Reason(
    "overdrawn_later",
    phrase(
        "{account} skulle ha varit överdraget den {day}: pengarna hade inte kommit än, eller har gått ut sedan dess."
    ),
    phrase("Kontrollera bokföringsdagen."),
)
NO_VOUCHER = Reason("no_voucher", phrase("Verifikatet finns inte."), phrase("Gå till listan och välj ett annat."))
ALREADY_REVERSED = Reason(
    "already_reversed",
    phrase("Verifikatet {number} är redan vänt."),
    phrase("Öppna vändningen om det är den som är fel."),
)
NOTHING_TO_UNDO = Reason(
    "nothing_to_undo",
    phrase("Beslutet har inget bokfört som kan vändas."),
    phrase("Det är redan vänt, eller gav inga pengar."),
)
REASON_NEEDED = Reason(
    "reason_needed", phrase("En vändning behöver ett skäl."), phrase("Skriv varför, så att andra förstår.")
)


@dataclass(frozen=True, slots=True)
class Line:
    """One transfer to post: from an account to another, öre above zero."""

    source: Account
    target: Account
    amount_ore: int
    item: PointItem | None = None


def account_of(purse: Purse, *, opening: bool = True) -> Account | None:
    """The account for a purse, opened at need. None when the appropriation does not exist for that year.

    Inside the transaction of the action that calls. With `opening` off, also None when nothing has ever been on the account.
    """
    whose = {"kind": purse.kind.value, "year": purse.year, "fund_id": purse.fund_id}
    appropriation = None
    if purse.kind is AccountKind.APPROPRIATION:
        named = {"appropriation__name": purse.appropriation, "appropriation__year": purse.year}
        known = Account.objects.filter(**whose, **named, organisation_id=purse.organisation_id).first()
        if known:
            return known
        appropriation = Appropriation.objects.filter(name=purse.appropriation, year=purse.year).first()
        if appropriation is None:
            return None
    wanted = {**whose, "appropriation": appropriation, "organisation_id": purse.organisation_id}
    known = Account.objects.filter(**wanted).first()
    if known or not opening:
        return known
    is_source = purse.kind is AccountKind.COUNCIL or (appropriation is not None and _size_unknown(appropriation, purse))
    Account.objects.bulk_create([Account(**wanted, is_source=is_source)], ignore_conflicts=True)
    return Account.objects.get(**wanted)


def _size_unknown(appropriation: Appropriation, purse: Purse) -> bool:
    """A fund whose size no source tells cannot be overdrawn: its use is shown, what is left is unknown."""
    budgets = YearlyBudget.objects.filter(appropriation=appropriation, fund_id=purse.fund_id)
    return budgets.filter(amount_ore__isnull=True).exists()


def post_within(
    *,
    by: Context,
    at: datetime,
    posted_date: date,
    text: str,
    lines: Sequence[Line],
    point: Point | None = None,
    budget: YearlyBudget | None = None,
    reverses: Voucher | None = None,
    reason: str = "",
) -> Voucher:
    """Post one voucher inside the transaction of the action that calls. Raises Refused on an overdraft."""
    accounts = sorted({account.id for line in lines for account in (line.source, line.target)})
    with connection.cursor() as cursor:
        cursor.execute("SELECT money_lock_accounts(%s)", [accounts])
    _refuse_overdraft(lines)
    voucher = Voucher(
        id=uuid4(),
        year=posted_date.year,
        number=0,
        posted_date=posted_date,
        text=text,
        point=point,
        budget=budget,
        reverses=reverses,
        reason=reason,
        registered_at=at,
        registered_by=by.actor_name,
    )
    transfers = [
        Transfer(
            voucher=voucher,
            position=position,
            from_account=line.source,
            to_account=line.target,
            amount_ore=line.amount_ore,
            posted_date=posted_date,
            point_item=line.item,
        )
        for position, line in enumerate(lines, start=1)
    ]
    voucher.digest = digest_of(voucher, transfers)
    voucher.save(force_insert=True)
    Transfer.objects.bulk_create(transfers)
    voucher.refresh_from_db(fields=["number"])
    _refuse_overdraft_later(lines, posted_date)
    trail.record(
        by=by,
        at=at,
        action="voucher.post",
        subject_kind="money.voucher",
        subject_id=voucher.id,
        subject_name=f"{voucher.year}-{voucher.number}",
        digest=voucher.digest,
        amount_ore=sum(line.amount_ore for line in lines),
        text=text,
        reason=reason,
    )
    return voucher


def reverse(*, by: Context, at: datetime | None = None, voucher_id: UUID, reason: str) -> Voucher:
    """Take a voucher back, today, with one that moves the same money the other way. Both stay in the book."""
    access.require(by, Permission.REGISTER_DECISIONS)
    if not reason.strip():
        raise Refused(REASON_NEEDED)
    at = at or timezone.now()
    with transactions.write(by):
        voucher = Voucher.objects.filter(id=voucher_id).first()
        if voucher is None:
            raise Refused(NO_VOUCHER)
        day = max(voucher.posted_date, timezone.localdate(at))
        reversal = reverse_within(by=by, at=at, voucher=voucher, reason=reason, posted_date=day)
        if voucher.point and voucher.point.decision_id:
            obligations.follow(by=by, at=at, decision_id=voucher.point.decision_id, reason=reason)
        looking.soon()
        return reversal


def undo(*, by: Context, at: datetime | None = None, decision_id: UUID, reason: str) -> int:
    """Take back all that a decision has posted, each voucher on its own day: as if it had never been registered.

    For an assumption that the minutes replace, or a decision that was registered wrong; it can then be registered anew.
    Duties that it brought and that nobody has done are withdrawn with it.
    The number of vouchers that were reversed. All of them or, when the money has gone on since, none.
    """
    access.require(by, Permission.REGISTER_DECISIONS)
    if not reason.strip():
        raise Refused(REASON_NEEDED)
    at = at or timezone.now()
    with transactions.write(by):
        vouchers = standing.in_force(point__decision_id=decision_id)
        taken_back = list(vouchers.order_by("-posted_date", "-year", "-number"))
        if not taken_back:
            raise Refused(NOTHING_TO_UNDO)
        for voucher in taken_back:
            reverse_within(by=by, at=at, voucher=voucher, reason=reason, posted_date=voucher.posted_date)
        obligations.follow(by=by, at=at, decision_id=decision_id, reason=reason)
        looking.soon()
        return len(taken_back)


def reverse_within(*, by: Context, at: datetime, voucher: Voucher, reason: str, posted_date: date) -> Voucher:
    """Post the reversal of a voucher on a day. Inside the transaction of the action that calls."""
    transfers = list(voucher.transfers.select_related("from_account", "to_account").order_by("-position"))
    with connection.cursor() as cursor:  # the second of two who reverse the same voucher waits here
        ids = sorted({t.from_account_id for t in transfers} | {t.to_account_id for t in transfers})
        cursor.execute("SELECT money_lock_accounts(%s)", [ids])
    if Voucher.objects.filter(reverses=voucher).exists():
        raise Refused(ALREADY_REVERSED, number=f"{voucher.year}-{voucher.number}")
    return post_within(
        by=by,
        at=at,
        posted_date=posted_date,
        text=f"Vändning av {voucher.year}-{voucher.number}: {voucher.text}"[:300],
        lines=[Line(t.to_account, t.from_account, t.amount_ore, t.point_item) for t in transfers],
        point=voucher.point,
        budget=voucher.budget,
        reverses=voucher,
        reason=reason.strip(),
    )


def _refuse_overdraft(lines: Sequence[Line]) -> None:
    """The accounts are locked: what is read here still holds when the transfers are written."""
    accounts = Account.objects.in_bulk({account.id for line in lines for account in (line.source, line.target)})
    balances = {account.id: account.balance_ore for account in accounts.values()}
    for line in lines:
        balances[line.source.id] -= line.amount_ore
        balances[line.target.id] += line.amount_ore
        source = accounts[line.source.id]
        if balances[source.id] < 0 and not source.is_source:
            left = balances[source.id] + line.amount_ore
            raise Refused(
                OVERDRAWN,
                account=name_of(source),
                left=kronor.in_words(left),
                amount=kronor.in_words(line.amount_ore),
            )


def _refuse_overdraft_later(lines: Sequence[Line], posted_date: date) -> None:
    """A voucher dated back in time must not make an account overdrawn on its own day, before money that came later
    had come, nor on a later day, when money has gone out since."""
    ids = [line.source.id for line in lines if not line.source.is_source]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM money_transfer WHERE posted_date > %s"
            " AND (from_account_id = ANY(%s) OR to_account_id = ANY(%s)))",
            [posted_date, ids, ids],
        )
        if not cursor.fetchone()[0]:
            return
        cursor.execute(OVERDRAWN_ON_A_DAY.format(where="account_id = ANY(%s)"), [ids])
        row = cursor.fetchone()
    if row:
        account = Account.objects.get(id=row[0])
        raise Refused(OVERDRAWN_LATER, account=name_of(account), day=row[1].isoformat())
