"""Everybody in a file is laid in alike, so that no number tells who is protected or takes part: the lot passes them by.

Whoever laid in twenty known people and one more would otherwise read from a count what the one is. Now the count is that of
the file, every code is published and drawn among, and who may not be called is passed by where nothing can be told of one
alone: the next in the lot's order is called instead, and those who are called are counted from one without a gap. Of who is
protected neither name nor telephone is kept.
"""

from importlib import import_module

from django.db import migrations

owned = import_module("samkraft.people.migrations.0003_on_the_case").owned
calling = import_module("samkraft.people.migrations.0039_calling_by_lot")
tells_nothing = import_module("samkraft.people.migrations.0043_lists_tell_nothing")

SPARED = """
-- Those on a list whom the lot passes by: who is protected, now or when the list was laid in, and who takes part in the area.
CREATE FUNCTION people_call_spared(asked uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT people_call_protected(asked)
    UNION SELECT e.person_id FROM people_callentry e WHERE e.list_id = asked AND e.given_name = ''
    UNION SELECT e.person_id FROM people_calllist l JOIN people_callentry e ON e.list_id = l.id
    JOIN people_identity mine ON mine.person_id = e.person_id AND upper_inf(mine.valid)
    JOIN people_identity same ON same.number = mine.number
    JOIN people_enrolment r ON r.person_id = same.person_id AND r.initiative_id = l.initiative_id AND r.area_id = l.area_id
        AND r.period @> statement_timestamp()
    WHERE l.id = asked
$$;
"""

