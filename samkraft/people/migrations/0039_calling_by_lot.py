"""Call lists: an area lays in whom it may call, an evaluator draws among codes, and only those drawn are ever named.

Two doors that do not meet. Those who call see names of the drawn in their own area, and no outcome. The evaluator sees codes
before the lot, and after it rows under other names, which lead neither to a code nor to a person. What the code drew is put
on the entries by the database itself.
"""

from importlib import import_module

from django.db import migrations

owned = import_module("samkraft.people.migrations.0003_on_the_case").owned
second = import_module("samkraft.people.migrations.0002_who_sees_what")

GUARDED = """
-- The lists that the asker calls on, in the own area.
CREATE FUNCTION people_call_lists() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT l.id FROM people_me() me JOIN people_caller c ON c.membership_id = me.membership_id
    JOIN people_calllist l ON l.id = c.list_id AND l.area_id = me.area_id
$$;

-- Those on a list who are protected now, under whatever row their number is known.
CREATE FUNCTION people_call_protected(asked uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT e.person_id FROM people_callentry e
    JOIN people_identity mine ON mine.person_id = e.person_id AND upper_inf(mine.valid)
    JOIN people_identity same ON same.number = mine.number
    JOIN people_protection p ON p.person_id = same.person_id AND p.period @> statement_timestamp()
    WHERE e.list_id = asked
$$;

CREATE FUNCTION people_call_hidden() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT p FROM people_call_lists() AS l CROSS JOIN LATERAL people_call_protected(l) AS p
$$;

CREATE FUNCTION people_call_require_mine(asked uuid) RETURNS people_calllist
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE held people_calllist%ROWTYPE;
BEGIN
    SELECT * INTO held FROM people_calllist l WHERE l.id = asked AND l.id IN (SELECT people_call_lists()) FOR UPDATE;
    IF NOT FOUND THEN PERFORM people_refuse('call_list_not_yours'); END IF;
    RETURN held;
END $$;

-- Lay in a list. Who is protected, or takes part already, is left out and not told apart; the answer is how many stand in it.
CREATE FUNCTION people_call_make(asked uuid, initiative uuid, numbers text[], kinds text[], given text[], family text[],
    phones text[], strata text[], born integer[], before boolean[], by_name text, at timestamptz,
    OUT made uuid, OUT listed bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE me record;
BEGIN
    SELECT * INTO me FROM people_me();
    IF NOT FOUND OR NOT ('referral' IN (SELECT people_writes())) THEN PERFORM people_refuse('may_not_refer'); END IF;
    PERFORM people_limit('call_make', 10);
    made := gen_random_uuid();
    INSERT INTO people_calllist (id, registration, initiative_id, area_id, made_at, made_by)
        VALUES (made, asked, initiative, me.area_id, at, by_name) ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN PERFORM people_refuse('call_list_exists'); END IF;
    INSERT INTO people_caller (id, list_id, membership_id, named_at, named_by)
        VALUES (gen_random_uuid(), made, me.membership_id, at, by_name);
    WITH said AS MATERIALIZED (
        SELECT gen_random_uuid() AS person, u.* FROM unnest(numbers, kinds, given, family, phones, strata, born, before)
            AS u (number, kind, given_name, family_name, phone, stratum, birth_year, worked_before)
        WHERE NOT EXISTS (SELECT 1 FROM people_identity i JOIN people_protection p ON p.person_id = i.person_id
                WHERE i.number = u.number AND p.period @> statement_timestamp())
          AND NOT EXISTS (SELECT 1 FROM people_identity i JOIN people_enrolment e ON e.person_id = i.person_id
                WHERE i.number = u.number AND e.initiative_id = initiative AND e.period @> statement_timestamp())),
    persons AS (INSERT INTO people_person (id, created_at) SELECT person, at FROM said),
    identities AS (INSERT INTO people_identity (id, person_id, number, kind, valid)
        SELECT gen_random_uuid(), person, number, kind, tstzrange(at, NULL) FROM said)
    INSERT INTO people_callentry (id, list_id, person_id, area_id, category, code, stratum, given_name, family_name, phone,
            birth_year, worked_before, is_drawn)
        SELECT gen_random_uuid(), made, person, me.area_id, 'contact', substr(replace(gen_random_uuid()::text, '-', ''), 1, 12),
               stratum, given_name, family_name, phone, birth_year, worked_before, false FROM said;
    GET DIAGNOSTICS listed = ROW_COUNT;
END $$;

CREATE FUNCTION people_call_name(asked uuid, membership uuid, by_name text, at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE held people_calllist%ROWTYPE := people_call_require_mine(asked);
BEGIN
    IF NOT EXISTS (SELECT 1 FROM partners_membership m JOIN people_rolecategory r ON r.role = m.role
            AND r.category = 'referral' AND r.writes_it WHERE m.id = membership AND m.area_id = held.area_id
            AND m.valid @> (statement_timestamp() AT TIME ZONE 'Europe/Stockholm')::date) THEN
        PERFORM people_refuse('cannot_be_on_case');
    END IF;
    INSERT INTO people_caller (id, list_id, membership_id, named_at, named_by)
        VALUES (gen_random_uuid(), asked, membership, at, by_name) ON CONFLICT DO NOTHING;
END $$;

-- Somebody does not want to be on the list. Before the lot it becomes another list, after it the row is in no study.
CREATE FUNCTION people_call_take_off(asked uuid, number_asked text, by_name text, at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM people_call_require_mine(asked);
    PERFORM people_limit('call_take_off', 60);
    UPDATE people_callentry e SET left_at = at, left_by = by_name FROM people_identity i
        WHERE e.list_id = asked AND e.left_at IS NULL AND i.person_id = e.person_id AND i.number = number_asked;
    RETURN FOUND;
END $$;

CREATE FUNCTION people_call_entry(asked uuid) RETURNS people_callentry
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE held people_callentry%ROWTYPE;
BEGIN
    SELECT * INTO held FROM people_callentry e WHERE e.id = asked AND e.list_id IN (SELECT people_call_lists())
        AND e.is_drawn AND e.left_at IS NULL AND e.person_id NOT IN (SELECT people_call_hidden()) FOR UPDATE;
    IF NOT FOUND THEN PERFORM people_refuse('call_list_not_yours'); END IF;
    RETURN held;
END $$;

CREATE FUNCTION people_call_note(asked uuid, said text, day date, by_name text, at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE held people_callentry%ROWTYPE := people_call_entry(asked);
BEGIN
    INSERT INTO people_callnote (id, entry_id, person_id, area_id, category, kind, on_date, noted_at, noted_by)
        VALUES (gen_random_uuid(), asked, held.person_id, held.area_id, held.category, said, day, at, by_name);
END $$;

-- Somebody who wants to come gets a case like all others: the one who called is on it.
CREATE FUNCTION people_call_begin(asked uuid, OUT person uuid, OUT known boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE held people_callentry%ROWTYPE := people_call_entry(asked);
BEGIN
    person := held.person_id;
    known := EXISTS (SELECT 1 FROM people_caseaccess c WHERE c.person_id = person AND c.area_id = held.area_id);
    IF known THEN RETURN; END IF;
    INSERT INTO people_caseaccess (id, person_id, area_id, membership_id, period, basis, granted_at, granted_by)
        SELECT gen_random_uuid(), person, me.area_id, me.membership_id, tstzrange(statement_timestamp(), NULL), 'referral',
               clock_timestamp(), me.membership_id FROM people_me() me;
    PERFORM people_note_matches(person,
        (SELECT i.number FROM people_identity i WHERE i.person_id = person AND upper_inf(i.valid)));
END $$;

-- What people on the list did on a day, drawn or not, as the area's register tells it. How many were found.
CREATE FUNCTION people_call_follow(asked uuid, numbers text[], said text[], day date, by_name text, at timestamptz)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE held people_calllist%ROWTYPE := people_call_require_mine(asked); many bigint;
BEGIN
    IF held.drawn_at IS NULL THEN PERFORM people_refuse('call_list_not_drawn'); END IF;
    INSERT INTO people_callfollowup (id, entry_id, situation, on_date, read_in_at, read_in_by)
        SELECT gen_random_uuid(), e.id, u.situation, day, at, by_name FROM unnest(numbers, said) AS u (number, situation)
        JOIN people_identity i ON i.number = u.number JOIN people_callentry e ON e.person_id = i.person_id
        WHERE e.list_id = asked AND e.turn IS NOT NULL AND e.left_at IS NULL ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS many = ROW_COUNT;
    RETURN many;
END $$;

CREATE FUNCTION people_call_require_evaluator() RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM people_me() me WHERE me.role = 'evaluator') THEN
        PERFORM people_refuse('only_evaluators');
    END IF;
END $$;

-- Put the lot on the list: every code in its group's order, and which are drawn. The codes must be those that stand in it now.
CREATE FUNCTION people_call_draw(asked uuid, codes text[], turns integer[], drawn boolean[], by_name text, at timestamptz)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE held people_calllist%ROWTYPE; many bigint;
BEGIN
    PERFORM people_call_require_evaluator();
    SELECT * INTO held FROM people_calllist l WHERE l.registration = asked FOR UPDATE;
    IF NOT FOUND THEN PERFORM people_refuse('call_list_missing'); END IF;
    IF held.drawn_at IS NOT NULL THEN PERFORM people_refuse('call_list_drawn'); END IF;
    IF EXISTS ((SELECT e.code::text FROM people_callentry e WHERE e.list_id = held.id AND e.left_at IS NULL
                AND e.person_id NOT IN (SELECT people_call_protected(held.id)) EXCEPT SELECT unnest(codes))
               UNION ALL (SELECT unnest(codes) EXCEPT SELECT e.code::text FROM people_callentry e WHERE e.list_id = held.id
                AND e.left_at IS NULL AND e.person_id NOT IN (SELECT people_call_protected(held.id)))) THEN
        PERFORM people_refuse('call_list_changed');
    END IF;
    UPDATE people_callentry e SET turn = u.turn, is_drawn = u.drawn FROM unnest(codes, turns, drawn) AS u (code, turn, drawn)
        WHERE e.list_id = held.id AND e.code = u.code;
    GET DIAGNOSTICS many = ROW_COUNT;
    UPDATE people_calllist SET drawn_at = at, drawn_by = by_name WHERE id = held.id;
    RETURN many;
END $$;

-- How far it has come: numbers and nothing else, for the evaluator and for those who call.
CREATE FUNCTION people_call_standing(asked uuid, OUT listed bigint, OUT drawn bigint, OUT called bigint, OUT came bigint,
    OUT followed bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM people_me() me WHERE me.role = 'evaluator') AND NOT EXISTS (SELECT 1 FROM people_calllist l
            WHERE l.registration = asked AND l.id IN (SELECT people_call_lists())) THEN
        PERFORM people_refuse('call_list_not_yours');
    END IF;
    SELECT count(*), count(*) FILTER (WHERE e.is_drawn), count(*) FILTER (WHERE n.entry_id IS NOT NULL),
           count(*) FILTER (WHERE n.came), count(*) FILTER (WHERE f.entry_id IS NOT NULL)
        INTO listed, drawn, called, came, followed
    FROM people_calllist l JOIN people_callentry e ON e.list_id = l.id AND e.left_at IS NULL
    LEFT JOIN (SELECT entry_id, bool_or(kind = 'came') AS came FROM people_callnote GROUP BY 1) n ON n.entry_id = e.id
    LEFT JOIN (SELECT DISTINCT entry_id FROM people_callfollowup) f ON f.entry_id = e.id WHERE l.registration = asked;
END $$;
"""

