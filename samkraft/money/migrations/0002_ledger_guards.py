"""The ledger's guarantees in the database: balances move with every transfer, numbers have no gaps, accounts are locked
in one order. The functions belong to the guard role: the serving role can neither set a balance nor choose a number.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION money_move_balances() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
BEGIN
    UPDATE money_account SET balance_ore = balance_ore - NEW.amount_ore WHERE id = NEW.from_account_id;
    UPDATE money_account SET balance_ore = balance_ore + NEW.amount_ore WHERE id = NEW.to_account_id;
    RETURN NULL;
END $$;

CREATE FUNCTION money_number_voucher() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
BEGIN
    INSERT INTO money_voucherseries AS s (year, next_number) VALUES (NEW.year, 2)
        ON CONFLICT (year) DO UPDATE SET next_number = s.next_number + 1
        RETURNING s.next_number - 1 INTO NEW.number;
    RETURN NEW;
END $$;

CREATE FUNCTION money_lock_accounts(ids uuid[]) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
    SELECT 1 FROM money_account WHERE id = ANY (ids) ORDER BY id FOR UPDATE
$$;

GRANT CREATE ON SCHEMA public TO samkraft_guard;
ALTER FUNCTION money_move_balances() OWNER TO samkraft_guard;
ALTER FUNCTION money_number_voucher() OWNER TO samkraft_guard;
ALTER FUNCTION money_lock_accounts(uuid[]) OWNER TO samkraft_guard;
REVOKE CREATE ON SCHEMA public FROM samkraft_guard;
GRANT USAGE ON SCHEMA public TO samkraft_guard;
GRANT SELECT, UPDATE ON money_account TO samkraft_guard;
GRANT SELECT, INSERT, UPDATE ON money_voucherseries TO samkraft_guard;
REVOKE ALL ON FUNCTION money_move_balances(), money_number_voucher(), money_lock_accounts(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION money_lock_accounts(uuid[]) TO samkraft_app, samkraft_owner;
GRANT EXECUTE ON FUNCTION money_move_balances(), money_number_voucher() TO samkraft_owner;

CREATE TRIGGER moves_balances AFTER INSERT ON money_transfer FOR EACH ROW EXECUTE FUNCTION money_move_balances();
CREATE TRIGGER is_numbered BEFORE INSERT ON money_voucher FOR EACH ROW EXECUTE FUNCTION money_number_voucher();
"""

BACKWARD = """
DROP TRIGGER is_numbered ON money_voucher;
DROP TRIGGER moves_balances ON money_transfer;
DROP FUNCTION money_lock_accounts(uuid[]);
DROP FUNCTION money_number_voucher();
DROP FUNCTION money_move_balances();
"""


class Migration(migrations.Migration):
    dependencies = [("money", "0001_begin")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
