"""What every account held at the end of a day: all of them in one statement, however long the book is."""

from datetime import date
from uuid import UUID

from django.db import connection

from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context

# Back from what the accounts hold now: less what whole months moved after the day's month, less what moved in the rest
# of that month. Every figure is one that the database keeps in the same transaction as the transfer.
_ON = """
    SELECT id, sum(ore)::bigint FROM (
        SELECT id, balance_ore AS ore FROM money_account
        UNION ALL
        SELECT account_id, -sum(net_ore) FROM money_monthtotal WHERE month_date > %(day)s GROUP BY 1
        UNION ALL
        SELECT to_account_id, -amount_ore FROM money_transfer WHERE posted_date > %(day)s AND posted_date < %(next_month)s
        UNION ALL
        SELECT from_account_id, amount_ore FROM money_transfer WHERE posted_date > %(day)s AND posted_date < %(next_month)s
    ) moved GROUP BY id HAVING sum(ore) <> 0
"""


def on(*, by: Context, day: date) -> dict[UUID, int]:
    """Öre on each account after everything posted up to and including the day. Accounts at zero are left out."""
    access.require(by, Permission.SEE_MONEY)
    next_month = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    with connection.cursor() as cursor:
        cursor.execute(_ON, {"day": day, "next_month": next_month})
        return dict(cursor.fetchall())
