"""What holds in an EU project whatever the program does: a certified month is closed, claims share no month, and who
prepared a claim never certifies it. One lock per project, so that two at the same moment take turns.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION money_eu_lock(project uuid) RETURNS void LANGUAGE sql
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT pg_advisory_xact_lock(hashtextextended('money_euproject ' || project::text, 0))
$$;

CREATE FUNCTION money_eu_is_closed(wanted uuid, day date) RETURNS boolean LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM money_euclaim c
        WHERE c.project_id = wanted AND c.period @> day
          AND EXISTS (SELECT 1 FROM money_euclaimstep s WHERE s.claim_id = c.id AND s.step = 'certified')
          AND NOT EXISTS (SELECT 1 FROM money_euclaimstep s WHERE s.claim_id = c.id AND s.step = 'withdrawn'))
$$;

CREATE FUNCTION money_eu_month_open() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE wanted uuid;
BEGIN
    IF TG_TABLE_NAME = 'money_euhours' THEN
        SELECT project_id INTO wanted FROM money_euposition WHERE id = NEW.position_id;
    ELSE
        wanted := NEW.project_id;
    END IF;
    PERFORM money_eu_lock(wanted);
    IF money_eu_is_closed(wanted, NEW.month) THEN
        RAISE EXCEPTION 'money_eu_period_closed' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION money_eu_claim_alone() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM money_eu_lock(NEW.project_id);
    IF EXISTS (
        SELECT 1 FROM money_euclaim c WHERE c.project_id = NEW.project_id AND c.id <> NEW.id AND c.period && NEW.period
          AND NOT EXISTS (SELECT 1 FROM money_euclaimstep s WHERE s.claim_id = c.id AND s.step = 'withdrawn')) THEN
        RAISE EXCEPTION 'money_eu_claims_overlap' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION money_eu_two_persons() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE wanted uuid;
BEGIN
    SELECT project_id INTO wanted FROM money_euclaim WHERE id = NEW.claim_id;
    PERFORM money_eu_lock(wanted);
    IF NEW.step = 'certified' AND NOT EXISTS (
        SELECT 1 FROM money_euclaimstep s
        WHERE s.claim_id = NEW.claim_id AND s.step = 'drafted' AND s.by_id <> NEW.by_id) THEN
        RAISE EXCEPTION 'money_eu_same_person' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER month_open BEFORE INSERT ON money_euhours FOR EACH ROW EXECUTE FUNCTION money_eu_month_open();
CREATE TRIGGER month_open BEFORE INSERT ON money_euparticipanthours
    FOR EACH ROW EXECUTE FUNCTION money_eu_month_open();
CREATE TRIGGER month_open BEFORE INSERT ON money_euentry FOR EACH ROW EXECUTE FUNCTION money_eu_month_open();
CREATE TRIGGER claim_alone BEFORE INSERT ON money_euclaim FOR EACH ROW EXECUTE FUNCTION money_eu_claim_alone();
CREATE TRIGGER two_persons BEFORE INSERT ON money_euclaimstep FOR EACH ROW EXECUTE FUNCTION money_eu_two_persons();
"""

BACKWARD = """
DROP TRIGGER two_persons ON money_euclaimstep;
DROP TRIGGER claim_alone ON money_euclaim;
DROP TRIGGER month_open ON money_euentry;
DROP TRIGGER month_open ON money_euparticipanthours;
DROP TRIGGER month_open ON money_euhours;
DROP FUNCTION money_eu_two_persons();
DROP FUNCTION money_eu_claim_alone();
DROP FUNCTION money_eu_month_open();
DROP FUNCTION money_eu_is_closed(uuid, date);
DROP FUNCTION money_eu_lock(uuid);
"""


class Migration(migrations.Migration):
    dependencies = [("money", "0009_eu_projects")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