NOW = """
-- Lay in a list: everybody in it, alike. Of who is protected neither name nor telephone is kept.
CREATE OR REPLACE FUNCTION people_call_make(asked uuid, initiative uuid, numbers text[], kinds text[], given text[],
    family text[], phones text[], strata text[], born integer[], before boolean[], by_name text, at timestamptz,
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
        SELECT gen_random_uuid() AS person, u.*, EXISTS (SELECT 1 FROM people_identity i
                JOIN people_protection p ON p.person_id = i.person_id
                WHERE i.number = u.number AND p.period @> statement_timestamp()) AS hidden
        FROM unnest(numbers, kinds, given, family, phones, strata, born, before)
            AS u (number, kind, given_name, family_name, phone, stratum, birth_year, worked_before)),
    persons AS (INSERT INTO people_person (id, created_at) SELECT person, at FROM said),
    identities AS (INSERT INTO people_identity (id, person_id, number, kind, valid)
        SELECT gen_random_uuid(), person, number, kind, tstzrange(at, NULL) FROM said)
    INSERT INTO people_callentry (id, list_id, person_id, area_id, category, code, stratum, given_name, family_name, phone,
            birth_year, worked_before, is_drawn)
        SELECT gen_random_uuid(), made, person, me.area_id, 'contact', substr(replace(gen_random_uuid()::text, '-', ''), 1, 12),
               stratum, CASE WHEN hidden THEN '' ELSE given_name END, CASE WHEN hidden THEN '' ELSE family_name END,
               CASE WHEN hidden THEN '' ELSE phone END, birth_year, worked_before, false FROM said;
    GET DIAGNOSTICS listed = ROW_COUNT;
END $$;

-- What people on the list did on a day, drawn or not, called or passed by. How many were found: the same for all.
CREATE OR REPLACE FUNCTION people_call_follow(asked uuid, numbers text[], said text[], day date, by_name text, at timestamptz)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE held people_calllist%ROWTYPE := people_call_require_mine(asked); many bigint;
BEGIN
    IF held.drawn_at IS NULL THEN PERFORM people_refuse('call_list_not_drawn'); END IF;
    INSERT INTO people_callfollowup (id, entry_id, situation, on_date, read_in_at, read_in_by)
        SELECT gen_random_uuid(), e.id, u.situation, day, at, by_name FROM unnest(numbers, said) AS u (number, situation)
        JOIN people_identity i ON i.number = u.number JOIN people_callentry e ON e.person_id = i.person_id
        WHERE e.list_id = asked AND e.left_at IS NULL ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS many = ROW_COUNT;
    RETURN many;
END $$;

-- Put the lot on the list. The codes must be those that stand in it now. In each group those who may be called are lined up in
-- the lot's order, and as many are called as the lot drew: who is passed by leaves no gap, and how many they are is not said.
CREATE OR REPLACE FUNCTION people_call_draw(asked uuid, codes text[], turns integer[], drawn boolean[], by_name text,
    at timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE held people_calllist%ROWTYPE;
BEGIN
    PERFORM people_call_require_evaluator();
    SELECT * INTO held FROM people_calllist l WHERE l.registration = asked FOR UPDATE;
    IF NOT FOUND THEN PERFORM people_refuse('call_list_missing'); END IF;
    IF held.drawn_at IS NOT NULL THEN PERFORM people_refuse('call_list_drawn'); END IF;
    IF EXISTS ((SELECT e.code::text FROM people_callentry e WHERE e.list_id = held.id AND e.left_at IS NULL
                EXCEPT SELECT unnest(codes))
               UNION ALL (SELECT unnest(codes) EXCEPT SELECT e.code::text FROM people_callentry e WHERE e.list_id = held.id
                AND e.left_at IS NULL)) THEN
        PERFORM people_refuse('call_list_changed');
    END IF;
    WITH lot AS MATERIALIZED (SELECT e.id, e.person_id, e.stratum, u.turn, u.drawn
        FROM unnest(codes, turns, drawn) AS u (code, turn, drawn)
        JOIN people_callentry e ON e.list_id = held.id AND e.code = u.code),
    places AS (SELECT l.stratum, count(*) FILTER (WHERE l.drawn) AS many FROM lot l GROUP BY 1),
    lined AS (SELECT l.id, l.stratum, row_number() OVER (PARTITION BY l.stratum ORDER BY l.turn, l.id) AS place FROM lot l
        WHERE l.person_id NOT IN (SELECT people_call_spared(held.id)))
    UPDATE people_callentry e SET turn = l.place, is_drawn = l.place <= p.many
        FROM lined l JOIN places p ON p.stratum = l.stratum WHERE e.id = l.id;
    UPDATE people_calllist SET drawn_at = at, drawn_by = by_name WHERE id = held.id;
    RETURN cardinality(codes);
END $$;

-- The codes that the lot is drawn among, with their groups, for an evaluator: everybody who has not left.
CREATE OR REPLACE FUNCTION people_call_codes(asked uuid) RETURNS TABLE (code text, stratum text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE held people_calllist%ROWTYPE;
BEGIN
    PERFORM people_call_require_evaluator();
    SELECT * INTO held FROM people_calllist l WHERE l.registration = asked;
    IF NOT FOUND THEN PERFORM people_refuse('call_list_missing'); END IF;
    PERFORM people_cohort_note(held.initiative_id, NULL, NULL, 'rows', 'codes ' || asked::text,
        (SELECT count(*) FROM people_callentry e WHERE e.list_id = held.id));
    RETURN QUERY SELECT e.code::text, e.stratum::text FROM people_callentry e WHERE e.list_id = held.id AND e.left_at IS NULL
        ORDER BY e.code;
END $$;
"""


def _as_it_was(name: str, source: str) -> str:
    start = source.index(f"CREATE FUNCTION {name}(")
    return source[start : source.index("$$;\n", start) + 4].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)


BEFORE = tells_nothing.NOW + "".join(
    _as_it_was(name, source)
    for name, source in (
        ("people_call_follow", calling.GUARDED), ("people_call_draw", calling.GUARDED), ("people_call_codes", calling.DOOR)
    )
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("people", "0048_kinds_of_numbers")]
    operations = [
        migrations.RunSQL(
            SPARED + owned(("people_call_spared(uuid)",), ()) + NOW,
            BEFORE + "DROP FUNCTION people_call_spared(uuid);",
        )
    ]
