"""Who gets a place: the database keeps the queue's order, hands out each place once, and passes nobody silently.

The next in line is decided here, from the class that the rule in force gives, the moment of joining, and the id. Every
change takes the activity's lock first, so that two who want the last place come one after the other.
"""

from importlib import import_module

from django.db import migrations, models

owned = import_module("samkraft.people.migrations.0003_on_the_case").owned

KINDS = [
    "joined", "offered", "accepted", "declined", "lapsed", "taken_back", "cancelled", "decided", "refused",
    "started", "ended", "gave_up", "left", "put_before", "passed", "absence", "changed", "because",
]  # fmt: skip

FORWARD = """
-- The moment of what is done: the clock's, but where the owner lets an invented past be laid in.
CREATE FUNCTION people_place_at(said timestamptz) RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE WHEN said IS NOT NULL AND EXISTS (SELECT 1 FROM audit_timetravel) THEN said ELSE clock_timestamp() END
$$;

CREATE FUNCTION people_place_lock(asked uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT pg_advisory_xact_lock(hashtextextended('places of ' || asked::text, 0))
$$;

CREATE FUNCTION people_my_name() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT u.name::text FROM people_me() me JOIN partners_user u ON u.id = me.user_id
$$;

-- One event more. Without a context it is the queue itself that acts.
CREATE FUNCTION people_place_note(asked uuid, of_hold uuid, kind_said text, moment timestamptz, code_said text, words text,
    at_session uuid, category_said text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    INSERT INTO people_placeevent (id, entry_id, hold_id, person_id, area_id, category, kind, occasion_id, session_id,
            "order", happened_at, said_by, membership_id, reason_code, reason)
        SELECT gen_random_uuid(), e.id, of_hold, e.person_id, e.area_id, coalesce(category_said, e.category), kind_said,
               (SELECT h.occasion_id FROM people_placehold h WHERE h.id = of_hold), at_session,
               1 + (SELECT count(*) FROM people_placeevent o WHERE o.entry_id = e.id), moment,
               CASE WHEN kind_said IN ('offered', 'lapsed') THEN 'Samkraft' ELSE coalesce(people_my_name(), 'Samkraft') END,
               CASE WHEN kind_said IN ('offered', 'lapsed') THEN NULL ELSE (SELECT membership_id FROM people_me()) END,
               code_said, words
        FROM people_placeentry e WHERE e.id = asked
$$;

-- Why, in a row of its own: a reason that tells of health is known only to those whose work meets health.
CREATE FUNCTION people_place_because(asked uuid, of_hold uuid, moment timestamptz, code_said text, words text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE tells text := CASE WHEN code_said IN ('health', 'ill') THEN 'health'
    ELSE (SELECT category FROM people_placeentry WHERE id = asked) END;
BEGIN
    IF NOT (tells IN (SELECT people_writes())) THEN PERFORM people_refuse('not_for_your_role'); END IF;
    PERFORM people_place_note(asked, of_hold, 'because', moment, code_said, words, NULL, tells);
END $$;

-- Those who wait and could take a place in the occasion, in order. An offer whose time is out no longer counts.
CREATE FUNCTION people_place_line(of_occasion uuid, moment timestamptz)
RETURNS TABLE (entry_id uuid, priority_class integer, place bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT e.id, p.class, row_number() OVER (ORDER BY p.class, e.joined_at, e.id)
    FROM offer_occasion o JOIN offer_activity a ON a.id = o.activity_id
    JOIN people_placeentry e ON e.activity_id = o.activity_id AND e.left_at IS NULL
    CROSS JOIN LATERAL (SELECT coalesce(min(l.priority_class)::integer, 99) AS class FROM offer_priorityrule r
        JOIN offer_priorityline l ON l.rule_id = r.id WHERE r.activity_id = a.id AND l.criterion = ANY (e.criteria)
          AND r.valid @> (moment AT TIME ZONE 'Europe/Stockholm')::date) p
    WHERE o.id = of_occasion AND (e.occasion_id IS NULL OR e.occasion_id = o.id)
      AND (e.not_before IS NULL OR e.not_before <= CASE a.start_form WHEN 'running'
            THEN greatest(o.starts_on, (moment AT TIME ZONE 'Europe/Stockholm')::date) ELSE o.starts_on END)
      AND NOT EXISTS (SELECT 1 FROM people_placehold h WHERE h.person_id = e.person_id AND h.activity_id = e.activity_id
            AND h.released_at IS NULL AND (h.accepted_at IS NOT NULL OR h.answer_until > moment))
      AND NOT EXISTS (SELECT 1 FROM people_placehold h WHERE h.entry_id = e.id AND h.occasion_id = o.id
            AND (h.released_as IN ('declined', 'lapsed') OR h.released_at IS NULL))
$$;

CREATE FUNCTION people_place_give(asked uuid, of_place uuid, moment timestamptz) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE made uuid := gen_random_uuid();
BEGIN
    INSERT INTO people_placehold (id, entry_id, person_id, area_id, category, activity_id, occasion_id, place_id, offered_at,
            answer_until, decision_number, decider_name, released_as)
        SELECT made, e.id, e.person_id, e.area_id, e.category, e.activity_id, o.id, p.id, moment,
               greatest(moment + interval '12 hours', least(
                   ((moment AT TIME ZONE 'Europe/Stockholm')::date + o.answer_days + 1)::timestamp
                       AT TIME ZONE 'Europe/Stockholm',
                   CASE a.start_form WHEN 'joint' THEN o.starts_on::timestamp AT TIME ZONE 'Europe/Stockholm' END)), '', '', ''
        FROM people_placeentry e, offer_place p JOIN offer_occasion o ON o.id = p.occasion_id
        JOIN offer_activity a ON a.id = o.activity_id WHERE e.id = asked AND p.id = of_place;
    PERFORM people_place_note(asked, made, 'offered', moment, '', '', NULL, NULL);
    RETURN made;
END $$;

CREATE FUNCTION people_place_release(of_hold uuid, kind_said text, moment timestamptz, words text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE of_entry uuid;
BEGIN
    UPDATE people_placehold SET released_at = moment, released_as = kind_said
        WHERE id = of_hold AND released_at IS NULL RETURNING entry_id INTO of_entry;
    IF of_entry IS NULL THEN RETURN; END IF;
    PERFORM people_place_note(of_entry, of_hold, kind_said, moment, '', words, NULL, NULL);
    -- What the provider was told lasts as long as the place.
    UPDATE people_placedisclosure SET ended_at = moment, ended_by = 'Samkraft'
        WHERE entry_id = of_entry AND receiver = 'provider' AND ended_at IS NULL;
END $$;

CREATE FUNCTION people_place_end_entry(asked uuid, moment timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    UPDATE people_placeentry SET left_at = greatest(moment, joined_at), left_by = coalesce(people_my_name(), 'Samkraft')
        WHERE id = asked AND left_at IS NULL;
    UPDATE people_placedisclosure SET ended_at = moment, ended_by = 'Samkraft' WHERE entry_id = asked AND ended_at IS NULL
$$;

-- Offers that nobody answered in time go on to the next, and every free place to the next in line. Returns how many offers.
CREATE FUNCTION people_place_fill(of_activity uuid, moment timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE held record; opened record; free_place uuid; next_entry uuid; made integer := 0;
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
        LOOP
            SELECT p.id INTO free_place FROM offer_place p WHERE p.occasion_id = opened.id AND p.withdrawn_at IS NULL
                AND NOT EXISTS (SELECT 1 FROM people_placehold h WHERE h.place_id = p.id AND h.released_at IS NULL)
                ORDER BY p.number LIMIT 1;
            EXIT WHEN free_place IS NULL;
            SELECT l.entry_id INTO next_entry FROM people_place_line(opened.id, moment) l ORDER BY l.place LIMIT 1;
            EXIT WHEN next_entry IS NULL;
            PERFORM people_place_give(next_entry, free_place, moment);
            made := made + 1;
        END LOOP;
    END LOOP;
    RETURN made;
END $$;

-- Put a person in an activity's queue, for any occasion or one. The moment is taken under the lock: the order is exact.
CREATE FUNCTION people_place_join(person uuid, of_activity uuid, of_occasion uuid, not_before_said date,
    criteria_said text[], step_said uuid, of_enrolment uuid, needed date, at timestamptz) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE me record; made uuid := gen_random_uuid(); tells text; moment timestamptz;
BEGIN
    PERFORM people_require_lasting(person);
    SELECT * INTO me FROM people_me();
    SELECT a.reveals INTO tells FROM offer_activity a WHERE a.id = of_activity;
    IF tells IS NULL THEN PERFORM people_refuse('unknown_occasion'); END IF;
    IF NOT (tells IN (SELECT people_writes())) THEN PERFORM people_refuse('not_for_your_role'); END IF;
    IF of_occasion IS NOT NULL AND NOT EXISTS (SELECT 1 FROM offer_occasion o WHERE o.id = of_occasion
            AND o.activity_id = of_activity AND o.cancelled_at IS NULL) THEN PERFORM people_refuse('unknown_occasion'); END IF;
    IF of_enrolment IS NOT NULL AND NOT EXISTS (SELECT 1 FROM people_enrolment e WHERE e.id = of_enrolment
            AND e.person_id = person) THEN PERFORM people_refuse('not_on_case'); END IF;
    IF step_said IS NOT NULL AND NOT EXISTS (SELECT 1 FROM people_contribution c WHERE c.lineage = step_said
            AND c.person_id = person AND c.area_id = me.area_id AND c.kind = 'step') THEN
        PERFORM people_refuse('not_on_case');
    END IF;
    PERFORM people_place_lock(of_activity);
    moment := people_place_at(at);
    IF EXISTS (SELECT 1 FROM people_placeentry e WHERE e.person_id = person AND e.activity_id = of_activity
            AND e.area_id = me.area_id AND e.left_at IS NULL) THEN PERFORM people_refuse('already_in_queue'); END IF;
    INSERT INTO people_placeentry (id, person_id, area_id, category, enrolment_id, activity_id, occasion_id, step, code,
            criteria, not_before, needed_date, joined_at, joined_by, joined_membership_id)
        SELECT made, person, me.area_id, tells, of_enrolment, of_activity, of_occasion, step_said, c.code,
               coalesce(criteria_said, '{}'), not_before_said,
               least(coalesce(needed, 'infinity'::date), (moment AT TIME ZONE 'Europe/Stockholm')::date), moment,
               people_my_name(), me.membership_id
        FROM (SELECT string_agg(substr('ABCDEFGHJKLMNPQRSTUVWXYZ23456789', 1 + floor(random() * 32)::int, 1), '') AS code,
                     tried FROM generate_series(1, 20) tried, generate_series(1, 5) sign GROUP BY tried) c
        WHERE NOT EXISTS (SELECT 1 FROM people_placeentry e WHERE e.activity_id = of_activity AND e.code = c.code) LIMIT 1;
    PERFORM people_place_note(made, NULL, 'joined', moment, '', '', NULL, NULL);
    PERFORM people_place_fill(of_activity, moment);
    RETURN made;
END $$;

-- A hold of the asker's own area, on whose case the asker is, locked and read again.
CREATE FUNCTION people_place_own(of_hold uuid) RETURNS people_placehold
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE held people_placehold%ROWTYPE;
BEGIN
    SELECT h.* INTO held FROM people_placehold h JOIN people_me() me ON me.area_id = h.area_id
        WHERE h.id = of_hold AND h.category IN (SELECT people_writes());
    IF held.id IS NULL THEN PERFORM people_refuse('not_on_case'); END IF;
    PERFORM people_require(held.person_id);
    PERFORM people_place_lock(held.activity_id);
    SELECT h.* INTO held FROM people_placehold h WHERE h.id = of_hold FOR UPDATE;
    RETURN held;
END $$;

-- Yes or no to an offer, said for the person. A no gives the place to the next at once.
CREATE FUNCTION people_place_answer(of_hold uuid, accepts boolean, code_said text, words text, stays boolean, at timestamptz)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE held people_placehold%ROWTYPE; moment timestamptz;
BEGIN
    held := people_place_own(of_hold);
    moment := people_place_at(at);
    IF held.released_as = 'lapsed' OR held.accepted_at IS NULL AND held.released_at IS NULL AND held.answer_until <= moment THEN
        PERFORM people_refuse('offer_has_lapsed');
    END IF;
    IF held.released_at IS NOT NULL THEN PERFORM people_refuse('offer_is_over'); END IF;
    IF held.accepted_at IS NOT NULL THEN PERFORM people_refuse('already_answered'); END IF;
    IF accepts THEN
        UPDATE people_placehold SET accepted_at = moment, accepted_by = people_my_name() WHERE id = of_hold;
        PERFORM people_place_note(held.entry_id, of_hold, 'accepted', moment, '', '', NULL, NULL);
        RETURN 'accepted';
    END IF;
    IF code_said = '' THEN PERFORM people_refuse('place_no_reason'); END IF;
    PERFORM people_place_release(of_hold, 'declined', moment, '');
    PERFORM people_place_because(held.entry_id, of_hold, moment, code_said, words);
    IF NOT stays THEN
        PERFORM people_place_note(held.entry_id, of_hold, 'left', moment, '', '', NULL, NULL);
        PERFORM people_place_end_entry(held.entry_id, moment);
    END IF;
    PERFORM people_place_fill(held.activity_id, moment);
    RETURN 'declined';
END $$;

-- Out of the queue, or away from a place that has not begun; the place goes to the next at once.
CREATE FUNCTION people_place_leave(asked uuid, code_said text, words text, at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE mine people_placeentry%ROWTYPE; held people_placehold%ROWTYPE; moment timestamptz;
BEGIN
    SELECT e.* INTO mine FROM people_placeentry e JOIN people_me() me ON me.area_id = e.area_id
        WHERE e.id = asked AND e.category IN (SELECT people_writes());
    IF mine.id IS NULL THEN PERFORM people_refuse('not_on_case'); END IF;
    PERFORM people_require(mine.person_id);
    IF code_said = '' THEN PERFORM people_refuse('place_no_reason'); END IF;
    PERFORM people_place_lock(mine.activity_id);
    moment := people_place_at(at);
    SELECT e.* INTO mine FROM people_placeentry e WHERE e.id = asked FOR UPDATE;
    IF mine.left_at IS NOT NULL THEN PERFORM people_refuse('offer_is_over'); END IF;
    SELECT h.* INTO held FROM people_placehold h WHERE h.entry_id = asked AND h.released_at IS NULL;
    IF held.started_on IS NOT NULL THEN PERFORM people_refuse('place_has_begun'); END IF;
    IF held.id IS NOT NULL THEN
        PERFORM people_place_release(held.id, 'gave_up', moment, '');
    ELSE
        PERFORM people_place_note(asked, NULL, 'left', moment, '', '', NULL, NULL);
    END IF;
    PERFORM people_place_because(asked, held.id, moment, code_said, words);
    PERFORM people_place_end_entry(asked, moment);
    PERFORM people_place_fill(mine.activity_id, moment);
END $$;

CREATE FUNCTION people_coordinates(of_activity uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM people_me() me JOIN offer_coordinator c ON c.membership_id = me.membership_id
        WHERE c.activity_id = of_activity AND c.period @> (statement_timestamp() AT TIME ZONE 'Europe/Stockholm')::date)
$$;

-- Whoever gives the place does so, with number and day; until then the offer is on condition. An officer must be on the
-- case; of another area, one that was told. Refused as what does not exist when not.
CREATE FUNCTION people_place_decide(of_hold uuid, granted boolean, number_said text, decided date, words text, at timestamptz)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE me record; held people_placehold%ROWTYPE; decides text; moment timestamptz;
BEGIN
    SELECT * INTO me FROM people_me();
    SELECT h.* INTO held FROM people_placehold h WHERE h.id = of_hold;
    SELECT a.decided_by_role INTO decides FROM offer_activity a WHERE a.id = held.activity_id;
    IF NOT coalesce(CASE decides WHEN 'owner' THEN people_coordinates(held.activity_id)
        ELSE people_may(held.person_id) AND (held.area_id = me.area_id OR EXISTS (SELECT 1 FROM people_placedisclosure d
            WHERE d.entry_id = held.entry_id AND d.receiver = 'decider' AND d.to_area_id = me.area_id AND d.ended_at IS NULL))
        END, false) THEN PERFORM people_refuse('not_on_case'); END IF;
    IF decides <> 'owner' AND decides <> me.role THEN PERFORM people_refuse('not_your_decision'); END IF;
    PERFORM people_place_lock(held.activity_id);
    moment := people_place_at(at);
    SELECT h.* INTO held FROM people_placehold h WHERE h.id = of_hold FOR UPDATE;
    IF held.released_at IS NULL AND held.accepted_at IS NULL AND held.answer_until <= moment THEN
        PERFORM people_refuse('offer_has_lapsed');
    END IF;
    IF held.released_at IS NOT NULL THEN PERFORM people_refuse('offer_is_over'); END IF;
    IF held.decided_date IS NOT NULL THEN PERFORM people_refuse('already_decided'); END IF;
    IF decided > (moment AT TIME ZONE 'Europe/Stockholm')::date OR decided < (moment AT TIME ZONE 'Europe/Stockholm')::date - 365
        THEN PERFORM people_refuse('decided_when'); END IF;
    IF granted THEN
        IF decides = 'employment_officer' AND btrim(number_said) = '' THEN PERFORM people_refuse('decision_number'); END IF;
        UPDATE people_placehold SET decided_date = decided, decision_number = btrim(number_said),
            decider_name = people_my_name() WHERE id = of_hold;
        PERFORM people_place_note(held.entry_id, of_hold, 'decided', moment, '', '', NULL, NULL);
        RETURN;
    END IF;
    IF length(btrim(words)) < 5 THEN PERFORM people_refuse('place_no_reason'); END IF;
    PERFORM people_place_release(of_hold, 'refused', moment, words);
    PERFORM people_place_end_entry(held.entry_id, moment);
    PERFORM people_place_fill(held.activity_id, moment);
END $$;

CREATE FUNCTION people_place_begin(of_hold uuid, on_day date, moment timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE held people_placehold%ROWTYPE;
BEGIN
    SELECT h.* INTO held FROM people_placehold h WHERE h.id = of_hold FOR UPDATE;
    IF held.released_at IS NOT NULL THEN PERFORM people_refuse('offer_is_over'); END IF;
    IF held.accepted_at IS NULL OR held.decided_date IS NULL THEN PERFORM people_refuse('place_not_given'); END IF;
    IF held.started_on IS NOT NULL THEN PERFORM people_refuse('place_has_begun'); END IF;
    UPDATE people_placehold SET started_on = on_day WHERE id = of_hold;
    PERFORM people_place_note(held.entry_id, of_hold, 'started', moment, '', '', NULL, NULL);
END $$;

-- That the person began, said in the own area when the provider does not hold lists here.
CREATE FUNCTION people_place_start(of_hold uuid, on_day date, at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE held people_placehold%ROWTYPE; moment timestamptz;
BEGIN
    held := people_place_own(of_hold);
    moment := people_place_at(at);
    IF on_day > (moment AT TIME ZONE 'Europe/Stockholm')::date
        OR on_day < (SELECT o.starts_on FROM offer_occasion o WHERE o.id = held.occasion_id) THEN
        PERFORM people_refuse('started_when');
    END IF;
    PERFORM people_place_begin(of_hold, on_day, moment);
END $$;

-- The end, with what came of it for each outcome that the activity should lead to. The place is free for the next.
CREATE FUNCTION people_place_finish(of_hold uuid, on_day date, code_said text, words text, outcomes uuid[], answers text[],
    at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE held people_placehold%ROWTYPE; moment timestamptz;
BEGIN
    held := people_place_own(of_hold);
    moment := people_place_at(at);
    IF held.released_at IS NOT NULL THEN PERFORM people_refuse('offer_is_over'); END IF;
    IF held.started_on IS NULL THEN PERFORM people_refuse('place_not_begun'); END IF;
    IF on_day < held.started_on OR on_day > (moment AT TIME ZONE 'Europe/Stockholm')::date THEN
        PERFORM people_refuse('ended_when');
    END IF;
    IF EXISTS (SELECT 1 FROM unnest(outcomes) o (id) WHERE NOT EXISTS (SELECT 1 FROM offer_outcome t WHERE t.id = o.id
        AND t.activity_id = held.activity_id)) THEN PERFORM people_refuse('unknown_occasion'); END IF;
    INSERT INTO people_placeresult (id, hold_id, person_id, area_id, category, outcome_id, reached)
        SELECT gen_random_uuid(), of_hold, held.person_id, held.area_id, held.category, r.outcome, r.answer
        FROM unnest(outcomes, answers) r (outcome, answer);
    PERFORM people_place_release(of_hold, 'ended', moment, '');
    UPDATE people_placehold SET ended_on = on_day WHERE id = of_hold;
    IF code_said <> '' THEN PERFORM people_place_because(held.entry_id, of_hold, moment, code_said, words); END IF;
    PERFORM people_place_end_entry(held.entry_id, moment);
    PERFORM people_place_fill(held.activity_id, moment);
END $$;

-- What time has run out of, everywhere: for the job. It does only what the clock says, so nobody needs to ask for it.
CREATE FUNCTION people_place_lapse() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE late record; made integer := 0;
BEGIN
    FOR late IN SELECT DISTINCT h.activity_id FROM people_placehold h WHERE h.released_at IS NULL AND h.accepted_at IS NULL
        AND h.answer_until <= clock_timestamp() ORDER BY 1 LOOP
        made := made + people_place_fill(late.activity_id, clock_timestamp());
    END LOOP;
    RETURN made;
END $$;

GRANT SELECT ON offer_activity, offer_outcome, offer_coordinator, offer_priorityrule, offer_priorityline, offer_occasion,
    offer_place, offer_session, initiatives_party TO samkraft_guard;
GRANT UPDATE ON offer_occasion TO samkraft_guard;
GRANT INSERT, UPDATE ON offer_place, offer_coordinator TO samkraft_guard;
GRANT SELECT ON audit_timetravel TO samkraft_guard;
CREATE INDEX people_placehold_unanswered ON people_placehold (activity_id, answer_until)
    WHERE released_at IS NULL AND accepted_at IS NULL;
"""

