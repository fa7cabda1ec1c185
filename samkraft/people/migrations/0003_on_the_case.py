"""Who comes onto a case: the guard functions that check the basis before they open anything.

The serving role cannot write a single case access, identity, protection or match by itself. Each function says no with
SQLSTATE SK001 and a reason's code, and answers alike whether or not something lies hidden behind the question.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION people_refuse(code text) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN RAISE EXCEPTION '%', code USING ERRCODE = 'SK001'; END $$;

-- Whether the asker is on the person's case and may know of the person at all.
CREATE FUNCTION people_may(person uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT person IN (SELECT people_cases()) AND person NOT IN (SELECT people_hidden())
$$;

CREATE FUNCTION people_require(person uuid) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN IF NOT people_may(person) THEN PERFORM people_refuse('not_on_case'); END IF; END $$;

-- The same for what lasts or opens for others: a nödåtkomst reads and writes for a while, and opens for nobody.
CREATE FUNCTION people_is_lasting(person uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT people_may(person) AND EXISTS (
        SELECT 1 FROM people_me() me JOIN people_caseaccess c ON c.person_id = person AND c.area_id = me.area_id
        WHERE c.basis <> 'break_glass' AND c.period @> statement_timestamp()
          AND (c.membership_id = me.membership_id OR EXISTS (SELECT 1 FROM initiatives_teammember t
            WHERE t.team_id = c.team_id AND t.membership_id = me.membership_id AND NOT t.personal
              AND t.period @> (statement_timestamp() AT TIME ZONE 'Europe/Stockholm')::date)))
$$;

CREATE FUNCTION people_require_lasting(person uuid) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM people_require(person);
    IF NOT people_is_lasting(person) THEN PERFORM people_refuse('only_opened_in_emergency'); END IF;
END $$;

-- How often one membership may ask a question that crosses the border. The answer is never kept.
CREATE FUNCTION people_limit(asked text, per_hour integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE me uuid := nullif(current_setting('samkraft.membership', true), '')::uuid;
BEGIN
    IF (SELECT count(*) FROM people_guardcall WHERE membership_id = me AND function = asked
        AND called_at > clock_timestamp() - interval '1 hour') >= per_hour THEN
        PERFORM people_refuse('too_many_questions');
    END IF;
    INSERT INTO people_guardcall (membership_id, function, called_at) VALUES (me, asked, clock_timestamp());
END $$;

-- Note for the steward that a number belongs to two persons. A protected person is never linked to anything.
CREATE FUNCTION people_note_matches(person uuid, number_asked text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    INSERT INTO people_match (id, known_id, newer_id, found_at, state, decided_by, reason, moved)
    SELECT gen_random_uuid(), i.person_id, person, clock_timestamp(), 'open', '', '', '{}'
    FROM (SELECT DISTINCT person_id FROM people_identity WHERE number = number_asked AND person_id <> person) i
    WHERE NOT EXISTS (SELECT 1 FROM people_protection p
        WHERE p.person_id IN (i.person_id, person) AND p.period @> clock_timestamp())
    ON CONFLICT DO NOTHING
$$;

-- The person behind a number when the asker is on that case already; else a new one, on whose case the asker then is.
CREATE FUNCTION people_begin_case(number_asked text, number_kind text, OUT person uuid, OUT known boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE me record;
BEGIN
    SELECT * INTO me FROM people_me();
    IF NOT FOUND OR NOT ('referral' IN (SELECT people_writes())) THEN PERFORM people_refuse('may_not_refer'); END IF;
    PERFORM people_limit('begin_case', 60);
    SELECT i.person_id INTO person FROM people_identity i
        WHERE i.number = number_asked AND i.person_id IN (SELECT people_cases())
          AND i.person_id NOT IN (SELECT people_hidden()) ORDER BY i.person_id LIMIT 1;
    known := FOUND;
    IF known THEN RETURN; END IF;
    person := gen_random_uuid();
    INSERT INTO people_person (id, created_at) VALUES (person, clock_timestamp());
    IF number_asked IS NOT NULL THEN
        INSERT INTO people_identity (id, person_id, number, kind, valid)
            VALUES (gen_random_uuid(), person, number_asked, number_kind, tstzrange(clock_timestamp(), NULL));
        PERFORM people_note_matches(person, number_asked);
    END IF;
    INSERT INTO people_caseaccess (id, person_id, area_id, membership_id, period, basis, granted_at, granted_by)
        VALUES (gen_random_uuid(), person, me.area_id, me.membership_id,
                tstzrange(statement_timestamp(), NULL), 'referral', clock_timestamp(), me.membership_id);
END $$;

CREATE FUNCTION people_number_of(person uuid) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM people_require(person);
    IF NOT ('contact' IN (SELECT people_reads())) THEN PERFORM people_refuse('not_for_your_role'); END IF;
    PERFORM people_limit('number_of', 120);
    -- The number goes with the name: to an area that began the case or wrote the contact itself, and to one that was given it,
    -- for as long as that basis stands. After that the area keeps the number of that time and hears of no newer.
    RETURN (SELECT i.number FROM people_identity i, people_me() me WHERE i.person_id = person AND (
            EXISTS (SELECT 1 FROM people_caseaccess c WHERE c.person_id = person AND c.area_id = me.area_id
                AND c.basis = 'referral')
            OR EXISTS (SELECT 1 FROM people_contribution c LEFT JOIN people_disclosure d ON d.id = c.disclosure_id
                LEFT JOIN people_consentscope s ON s.id = d.scope_id
                WHERE c.person_id = person AND c.area_id = me.area_id AND c.category = 'contact' AND (c.copy_of_id IS NULL
                    OR s.withdrawn_at IS NULL AND s.period @> statement_timestamp()
                    OR lower(i.valid) <= coalesce(s.withdrawn_at, upper(s.period), d.disclosed_at))))
        ORDER BY lower(i.valid) DESC LIMIT 1);
END $$;

CREATE FUNCTION people_change_number(person uuid, number_asked text, number_kind text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE now_held people_identity%ROWTYPE;
BEGIN
    PERFORM people_require_lasting(person);
    IF NOT ('contact' IN (SELECT people_writes())) THEN PERFORM people_refuse('not_for_your_role'); END IF;
    PERFORM people_limit('change_number', 20);
    SELECT * INTO now_held FROM people_identity i WHERE i.person_id = person AND upper_inf(valid) FOR UPDATE;
    IF FOUND AND now_held.kind = 'personnummer' AND number_kind = 'samordningsnummer' THEN
        PERFORM people_refuse('number_only_forward');
    END IF;
    -- A new protected identity is a new person: nothing may lead from the one to the other.
    IF now_held.kind = number_kind AND now_held.number <> number_asked AND EXISTS (SELECT 1 FROM people_protection p
            WHERE p.person_id = person AND p.period @> statement_timestamp()) THEN
        PERFORM people_refuse('protected_are_never_joined');
    END IF;
    UPDATE people_identity SET valid = tstzrange(lower(valid), clock_timestamp()) WHERE id = now_held.id;
    INSERT INTO people_identity (id, person_id, number, kind, valid)
        VALUES (gen_random_uuid(), person, number_asked, number_kind, tstzrange(clock_timestamp(), NULL));
    PERFORM people_note_matches(person, number_asked);
END $$;

-- Whether the asker's area may put somebody of that area on the case: its own, or one that knows of the enrolment.
CREATE FUNCTION people_area_knows(person uuid, other uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM people_me() me WHERE me.area_id = other) OR EXISTS (
        SELECT 1 FROM people_me() me JOIN people_consentscope s ON s.from_area_id = me.area_id
        WHERE s.person_id = person AND s.to_area_id = other AND s.category = 'enrolment'
          AND s.withdrawn_at IS NULL AND s.period @> statement_timestamp())
$$;

CREATE FUNCTION people_assign(person uuid, membership uuid, until timestamptz, basis_said text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE target record; made uuid := gen_random_uuid();
BEGIN
    PERFORM people_require_lasting(person);
    SELECT m.id, m.area_id, m.role INTO target FROM partners_membership m WHERE m.id = membership
        AND m.valid @> (statement_timestamp() AT TIME ZONE 'Europe/Stockholm')::date;
    IF NOT FOUND OR NOT EXISTS (SELECT 1 FROM people_rolecategory r WHERE r.role = target.role) THEN
        PERFORM people_refuse('cannot_be_on_case');
    END IF;
    IF NOT people_area_knows(person, target.area_id) THEN PERFORM people_refuse('area_does_not_know'); END IF;
    IF basis_said NOT IN ('assigned', 'handover') THEN PERFORM people_refuse('basis_unknown'); END IF;
    INSERT INTO people_caseaccess (id, person_id, area_id, membership_id, period, basis, granted_at, granted_by)
        SELECT made, person, target.area_id, membership, tstzrange(statement_timestamp(), until), basis_said,
               clock_timestamp(), me.membership_id FROM people_me() me;
    RETURN made;
END $$;

CREATE FUNCTION people_assign_team(person uuid, team uuid, area uuid) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE made uuid := gen_random_uuid();
BEGIN
    PERFORM people_require_lasting(person);
    IF NOT people_area_knows(person, area) THEN PERFORM people_refuse('area_does_not_know'); END IF;
    INSERT INTO people_caseaccess (id, person_id, area_id, team_id, period, basis, granted_at, granted_by)
        SELECT made, person, area, team, tstzrange(statement_timestamp(), NULL), 'team', clock_timestamp(),
               me.membership_id FROM people_me() me
        WHERE NOT EXISTS (SELECT 1 FROM people_caseaccess c WHERE c.person_id = person AND c.team_id = team
                          AND c.area_id = area AND c.period @> statement_timestamp());
    RETURN made;
END $$;

-- End a team's or a membership's time on the case, in one's own area; everybody's of a team when it hands over. Never
-- later than it would have ended anyway, and never back in time: who could see what stays written.
CREATE FUNCTION people_end_access(access uuid, at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE held people_caseaccess%ROWTYPE;
BEGIN
    SELECT * INTO held FROM people_caseaccess c WHERE c.id = access AND c.area_id IN (SELECT area_id FROM people_me());
    IF NOT FOUND THEN PERFORM people_refuse('not_on_case'); END IF;
    PERFORM people_require_lasting(held.person_id);
    UPDATE people_caseaccess SET period = tstzrange(lower(period), least(coalesce(upper(period), 'infinity'),
            greatest(at, statement_timestamp(), lower(period) + interval '1 microsecond')))
        WHERE id = access;
END $$;

CREATE FUNCTION people_recuse(person uuid, recused uuid, ground_said text, said_by text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM people_require_lasting(person);
    IF NOT EXISTS (SELECT 1 FROM partners_membership m JOIN people_me() me ON me.area_id = m.area_id
                   WHERE m.user_id = recused) THEN PERFORM people_refuse('cannot_be_on_case'); END IF;
    INSERT INTO people_recusal (id, person_id, user_id, area_id, ground, stated_at, stated_by)
        SELECT gen_random_uuid(), person, recused, me.area_id, ground_said, clock_timestamp(), said_by FROM people_me() me
        ON CONFLICT DO NOTHING;
END $$;

-- How many a team has, over all areas: a number and nothing else, for its own members.
CREATE FUNCTION people_team_load(team uuid) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT count(DISTINCT c.person_id) FROM people_caseaccess c
    WHERE c.team_id = people_team_load.team AND c.period @> statement_timestamp() AND EXISTS (
        SELECT 1 FROM initiatives_teammember t JOIN people_me() me ON me.membership_id = t.membership_id
        WHERE t.team_id = people_team_load.team AND t.period @> (statement_timestamp() AT TIME ZONE 'Europe/Stockholm')::date)
$$;
"""

