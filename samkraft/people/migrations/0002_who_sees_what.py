"""Row-level security over everything about a person: two keys, both needed, and protected identity above them.

(a) The row belongs to the reader's own area. (b) The reader is on the case, through a team or personally, with a
membership that is live now. The category must be one that the role meets at work. A protected person is seen only by
those on the named list. Without a context there are no rows. `people.rules.secrecy` gives the same answer in Python.
"""

from django.db import migrations

from samkraft.people.rules.categories import CATEGORIES, READS, WRITES

ME = """
CREATE FUNCTION people_me() RETURNS TABLE (membership_id uuid, area_id uuid, role text, user_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT m.id, m.area_id, m.role::text, m.user_id FROM partners_membership m
    JOIN partners_user u ON u.id = m.user_id AND u.is_active
    WHERE m.id = nullif(current_setting('samkraft.membership', true), '')::uuid
      AND m.user_id = nullif(current_setting('samkraft.actor', true), '')::uuid
      AND m.area_id = nullif(current_setting('samkraft.area', true), '')::uuid
      AND m.role = current_setting('samkraft.role', true)
      AND m.valid @> (statement_timestamp() AT TIME ZONE 'Europe/Stockholm')::date
$$;

CREATE FUNCTION people_reads() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT category::text FROM people_rolecategory WHERE reads AND role = current_setting('samkraft.role', true)
$$;

CREATE FUNCTION people_writes() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT category::text FROM people_rolecategory WHERE writes_it AND role = current_setting('samkraft.role', true)
$$;

-- The persons whose case the asker is on now, in the asker's own area, in a role that meets people at all. Jäv is stronger
-- than team and assignment.
CREATE FUNCTION people_cases() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT c.person_id FROM people_me() me
    JOIN people_caseaccess c ON c.membership_id = me.membership_id AND c.area_id = me.area_id
    WHERE c.period @> statement_timestamp() AND EXISTS (SELECT 1 FROM people_reads())
      AND NOT EXISTS (SELECT 1 FROM people_recusal r WHERE r.person_id = c.person_id AND r.user_id = me.user_id)
    UNION
    SELECT c.person_id FROM people_me() me
    JOIN initiatives_teammember t ON t.membership_id = me.membership_id AND NOT t.personal
     AND t.period @> (statement_timestamp() AT TIME ZONE 'Europe/Stockholm')::date
    JOIN people_caseaccess c ON c.team_id = t.team_id AND c.area_id = me.area_id
    WHERE c.period @> statement_timestamp() AND EXISTS (SELECT 1 FROM people_reads())
      AND NOT EXISTS (SELECT 1 FROM people_recusal r WHERE r.person_id = c.person_id AND r.user_id = me.user_id)
$$;

-- Those who are protected and whose named list the asker is not on, among all that the asker could meet otherwise.
CREATE FUNCTION people_hidden() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT p.person_id FROM people_protection p
    WHERE p.period @> statement_timestamp()
      AND (p.person_id IN (SELECT people_cases()) OR p.person_id IN (SELECT b.person_id FROM people_breakglass b
        WHERE b.membership_id = nullif(current_setting('samkraft.membership', true), '')::uuid))
      AND NOT EXISTS (
        SELECT 1 FROM people_protectionname n
        WHERE n.person_id = p.person_id AND n.period @> statement_timestamp()
          AND n.membership_id = nullif(current_setting('samkraft.membership', true), '')::uuid)
$$;

-- Whether a membership is of the asker's own area, or of one that has given or been given something about the person by it:
-- what the asker knows already. Others on the named list would tell that their area knows the person.
CREATE FUNCTION people_is_known_party(person uuid, membership uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM people_me() me JOIN partners_membership m ON m.id = membership
        WHERE m.area_id = me.area_id OR person IN (SELECT people_cases()) AND EXISTS (
            SELECT 1 FROM people_consentscope s WHERE s.person_id = person
            AND me.area_id IN (s.from_area_id, s.to_area_id) AND m.area_id IN (s.from_area_id, s.to_area_id)))
$$;

-- The areas whose nödåtkomst the asker reviews: those of the own organisation and of what lies under it.
CREATE FUNCTION people_reviews() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH RECURSIVE below AS (
        SELECT m.organisation_id AS id FROM people_me() me JOIN partners_membership m ON m.id = me.membership_id
        WHERE me.role = 'data_protection_officer'
        UNION SELECT o.id FROM partners_organisation o JOIN below b ON o.parent_id = b.id)
    SELECT a.id FROM partners_secrecyarea a JOIN below b ON b.id = a.authority_id
$$;
"""

FUNCTIONS = (
    "people_me(), people_reads(), people_writes(), people_cases(), people_hidden(), "
    "people_is_known_party(uuid, uuid), people_reviews()"
)

