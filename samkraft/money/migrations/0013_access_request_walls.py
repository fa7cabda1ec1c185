"""A request for documents is known to the authority that got it, and who answered never decides for the authority."""

from django.db import migrations

OURS = """organisation_id IN (
    SELECT organisation_id FROM money_acting() WHERE role IN ('fund_officer', 'committee_controller'))"""
IN_OURS = f"request_id IN (SELECT id FROM money_accessrequest WHERE {OURS})"
TABLES = {"accessrequest": OURS, "accessdocument": IN_OURS, "accessstep": IN_OURS}


def _walls() -> str:
    lines = []
    for table, condition in TABLES.items():
        name = f"money_{table}"
        lines += [
            f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY;",
            f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY;",
            f"CREATE POLICY owner_sees_all ON {name} TO samkraft_owner USING (true) WITH CHECK (true);",
            f"CREATE POLICY authority_reads_its_own ON {name} FOR SELECT TO samkraft_app USING ({condition});",
            f"CREATE POLICY authority_writes_its_own ON {name} FOR INSERT TO samkraft_app WITH CHECK ({condition});",
        ]
    return "\n".join(lines)


def _down() -> str:
    policies = ("owner_sees_all", "authority_reads_its_own", "authority_writes_its_own")
    lines = []
    for table in TABLES:
        lines += [f"DROP POLICY {policy} ON money_{table};" for policy in policies]
        lines.append(f"ALTER TABLE money_{table} NO FORCE ROW LEVEL SECURITY;")
        lines.append(f"ALTER TABLE money_{table} DISABLE ROW LEVEL SECURITY;")
    return "\n".join(lines)


FORWARD = """
CREATE FUNCTION money_access_two_persons() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.step = 'decided' AND EXISTS (
        SELECT 1 FROM money_accessstep s
        WHERE s.request_id = NEW.request_id AND s.step = 'answered' AND s.by_id = NEW.by_id) THEN
        RAISE EXCEPTION 'money_access_same_person' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER two_persons BEFORE INSERT ON money_accessstep FOR EACH ROW EXECUTE FUNCTION money_access_two_persons();
"""
BACKWARD = """
DROP TRIGGER two_persons ON money_accessstep;
DROP FUNCTION money_access_two_persons();
"""


class Migration(migrations.Migration):
    dependencies = [("money", "0012_access_requests")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD), migrations.RunSQL(_walls(), _down())]
