"""To join is quicker and alike; what somebody waited for is remembered when it is cancelled; and nobody waits beside a free
place for longer than the clock's next round.

Whoever joins when nothing is free takes a share of the activity's lock, so that many can join at once. Whoever gives places
waits for all of them: the order is exact all the same.
"""

from importlib import import_module

from django.db import migrations

owned = import_module("samkraft.people.migrations.0003_on_the_case").owned

FORWARD = """
-- Whether anything could be given now: a free place in an occasion that is open, or an offer whose time is out.
CREATE FUNCTION people_place_may_give(of_activity uuid, moment timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM offer_occasion o JOIN offer_place p ON p.occasion_id = o.id AND p.withdrawn_at IS NULL
        WHERE o.activity_id = of_activity AND o.offering_since <= moment AND o.cancelled_at IS NULL
          AND NOT EXISTS (SELECT 1 FROM people_placehold h WHERE h.place_id = p.id AND h.released_at IS NULL))
    OR EXISTS (SELECT 1 FROM people_placehold h WHERE h.activity_id = of_activity AND h.released_at IS NULL
          AND h.accepted_at IS NULL AND h.answer_until <= moment)
$$;

CREATE OR REPLACE FUNCTION people_place_line(of_occasion uuid, moment timestamptz)
RETURNS TABLE (entry_id uuid, priority_class integer, place bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT e.id, p.class, row_number() OVER (ORDER BY p.class, e.joined_at, e.id)
    FROM offer_occasion o JOIN offer_activity a ON a.id = o.activity_id
    JOIN people_placeentry e ON e.activity_id = o.activity_id AND e.left_at IS NULL
    CROSS JOIN LATERAL (SELECT coalesce(min(l.priority_class)::integer, 99) AS class FROM offer_priorityrule r
        JOIN offer_priorityline l ON l.rule_id = r.id WHERE r.activity_id = a.id AND l.criterion = ANY (e.criteria)
          AND r.valid @> (moment AT TIME ZONE 'Europe/Stockholm')::date) p
    WHERE o.id = of_occasion AND (e.occasion_id IS NULL OR e.occasion_id = o.id OR EXISTS (
            SELECT 1 FROM offer_occasion w WHERE w.id = e.occasion_id AND w.cancelled_at IS NOT NULL))
      AND (e.not_before IS NULL OR e.not_before <= CASE a.start_form WHEN 'running'
            THEN greatest(o.starts_on, (moment AT TIME ZONE 'Europe/Stockholm')::date) ELSE o.starts_on END)
      AND NOT EXISTS (SELECT 1 FROM people_placehold h WHERE h.person_id = e.person_id AND h.activity_id = e.activity_id
            AND h.released_at IS NULL AND (h.accepted_at IS NOT NULL OR h.answer_until > moment))
      AND NOT EXISTS (SELECT 1 FROM people_placehold h WHERE h.entry_id = e.id AND h.occasion_id = o.id
            AND (h.released_as IN ('declined', 'lapsed') OR h.released_at IS NULL))
$$;

CREATE OR REPLACE FUNCTION people_place_cancel(of_occasion uuid, words text, at timestamptz) RETURNS integer
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
    FOR one IN SELECT e.id AS entry_id, h.id FROM people_placeentry e LEFT JOIN people_placehold h ON h.entry_id = e.id
            AND h.occasion_id = of_occasion AND h.released_at IS NULL
        WHERE e.activity_id = o.activity_id AND e.left_at IS NULL AND (h.id IS NOT NULL OR e.occasion_id = of_occasion)
        ORDER BY h.offered_at, e.joined_at, e.id LOOP
        IF one.id IS NOT NULL THEN PERFORM people_place_release(one.id, 'cancelled', moment, words); END IF;
        PERFORM people_place_note(one.entry_id, NULL, 'changed', moment, 'occasion_cancelled', words, NULL, NULL)
            FROM people_placeentry e WHERE e.id = one.entry_id AND e.occasion_id = of_occasion;
        told := told + 1;
    END LOOP;
    PERFORM people_place_fill(o.activity_id, moment);
    RETURN told;
END $$;

CREATE OR REPLACE FUNCTION people_place_join(person uuid, of_activity uuid, of_occasion uuid, not_before_said date,
    criteria_said text[], step_said uuid, of_enrolment uuid, needed date, at timestamptz) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE me record; made uuid := gen_random_uuid(); moment timestamptz; sign text; gives boolean;
BEGIN
    -- The usual case asks once; who is refused is told which of the two it was.
    IF NOT people_is_lasting(person) THEN PERFORM people_require_lasting(person); END IF;
    SELECT p.membership_id, p.area_id, u.name::text AS name, a.reveals::text AS tells,
        a.reveals IN (SELECT people_writes()) AS writes,
        of_occasion IS NULL OR EXISTS (SELECT 1 FROM offer_occasion o WHERE o.id = of_occasion
            AND o.activity_id = of_activity AND o.cancelled_at IS NULL) AS has_occasion,
        of_enrolment IS NULL OR EXISTS (SELECT 1 FROM people_enrolment e WHERE e.id = of_enrolment
            AND e.person_id = person) AS has_enrolment,
        step_said IS NULL OR EXISTS (SELECT 1 FROM people_contribution c WHERE c.lineage = step_said
            AND c.person_id = person AND c.area_id = p.area_id AND c.kind = 'step') AS has_step
        INTO me FROM people_me() p JOIN partners_user u ON u.id = p.user_id JOIN offer_activity a ON a.id = of_activity;
    IF me.tells IS NULL OR NOT me.has_occasion THEN PERFORM people_refuse('unknown_occasion'); END IF;
    IF NOT me.writes THEN PERFORM people_refuse('not_for_your_role'); END IF;
    IF NOT me.has_enrolment OR NOT me.has_step THEN PERFORM people_refuse('not_on_case'); END IF;
    sign := translate(upper(substr(md5(made::text), 1, 5)), '01', 'HK');
    gives := people_place_may_give(of_activity, people_place_at(at));
    IF gives THEN PERFORM people_place_lock(of_activity);
    ELSE PERFORM pg_advisory_xact_lock_shared(hashtextextended('places of ' || of_activity::text, 0));
    END IF;
    moment := people_place_at(at);
    WHILE EXISTS (SELECT 1 FROM people_placeentry e WHERE e.activity_id = of_activity AND e.code = sign) LOOP
        sign := translate(upper(substr(md5(random()::text), 1, 6)), '01', 'HK');
    END LOOP;
    WITH entry AS (INSERT INTO people_placeentry (id, person_id, area_id, category, enrolment_id, activity_id, occasion_id,
            step, code, criteria, not_before, needed_date, joined_at, joined_by, joined_membership_id)
        VALUES (made, person, me.area_id, me.tells, of_enrolment, of_activity, of_occasion, step_said, sign,
            coalesce(criteria_said, '{}'), not_before_said,
            least(coalesce(needed, 'infinity'::date), (moment AT TIME ZONE 'Europe/Stockholm')::date), moment, me.name,
            me.membership_id)
        ON CONFLICT (person_id, activity_id, area_id) WHERE left_at IS NULL DO NOTHING RETURNING id)
    INSERT INTO people_placeevent (id, entry_id, person_id, area_id, category, kind, "order", happened_at, said_by,
            membership_id, reason_code, reason)
        SELECT gen_random_uuid(), id, person, me.area_id, me.tells, 'joined', 1, moment, me.name, me.membership_id, '', ''
        FROM entry;
    IF NOT FOUND THEN PERFORM people_refuse('already_in_queue'); END IF;
    IF gives AND people_place_may_give(of_activity, moment) THEN PERFORM people_place_fill(of_activity, moment); END IF;
    RETURN made;
END $$;

-- What time has run out of, and places that somebody could have had since: for the job, every minute.
CREATE OR REPLACE FUNCTION people_place_lapse() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE one record; made integer := 0;
BEGIN
    FOR one IN SELECT a.id FROM offer_activity a WHERE people_place_may_give(a.id, clock_timestamp()) ORDER BY a.id LOOP
        made := made + people_place_fill(one.id, clock_timestamp());
    END LOOP;
    RETURN made;
END $$;
CREATE INDEX people_placehold_entry ON people_placehold (entry_id);
"""
INTERNAL = ("people_place_may_give(uuid, timestamptz)",)


class Migration(migrations.Migration):
    dependencies = [("people", "0018_summer_only_by_link")]
    operations = [
        migrations.RunSQL(
            FORWARD + owned(INTERNAL, ()),
            # What was there before is like it in all that matters; the functions are dropped with their own migration.
            "DROP INDEX people_placehold_entry;",
        )
    ]
