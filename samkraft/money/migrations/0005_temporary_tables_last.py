"""The ledger's own functions look among a session's temporary tables last, as those of the trail do (audit 0004)."""

from django.db import migrations

FUNCTIONS = (
    "money_move_balances()", "money_number_voucher()", "money_lock_accounts(uuid[])", "money_total_months()",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("money", "0004_decision_registered_anew"), ("audit", "0004_temporary_tables_last")]
    operations = [
        migrations.RunSQL(
            "".join(f"ALTER FUNCTION {one} SET search_path = pg_catalog, public, pg_temp;" for one in FUNCTIONS),
            "".join(f"ALTER FUNCTION {one} SET search_path = pg_catalog, public;" for one in FUNCTIONS),
        )
    ]