INTERNAL = (
    "people_place_at(timestamptz)", "people_place_lock(uuid)", "people_my_name()",
    "people_place_note(uuid, uuid, text, timestamptz, text, text, uuid, text)",
    "people_place_because(uuid, uuid, timestamptz, text, text)", "people_place_line(uuid, timestamptz)",
    "people_place_give(uuid, uuid, timestamptz)", "people_place_release(uuid, text, timestamptz, text)",
    "people_place_end_entry(uuid, timestamptz)", "people_place_fill(uuid, timestamptz)", "people_place_own(uuid)",
    "people_place_begin(uuid, date, timestamptz)",
)  # fmt: skip
FOR_THE_PRODUCT = (
    "people_place_join(uuid, uuid, uuid, date, text[], uuid, uuid, date, timestamptz)",
    "people_place_answer(uuid, boolean, text, text, boolean, timestamptz)",
    "people_place_leave(uuid, text, text, timestamptz)", "people_coordinates(uuid)",
    "people_place_decide(uuid, boolean, text, date, text, timestamptz)", "people_place_start(uuid, date, timestamptz)",
    "people_place_finish(uuid, date, text, text, uuid[], text[], timestamptz)", "people_place_lapse()",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("people", "0013_no_more_than_was_said"), ("audit", "0004_temporary_tables_last")]
    operations = [
        migrations.RemoveConstraint("placeevent", "people_placeevent_kind_known"),
        migrations.AddConstraint(
            "placeevent",
            models.CheckConstraint(condition=models.Q(kind__in=KINDS), name="people_placeevent_kind_known"),
        ),
        migrations.RunSQL(
            FORWARD + owned(INTERNAL, FOR_THE_PRODUCT),
            "DROP INDEX people_placehold_unanswered;"
            + "".join(f"DROP FUNCTION {function};" for function in (*FOR_THE_PRODUCT, *INTERNAL)),
        ),
    ]