OWNED = f"""
GRANT CREATE ON SCHEMA public TO samkraft_guard;
ALTER FUNCTION people_me() OWNER TO samkraft_guard;
ALTER FUNCTION people_cases() OWNER TO samkraft_guard;
ALTER FUNCTION people_hidden() OWNER TO samkraft_guard;
ALTER FUNCTION people_reads() OWNER TO samkraft_guard;
ALTER FUNCTION people_writes() OWNER TO samkraft_guard;
ALTER FUNCTION people_is_known_party(uuid, uuid) OWNER TO samkraft_guard;
ALTER FUNCTION people_reviews() OWNER TO samkraft_guard;
REVOKE CREATE ON SCHEMA public FROM samkraft_guard;
REVOKE ALL ON FUNCTION {FUNCTIONS} FROM PUBLIC;
GRANT EXECUTE ON FUNCTION {FUNCTIONS} TO samkraft_app, samkraft_owner;
GRANT SELECT ON partners_membership, partners_secrecyarea, initiatives_team, initiatives_teammember TO samkraft_guard;
GRANT SELECT (id, is_active) ON partners_user TO samkraft_guard;
GRANT SELECT (id, parent_id) ON partners_organisation TO samkraft_guard;
GRANT SELECT ON people_category, people_rolecategory, people_statute TO samkraft_guard;
GRANT SELECT, INSERT, UPDATE ON people_person, people_identity, people_match, people_protection, people_protectionname,
    people_caseaccess, people_recusal, people_breakglass, people_enrolment, people_contribution, people_consent,
    people_consentscope, people_disclosure TO samkraft_guard;
GRANT SELECT, INSERT, UPDATE, DELETE ON people_searchtoken, people_overview TO samkraft_guard;
GRANT SELECT, INSERT, DELETE ON people_guardcall TO samkraft_guard;
GRANT USAGE ON SEQUENCE people_searchtoken_id_seq, people_guardcall_id_seq TO samkraft_guard;
"""

# Every table about a person, and the owner's and the guard's own policies on it. Under FORCE the owner sees nothing
# without one, and a data migration would silently change nothing.
TABLES = (
    "person", "identity", "match", "protection", "protectionname", "caseaccess", "recusal", "breakglass", "enrolment",
    "contribution", "consent", "consentscope", "disclosure", "searchtoken", "overview", "guardcall",
)  # fmt: skip

AREA = "nullif(current_setting('samkraft.area', true), '')::uuid"
MEMBERSHIP = "nullif(current_setting('samkraft.membership', true), '')::uuid"
ROLE = "current_setting('samkraft.role', true)"
ON_CASE = "person_id = ANY (ARRAY(SELECT people_cases()))"
READABLE = "category = ANY (ARRAY(SELECT people_reads()))"
WRITABLE = "category = ANY (ARRAY(SELECT people_writes()))"
PARTY = f"(from_area_id = {AREA} OR to_area_id = {AREA})"
MINE = f"area_id = {AREA} AND {ON_CASE}"

# name → (table, command, USING or WITH CHECK)
POLICIES: dict[str, tuple[str, str, str]] = {
    "reads_own_area_on_case": ("contribution", "SELECT", f"USING ({MINE} AND {READABLE})"),
    "writes_in_own_name": (
        "contribution",
        "INSERT",
        f"WITH CHECK ({MINE} AND {WRITABLE} AND author_area_id = {AREA} AND author_membership_id = {MEMBERSHIP} "
        f"AND author_role = {ROLE} AND copy_of_id IS NULL AND disclosure_id IS NULL)",
    ),
    "reads_access_of_own_area": ("caseaccess", "SELECT", f"USING ({MINE})"),
    "reads_recusals_of_own_area": ("recusal", "SELECT", f"USING ({MINE})"),
    "reads_enrolment": ("enrolment", "SELECT", f"USING ({MINE} AND {READABLE})"),
    "enrols": ("enrolment", "INSERT", f"WITH CHECK ({MINE} AND {WRITABLE})"),
    "ends_enrolment": ("enrolment", "UPDATE", f"USING ({MINE} AND {WRITABLE}) WITH CHECK ({MINE} AND {WRITABLE})"),
    "reads_as_party": ("consent", "SELECT", f"USING ({PARTY} AND {ON_CASE})"),
    "registers_what_it_may_release": (
        "consent",
        "INSERT",
        f"WITH CHECK (from_area_id = {AREA} AND registered_membership_id = {MEMBERSHIP} AND {ON_CASE})",
    ),
    "reads_scope_as_party": ("consentscope", "SELECT", f"USING ({PARTY} AND {ON_CASE})"),
    "registers_scope": (
        "consentscope",
        "INSERT",
        f"WITH CHECK (from_area_id = {AREA} AND {ON_CASE} AND withdrawn_at IS NULL AND EXISTS (SELECT 1 FROM "
        "people_consent c WHERE c.id = consent_id AND c.person_id = people_consentscope.person_id AND c.from_area_id = "
        "people_consentscope.from_area_id AND c.to_area_id = people_consentscope.to_area_id))",
    ),
    "reads_disclosure_as_party": ("disclosure", "SELECT", f"USING ({PARTY} AND {ON_CASE} AND {READABLE})"),
    "reads_protection_on_case": ("protection", "SELECT", f"USING ({ON_CASE})"),
    "reads_named_list": (
        "protectionname",
        "SELECT",
        f"USING ({ON_CASE} AND people_is_known_party(person_id, membership_id))",
    ),
    "searches_on_case": ("searchtoken", "SELECT", f"USING ({MINE} AND {READABLE})"),
    "reads_overview": ("overview", "SELECT", f"USING ({MINE} AND {READABLE})"),
    "reads_own_break_glass": ("breakglass", "SELECT", f"USING (area_id = {AREA} AND membership_id = {MEMBERSHIP})"),
    "reviews_break_glass": (
        "breakglass",
        "SELECT",
        "USING (area_id = ANY (ARRAY(SELECT people_reviews())))",
    ),
    "steward_sees_matches": (
        "match",
        "SELECT",
        f"USING ({ROLE} = 'duplicate_steward' AND EXISTS (SELECT 1 FROM people_me()))",
    ),
}

