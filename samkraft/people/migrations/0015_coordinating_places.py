"""What the place coordinator and the provider may do and be told: numbers, opaque codes, and what was disclosed to them."""

from importlib import import_module

from django.db import migrations

owned = import_module("samkraft.people.migrations.0003_on_the_case").owned

FORWARD = """
-- Who leads at the activity's owner, or for a party of its initiative, appoints place coordinators. A function, for a time.
CREATE FUNCTION people_place_appoint(of_activity uuid, membership uuid, until date, at timestamptz) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE me record; made uuid := gen_random_uuid(); moment timestamptz := people_place_at(at);
    today date := (people_place_at(at) AT TIME ZONE 'Europe/Stockholm')::date;
BEGIN
    SELECT p.membership_id, p.area_id, p.role, m.organisation_id INTO me
        FROM people_me() p JOIN partners_membership m ON m.id = p.membership_id;
    IF NOT coalesce(me.role IN ('main_project_leader', 'subproject_leader') AND EXISTS (SELECT 1 FROM offer_activity a
            WHERE a.id = of_activity AND (a.owner_id = me.organisation_id OR EXISTS (SELECT 1 FROM initiatives_party i
                WHERE i.initiative_id = a.initiative_id AND i.area_id = me.area_id AND i.period @> today))), false) THEN
        PERFORM people_refuse('not_coordinator');
    END IF;
    IF NOT EXISTS (SELECT 1 FROM partners_membership m WHERE m.id = membership AND m.valid @> today
            AND m.role IN ('place_coordinator', 'employment_officer', 'labour_market_secretary', 'study_counsellor',
                           'subproject_leader')) THEN PERFORM people_refuse('cannot_coordinate'); END IF;
    IF until IS NOT NULL AND until <= today THEN PERFORM people_refuse('ended_when'); END IF;
    INSERT INTO offer_coordinator (id, activity_id, membership_id, period, appointed_at, appointed_by)
        VALUES (made, of_activity, membership, daterange(today, until), moment, people_my_name());
    RETURN made;
EXCEPTION WHEN exclusion_violation THEN PERFORM people_refuse('already_coordinates'); RETURN NULL;
END $$;

CREATE FUNCTION people_require_coordinator(of_activity uuid) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN IF NOT coalesce(people_coordinates(of_activity), false) THEN PERFORM people_refuse('not_coordinator'); END IF; END $$;

-- From now on every free place of the occasion goes to the next in line. Returns how many offers went out.
CREATE FUNCTION people_place_open(of_occasion uuid, at timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE o offer_occasion%ROWTYPE; moment timestamptz;
BEGIN
    SELECT * INTO o FROM offer_occasion WHERE id = of_occasion;
    PERFORM people_require_coordinator(o.activity_id);
    PERFORM people_place_lock(o.activity_id);
    moment := people_place_at(at);
    SELECT * INTO o FROM offer_occasion WHERE id = of_occasion FOR NO KEY UPDATE;
    IF o.cancelled_at IS NOT NULL THEN PERFORM people_refuse('occasion_cancelled'); END IF;
    UPDATE offer_occasion SET offering_since = coalesce(offering_since, moment) WHERE id = of_occasion;
    RETURN people_place_fill(o.activity_id, moment);
END $$;

-- A free place to one who is not next in line: with a reason that those who are passed can read.
CREATE FUNCTION people_place_put_before(of_occasion uuid, asked uuid, words text, at timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE o offer_occasion%ROWTYPE; moment timestamptz; free_place uuid; own_place bigint; other record; passed integer := 0;
BEGIN
    SELECT * INTO o FROM offer_occasion WHERE id = of_occasion;
    PERFORM people_require_coordinator(o.activity_id);
    PERFORM people_place_lock(o.activity_id);
    moment := people_place_at(at);
    IF o.cancelled_at IS NOT NULL THEN PERFORM people_refuse('occasion_cancelled'); END IF;
    SELECT l.place INTO own_place FROM people_place_line(of_occasion, moment) l WHERE l.entry_id = asked;
    IF own_place IS NULL THEN PERFORM people_refuse('not_in_line'); END IF;
    SELECT p.id INTO free_place FROM offer_place p WHERE p.occasion_id = of_occasion AND p.withdrawn_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM people_placehold h WHERE h.place_id = p.id AND h.released_at IS NULL)
        ORDER BY p.number LIMIT 1;
    IF free_place IS NULL THEN PERFORM people_refuse('no_free_place'); END IF;
    IF own_place > 1 AND length(btrim(words)) < 10 THEN PERFORM people_refuse('passing_needs_reason'); END IF;
    FOR other IN SELECT l.entry_id FROM people_place_line(of_occasion, moment) l WHERE l.place < own_place LOOP
        PERFORM people_place_note(other.entry_id, NULL, 'passed', moment, '', words, NULL, NULL);
        passed := passed + 1;
    END LOOP;
    IF passed > 0 THEN PERFORM people_place_note(asked, NULL, 'put_before', moment, '', words, NULL, NULL); END IF;
    PERFORM people_place_give(asked, free_place, moment);
    RETURN passed;
END $$;

-- As many places as wanted. Free places are cut first, then (when asked for) offers that nobody has answered are taken back,
-- the last in line first. What somebody has said yes to is never cut.
CREATE FUNCTION people_place_resize(of_occasion uuid, wanted integer, take_back boolean, words text, at timestamptz,
    OUT added integer, OUT cut integer, OUT taken_back integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE o offer_occasion%ROWTYPE; moment timestamptz; live integer; held integer; answered integer; one record;
BEGIN
    SELECT * INTO o FROM offer_occasion WHERE id = of_occasion;
    PERFORM people_require_coordinator(o.activity_id);
    PERFORM people_place_lock(o.activity_id);
    moment := people_place_at(at);
    IF o.cancelled_at IS NOT NULL THEN PERFORM people_refuse('occasion_cancelled'); END IF;
    IF wanted NOT BETWEEN 0 AND 500 THEN PERFORM people_refuse('places_out_of_range'); END IF;
    SELECT count(*), count(h.id), count(h.accepted_at) INTO live, held, answered FROM offer_place p
        LEFT JOIN people_placehold h ON h.place_id = p.id AND h.released_at IS NULL
            AND (h.accepted_at IS NOT NULL OR h.answer_until > moment)
        WHERE p.occasion_id = of_occasion AND p.withdrawn_at IS NULL;
    added := greatest(wanted - live, 0); cut := greatest(live - wanted, 0); taken_back := 0;
    IF wanted < answered OR wanted < held AND NOT take_back THEN PERFORM people_refuse('places_are_held'); END IF;
    IF wanted < held AND length(btrim(words)) < 10 THEN PERFORM people_refuse('place_no_reason'); END IF;
    FOR one IN SELECT h.id FROM people_placehold h JOIN people_placeentry e ON e.id = h.entry_id
        CROSS JOIN LATERAL (SELECT coalesce(min(l.priority_class)::integer, 99) AS class FROM offer_priorityrule r
            JOIN offer_priorityline l ON l.rule_id = r.id WHERE r.activity_id = o.activity_id
              AND l.criterion = ANY (e.criteria) AND r.valid @> (moment AT TIME ZONE 'Europe/Stockholm')::date) p
        WHERE h.occasion_id = of_occasion AND h.released_at IS NULL AND h.accepted_at IS NULL AND h.answer_until > moment
        ORDER BY p.class DESC, e.joined_at DESC, e.id DESC LIMIT greatest(held - wanted, 0) LOOP
        PERFORM people_place_release(one.id, 'taken_back', moment, words);
        taken_back := taken_back + 1;
    END LOOP;
    FOR one IN SELECT h.id, h.answer_until FROM people_placehold h WHERE h.occasion_id = of_occasion
        AND h.released_at IS NULL AND h.accepted_at IS NULL AND h.answer_until <= moment LOOP
        PERFORM people_place_release(one.id, 'lapsed', one.answer_until, '');
    END LOOP;
    UPDATE offer_place SET withdrawn_at = moment, withdrawn_by = people_my_name() WHERE id IN (
        SELECT p.id FROM offer_place p WHERE p.occasion_id = of_occasion AND p.withdrawn_at IS NULL
          AND NOT EXISTS (SELECT 1 FROM people_placehold h WHERE h.place_id = p.id AND h.released_at IS NULL)
        ORDER BY p.number DESC LIMIT cut);
    INSERT INTO offer_place (id, occasion_id, number) SELECT gen_random_uuid(), of_occasion,
        n + coalesce((SELECT max(p.number) FROM offer_place p WHERE p.occasion_id = of_occasion), 0)
        FROM generate_series(1, added) n;
    PERFORM people_place_fill(o.activity_id, moment);
END $$;

-- The occasion does not take place. Everybody who has or was offered a place stands in the queue again, where they stood,
-- and so does whoever waited for this one. Returns how many that was.
CREATE FUNCTION people_place_cancel(of_occasion uuid, words text, at timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE o offer_occasion%ROWTYPE; moment timestamptz; one record; told integer := 0;
BEGIN
    SELECT * INTO o FROM offer_occasion WHERE id = of_occasion;
    PERFORM people_require_coordinator(o.activity_id);
    PERFORM people_place_lock(o.activity_id);
    moment := people_place_at(at);
    SELECT * INTO o FROM offer_occasion WHERE id = of_occasion FOR NO KEY UPDATE;
    IF o.cancelled_at IS NOT NULL THEN PERFORM people_refuse('occasion_cancelled'); END IF;
    IF length(btrim(words)) < 10 THEN PERFORM people_refuse('place_no_reason'); END IF;
    UPDATE offer_occasion SET cancelled_at = moment, cancelled_by = people_my_name(), cancel_reason = words
        WHERE id = of_occasion;
    FOR one IN SELECT h.id, h.entry_id, h.accepted_at, h.answer_until FROM people_placehold h
        WHERE h.occasion_id = of_occasion AND h.released_at IS NULL ORDER BY h.offered_at, h.id LOOP
        PERFORM people_place_release(one.id, 'cancelled', moment, words);
        told := told + 1;
    END LOOP;
    FOR one IN SELECT e.id FROM people_placeentry e WHERE e.occasion_id = of_occasion AND e.left_at IS NULL LOOP
        PERFORM people_place_note(one.id, NULL, 'changed', moment, 'occasion_cancelled', words, NULL, NULL);
        UPDATE people_placeentry SET occasion_id = NULL WHERE id = one.id;
        told := told + CASE WHEN EXISTS (SELECT 1 FROM people_placehold h WHERE h.entry_id = one.id
            AND h.occasion_id = of_occasion AND h.released_at = moment) THEN 0 ELSE 1 END;
    END LOOP;
    PERFORM people_place_fill(o.activity_id, moment);
    RETURN told;
END $$;

-- What was told to a receiver about an entry and still lasts. About a protected person nothing that can be traced.
CREATE FUNCTION people_place_told(asked uuid, receiver_said text, organisation uuid) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT d.told FROM people_placedisclosure d WHERE d.entry_id = asked AND d.receiver = receiver_said
        AND d.ended_at IS NULL AND (organisation IS NULL OR d.organisation_id = organisation)
        AND (d.fields <@ ARRAY['interpreter', 'not_before']::varchar[] OR NOT EXISTS (SELECT 1 FROM people_protection p
            WHERE p.person_id = d.person_id AND p.period @> statement_timestamp()))
$$;

-- The queue and the places of an activity, for its place coordinator: codes, never persons.
CREATE FUNCTION people_place_queue(of_activity uuid) RETURNS TABLE (entry_id uuid, code text, priority_class integer,
    joined_at timestamptz, needed_date date, wanted_occasion uuid, not_before date, place bigint, hold_id uuid,
    occasion_id uuid, place_number integer, offered_at timestamptz, answer_until timestamptz, accepted_at timestamptz,
    decided_date date, started_on date, told jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT e.id, e.code::text, p.class, e.joined_at, e.needed_date, e.occasion_id, e.not_before,
        CASE WHEN h.id IS NULL THEN row_number() OVER (PARTITION BY h.id IS NULL ORDER BY p.class, e.joined_at, e.id) END,
        h.id, h.occasion_id, q.number::integer, h.offered_at, h.answer_until, h.accepted_at, h.decided_date, h.started_on,
        people_place_told(e.id, 'coordinator', NULL)
    FROM people_placeentry e
    CROSS JOIN LATERAL (SELECT coalesce(min(l.priority_class)::integer, 99) AS class FROM offer_priorityrule r
        JOIN offer_priorityline l ON l.rule_id = r.id WHERE r.activity_id = of_activity AND l.criterion = ANY (e.criteria)
          AND r.valid @> (statement_timestamp() AT TIME ZONE 'Europe/Stockholm')::date) p
    LEFT JOIN people_placehold h ON h.entry_id = e.id AND h.released_at IS NULL
        AND (h.accepted_at IS NOT NULL OR h.answer_until > statement_timestamp())
    LEFT JOIN offer_place q ON q.id = h.place_id
    WHERE e.activity_id = of_activity AND e.left_at IS NULL AND people_coordinates(of_activity)
    ORDER BY h.id IS NOT NULL, p.class, e.joined_at, e.id
$$;

-- How many stand before an entry of the asker's own area; nothing for any other.
CREATE FUNCTION people_place_before(asked uuid) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH own AS (SELECT e.* FROM people_placeentry e JOIN people_me() me ON me.area_id = e.area_id
        WHERE e.id = asked AND e.left_at IS NULL AND people_may(e.person_id) AND e.category IN (SELECT people_reads())),
    line AS (SELECT e.id, e.joined_at, coalesce((SELECT min(l.priority_class)::integer FROM offer_priorityrule r
            JOIN offer_priorityline l ON l.rule_id = r.id WHERE r.activity_id = e.activity_id AND l.criterion = ANY (e.criteria)
              AND r.valid @> (statement_timestamp() AT TIME ZONE 'Europe/Stockholm')::date), 99) AS class
        FROM own JOIN people_placeentry e ON e.activity_id = own.activity_id AND e.left_at IS NULL AND NOT EXISTS (
            SELECT 1 FROM people_placehold h WHERE h.entry_id = e.id AND h.released_at IS NULL
              AND (h.accepted_at IS NOT NULL OR h.answer_until > statement_timestamp())))
    SELECT CASE WHEN EXISTS (SELECT 1 FROM line WHERE id = asked) THEN (SELECT count(*) FROM line l, line mine
        WHERE mine.id = asked AND (l.class, l.joined_at, l.id) < (mine.class, mine.joined_at, mine.id)) END
$$;

-- Places, free places and how many wait, for the catalogue: numbers only, alike for everybody who works with people.
CREATE FUNCTION people_place_numbers() RETURNS TABLE (occasion_id uuid, places bigint, free bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT p.occasion_id, count(*), count(*) FILTER (WHERE h.id IS NULL) FROM offer_place p
    LEFT JOIN people_placehold h ON h.place_id = p.id AND h.released_at IS NULL
        AND (h.accepted_at IS NOT NULL OR h.answer_until > statement_timestamp())
    WHERE p.withdrawn_at IS NULL AND EXISTS (SELECT 1 FROM people_me()) GROUP BY p.occasion_id
$$;

CREATE FUNCTION people_place_waiting() RETURNS TABLE (activity_id uuid, waiting bigint, offered bigint, given bigint,
    undecided bigint, oldest timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT e.activity_id, count(*) FILTER (WHERE h.id IS NULL),
        count(*) FILTER (WHERE h.accepted_at IS NULL AND h.id IS NOT NULL),
        count(*) FILTER (WHERE h.accepted_at IS NOT NULL),
        count(*) FILTER (WHERE h.accepted_at IS NOT NULL AND h.decided_date IS NULL),
        min(e.joined_at) FILTER (WHERE h.id IS NULL)
    FROM people_placeentry e LEFT JOIN people_placehold h ON h.entry_id = e.id AND h.released_at IS NULL
        AND (h.accepted_at IS NOT NULL OR h.answer_until > statement_timestamp())
    WHERE e.left_at IS NULL AND EXISTS (SELECT 1 FROM people_me()) GROUP BY e.activity_id
$$;

-- What waits for a decision of the asker's: of the own area, and of others that told. Those on whose case the asker is.
CREATE FUNCTION people_place_to_decide() RETURNS TABLE (hold_id uuid, person_id uuid, activity_id uuid, occasion_id uuid,
    code text, offered_at timestamptz, accepted_at timestamptz, answer_until timestamptz, told jsonb, is_own boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT h.id, h.person_id, h.activity_id, h.occasion_id, e.code::text, h.offered_at, h.accepted_at, h.answer_until,
        people_place_told(e.id, 'decider', NULL), h.area_id = me.area_id
    FROM people_me() me JOIN offer_activity a ON a.decided_by_role = me.role
    JOIN people_placehold h ON h.activity_id = a.id AND h.released_at IS NULL AND h.decided_date IS NULL
        AND (h.accepted_at IS NOT NULL OR h.answer_until > statement_timestamp())
    JOIN people_placeentry e ON e.id = h.entry_id
    WHERE h.person_id IN (SELECT people_cases()) AND h.person_id NOT IN (SELECT people_hidden())
      AND (h.area_id = me.area_id AND h.category IN (SELECT people_reads()) OR EXISTS (SELECT 1 FROM people_placedisclosure d
        WHERE d.entry_id = e.id AND d.receiver = 'decider' AND d.to_area_id = me.area_id AND d.ended_at IS NULL))
    ORDER BY h.offered_at, h.id
$$;

CREATE FUNCTION people_place_provides(of_occasion uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM people_me() me JOIN partners_membership m ON m.id = me.membership_id
        JOIN offer_occasion o ON o.id = of_occasion AND o.provider_id = m.organisation_id WHERE me.role = 'provider')
$$;

-- Those who have a place on the day of a session, for the provider that holds it: codes, and what was told.
CREATE FUNCTION people_place_roll(of_session uuid) RETURNS TABLE (hold_id uuid, code text, told jsonb, presence text,
    version integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT h.id, e.code::text, CASE WHEN h.released_at IS NULL THEN people_place_told(e.id, 'provider', o.provider_id) END,
        t.presence::text, t.version::integer
    FROM offer_session s JOIN offer_occasion o ON o.id = s.occasion_id
    JOIN people_placehold h ON h.occasion_id = o.id AND h.accepted_at IS NOT NULL AND h.decided_date IS NOT NULL
        AND h.accepted_at <= s.ends_at AND (h.released_at IS NULL OR h.released_at > s.starts_at)
    JOIN people_placeentry e ON e.id = h.entry_id
    LEFT JOIN LATERAL (SELECT a.presence, a.version FROM people_attendance a WHERE a.hold_id = h.id
        AND a.session_id = s.id ORDER BY a.version DESC LIMIT 1) t ON true
    WHERE s.id = of_session AND people_place_provides(o.id) ORDER BY e.code
$$;

-- Whether somebody was there. The same again changes nothing; something else is a correction, and both are kept.
CREATE FUNCTION people_place_attend(of_session uuid, of_hold uuid, presence_said text, at timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE s offer_session%ROWTYPE; held people_placehold%ROWTYPE; latest record; moment timestamptz := people_place_at(at);
BEGIN
    SELECT * INTO s FROM offer_session WHERE id = of_session;
    IF NOT coalesce(people_place_provides(s.occasion_id), false) THEN PERFORM people_refuse('not_there'); END IF;
    SELECT h.* INTO held FROM people_placehold h WHERE h.id = of_hold AND h.occasion_id = s.occasion_id
        AND h.accepted_at IS NOT NULL AND h.decided_date IS NOT NULL AND h.accepted_at <= s.ends_at
        AND (h.released_at IS NULL OR h.released_at > s.starts_at) FOR UPDATE;
    IF held.id IS NULL THEN PERFORM people_refuse('not_there'); END IF;
    IF s.cancelled_at IS NOT NULL THEN PERFORM people_refuse('session_cancelled'); END IF;
    IF moment < s.starts_at - interval '1 hour' THEN PERFORM people_refuse('session_not_begun'); END IF;
    IF moment > s.ends_at + interval '31 days' THEN PERFORM people_refuse('session_long_ago'); END IF;
    SELECT a.presence, a.version INTO latest FROM people_attendance a WHERE a.hold_id = of_hold
        AND a.session_id = of_session ORDER BY a.version DESC LIMIT 1;
    IF latest.presence = presence_said THEN RETURN latest.version; END IF;
    INSERT INTO people_attendance (id, hold_id, person_id, area_id, category, session_id, version, presence, noted_at,
            noted_by, membership_id)
        SELECT gen_random_uuid(), of_hold, held.person_id, held.area_id, held.category, of_session,
            coalesce(latest.version, 0) + 1, presence_said, moment, people_my_name(), me.membership_id FROM people_me() me;
    IF presence_said IN ('present', 'late') AND held.started_on IS NULL AND held.released_at IS NULL THEN
        PERFORM people_place_begin(of_hold, (s.starts_at AT TIME ZONE 'Europe/Stockholm')::date, moment);
    END IF;
    RETURN coalesce(latest.version, 0) + 1;
END $$;

-- Why somebody was not there, written in the own area; illness is health.
CREATE FUNCTION people_place_explain(of_session uuid, of_hold uuid, code_said text, words text, at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE held people_placehold%ROWTYPE; tells text;
BEGIN
    held := people_place_own(of_hold);
    IF NOT EXISTS (SELECT 1 FROM people_attendance a WHERE a.hold_id = of_hold AND a.session_id = of_session) THEN
        PERFORM people_refuse('not_there');
    END IF;
    tells := CASE WHEN code_said = 'ill' THEN 'health' ELSE held.category END;
    IF NOT (tells IN (SELECT people_writes())) THEN PERFORM people_refuse('not_for_your_role'); END IF;
    PERFORM people_place_note(held.entry_id, of_hold, 'absence', people_place_at(at), code_said, words, of_session, tells);
END $$;

-- Tell somebody outside named fields about whoever has an entry, after the person has seen them. The database takes what
-- stands in them from the card, so that nothing else can be told.
CREATE FUNCTION people_place_disclose(asked uuid, receiver_said text, area uuid, fields_said text[], basis_said text,
    how text, shown date, at timestamptz) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE me record; mine people_placeentry%ROWTYPE; card jsonb; provider uuid; made uuid := gen_random_uuid();
    moment timestamptz := people_place_at(at);
BEGIN
    SELECT * INTO me FROM people_me();
    SELECT e.* INTO mine FROM people_placeentry e WHERE e.id = asked AND e.area_id = me.area_id
        AND e.category IN (SELECT people_writes());
    IF mine.id IS NULL THEN PERFORM people_refuse('not_on_case'); END IF;
    PERFORM people_require_lasting(mine.person_id);
    IF NOT ('contact' IN (SELECT people_reads())) THEN PERFORM people_refuse('not_for_your_role'); END IF;
    PERFORM people_place_lock(mine.activity_id);
    SELECT e.* INTO mine FROM people_placeentry e WHERE e.id = asked;
    IF mine.left_at IS NOT NULL THEN PERFORM people_refuse('offer_is_over'); END IF;
    IF NOT (fields_said <@ ARRAY['name', 'phone', 'email', 'language', 'interpreter', 'not_before']) THEN
        PERFORM people_refuse('place_field');
    END IF;
    IF basis_said NOT IN ('agreed', 'request') OR shown IS NULL OR shown > (moment AT TIME ZONE 'Europe/Stockholm')::date THEN
        PERFORM people_refuse('not_shown');
    END IF;
    IF NOT (fields_said <@ ARRAY['interpreter', 'not_before']) AND EXISTS (SELECT 1 FROM people_protection p
            WHERE p.person_id = mine.person_id AND p.period @> statement_timestamp()) THEN
        PERFORM people_refuse('protected_without_name');
    END IF;
    IF receiver_said = 'provider' THEN
        SELECT o.provider_id INTO provider FROM people_placehold h JOIN offer_occasion o ON o.id = h.occasion_id
            WHERE h.entry_id = asked AND h.released_at IS NULL;
        IF provider IS NULL THEN PERFORM people_refuse('place_not_given'); END IF;
    END IF;
    IF receiver_said = 'decider' AND (area IS NULL OR area = me.area_id) THEN PERFORM people_refuse('same_area'); END IF;
    SELECT c.content INTO card FROM people_contribution c WHERE c.person_id = mine.person_id AND c.area_id = me.area_id
        AND c.kind = 'card' ORDER BY c.occurred_at DESC, c.written_at DESC, c.id DESC LIMIT 1;
    UPDATE people_placedisclosure SET ended_at = moment, ended_by = people_my_name()
        WHERE entry_id = asked AND receiver = receiver_said AND ended_at IS NULL;
    INSERT INTO people_placedisclosure (id, entry_id, person_id, area_id, category, receiver, organisation_id, to_area_id,
            fields, told, basis, shown_how, shown_date, given_at, given_by)
        VALUES (made, asked, mine.person_id, mine.area_id, mine.category, receiver_said, provider,
            CASE receiver_said WHEN 'decider' THEN area END, fields_said, jsonb_strip_nulls(jsonb_build_object(
                'name', CASE WHEN 'name' = ANY (fields_said) THEN
                    concat_ws(' ', card ->> 'given_name', card ->> 'family_name') END,
                'phone', CASE WHEN 'phone' = ANY (fields_said) THEN card ->> 'phone' END,
                'email', CASE WHEN 'email' = ANY (fields_said) THEN card ->> 'email' END,
                'language', CASE WHEN 'language' = ANY (fields_said) THEN card ->> 'language' END,
                'interpreter', CASE WHEN 'interpreter' = ANY (fields_said) THEN
                    coalesce((card ->> 'interpreter')::boolean, false) END,
                'not_before', CASE WHEN 'not_before' = ANY (fields_said) THEN mine.not_before END)),
            basis_said, how, shown, moment, people_my_name());
    RETURN made;
END $$;

CREATE FUNCTION people_place_end_disclosure(asked uuid, at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE of_person uuid;
BEGIN
    SELECT d.person_id INTO of_person FROM people_placedisclosure d JOIN people_me() me ON me.area_id = d.area_id
        WHERE d.id = asked AND d.category IN (SELECT people_writes());
    IF of_person IS NULL THEN PERFORM people_refuse('not_on_case'); END IF;
    PERFORM people_require(of_person);
    UPDATE people_placedisclosure SET ended_at = people_place_at(at), ended_by = people_my_name()
        WHERE id = asked AND ended_at IS NULL;
END $$;

-- Two persons who are found to be one: what waits follows, and follows back when they are told apart.
CREATE FUNCTION people_place_follow_match() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE from_person uuid; to_person uuid; part text;
BEGIN
    IF NEW.state = OLD.state OR NEW.state NOT IN ('joined', 'split') THEN RETURN NULL; END IF;
    from_person := CASE NEW.state WHEN 'joined' THEN NEW.newer_id ELSE NEW.known_id END;
    to_person := CASE NEW.state WHEN 'joined' THEN NEW.known_id ELSE NEW.newer_id END;
    BEGIN
        UPDATE people_placeentry SET person_id = to_person, moved_from = CASE NEW.state WHEN 'joined' THEN from_person END
            WHERE person_id = from_person AND (NEW.state = 'joined' OR moved_from = to_person);
        FOREACH part IN ARRAY ARRAY['placehold', 'placeevent', 'placedisclosure'] LOOP
            EXECUTE format('UPDATE people_%I c SET person_id = e.person_id FROM people_placeentry e '
                           'WHERE e.id = c.entry_id AND c.person_id <> e.person_id', part);
        END LOOP;
        FOREACH part IN ARRAY ARRAY['attendance', 'placeresult'] LOOP
            EXECUTE format('UPDATE people_%I c SET person_id = h.person_id FROM people_placehold h '
                           'WHERE h.id = c.hold_id AND c.person_id <> h.person_id', part);
        END LOOP;
    EXCEPTION WHEN unique_violation THEN PERFORM people_refuse('join_overlaps');
    END;
    RETURN NULL;
END $$;
CREATE TRIGGER places_follow AFTER UPDATE OF state ON people_match FOR EACH ROW EXECUTE FUNCTION people_place_follow_match();
"""

