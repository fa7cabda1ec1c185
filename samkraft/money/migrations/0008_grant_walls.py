"""An organisation's draft is its own: row-level security keeps it from the city until it is sent, for owner and slips alike.

What is sent is numbered by the database and can never change. Instalments never add up to more than the grant, nor
draws to more than their pot.
"""

from django.db import migrations

ME = """
-- Who asks, when the membership in the context is real and live: organisation and role. Without it there are no rows.
CREATE FUNCTION money_acting() RETURNS TABLE (membership_id uuid, organisation_id uuid, role text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT m.id, m.organisation_id, m.role::text FROM partners_membership m
    JOIN partners_user u ON u.id = m.user_id AND u.is_active
    WHERE m.id = nullif(current_setting('samkraft.membership', true), '')::uuid
      AND m.user_id = nullif(current_setting('samkraft.actor', true), '')::uuid
      AND m.organisation_id = nullif(current_setting('samkraft.organisation', true), '')::uuid
      AND m.role = current_setting('samkraft.role', true)
      AND m.valid @> (statement_timestamp() AT TIME ZONE 'Europe/Stockholm')::date
$$;

-- The organisation that the asker may write applications and reports for.
CREATE FUNCTION money_applying() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT organisation_id FROM money_acting() WHERE role IN ('grantee_reporter', 'grantee_signatory')
$$;

-- The applications that somebody in the city may read once they are sent: the city office all of them, an assessor those
-- that he or she is appointed for and not disqualified from, a committee those that it is asked about.
CREATE FUNCTION money_may_read_sent(application uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM money_acting() me WHERE me.role = 'fund_officer'
        OR me.role = 'grant_assessor' AND EXISTS (SELECT 1 FROM money_grantassessor a
            WHERE a.application_id = application AND a.membership_id = me.membership_id AND a.recused_at IS NULL)
        OR me.role = 'committee_controller' AND EXISTS (SELECT 1 FROM money_grantopinion o
            WHERE o.application_id = application AND o.organisation_id = me.organisation_id))
$$;

CREATE FUNCTION money_number_application() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF OLD.sent_at IS NOT NULL THEN
        RAISE EXCEPTION 'an application that is sent does not change'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'money_grantapplication_sealed';
    END IF;
    IF NEW.organisation_id <> OLD.organisation_id OR NEW.call_id <> OLD.call_id THEN
        RAISE EXCEPTION 'an application stays with its organisation and its call'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'money_grantapplication_sealed';
    END IF;
    NEW.number := NULL;
    NEW.number_year := NULL;
    IF NEW.sent_at IS NOT NULL THEN
        NEW.number_year := extract(year FROM NEW.sent_at AT TIME ZONE 'Europe/Stockholm');
        INSERT INTO money_grantseries AS s (year, next_number) VALUES (NEW.number_year, 2)
            ON CONFLICT (year) DO UPDATE SET next_number = s.next_number + 1
            RETURNING s.next_number - 1 INTO NEW.number;
    END IF;
    RETURN NEW;
END $$;

-- A side that has signed has signed this text: only the signatures may come, once each.
CREATE FUNCTION money_agreement_stands() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.text <> OLD.text OR NEW.digest <> OLD.digest OR NEW.starts_on <> OLD.starts_on OR NEW.ends_on <> OLD.ends_on
       OR NEW.grant_id <> OLD.grant_id OR NEW.version <> OLD.version
       OR (OLD.city_signed_at IS NOT NULL AND NEW.city_signed_at IS DISTINCT FROM OLD.city_signed_at)
       OR (OLD.receiver_signed_at IS NOT NULL AND NEW.receiver_signed_at IS DISTINCT FROM OLD.receiver_signed_at) THEN
        RAISE EXCEPTION 'an agreement is changed by a new version'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'money_grantagreement_stands';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION money_instalments_fit() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('grant ' || NEW.grant_id, 0));
    IF (SELECT sum(amount_ore) FROM money_grantinstalment WHERE grant_id = NEW.grant_id)
       > (SELECT amount_ore FROM money_grant WHERE id = NEW.grant_id) THEN
        RAISE EXCEPTION 'instalments add up to more than the grant'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'money_grantinstalment_within_grant';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION money_recoveries_fit() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('grant ' || NEW.grant_id, 0));
    IF (SELECT sum(amount_ore) FROM money_grantrecovery WHERE grant_id = NEW.grant_id)
       > (SELECT amount_ore FROM money_grant WHERE id = NEW.grant_id) THEN
        RAISE EXCEPTION 'more is recovered than was granted'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'money_grantrecovery_within_grant';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION money_draws_fit() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('pot ' || NEW.pot_id, 0));
    IF (SELECT sum(amount_ore) FROM money_potdraw WHERE pot_id = NEW.pot_id AND is_given)
       > (SELECT amount_ore FROM money_pot WHERE id = NEW.pot_id) THEN
        RAISE EXCEPTION 'more is drawn than the pot holds'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'money_potdraw_within_pot';
    END IF;
    RETURN NULL;
END $$;
"""