DOOR = """
-- The codes that the lot is drawn among, with their groups. For an evaluator; who is protected or has left is not there.
CREATE FUNCTION people_call_codes(asked uuid) RETURNS TABLE (code text, stratum text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE held people_calllist%ROWTYPE;
BEGIN
    PERFORM people_call_require_evaluator();
    SELECT * INTO held FROM people_calllist l WHERE l.registration = asked;
    IF NOT FOUND THEN PERFORM people_refuse('call_list_missing'); END IF;
    PERFORM people_cohort_note(held.initiative_id, NULL, NULL, 'rows', 'codes ' || asked::text,
        (SELECT count(*) FROM people_callentry e WHERE e.list_id = held.id));
    RETURN QUERY SELECT e.code::text, e.stratum::text FROM people_callentry e WHERE e.list_id = held.id AND e.left_at IS NULL
        AND e.person_id NOT IN (SELECT people_call_protected(held.id)) ORDER BY e.code;
END $$;

-- One row for each that was in the lot, under a name that holds in this study only: neither code nor order leads there.
CREATE FUNCTION people_call_rows(asked uuid, until date) RETURNS TABLE (pseudonym text, stratum text, drawn boolean, came boolean,
    birth_year integer, worked_before boolean, situation text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE held people_calllist%ROWTYPE; secret bytea;
BEGIN
    PERFORM people_call_require_evaluator();
    SELECT * INTO held FROM people_calllist l WHERE l.registration = asked;
    IF NOT FOUND THEN PERFORM people_refuse('call_list_missing'); END IF;
    IF held.drawn_at IS NULL THEN PERFORM people_refuse('call_list_not_drawn'); END IF;
    INSERT INTO people_cohortkey (study, key, made_at) VALUES (asked::text,
        uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())
            || uuid_send(gen_random_uuid()), clock_timestamp()) ON CONFLICT DO NOTHING;
    SELECT k.key INTO secret FROM people_cohortkey k WHERE k.study = asked::text;
    PERFORM people_cohort_note(held.initiative_id, NULL, NULL, 'rows', asked::text,
        (SELECT count(*) FROM people_callentry e WHERE e.list_id = held.id AND e.turn IS NOT NULL));
    RETURN QUERY SELECT encode(sha256(substr(secret, 1, 32) || sha256(substr(secret, 33) || uuid_send(e.person_id))), 'hex'),
            e.stratum::text, e.is_drawn, coalesce(n.came, false), e.birth_year::integer, e.worked_before, f.situation::text
        FROM people_callentry e
        LEFT JOIN (SELECT c.entry_id, bool_or(c.kind = 'came') AS came FROM people_callnote c GROUP BY 1) n ON n.entry_id = e.id
        LEFT JOIN (SELECT DISTINCT ON (c.entry_id) c.entry_id, c.situation FROM people_callfollowup c WHERE c.on_date <= until
                   ORDER BY c.entry_id, c.on_date DESC) f ON f.entry_id = e.id
        WHERE e.list_id = held.id AND e.turn IS NOT NULL AND e.left_at IS NULL
          AND e.person_id NOT IN (SELECT people_call_protected(held.id)) ORDER BY 1;
END $$;
"""
INTERNAL = (
    "people_call_protected(uuid)", "people_call_require_mine(uuid)", "people_call_entry(uuid)",
    "people_call_require_evaluator()",
)  # fmt: skip
GUARD = (
    "people_call_lists()", "people_call_hidden()",
    "people_call_make(uuid, uuid, text[], text[], text[], text[], text[], text[], integer[], boolean[], text, timestamptz)",
    "people_call_name(uuid, uuid, text, timestamptz)", "people_call_take_off(uuid, text, text, timestamptz)",
    "people_call_note(uuid, text, date, text, timestamptz)", "people_call_begin(uuid)",
    "people_call_follow(uuid, text[], text[], date, text, timestamptz)",
    "people_call_draw(uuid, text[], integer[], boolean[], text, timestamptz)", "people_call_standing(uuid)",
)  # fmt: skip
COHORT = ("people_call_codes(uuid)", "people_call_rows(uuid, date)")
TABLES = ("calllist", "caller", "callentry", "callnote", "callfollowup")
AREA = second.AREA
MINE = f"area_id = {AREA} AND list_id = ANY (ARRAY(SELECT people_call_lists()))"
DRAWN = "EXISTS (SELECT 1 FROM people_callentry e WHERE e.id = entry_id)"  # under the entry's own policies
POLICIES = {
    "callers_see_their_list": ("calllist", f"area_id = {AREA} AND id = ANY (ARRAY(SELECT people_call_lists()))"),
    "callers_see_each_other": ("caller", "list_id = ANY (ARRAY(SELECT people_call_lists()))"),
    "callers_see_those_drawn": ("callentry", f"{MINE} AND is_drawn AND left_at IS NULL"),
    "callers_see_their_calls": ("callnote", f"area_id = {AREA} AND {DRAWN}"),
}