INTERNAL = (
    "people_require_coordinator(uuid)", "people_place_told(uuid, text, uuid)", "people_place_provides(uuid)",
    "people_place_follow_match()",
)  # fmt: skip
FOR_THE_PRODUCT = (
    "people_place_appoint(uuid, uuid, date, timestamptz)", "people_place_open(uuid, timestamptz)",
    "people_place_put_before(uuid, uuid, text, timestamptz)",
    "people_place_resize(uuid, integer, boolean, text, timestamptz)", "people_place_cancel(uuid, text, timestamptz)",
    "people_place_queue(uuid)", "people_place_before(uuid)", "people_place_numbers()", "people_place_waiting()",
    "people_place_to_decide()", "people_place_roll(uuid)", "people_place_attend(uuid, uuid, text, timestamptz)",
    "people_place_explain(uuid, uuid, text, text, timestamptz)",
    "people_place_disclose(uuid, text, uuid, text[], text, text, date, timestamptz)",
    "people_place_end_disclosure(uuid, timestamptz)",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("people", "0014_giving_places")]
    operations = [
        migrations.RunSQL(
            FORWARD + owned(INTERNAL, FOR_THE_PRODUCT),
            "DROP TRIGGER places_follow ON people_match;"
            + "".join(f"DROP FUNCTION {function};" for function in (*FOR_THE_PRODUCT, *INTERNAL)),
        )
    ]