INTERNAL = (
    "people_limit(text, integer)", "people_note_matches(uuid, text)", "people_refuse(text)", "people_require(uuid)",
    "people_is_lasting(uuid)", "people_require_lasting(uuid)",
    "people_area_knows(uuid, uuid)",
)  # fmt: skip
FOR_THE_PRODUCT = (
    "people_may(uuid)", "people_begin_case(text, text)", "people_number_of(uuid)",
    "people_change_number(uuid, text, text)", "people_assign(uuid, uuid, timestamptz, text)",
    "people_assign_team(uuid, uuid, uuid)", "people_end_access(uuid, timestamptz)",
    "people_recuse(uuid, uuid, text, text)", "people_team_load(uuid)",
)  # fmt: skip


def owned(internal: tuple[str, ...], for_the_product: tuple[str, ...]) -> str:
    """Hand the functions to the guard, and let the serving role run only those meant for it."""
    lines = ["GRANT CREATE ON SCHEMA public TO samkraft_guard;"]
    for function in (*internal, *for_the_product):
        lines += [
            f"ALTER FUNCTION {function} OWNER TO samkraft_guard;",
            f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC;",
        ]
    lines += [f"GRANT EXECUTE ON FUNCTION {function} TO samkraft_app;" for function in for_the_product]
    lines += [f"GRANT EXECUTE ON FUNCTION {function} TO samkraft_owner;" for function in (*internal, *for_the_product)]
    return "\n".join([*lines, "REVOKE CREATE ON SCHEMA public FROM samkraft_guard;"])


class Migration(migrations.Migration):
    dependencies = [("people", "0002_who_sees_what")]
    operations = [
        migrations.RunSQL(
            FORWARD + owned(INTERNAL, FOR_THE_PRODUCT),
            "".join(f"DROP FUNCTION {function};" for function in (*FOR_THE_PRODUCT, *INTERNAL)),
        )
    ]