# Protected identity stands above everything: restrictive, so that no policy added later can open what it closes.
PROTECTED = (
    "contribution", "enrolment", "consent", "consentscope", "disclosure", "caseaccess", "recusal", "searchtoken",
    "overview", "protection", "protectionname", "breakglass",
)  # fmt: skip

# The trail about people: who has looked, for those on the case in the area where it was done. What has gone out of sight
# takes its trail along, also what the reader did. Nobody writes another area's or membership's trail.
KNOWN = "ANY (ARRAY(SELECT c::text FROM people_cases() AS c WHERE c NOT IN (SELECT people_hidden())))"
TRAIL: dict[str, str] = {
    "sees_who_looked": (
        f"FOR SELECT TO samkraft_app USING (area_id = {AREA} AND subject_kind = 'people.person' AND subject_id = {KNOWN})"
    ),
    "people_stay_in_their_area": (
        f"AS RESTRICTIVE FOR SELECT TO samkraft_app USING (subject_kind NOT LIKE 'people.%' OR (area_id = {AREA} "
        f"AND (subject_kind <> 'people.person' OR subject_id = '' OR subject_id = {KNOWN})))"
    ),
    "writes_in_own_area": (
        f"AS RESTRICTIVE FOR INSERT TO samkraft_app WITH CHECK (area_id = {AREA} AND membership_id = {MEMBERSHIP})"
    ),
}


def _secure() -> str:
    lines = []
    for table in TABLES:
        name = f"people_{table}"
        lines += [
            f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY;",
            f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY;",
            f"CREATE POLICY owner_sees_all ON {name} TO samkraft_owner USING (true) WITH CHECK (true);",
            f"CREATE POLICY guard_sees_all ON {name} TO samkraft_guard USING (true) WITH CHECK (true);",
        ]
    for policy, (table, command, clause) in POLICIES.items():
        lines.append(f"CREATE POLICY {policy} ON people_{table} FOR {command} TO samkraft_app {clause};")
    for table in PROTECTED:
        lines.append(
            f"CREATE POLICY protected_identity ON people_{table} AS RESTRICTIVE TO samkraft_app "
            "USING (NOT person_id = ANY (ARRAY(SELECT people_hidden())));"
        )
    lines += [f"CREATE POLICY {name} ON audit_event {clause};" for name, clause in TRAIL.items()]
    return "\n".join(lines)


def _open() -> str:
    lines = [f"DROP POLICY {name} ON audit_event;" for name in TRAIL]
    for table in PROTECTED:
        lines.append(f"DROP POLICY protected_identity ON people_{table};")
    for policy, (table, _, _) in POLICIES.items():
        lines.append(f"DROP POLICY {policy} ON people_{table};")
    for table in TABLES:
        lines += [
            f"DROP POLICY guard_sees_all ON people_{table};",
            f"DROP POLICY owner_sees_all ON people_{table};",
            f"ALTER TABLE people_{table} DISABLE ROW LEVEL SECURITY;",
        ]
    return "\n".join([*lines, f"DROP FUNCTION {FUNCTIONS};"])


def _data() -> list[tuple[str, list[object]]]:
    rows: list[tuple[str, list[object]]] = [
        ("INSERT INTO people_category (code, release, sensitive) VALUES (%s, %s, %s)",
         [category.value, said.release.value, said.sensitive])
        for category, said in CATEGORIES.items()
    ]  # fmt: skip
    for role, reads in READS.items():
        for category in sorted(reads):
            rows.append((
                "INSERT INTO people_rolecategory (role, category, reads, writes_it) VALUES (%s, %s, true, %s)",
                [role.value, category.value, category in WRITES[role]],
            ))  # fmt: skip
    return rows


class Migration(migrations.Migration):
    dependencies = [("people", "0001_begin"), ("audit", "0002_seals_and_secrecy")]
    operations = [
        migrations.RunSQL(_data(), "DELETE FROM people_rolecategory; DELETE FROM people_category;"),
        migrations.RunSQL(ME + OWNED + _secure(), _open()),
    ]
