"""Totals by account and month, kept by the database for every transfer: a balance on any day is quick to tell.

The accounts are already locked when the totals move (the trigger's name sorts after `moves_balances`), so nobody waits
for anybody in a circle.
"""

import django.db.models.deletion
from django.db import migrations, models

FORWARD = """
CREATE FUNCTION money_total_months() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
BEGIN
    INSERT INTO money_monthtotal AS m (account_id, month_date, net_ore) VALUES
        (NEW.from_account_id, date_trunc('month', NEW.posted_date)::date, -NEW.amount_ore),
        (NEW.to_account_id, date_trunc('month', NEW.posted_date)::date, NEW.amount_ore)
        ON CONFLICT (account_id, month_date) DO UPDATE SET net_ore = m.net_ore + excluded.net_ore;
    RETURN NULL;
END $$;

GRANT CREATE ON SCHEMA public TO samkraft_guard;
ALTER FUNCTION money_total_months() OWNER TO samkraft_guard;
REVOKE CREATE ON SCHEMA public FROM samkraft_guard;
GRANT SELECT, INSERT, UPDATE ON money_monthtotal TO samkraft_guard;
REVOKE ALL ON FUNCTION money_total_months() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION money_total_months() TO samkraft_owner;

CREATE TRIGGER totals_months AFTER INSERT ON money_transfer FOR EACH ROW EXECUTE FUNCTION money_total_months();

INSERT INTO money_monthtotal (account_id, month_date, net_ore)
    SELECT account, date_trunc('month', posted_date)::date, sum(ore) FROM (
        SELECT to_account_id AS account, posted_date, amount_ore AS ore FROM money_transfer
        UNION ALL
        SELECT from_account_id, posted_date, -amount_ore FROM money_transfer
    ) moved GROUP BY 1, 2;
"""

BACKWARD = """
DROP TRIGGER totals_months ON money_transfer;
DROP FUNCTION money_total_months();
"""


class Migration(migrations.Migration):
    dependencies = [("money", "0002_ledger_guards")]
    operations = [
        migrations.CreateModel(
            name="MonthTotal",
            fields=[
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="month_totals",
                        to="money.account",
                    ),
                ),
                ("month_date", models.DateField()),
                ("net_ore", models.BigIntegerField()),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "account", "month_date", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
            ],
            options={"default_permissions": ()},
        ),
        migrations.AddIndex(
            model_name="monthtotal",
            index=models.Index(fields=["month_date"], include=("account", "net_ore"), name="money_monthtotal_month"),
        ),
        migrations.AddConstraint(
            model_name="monthtotal",
            constraint=models.CheckConstraint(
                condition=models.Q(("month_date__day", 1)), name="money_monthtotal_first_of_month"
            ),
        ),
        migrations.AddIndex(
            model_name="transfer",
            index=models.Index(
                fields=["posted_date"],
                include=("from_account", "to_account", "amount_ore"),
                name="money_transfer_posted",
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
