"""Sealing, thinning and row-level security of the trail.

`audit_seal()` and `audit_thin()` are owned by roles of their own: the serving role can neither write a seal nor remove
an event. Rows are sealed only when they are older than every open transaction, so that none can slip in behind a seal.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION audit_digest(e audit_event) RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
    SELECT encode(sha256(convert_to(json_build_array(
        e.id::text,
        (extract(epoch FROM e.at) * 1000000)::bigint::text,
        (extract(epoch FROM e.recorded_at) * 1000000)::bigint::text,
        e.transaction::text, e.actor_id::text, e.actor_name, e.membership_id::text, e.role, e.area_id::text,
        e.purpose, e.action, e.subject_kind, e.subject_id, e.subject_name, e.salt, e.content
    )::text, 'UTF8')), 'hex')
$$;

CREATE FUNCTION audit_seal() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    last audit_seal%ROWTYPE;
    this audit_seal%ROWTYPE;
    body text;
    beyond bigint := pg_snapshot_xmax(pg_current_snapshot())::text::bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('audit_seal'));
    SELECT * INTO last FROM audit_seal ORDER BY number DESC LIMIT 1;
    this.number := coalesce(last.number, 0) + 1;
    this.sealed_at := clock_timestamp();
    this.horizon := pg_snapshot_xmin(pg_current_snapshot())::text::bigint;
    INSERT INTO audit_seal (number, sealed_at, horizon, count, chain)
        VALUES (this.number, this.sealed_at, this.horizon, 0, '');
    -- A transaction number beyond the newest one comes from before a restore into another cluster: seal it too.
    INSERT INTO audit_sealeddigest (event_id, seal_id, digest, thinning_id)
        SELECT e.id, this.number, audit_digest(e), NULL FROM audit_event e
        WHERE (e.transaction < this.horizon OR e.transaction >= beyond)
          AND (last.sealed_at IS NULL OR e.recorded_at > last.sealed_at - interval '1 day')
          AND NOT EXISTS (SELECT 1 FROM audit_sealeddigest d WHERE d.event_id = e.id);
    SELECT count(*), coalesce(string_agg(event_id::text || digest, '' ORDER BY event_id), '')
        INTO this.count, body FROM audit_sealeddigest WHERE seal_id = this.number;
    IF this.count = 0 THEN
        DELETE FROM audit_seal WHERE number = this.number;
        RETURN NULL;
    END IF;
    UPDATE audit_seal SET count = this.count, chain = encode(sha256(convert_to(
        coalesce(last.chain, '') || ':' || this.number || ':' || (extract(epoch FROM this.sealed_at) * 1000000)::bigint
        || ':' || this.horizon || ':' || this.count || ':' || body, 'UTF8')), 'hex')
        WHERE number = this.number;
    RETURN this.number;
END $$;

CREATE FUNCTION audit_thin(before_time timestamptz, by_decision text, by_name text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    protocol uuid := gen_random_uuid();
    removed bigint;
BEGIN
    IF coalesce(by_decision, '') = '' OR coalesce(by_name, '') = '' THEN
        RAISE EXCEPTION 'thinning needs a decision and a name';
    END IF;
    INSERT INTO audit_thinning (id, thinned_at, decision, thinned_by, before, count)
        VALUES (protocol, clock_timestamp(), by_decision, by_name, before_time, 0);
    UPDATE audit_sealeddigest d SET thinning_id = protocol FROM audit_event e
        WHERE e.id = d.event_id AND e.recorded_at < before_time;
    DELETE FROM audit_event e USING audit_sealeddigest d WHERE d.event_id = e.id AND d.thinning_id = protocol;
    GET DIAGNOSTICS removed = ROW_COUNT;
    UPDATE audit_thinning SET count = removed WHERE id = protocol;
    RETURN removed;
END $$;

GRANT CREATE ON SCHEMA public TO samkraft_guard, samkraft_keeper;
ALTER FUNCTION audit_seal() OWNER TO samkraft_guard;
ALTER FUNCTION audit_thin(timestamptz, text, text) OWNER TO samkraft_keeper;
REVOKE CREATE ON SCHEMA public FROM samkraft_guard, samkraft_keeper;
GRANT USAGE ON SCHEMA public TO samkraft_guard, samkraft_keeper;
REVOKE ALL ON FUNCTION audit_seal(), audit_thin(timestamptz, text, text), audit_digest(audit_event) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_digest(audit_event) TO samkraft_guard;
GRANT EXECUTE ON FUNCTION audit_seal() TO samkraft_app, samkraft_owner;
GRANT EXECUTE ON FUNCTION audit_thin(timestamptz, text, text) TO samkraft_owner;
GRANT SELECT ON audit_event TO samkraft_guard;
GRANT SELECT, INSERT, UPDATE, DELETE ON audit_seal TO samkraft_guard;
GRANT SELECT, INSERT ON audit_sealeddigest TO samkraft_guard;
GRANT SELECT, DELETE ON audit_event TO samkraft_keeper;
GRANT SELECT, UPDATE ON audit_sealeddigest TO samkraft_keeper;
GRANT SELECT, INSERT, UPDATE ON audit_thinning TO samkraft_keeper;

ALTER TABLE audit_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_event FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_sees_all ON audit_event TO samkraft_owner USING (true) WITH CHECK (true);
CREATE POLICY guard_seals ON audit_event FOR SELECT TO samkraft_guard USING (true);
CREATE POLICY keeper_thins_select ON audit_event FOR SELECT TO samkraft_keeper USING (true);
CREATE POLICY keeper_thins_delete ON audit_event FOR DELETE TO samkraft_keeper USING (true);
CREATE POLICY acts_in_own_name ON audit_event FOR INSERT TO samkraft_app
    WITH CHECK (actor_id = nullif(current_setting('samkraft.actor', true), '')::uuid);
CREATE POLICY sees_own ON audit_event FOR SELECT TO samkraft_app
    USING (actor_id = nullif(current_setting('samkraft.actor', true), '')::uuid);
CREATE POLICY sees_what_is_not_about_people ON audit_event FOR SELECT TO samkraft_app
    USING (nullif(current_setting('samkraft.actor', true), '') IS NOT NULL
           AND (subject_kind LIKE 'money.%' OR subject_kind LIKE 'initiatives.%'));
"""

BACKWARD = """
DROP POLICY sees_what_is_not_about_people ON audit_event;
DROP POLICY sees_own ON audit_event;
DROP POLICY acts_in_own_name ON audit_event;
DROP POLICY keeper_thins_delete ON audit_event;
DROP POLICY keeper_thins_select ON audit_event;
DROP POLICY guard_seals ON audit_event;
DROP POLICY owner_sees_all ON audit_event;
ALTER TABLE audit_event DISABLE ROW LEVEL SECURITY;
DROP FUNCTION audit_thin(timestamptz, text, text);
DROP FUNCTION audit_seal();
DROP FUNCTION audit_digest(audit_event);
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_begin")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
