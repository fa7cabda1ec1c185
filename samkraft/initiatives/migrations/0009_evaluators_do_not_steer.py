"""Whoever evaluates has no place in a body that steers, whichever of the two came first, and also when both come at once.

The action that gives a place asks it in words; this is asked of the role too, by the database, which sees both.
"""

from django.db import migrations

NOW = """
CREATE FUNCTION initiatives_evaluator_is_apart() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE asked uuid; met text;
BEGIN
    IF TG_TABLE_NAME = 'initiatives_boardseat' THEN
        SELECT m.user_id INTO asked FROM partners_membership m WHERE m.id = NEW.membership_id;
    ELSIF NEW.role = 'evaluator' THEN
        asked := NEW.user_id;
    END IF;
    IF asked IS NULL THEN RETURN NEW; END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('evaluator or seat ' || asked::text, 0));
    IF TG_TABLE_NAME = 'initiatives_boardseat' THEN
        SELECT m.role INTO met FROM partners_membership m
            WHERE m.user_id = asked AND m.role = 'evaluator' AND m.valid && NEW.period LIMIT 1;
    ELSE
        SELECT b.name INTO met FROM initiatives_boardseat s JOIN partners_membership m ON m.id = s.membership_id
            JOIN initiatives_board b ON b.id = s.board_id WHERE m.user_id = asked AND s.period && NEW.valid
            ORDER BY lower(s.period), b.name LIMIT 1;
    END IF;
    IF FOUND THEN
        RAISE EXCEPTION 'who evaluates does not steer' USING ERRCODE = 'check_violation', DETAIL = met,
            CONSTRAINT = 'initiatives_evaluator_is_apart';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER initiatives_evaluator_is_apart AFTER INSERT OR UPDATE OF valid, role, user_id ON partners_membership
    FOR EACH ROW EXECUTE FUNCTION initiatives_evaluator_is_apart();
CREATE TRIGGER initiatives_evaluator_is_apart AFTER INSERT OR UPDATE OF period, membership_id ON initiatives_boardseat
    FOR EACH ROW EXECUTE FUNCTION initiatives_evaluator_is_apart();
"""
BEFORE = """
DROP TRIGGER initiatives_evaluator_is_apart ON initiatives_boardseat;
DROP TRIGGER initiatives_evaluator_is_apart ON partners_membership;
DROP FUNCTION initiatives_evaluator_is_apart();
"""


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0008_seats_and_presence")]
    operations = [migrations.RunSQL(NOW, BEFORE)]
