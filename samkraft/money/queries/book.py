"""What the ledger's actions and its proof must agree on: the digest of a voucher, overdrafts, an account's name."""

import hashlib
import json
from collections.abc import Sequence

from samkraft.money.models import Account, Transfer, Voucher
from samkraft.money.rules.accounts import AccountKind

# Running balance per account and day; the days on which an account that is no source is below zero.
OVERDRAWN_ON_A_DAY = """
    WITH days AS (
        SELECT account_id, posted_date, sum(delta) AS delta FROM (
            SELECT from_account_id AS account_id, posted_date, -amount_ore AS delta FROM money_transfer
            UNION ALL
            SELECT to_account_id, posted_date, amount_ore FROM money_transfer
        ) both_ways WHERE {where} GROUP BY account_id, posted_date
    ), running AS (
        SELECT account_id, posted_date, sum(delta) OVER (PARTITION BY account_id ORDER BY posted_date) AS balance FROM days
    )
    SELECT r.account_id, r.posted_date, r.balance FROM running r JOIN money_account a ON a.id = r.account_id
    WHERE r.balance < 0 AND NOT a.is_source ORDER BY r.posted_date LIMIT 20
"""


def digest_of(voucher: Voucher, transfers: Sequence[Transfer]) -> str:
    """SHA-256 over everything that the voucher says but its number, which the database gives."""
    content = [
        str(voucher.id),
        voucher.posted_date.isoformat(),
        voucher.text,
        str(voucher.point_id),
        str(voucher.budget_id),
        str(voucher.reverses_id),
        voucher.reason,
        [
            [t.position, str(t.from_account_id), str(t.to_account_id), t.amount_ore, str(t.point_item_id)]
            for t in sorted(transfers, key=lambda transfer: transfer.position)
        ],
    ]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def name_of(account: Account) -> str:
    """An account as people call it."""
    if account.kind == AccountKind.COUNCIL:
        return f"Kommunfullmäktiges budget {account.year}"
    if account.kind == AccountKind.APPROPRIATION and account.appropriation:
        return f"{account.appropriation.name} {account.year}, {account.fund.name if account.fund else ''}".rstrip(", ")
    owner = account.organisation.name if account.organisation else ""
    return f"{owner}, {account.fund.name} {account.year}" if account.fund else f"{owner} {account.year}"
