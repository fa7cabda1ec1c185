"""Protected identity, nödåtkomst and duplicates: the three places where ordinary access is not enough or too much."""

from importlib import import_module

from django.db import migrations

owned = import_module("samkraft.people.migrations.0003_on_the_case").owned

FORWARD = """
CREATE FUNCTION people_put_on_list(person uuid, membership uuid, said_by text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    INSERT INTO people_protectionname (id, person_id, membership_id, period, named_by)
    SELECT gen_random_uuid(), person, membership, tstzrange(statement_timestamp(), NULL), said_by
    WHERE NOT EXISTS (SELECT 1 FROM people_protectionname n WHERE n.person_id = person
        AND n.membership_id = membership AND n.period @> statement_timestamp())
$$;

-- At once, everywhere: from the next statement nobody outside the list sees anything. The asker is always on the list.
CREATE FUNCTION people_protect(person uuid, level_said text, names uuid[], said_by text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE me record; one uuid;
BEGIN
    PERFORM people_require(person);
    SELECT * INTO me FROM people_me();
    IF EXISTS (SELECT 1 FROM people_protection p WHERE p.person_id = person AND p.period @> statement_timestamp()) THEN
        PERFORM people_refuse('already_protected');
    END IF;
    INSERT INTO people_protection (id, person_id, level, period, area_id, registered_by, lifted_by)
        VALUES (gen_random_uuid(), person, level_said, tstzrange(statement_timestamp(), NULL), me.area_id, said_by, '');
    FOREACH one IN ARRAY array_append(names, me.membership_id) LOOP
        PERFORM people_put_on_list(person, one, said_by);
    END LOOP;
END $$;

CREATE FUNCTION people_name_on_list(person uuid, membership uuid, said_by text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    PERFORM people_require(person);
    IF NOT EXISTS (SELECT 1 FROM people_protection p WHERE p.person_id = person AND p.period @> statement_timestamp()) THEN
        PERFORM people_refuse('not_protected');
    END IF;
    PERFORM people_put_on_list(person, membership, said_by);
END $$;

CREATE FUNCTION people_strike_from_list(person uuid, membership uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    PERFORM people_require(person);
    IF (SELECT count(*) FROM people_protectionname n WHERE n.person_id = person
        AND n.period @> statement_timestamp() AND n.membership_id <> membership) = 0 THEN
        PERFORM people_refuse('last_on_list');
    END IF;
    UPDATE people_protectionname n SET period = tstzrange(lower(n.period), clock_timestamp())
        WHERE n.person_id = person AND n.membership_id = membership AND upper_inf(n.period);
END $$;

-- Lifting takes two: one asks, another on the list decides.
CREATE FUNCTION people_lift_protection(person uuid, said_by text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE me record; held people_protection%ROWTYPE;
BEGIN
    PERFORM people_require(person);
    SELECT * INTO me FROM people_me();
    SELECT * INTO held FROM people_protection p WHERE p.person_id = person AND upper_inf(p.period) FOR UPDATE;
    IF NOT FOUND THEN PERFORM people_refuse('not_protected'); END IF;
    IF held.lift_asked_by IS NULL THEN
        UPDATE people_protection SET lift_asked_at = clock_timestamp(), lift_asked_by = me.user_id WHERE id = held.id;
        RETURN 'asked';
    END IF;
    IF held.lift_asked_by = me.user_id THEN PERFORM people_refuse('another_person_decides'); END IF;
    UPDATE people_protection SET period = tstzrange(lower(period), clock_timestamp()), lifted_by = said_by
        WHERE id = held.id;
    RETURN 'lifted';
END $$;

-- Into the own area only, for a while, with a reason; the same answer (nobody) for a miss, another area's and a protected.
CREATE FUNCTION people_break_glass(number_asked text, reason_said text, minutes integer, said_by text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE me record; found_person uuid; access uuid := gen_random_uuid();
BEGIN
    SELECT * INTO me FROM people_me();
    IF NOT FOUND OR NOT EXISTS (SELECT 1 FROM people_reads()) THEN PERFORM people_refuse('not_for_your_role'); END IF;
    IF length(btrim(reason_said)) < 20 THEN PERFORM people_refuse('reason_too_short'); END IF;
    IF minutes NOT BETWEEN 15 AND 240 THEN PERFORM people_refuse('time_out_of_range'); END IF;
    PERFORM people_limit('break_glass', 5);
    SELECT i.person_id INTO found_person FROM people_identity i
        WHERE i.number = number_asked
          AND EXISTS (SELECT 1 FROM people_caseaccess c WHERE c.person_id = i.person_id AND c.area_id = me.area_id)
          AND NOT EXISTS (SELECT 1 FROM people_recusal r WHERE r.person_id = i.person_id AND r.user_id = me.user_id)
          AND NOT EXISTS (SELECT 1 FROM people_protection p WHERE p.person_id = i.person_id
              AND p.period @> statement_timestamp() AND NOT EXISTS (SELECT 1 FROM people_protectionname n
                  WHERE n.person_id = p.person_id AND n.membership_id = me.membership_id
                    AND n.period @> statement_timestamp()))
        ORDER BY i.person_id LIMIT 1;
    IF found_person IS NULL OR found_person IN (SELECT people_cases()) THEN RETURN found_person; END IF;
    INSERT INTO people_caseaccess (id, person_id, area_id, membership_id, period, basis, granted_at, granted_by)
        VALUES (access, found_person, me.area_id, me.membership_id, tstzrange(statement_timestamp(),
                statement_timestamp() + make_interval(mins => minutes)), 'break_glass', clock_timestamp(),
                me.membership_id);
    INSERT INTO people_breakglass (id, person_id, access_id, area_id, membership_id, opened_by, opened_at, reason,
                                   reviewed_by, verdict, review_note)
        VALUES (gen_random_uuid(), found_person, access, me.area_id, me.membership_id, said_by, clock_timestamp(),
                reason_said, '', '', '');
    RETURN found_person;
END $$;

CREATE FUNCTION people_review_break_glass(opened uuid, verdict_said text, note text, said_by text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE me record; held people_breakglass%ROWTYPE;
BEGIN
    SELECT * INTO me FROM people_me();
    IF NOT FOUND OR me.role <> 'data_protection_officer' THEN PERFORM people_refuse('not_for_your_role'); END IF;
    SELECT * INTO held FROM people_breakglass b WHERE b.id = opened FOR UPDATE;
    IF NOT FOUND THEN PERFORM people_refuse('nothing_to_review'); END IF;
    IF EXISTS (SELECT 1 FROM partners_membership m WHERE m.id = held.membership_id AND m.user_id = me.user_id) THEN
        PERFORM people_refuse('another_person_decides');
    END IF;
    IF held.verdict <> '' THEN PERFORM people_refuse('already_reviewed'); END IF;
    UPDATE people_breakglass SET reviewed_at = clock_timestamp(), reviewed_by = said_by, reviewer_id = me.membership_id,
        verdict = verdict_said, review_note = note WHERE id = opened;
END $$;

CREATE FUNCTION people_match_number(found uuid) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM people_me() WHERE role = 'duplicate_steward') THEN
        PERFORM people_refuse('not_for_your_role');
    END IF;
    PERFORM people_limit('match_number', 60);
    RETURN (SELECT a.number FROM people_match m JOIN people_identity a ON a.person_id = m.known_id
            JOIN people_identity b ON b.person_id = m.newer_id AND b.number = a.number WHERE m.id = found LIMIT 1);
END $$;

-- Everything of the newer person is moved to the known one, and noted row by row so that it can be moved back. Nobody
-- comes onto a case by it: each area keeps seeing what it holds itself.
CREATE FUNCTION people_join(found uuid, said_by text, reason_said text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE held people_match%ROWTYPE; part text; ids jsonb; moves jsonb := '{}';
BEGIN
    IF NOT EXISTS (SELECT 1 FROM people_me() WHERE role = 'duplicate_steward') THEN
        PERFORM people_refuse('not_for_your_role');
    END IF;
    SELECT * INTO held FROM people_match m WHERE m.id = found AND m.state IN ('open', 'split') FOR UPDATE;
    IF NOT FOUND THEN PERFORM people_refuse('nothing_to_join'); END IF;
    IF EXISTS (SELECT 1 FROM people_protection p WHERE p.person_id IN (held.known_id, held.newer_id)
               AND p.period @> statement_timestamp()) THEN PERFORM people_refuse('protected_are_never_joined'); END IF;
    -- What is worked out is worked out again as the contributions move.
    DELETE FROM people_overview WHERE person_id = held.newer_id;
    DELETE FROM people_searchtoken WHERE person_id = held.newer_id;
    FOREACH part IN ARRAY ARRAY['caseaccess', 'recusal', 'breakglass', 'enrolment', 'contribution', 'consent',
                                'consentscope', 'disclosure'] LOOP
        EXECUTE format('WITH moved AS (UPDATE people_%I SET person_id = $1 WHERE person_id = $2 RETURNING id) '
                       'SELECT coalesce(jsonb_agg(id), ''[]'') FROM moved', part)
            INTO ids USING held.known_id, held.newer_id;
        moves := moves || jsonb_build_object(part, ids);
    END LOOP;
    UPDATE people_match SET state = 'joined', decided_at = clock_timestamp(), decided_by = said_by,
        reason = reason_said, moved = moves WHERE id = found;
END $$;

CREATE FUNCTION people_split(found uuid, said_by text, reason_said text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE held people_match%ROWTYPE; part text;
BEGIN
    IF NOT EXISTS (SELECT 1 FROM people_me() WHERE role = 'duplicate_steward') THEN
        PERFORM people_refuse('not_for_your_role');
    END IF;
    SELECT * INTO held FROM people_match m WHERE m.id = found FOR UPDATE;
    IF NOT FOUND OR held.state NOT IN ('open', 'joined') THEN PERFORM people_refuse('nothing_to_split'); END IF;
    DELETE FROM people_overview WHERE person_id = held.known_id;
    FOR part IN SELECT jsonb_object_keys(held.moved) LOOP
        EXECUTE format('UPDATE people_%I SET person_id = $1 WHERE id::text IN (SELECT jsonb_array_elements_text($2))',
                       part) USING held.newer_id, held.moved -> part;
    END LOOP;
    PERFORM people_refresh_overviews(array_agg(held.known_id), array_agg(area_id))
        FROM (SELECT DISTINCT area_id FROM people_contribution WHERE person_id = held.known_id) a;
    UPDATE people_match SET state = CASE held.state WHEN 'open' THEN 'dismissed' ELSE 'split' END,
        decided_at = clock_timestamp(), decided_by = said_by, reason = reason_said, moved = '{}' WHERE id = found;
END $$;
"""

INTERNAL = ("people_put_on_list(uuid, uuid, text)",)
FOR_THE_PRODUCT = (
    "people_protect(uuid, text, uuid[], text)", "people_name_on_list(uuid, uuid, text)",
    "people_strike_from_list(uuid, uuid)", "people_lift_protection(uuid, text)",
    "people_break_glass(text, text, integer, text)", "people_review_break_glass(uuid, text, text, text)",
    "people_match_number(uuid)", "people_join(uuid, text, text)", "people_split(uuid, text, text)",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("people", "0003_on_the_case")]
    operations = [
        migrations.RunSQL(
            FORWARD + owned(INTERNAL, FOR_THE_PRODUCT),
            "".join(f"DROP FUNCTION {function};" for function in (*FOR_THE_PRODUCT, *INTERNAL)),
        )
    ]
