"""Who joins a queue takes a share of the activity's lock, always; the places are given after that, in a moment of their own.

So two hundred who join at once write at once, and whoever gives waits for all of them and sees them all: those who came
first are given the places, in order, some at a time. Before, each of them held the queue until all it had written was safe.
And the line is made once for all the free places of an occasion, not once for each.
"""

from importlib import import_module

from django.db import migrations

before = import_module("samkraft.people.migrations.0019_many_join_at_once")
owned = import_module("samkraft.people.migrations.0003_on_the_case").owned

SIGNATURE = "people_place_join(uuid, uuid, uuid, date, text[], uuid, uuid, date, timestamptz)"
_START = before.FORWARD.index("CREATE OR REPLACE FUNCTION people_place_join")
AS_BEFORE = before.FORWARD[_START : before.FORWARD.index("END $$;", _START) + 7]

JOIN = """
-- Put a person in an activity's queue, for any occasion or one. The moment is taken under a share of the lock, which is kept
-- until all is written: whoever gives places takes the whole of it, and so has everybody before them who came before.
-- `may_give`: there is something to give; then people_place_offer is asked, when this has been written.
CREATE FUNCTION people_place_join(person uuid, of_activity uuid, of_occasion uuid, not_before_said date,
    criteria_said text[], step_said uuid, of_enrolment uuid, needed date, at timestamptz, OUT made uuid, OUT may_give boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE me record; moment timestamptz;
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
    PERFORM pg_advisory_xact_lock_shared(hashtextextended('places of ' || of_activity::text, 0));
    moment := people_place_at(at);
    -- Six signs of thirty: two who get the same at once are not told so, but one of them gets another.
    LOOP
        made := gen_random_uuid();
        WITH sign AS (SELECT string_agg(substr('ABCDEFGHJKLMNPQRSTVWXYZ2345678', 1 + get_byte(uuid_send(made), n) % 30, 1), '')
                AS code FROM generate_series(0, 5) n),
        entry AS (INSERT INTO people_placeentry (id, person_id, area_id, category, enrolment_id, activity_id, occasion_id,
                step, code, criteria, not_before, needed_date, joined_at, joined_by, joined_membership_id)
            SELECT made, person, me.area_id, me.tells, of_enrolment, of_activity, of_occasion, step_said, sign.code,
                coalesce(criteria_said, '{}'), not_before_said,
                least(coalesce(needed, 'infinity'::date), (moment AT TIME ZONE 'Europe/Stockholm')::date), moment, me.name,
                me.membership_id FROM sign
            ON CONFLICT DO NOTHING RETURNING id)
        INSERT INTO people_placeevent (id, entry_id, person_id, area_id, category, kind, "order", happened_at, said_by,
                membership_id, reason_code, reason)
            SELECT gen_random_uuid(), id, person, me.area_id, me.tells, 'joined', 1, moment, me.name, me.membership_id, '', ''
            FROM entry;
        EXIT WHEN FOUND;
        IF EXISTS (SELECT 1 FROM people_placeentry e WHERE e.person_id = person AND e.activity_id = of_activity
            AND e.area_id = me.area_id AND e.left_at IS NULL) THEN PERFORM people_refuse('already_in_queue'); END IF;
    END LOOP;
    may_give := people_place_may_give(of_activity, moment);
END $$;

-- What can be given in an activity goes to the next in line now. It does only what the clock would do within a minute, so
-- nobody needs leave to ask for it. Who finds that somebody else is about to give has been written already, and is seen by
-- that one, who waits for all who join: so one at a time keeps the queue waiting, and no more. Returns how many offers.
CREATE FUNCTION people_place_offer(of_activity uuid, at timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT people_place_may_give(of_activity, people_place_at(at)) THEN RETURN 0; END IF;
    IF NOT pg_try_advisory_xact_lock(hashtextextended('gives places of ' || of_activity::text, 0)) THEN RETURN 0; END IF;
    PERFORM people_place_lock(of_activity);
    IF NOT people_place_may_give(of_activity, people_place_at(at)) THEN RETURN 0; END IF;
    RETURN people_place_fill(of_activity, people_place_at(at));
END $$;
"""
FILL = """
-- Offers that nobody answered in time go on to the next, and every free place to the next in line. Returns how many offers.
-- The line of an occasion is asked for once: who has got a place meanwhile, in another area's queue, is left out.
CREATE OR REPLACE FUNCTION people_place_fill(of_activity uuid, moment timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE held record; opened record; waiting record; free_places uuid[]; given integer; made integer := 0;
BEGIN
    PERFORM people_place_lock(of_activity);
    FOR held IN SELECT h.id, h.answer_until FROM people_placehold h WHERE h.activity_id = of_activity
        AND h.released_at IS NULL AND h.accepted_at IS NULL AND h.answer_until <= moment ORDER BY h.answer_until, h.id LOOP
        PERFORM people_place_release(held.id, 'lapsed', held.answer_until, '');
    END LOOP;
    FOR opened IN SELECT o.id FROM offer_occasion o JOIN offer_activity a ON a.id = o.activity_id
        WHERE o.activity_id = of_activity AND o.offering_since <= moment AND o.cancelled_at IS NULL
          AND CASE a.start_form WHEN 'joint' THEN o.starts_on > (moment AT TIME ZONE 'Europe/Stockholm')::date
              ELSE o.ends_on IS NULL OR o.ends_on > (moment AT TIME ZONE 'Europe/Stockholm')::date END
        ORDER BY o.starts_on, o.id LOOP
        SELECT array_agg(p.id ORDER BY p.number) INTO free_places FROM offer_place p
            WHERE p.occasion_id = opened.id AND p.withdrawn_at IS NULL
              AND NOT EXISTS (SELECT 1 FROM people_placehold h WHERE h.place_id = p.id AND h.released_at IS NULL);
        CONTINUE WHEN free_places IS NULL;
        given := 0;
        FOR waiting IN SELECT l.entry_id, e.person_id FROM people_place_line(opened.id, moment) l
            JOIN people_placeentry e ON e.id = l.entry_id ORDER BY l.place LOOP
            CONTINUE WHEN EXISTS (SELECT 1 FROM people_placehold h WHERE h.person_id = waiting.person_id
                AND h.activity_id = of_activity AND h.released_at IS NULL);
            given := given + 1;
            PERFORM people_place_give(waiting.entry_id, free_places[given], moment);
            EXIT WHEN given = cardinality(free_places);
        END LOOP;
        made := made + given;
    END LOOP;
    RETURN made;
END $$;
"""
_GIVING = import_module("samkraft.people.migrations.0014_giving_places").FORWARD
_FILLED = _GIVING.index("CREATE FUNCTION people_place_fill")
FILL_AS_BEFORE = _GIVING[_FILLED : _GIVING.index("END $$;", _FILLED) + 7].replace("CREATE", "CREATE OR REPLACE", 1)
OFFER = "people_place_offer(uuid, timestamptz)"


class Migration(migrations.Migration):
    dependencies = [("people", "0031_times_of_ones_own")]
    operations = [
        migrations.RunSQL(
            f"DROP FUNCTION {SIGNATURE};" + JOIN + FILL + owned((), (SIGNATURE, OFFER)),
            f"DROP FUNCTION {SIGNATURE}; DROP FUNCTION {OFFER};" + AS_BEFORE + FILL_AS_BEFORE + owned((), (SIGNATURE,)),
        )
    ]
