"""Protected identity, nödåtkomst and duplicates: the three places where ordinary access is not enough or too much."""

from importlib import import_module

from django.db import migrations

owned = import_module("samkraft.people.migrations.0003_on_the_case").owned

FORWARD = """
CREATE FUNCTION people_put_on_list(person uuid, membership uuid, said_by text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    INSERT INTO people_protectionname (id, person_id, membership_id, period, named_by)
    SELECT gen_random_uuid(), person, membership, tstzrange(statement_timestamp(), NULL), said_by
    WHERE NOT EXISTS (SELECT 1 FROM people_protectionname n WHERE n.person_id = person
        AND n.membership_id = membership AND n.period @> statement_timestamp())
$$;

-- Whether the membership can be on a case at all, and belongs to an area that the asker knows of.
CREATE FUNCTION people_may_be_named(person uuid, membership uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT people_is_known_party(person, membership) AND EXISTS (
        SELECT 1 FROM partners_membership m JOIN people_rolecategory r ON r.role = m.role WHERE m.id = membership
        AND m.valid @> (statement_timestamp() AT TIME ZONE 'Europe/Stockholm')::date)
$$;

-- At once, everywhere: from the next statement nobody outside the list sees anything. The asker is always on the list.
CREATE FUNCTION people_protect(person uuid, level_said text, names uuid[], said_by text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE me record; one uuid;
BEGIN
    PERFORM people_require_lasting(person);
    SELECT * INTO me FROM people_me();
    IF EXISTS (SELECT 1 FROM people_protection p WHERE p.person_id = person AND p.period @> statement_timestamp()) THEN
        PERFORM people_refuse('already_protected');
    END IF;
    INSERT INTO people_protection (id, person_id, level, period, area_id, registered_by, lifted_by)
        VALUES (gen_random_uuid(), person, level_said, tstzrange(statement_timestamp(), NULL), me.area_id, said_by, '');
    FOREACH one IN ARRAY array_append(names, me.membership_id) LOOP
        IF NOT people_may_be_named(person, one) THEN PERFORM people_refuse('cannot_be_on_case'); END IF;
        PERFORM people_put_on_list(person, one, said_by);
    END LOOP;
END $$;

CREATE FUNCTION people_name_on_list(person uuid, membership uuid, said_by text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM people_require_lasting(person);
    IF NOT EXISTS (SELECT 1 FROM people_protection p WHERE p.person_id = person AND p.period @> statement_timestamp()) THEN
        PERFORM people_refuse('not_protected');
    END IF;
    IF NOT people_may_be_named(person, membership) THEN PERFORM people_refuse('cannot_be_on_case'); END IF;
    PERFORM people_put_on_list(person, membership, said_by);
END $$;

CREATE FUNCTION people_strike_from_list(person uuid, membership uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM people_require_lasting(person);
    -- Counted among those whom the asker knows of: the answer shall not tell of others.
    IF (SELECT count(*) FROM people_protectionname n WHERE n.person_id = person AND n.period @> statement_timestamp()
        AND n.membership_id <> membership AND people_is_known_party(person, n.membership_id)) = 0 THEN
        PERFORM people_refuse('last_on_list');
    END IF;
    UPDATE people_protectionname n SET period = tstzrange(lower(n.period), clock_timestamp())
        WHERE n.person_id = person AND n.membership_id = membership AND upper_inf(n.period)
          AND people_is_known_party(person, n.membership_id);
END $$;

-- Lifting takes two: one asks, another on the list decides.
CREATE FUNCTION people_lift_protection(person uuid, said_by text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE me record; held people_protection%ROWTYPE;
BEGIN
    PERFORM people_require_lasting(person);
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
    -- The list ends with what it was for: another protection begins with a list of its own.
    UPDATE people_protectionname n SET period = tstzrange(lower(n.period), clock_timestamp())
        WHERE n.person_id = person AND upper_inf(n.period);
    RETURN 'lifted';
END $$;

-- Into the own area only, for a while, with a reason; the same answer (nobody) for a miss, another area's and a protected.
CREATE FUNCTION people_break_glass(number_asked text, reason_said text, minutes integer, said_by text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
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
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE me record; held people_breakglass%ROWTYPE;
BEGIN
    SELECT * INTO me FROM people_me();
    IF NOT FOUND OR me.role <> 'data_protection_officer' THEN PERFORM people_refuse('not_for_your_role'); END IF;
    SELECT * INTO held FROM people_breakglass b WHERE b.id = opened AND b.area_id IN (SELECT people_reviews()) FOR UPDATE;
    IF NOT FOUND THEN PERFORM people_refuse('nothing_to_review'); END IF;
    IF EXISTS (SELECT 1 FROM partners_membership m WHERE m.id = held.membership_id AND m.user_id = me.user_id) THEN
        PERFORM people_refuse('another_person_decides');
    END IF;
    IF held.verdict <> '' THEN PERFORM people_refuse('already_reviewed'); END IF;
    UPDATE people_breakglass SET reviewed_at = clock_timestamp(), reviewed_by = said_by, reviewer_id = me.membership_id,
        verdict = verdict_said, review_note = note WHERE id = opened;
END $$;

CREATE FUNCTION people_match_number(asked uuid) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM people_me() WHERE role = 'duplicate_steward') THEN
        PERFORM people_refuse('not_for_your_role');
    END IF;
    PERFORM people_limit('match_number', 60);
    RETURN (SELECT a.number FROM people_match m JOIN people_identity a ON a.person_id = m.known_id
            JOIN people_identity b ON b.person_id = m.newer_id AND b.number = a.number WHERE m.id = asked LIMIT 1);
END $$;

-- Everything of the newer person is moved to the known one, and noted row by row so that it can be moved back. Nobody
-- comes onto a case by it: each area keeps seeing what it holds itself.
CREATE FUNCTION people_join(asked uuid, said_by text, reason_said text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE held people_match%ROWTYPE; part text; ids jsonb; moves jsonb := '{}';
BEGIN
    IF NOT EXISTS (SELECT 1 FROM people_me() WHERE role = 'duplicate_steward') THEN
        PERFORM people_refuse('not_for_your_role');
    END IF;
    SELECT * INTO held FROM people_match m WHERE m.id = asked AND m.state IN ('open', 'split') FOR UPDATE;
    IF NOT FOUND THEN PERFORM people_refuse('nothing_to_join'); END IF;
    IF EXISTS (SELECT 1 FROM people_protection p WHERE p.person_id IN (held.known_id, held.newer_id)
               AND p.period @> statement_timestamp()) THEN PERFORM people_refuse('protected_are_never_joined'); END IF;
    -- What is worked out is worked out again as the contributions move.
    DELETE FROM people_overview WHERE person_id = held.newer_id;
    DELETE FROM people_searchtoken WHERE person_id = held.newer_id;
    BEGIN
    FOREACH part IN ARRAY ARRAY['caseaccess', 'recusal', 'breakglass', 'enrolment', 'contribution', 'consent',
                                'consentscope', 'disclosure'] LOOP
        EXECUTE format('WITH moved AS (UPDATE people_%I SET person_id = $1 WHERE person_id = $2 RETURNING id) '
                       'SELECT coalesce(jsonb_agg(id), ''[]'') FROM moved', part)
            INTO ids USING held.known_id, held.newer_id;
        moves := moves || jsonb_build_object(part, ids);
    END LOOP;
    EXCEPTION WHEN exclusion_violation OR unique_violation THEN PERFORM people_refuse('join_overlaps');
    END;
    UPDATE people_match SET state = 'joined', decided_at = clock_timestamp(), decided_by = said_by,
        reason = reason_said, moved = moves WHERE id = asked;
END $$;

CREATE FUNCTION people_split(asked uuid, said_by text, reason_said text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE held people_match%ROWTYPE; part text; followers uuid[];
BEGIN
    IF NOT EXISTS (SELECT 1 FROM people_me() WHERE role = 'duplicate_steward') THEN
        PERFORM people_refuse('not_for_your_role');
    END IF;
    SELECT * INTO held FROM people_match m WHERE m.id = asked FOR UPDATE;
    IF NOT FOUND OR held.state NOT IN ('open', 'joined') THEN PERFORM people_refuse('nothing_to_split'); END IF;
    DELETE FROM people_overview WHERE person_id = held.known_id;
    DELETE FROM people_searchtoken WHERE person_id = held.known_id;
    -- What an area wrote while they were one goes with the area, when it came by the newer person alone.
    SELECT array_agg(DISTINCT c.area_id) INTO followers FROM people_caseaccess c WHERE c.person_id = held.known_id
        AND held.moved -> 'caseaccess' ? c.id::text AND NOT EXISTS (SELECT 1 FROM people_caseaccess o
            WHERE o.person_id = held.known_id AND o.area_id = c.area_id AND NOT held.moved -> 'caseaccess' ? o.id::text
              AND o.granted_at < held.decided_at);
    FOREACH part IN ARRAY ARRAY['caseaccess', 'recusal', 'breakglass', 'enrolment', 'contribution'] LOOP
        EXECUTE format('UPDATE people_%I SET person_id = $1 WHERE person_id = $2 AND area_id = ANY ($3)', part)
            USING held.newer_id, held.known_id, followers;
    END LOOP;
    -- Protection that began while they were one stands for both, until somebody lifts it.
    INSERT INTO people_protection (id, person_id, level, period, area_id, registered_by, lift_asked_at, lift_asked_by, lifted_by)
        SELECT gen_random_uuid(), held.newer_id, level, period, area_id, registered_by, lift_asked_at, lift_asked_by, lifted_by
        FROM people_protection p WHERE p.person_id = held.known_id AND held.state = 'joined' AND upper_inf(p.period);
    INSERT INTO people_protectionname (id, person_id, membership_id, period, named_by)
        SELECT gen_random_uuid(), held.newer_id, membership_id, period, named_by FROM people_protectionname n
        WHERE n.person_id = held.known_id AND held.state = 'joined' AND upper_inf(n.period);
    FOR part IN SELECT jsonb_object_keys(held.moved) LOOP
        EXECUTE format('UPDATE people_%I SET person_id = $1 WHERE id::text IN (SELECT jsonb_array_elements_text($2))',
                       part) USING held.newer_id, held.moved -> part;
    END LOOP;
    PERFORM people_refresh_overviews(array_agg(held.known_id), array_agg(area_id))
        FROM (SELECT DISTINCT area_id FROM people_contribution WHERE person_id = held.known_id) a;
    UPDATE people_match SET state = CASE held.state WHEN 'open' THEN 'dismissed' ELSE 'split' END,
        decided_at = clock_timestamp(), decided_by = said_by, reason = reason_said, moved = '{}' WHERE id = asked;
END $$;
"""

INTERNAL = ("people_put_on_list(uuid, uuid, text)", "people_may_be_named(uuid, uuid)")
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