RULES = """
CREATE TRIGGER is_registered BEFORE UPDATE ON money_grantapplication
    FOR EACH ROW EXECUTE FUNCTION money_number_application();
CREATE TRIGGER stands BEFORE UPDATE ON money_grantagreement FOR EACH ROW EXECUTE FUNCTION money_agreement_stands();
CREATE TRIGGER within_grant AFTER INSERT OR UPDATE OF amount_ore, grant_id ON money_grantinstalment
    FOR EACH ROW EXECUTE FUNCTION money_instalments_fit();
CREATE TRIGGER within_grant AFTER INSERT OR UPDATE OF amount_ore, grant_id ON money_grantrecovery
    FOR EACH ROW EXECUTE FUNCTION money_recoveries_fit();
CREATE TRIGGER within_pot AFTER INSERT OR UPDATE ON money_potdraw FOR EACH ROW EXECUTE FUNCTION money_draws_fit();
"""

OWNED = """
GRANT CREATE ON SCHEMA public TO samkraft_guard;
ALTER FUNCTION money_acting() OWNER TO samkraft_guard;
ALTER FUNCTION money_applying() OWNER TO samkraft_guard;
ALTER FUNCTION money_may_read_sent(uuid) OWNER TO samkraft_guard;
ALTER FUNCTION money_number_application() OWNER TO samkraft_guard;
REVOKE CREATE ON SCHEMA public FROM samkraft_guard;
GRANT USAGE ON SCHEMA public TO samkraft_guard;
GRANT SELECT ON partners_membership, money_grantassessor, money_grantopinion TO samkraft_guard;
GRANT SELECT (id, is_active) ON partners_user TO samkraft_guard;
GRANT SELECT, INSERT, UPDATE ON money_grantseries TO samkraft_guard;
REVOKE ALL ON FUNCTION money_acting(), money_applying(), money_may_read_sent(uuid), money_number_application(),
    money_agreement_stands(), money_instalments_fit(), money_recoveries_fit(), money_draws_fit() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION money_acting(), money_applying(), money_may_read_sent(uuid) TO samkraft_app, samkraft_owner;
"""