def _cohort() -> str:
    lines = ["GRANT USAGE, CREATE ON SCHEMA public TO samkraft_cohort;"]
    for function in COHORT:
        lines += [f"ALTER FUNCTION {function} OWNER TO samkraft_cohort;", f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC;",
                  f"GRANT EXECUTE ON FUNCTION {function} TO samkraft_owner, samkraft_app;"]  # fmt: skip
    lines += [
        "GRANT EXECUTE ON FUNCTION people_call_protected(uuid), people_call_require_evaluator() TO samkraft_cohort;"
    ]
    return "\n".join([*lines, "REVOKE CREATE ON SCHEMA public FROM samkraft_cohort;"])


def _walls() -> str:
    lines = []
    for table in TABLES:
        name = f"people_{table}"
        lines += [
            f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY;", f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY;",
            f"CREATE POLICY owner_sees_all ON {name} TO samkraft_owner USING (true) WITH CHECK (true);",
            f"CREATE POLICY guard_sees_all ON {name} TO samkraft_guard USING (true) WITH CHECK (true);",
            f"CREATE POLICY cohort_counts ON {name} FOR SELECT TO samkraft_cohort USING (true);",
            f"GRANT SELECT, INSERT, UPDATE ON {name} TO samkraft_guard;", f"GRANT SELECT ON {name} TO samkraft_cohort;",
        ]  # fmt: skip
    for policy, (table, clause) in POLICIES.items():
        lines.append(f"CREATE POLICY {policy} ON people_{table} FOR SELECT TO samkraft_app USING ({clause});")
    for table in ("callentry", "callnote"):
        lines.append(
            f"CREATE POLICY protected_identity ON people_{table} AS RESTRICTIVE TO samkraft_app "
            "USING (NOT person_id = ANY (ARRAY(SELECT people_call_hidden())));"
        )
    return "\n".join(lines)


def _opened() -> str:
    lines = [f"DROP POLICY protected_identity ON people_{table};" for table in ("callentry", "callnote")]
    lines += [f"DROP POLICY {policy} ON people_{table};" for policy, (table, _clause) in POLICIES.items()]
    lines += [f"DROP FUNCTION {function};" for function in (*COHORT, *reversed(GUARD), *INTERNAL)]
    return "\n".join(lines)


class Migration(migrations.Migration):
    dependencies = [("people", "0038_call_lists")]
    operations = [migrations.RunSQL(GUARDED + owned(INTERNAL, GUARD) + DOOR + _cohort() + _walls(), _opened())]
