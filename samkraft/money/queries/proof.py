"""Is the ledger as it was written, and does it say what was decided? Worked out anew from the rows alone.

Needs to see all accounts, points and events about vouchers: runs as the owner, or inside a read. Changes nothing.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction

from samkraft.audit.queries import told as trail
from samkraft.money.models import Account, Transfer, Voucher
from samkraft.money.queries import book
from samkraft.money.rules.points import POSTS
from samkraft.values import kronor
from samkraft.values.wording import phrase

_SEVERAL = 2000


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not hold. `check` names the check, `subject` the account, voucher or item."""

    check: str
    subject: str
    words: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What was gone through and what did not hold. `untold` are vouchers whose event has been thinned."""

    accounts: int
    vouchers: int
    transfers: int
    untold: int
    findings: tuple[Finding, ...]

    @property
    def holds(self) -> bool:
        """Whether everything held."""
        return not self.findings


def check() -> Proof:
    """Run every check on one and the same moment of the database."""
    with _one_moment():
        untold, digests = _digests()
        findings = list(digests)
        for name in CHECKS:
            findings += CHECKS[name]()
        return Proof(
            Account.objects.count(), Voucher.objects.count(), Transfer.objects.count(), untold, tuple(findings)
        )


@contextmanager
def _one_moment() -> Iterator[None]:
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _rows(sql: str, parameters: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


def _balances() -> list[Finding]:
    """Every balance equals what has come in less what has gone out."""
    rows = _rows("""
        SELECT a.id::text, a.balance_ore, coalesce(i.ore, 0) - coalesce(o.ore, 0) FROM money_account a
        LEFT JOIN (SELECT to_account_id AS id, sum(amount_ore)::bigint AS ore FROM money_transfer GROUP BY 1) i USING (id)
        LEFT JOIN (SELECT from_account_id AS id, sum(amount_ore)::bigint AS ore FROM money_transfer GROUP BY 1) o USING (id)
        WHERE a.balance_ore <> coalesce(i.ore, 0) - coalesce(o.ore, 0) ORDER BY 1
    """)
    words = phrase("saldot är {saved} men överföringarna ger {summed}")
    return [
        Finding("balances", _account(key), words.format(saved=_kr(saved), summed=_kr(summed)))
        for key, saved, summed in rows
    ]


def _months() -> list[Finding]:
    """The totals by month, that balances on a day are told from, are what the transfers give."""
    rows = _rows("""
        SELECT coalesce(kept.account_id, summed.account_id)::text, coalesce(kept.month_date, summed.month_date)
        FROM money_monthtotal kept FULL JOIN (
            SELECT account_id, date_trunc('month', posted_date)::date AS month_date, sum(ore) AS net_ore FROM (
                SELECT to_account_id AS account_id, posted_date, amount_ore AS ore FROM money_transfer
                UNION ALL SELECT from_account_id, posted_date, -amount_ore FROM money_transfer) moved GROUP BY 1, 2
        ) summed ON summed.account_id = kept.account_id AND summed.month_date = kept.month_date
        WHERE coalesce(kept.net_ore, 0) <> coalesce(summed.net_ore, 0) ORDER BY 1, 2
    """)
    words = phrase("månadssumman för {month} är inte summan av överföringarna")
    return [Finding("months", _account(key), words.format(month=month)) for key, month in rows]


def _overdrafts() -> list[Finding]:
    """No account but a source has been below zero at the end of any day."""
    rows = _rows(book.OVERDRAWN_ON_A_DAY.format(where="true"))
    return [
        Finding(
            "overdrafts", _account(key), phrase("saldot var {balance} den {day}").format(balance=_kr(balance), day=day)
        )
        for key, day, balance in rows
    ]


def _numbers() -> list[Finding]:
    """Vouchers are numbered from one without gaps each year, and the next number is the one after the last."""
    rows = _rows("""
        SELECT coalesce(v.year, s.year), v.lowest, v.highest, v.many, s.next_number
        FROM (SELECT year, min(number) AS lowest, max(number) AS highest, count(*) AS many FROM money_voucher GROUP BY year) v
        FULL JOIN money_voucherseries s USING (year)
        WHERE v.year IS NULL OR s.year IS NULL OR v.lowest <> 1 OR v.highest <> v.many OR s.next_number <> v.highest + 1
        ORDER BY 1
    """)
    words = phrase("verifikaten går från {low} till {high} men är {many}; nästa nummer är {following}")
    return [
        Finding("numbers", str(year), words.format(low=low, high=high, many=many, following=following))
        for year, low, high, many, following in rows
    ]


def _reversals() -> list[Finding]:
    """A reversal moves exactly the same öre the other way, between the same accounts, for the same items."""
    rows = _rows("""
        WITH own AS (SELECT v.id, t.from_account_id AS a, t.to_account_id AS b, t.amount_ore, t.point_item_id
                     FROM money_voucher v JOIN money_transfer t ON t.voucher_id = v.id WHERE v.reverses_id IS NOT NULL),
             mirrored AS (SELECT v.id, t.to_account_id AS a, t.from_account_id AS b, t.amount_ore, t.point_item_id
                     FROM money_voucher v JOIN money_transfer t ON t.voucher_id = v.reverses_id)
        SELECT DISTINCT id::text FROM ((SELECT * FROM own EXCEPT ALL SELECT * FROM mirrored)
                                 UNION ALL (SELECT * FROM mirrored EXCEPT ALL SELECT * FROM own)) odd ORDER BY 1
    """)
    return [Finding("reversals", _voucher(key), phrase("vändningen speglar inte sitt verifikat")) for (key,) in rows]


def _decided() -> list[Finding]:
    """What is posted for an item is what was decided for it, at most once, and under its own point."""
    rows = _rows("""
        SELECT t.voucher_id::text, i.amount_ore, t.amount_ore FROM money_transfer t
        JOIN money_pointitem i ON i.id = t.point_item_id JOIN money_voucher v ON v.id = t.voucher_id
        WHERE i.amount_ore IS DISTINCT FROM t.amount_ore OR v.point_id IS DISTINCT FROM i.point_id ORDER BY 1
    """)
    words = phrase("beslutat är {decided} men bokfört är {posted}")
    found = [
        Finding("decided", _voucher(key), words.format(decided=_kr(decided), posted=_kr(posted)))
        for key, decided, posted in rows
    ]
    twice = _rows("""
        WITH RECURSIVE way AS (
            SELECT id, 1 AS sign FROM money_voucher WHERE reverses_id IS NULL
            UNION ALL SELECT v.id, -way.sign FROM money_voucher v JOIN way ON v.reverses_id = way.id
        )
        SELECT t.point_item_id::text FROM money_transfer t JOIN way ON way.id = t.voucher_id
        WHERE t.point_item_id IS NOT NULL GROUP BY 1 HAVING sum(way.sign) NOT IN (0, 1) ORDER BY 1
    """)
    return found + [
        Finding("decided", str(key), phrase("raden i beslutet är bokförd mer än en gång")) for (key,) in twice
    ]


def _grounds() -> list[Finding]:
    """Every voucher rests on a decided point or on a budget; a proposal never posts."""
    rows = _rows(
        """
        SELECT v.id::text FROM money_voucher v LEFT JOIN money_point p ON p.id = v.point_id
        LEFT JOIN money_decision d ON d.id = p.decision_id
        WHERE (v.point_id IS NULL AND v.budget_id IS NULL)
           OR (v.point_id IS NOT NULL AND (d.id IS NULL OR NOT d.outcome = ANY(%s))) ORDER BY 1
        """,
        (sorted(outcome.value for outcome in POSTS),),
    )
    found = [Finding("grounds", _voucher(key), phrase("verifikatet vilar inte på något beslut")) for (key,) in rows]
    empty = _rows("""
        SELECT v.id::text FROM money_voucher v
        WHERE NOT EXISTS (SELECT 1 FROM money_transfer t WHERE t.voucher_id = v.id) ORDER BY 1
    """)
    return found + [Finding("grounds", _voucher(key), phrase("verifikatet har inga överföringar")) for (key,) in empty]


def _budgets() -> list[Finding]:
    """What the council has given in all is the sum of the budgets, year by year."""
    rows = _rows("""
        WITH given AS (SELECT year, -sum(balance_ore)::bigint AS ore FROM money_account WHERE kind = 'council' GROUP BY year),
             decided AS (SELECT a.year, sum(b.amount_ore)::bigint AS ore FROM money_yearlybudget b
                         JOIN money_appropriation a ON a.id = b.appropriation_id
                         WHERE b.amount_ore IS NOT NULL
                           -- one voucher holds, a reversal takes it back, a reversal of that gives it again
                           AND (SELECT count(*) FROM money_voucher v WHERE v.budget_id = b.id) %% 2 = 1
                         GROUP BY a.year)
        SELECT year, coalesce(given.ore, 0), coalesce(decided.ore, 0) FROM given FULL JOIN decided USING (year)
        WHERE coalesce(given.ore, 0) <> coalesce(decided.ore, 0) ORDER BY 1
    """)
    words = phrase("fullmäktige har gett {given} men budgetarna är {decided}")
    return [
        Finding("budgets", str(year), words.format(given=_kr(given), decided=_kr(decided)))
        for year, given, decided in rows
    ]


def _digests() -> tuple[int, list[Finding]]:
    """Every voucher's digest is what its content gives, and the one that the trail holds. First: how many are untold."""
    told: dict[str, str] = {}
    for key, content in trail.contents(action="voucher.post", subject_kind="money.voucher"):
        told[key] = str(json.loads(content).get("digest", ""))
    may_be_thinned = trail.has_been_thinned()
    untold, found = 0, []
    for voucher in (
        Voucher.objects.order_by("year", "number", "id").prefetch_related("transfers").iterator(chunk_size=_SEVERAL)
    ):
        key, name = str(voucher.id), f"{voucher.year}-{voucher.number}"
        counted = book.digest_of(voucher, list(voucher.transfers.all()))
        if counted != voucher.digest:
            found.append(Finding("digests", name, phrase("innehållet är inte det som bokfördes")))
        written = told.pop(key, None)
        if written is None and may_be_thinned:
            untold += 1
        elif written is None:
            found.append(Finding("digests", name, phrase("händelseloggen berättar inte om verifikatet")))
        elif written != voucher.digest:
            found.append(Finding("digests", name, phrase("händelseloggen har ett annat kontrollvärde")))
    found += [
        Finding("digests", key, phrase("verifikatet finns i händelseloggen men inte i boken")) for key in sorted(told)
    ]
    return untold, found


CHECKS: dict[str, Callable[[], list[Finding]]] = {
    "balances": _balances,
    "months": _months,
    "overdrafts": _overdrafts,
    "numbers": _numbers,
    "reversals": _reversals,
    "decided": _decided,
    "grounds": _grounds,
    "budgets": _budgets,
}


def _account(key: object) -> str:
    row = Account.objects.select_related("organisation", "fund", "appropriation").get(id=UUID(str(key)))
    return book.name_of(row)


def _voucher(key: object) -> str:
    row = Voucher.objects.get(id=UUID(str(key)))
    return f"{row.year}-{row.number}"


def _kr(ore: object) -> str:
    return phrase("okänt") if ore is None else kronor.in_words(int(str(ore)))