MINE = "organisation_id IN (SELECT money_applying())"
# table → policy → (command, USING, WITH CHECK)
POLICIES: dict[str, dict[str, tuple[str, str, str]]] = {
    "grantapplication": {
        "organisation_reads_its_own": ("SELECT", MINE, ""),
        "city_reads_what_is_sent": ("SELECT", "sent_at IS NOT NULL AND money_may_read_sent(id)", ""),
        "organisation_begins": ("INSERT", "", f"{MINE} AND sent_at IS NULL AND number IS NULL"),
        "organisation_writes": ("UPDATE", f"{MINE} AND sent_at IS NULL", MINE),
    },
    "grantreportcontent": {
        "organisation_reads_its_own": ("SELECT", MINE, ""),
        "city_reads_what_is_sent": (
            "SELECT",
            "is_sent AND EXISTS (SELECT 1 FROM money_grantreport r WHERE r.id = report_id AND r.sent_at IS NOT NULL) "
            "AND EXISTS (SELECT 1 FROM money_acting() me WHERE me.role IN ('fund_officer', 'committee_controller'))",
            "",
        ),
        "organisation_begins": ("INSERT", "", f"{MINE} AND NOT is_sent"),
        "organisation_writes": (
            "UPDATE",
            f"{MINE} AND (NOT is_sent OR EXISTS "
            "(SELECT 1 FROM money_grantreport r WHERE r.id = report_id AND r.sent_at IS NULL))",
            MINE,
        ),
    },
    "grantattachment": {
        "goes_with_what_it_belongs_to": (
            "SELECT",
            "EXISTS (SELECT 1 FROM money_grantapplication a WHERE a.id = application_id) "
            "OR EXISTS (SELECT 1 FROM money_grantreportcontent r WHERE r.report_id = money_grantattachment.report_id)",
            "",
        ),
        "organisation_adds": (
            "INSERT",
            "",
            "EXISTS (SELECT 1 FROM money_grantapplication a WHERE a.id = application_id "
            "AND a.organisation_id IN (SELECT money_applying()) AND (a.sent_at IS NULL OR EXISTS ("
            "SELECT 1 FROM money_grantevent e WHERE e.application_id = a.id AND e.kind = 'completion_asked'))) "
            "OR EXISTS (SELECT 1 FROM money_grantreportcontent r WHERE r.report_id = money_grantattachment.report_id "
            "AND r.organisation_id IN (SELECT money_applying()) AND NOT r.is_sent)",
        ),
        "organisation_removes_from_a_draft": (
            "DELETE",
            "EXISTS (SELECT 1 FROM money_grantapplication a WHERE a.id = application_id "
            "AND a.organisation_id IN (SELECT money_applying()) AND a.sent_at IS NULL) "
            "OR EXISTS (SELECT 1 FROM money_grantreportcontent r WHERE r.report_id = money_grantattachment.report_id "
            "AND r.organisation_id IN (SELECT money_applying()) AND NOT r.is_sent)",
            "",
        ),
    },
}


def _walls() -> str:
    lines = []
    for table, policies in POLICIES.items():
        name = f"money_{table}"
        lines += [
            f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY;",
            f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY;",
            f"CREATE POLICY owner_sees_all ON {name} TO samkraft_owner USING (true) WITH CHECK (true);",
        ]
        for policy, (command, using, check) in policies.items():
            clause = (f" USING ({using})" if using else "") + (f" WITH CHECK ({check})" if check else "")
            lines.append(f"CREATE POLICY {policy} ON {name} FOR {command} TO samkraft_app{clause};")
    return "\n".join(lines)


def _down() -> str:
    lines = []
    for table, policies in POLICIES.items():
        lines += [f"DROP POLICY {policy} ON money_{table};" for policy in (*policies, "owner_sees_all")]
        lines.append(f"ALTER TABLE money_{table} NO FORCE ROW LEVEL SECURITY;")
        lines.append(f"ALTER TABLE money_{table} DISABLE ROW LEVEL SECURITY;")
    return "\n".join(lines)


BACKWARD = """
DROP TRIGGER within_pot ON money_potdraw;
DROP TRIGGER within_grant ON money_grantrecovery;
DROP TRIGGER within_grant ON money_grantinstalment;
DROP TRIGGER stands ON money_grantagreement;
DROP TRIGGER is_registered ON money_grantapplication;
DROP FUNCTION money_draws_fit();
DROP FUNCTION money_recoveries_fit();
DROP FUNCTION money_instalments_fit();
DROP FUNCTION money_agreement_stands();
DROP FUNCTION money_number_application();
DROP FUNCTION money_may_read_sent(uuid);
DROP FUNCTION money_applying();
DROP FUNCTION money_acting();
"""


class Migration(migrations.Migration):
    dependencies = [("money", "0007_grants")]
    operations = [
        migrations.RunSQL(ME + RULES + OWNED, BACKWARD),
        migrations.RunSQL(_walls(), _down()),
    ]
