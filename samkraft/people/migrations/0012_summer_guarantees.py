"""What holds in Ung i sommar whatever the program does: the list, the yes of every guardian, hours, and the next in turn.

Each refuses with a code that `people.rules.summer_reasons` knows. Times of day are those of Stockholm; hours are counted
between instants, so that a clock put forward or back changes nothing.
"""

from importlib import import_module

from django.db import migrations

owned = import_module("samkraft.people.migrations.0003_on_the_case").owned

QUESTIONS = """
-- The row of the working-time rules that holds for somebody on a day; nothing for an adult.
CREATE FUNCTION people_summer_rule(who people_summerapplicant, day date) RETURNS SETOF offer_workingtimerule ROWS 1
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT r.* FROM offer_workingtimerule r WHERE r.valid @> day AND who.birth_date > day - interval '18 years'
      AND r."group" = CASE WHEN who.has_finished_school AND extract(year FROM day) - extract(year FROM who.birth_date) >= 16
                           THEN 'youth' ELSE 'child' END
$$;

-- Whether hours of a day lie within one of the windows, in one and the same day.
CREATE FUNCTION people_summer_within(rule offer_workingtimerule, starts timestamp, ends timestamp) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT starts::date = ends::date AND (starts::time >= rule.earliest AND ends::time <= rule.latest
        OR rule.or_earliest IS NOT NULL AND starts::time >= rule.or_earliest AND ends::time <= rule.or_latest)
$$;

-- None when everybody who must say yes has said it and nobody has taken it back; else the code of the reason.
CREATE FUNCTION people_summer_why_not_start(who people_summerapplicant, day date) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE WHEN who.birth_date <= day - interval '18 years' THEN NULL
        WHEN (SELECT count(*) FROM people_summerguardian g WHERE g.applicant_id = who.id) < who.guardians_needed
            THEN 'summer_guardian_unknown'
        WHEN EXISTS (SELECT 1 FROM people_summerguardian g WHERE g.applicant_id = who.id AND NOT coalesce((
            SELECT c.says_yes FROM people_summerconsent c WHERE c.guardian_id = g.id ORDER BY c.number DESC LIMIT 1), false))
            THEN 'summer_no_consent' END
$$;

-- Whether a place fits somebody: the age, the tasks, and the hours of the workplace.
CREATE FUNCTION people_summer_fits(who people_summerapplicant, place uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT who.birth_date <= lower(t.period) - make_interval(years => w.least_age)
       AND (who.period_wishes = '{}' OR t.id = ANY (who.period_wishes))
       AND NOT EXISTS (SELECT 1 FROM people_summer_rule(who, lower(t.period)) r WHERE r.forbidden_tasks && w.tasks
            OR EXISTS (SELECT 1 FROM offer_summerhours h WHERE h.workplace_id = w.id AND (
                NOT people_summer_within(r, lower(t.period) + h.starts, lower(t.period) + h.ends)
                OR extract(epoch FROM h.ends - h.starts) / 60 - h.break_minutes + who.other_day_minutes > r.day_minutes))
            OR (SELECT sum(extract(epoch FROM h.ends - h.starts) / 60 - h.break_minutes) FROM offer_summerhours h
                WHERE h.workplace_id = w.id) + who.other_week_minutes > r.week_minutes)
    FROM offer_summerplace p JOIN offer_summerworkplace w ON w.id = p.workplace_id
    JOIN offer_summerperiod t ON t.id = p.period_id WHERE p.id = place AND NOT p.is_withdrawn
$$;
"""

TRIGGERS = """
CREATE FUNCTION people_summer_list_stands() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM people_summerdraw d WHERE d.round_id = NEW.round_id) AND (TG_OP = 'INSERT'
        OR (NEW.code, NEW.stratum, NEW.ground, NEW.is_double, NEW.round_id, NEW.birth_date)
           IS DISTINCT FROM (OLD.code, OLD.stratum, OLD.ground, OLD.is_double, OLD.round_id, OLD.birth_date)
        OR OLD.turn IS NOT NULL AND (NEW.turn, NEW.share, NEW.is_drawn)
           IS DISTINCT FROM (OLD.turn, OLD.share, OLD.is_drawn)) THEN
        PERFORM people_refuse('summer_list_published');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION people_summer_in_order() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.step = 'lot' AND NOT EXISTS (SELECT 1 FROM people_summerdraw d WHERE d.round_id = NEW.round_id
            AND d.step = 'list' AND d.published_at < NEW.published_at) THEN PERFORM people_refuse('summer_no_list'); END IF;
    IF NEW.step = 'list' AND NOT EXISTS (SELECT 1 FROM offer_summerround r JOIN offer_summerseed s ON s.round_id = r.id
            WHERE r.id = NEW.round_id AND upper(r.applying) <= NEW.published_at AND s.published_at < upper(r.applying)) THEN
        PERFORM people_refuse('summer_still_open');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION people_summer_placed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE who people_summerapplicant; reason_found text;
BEGIN
    SELECT * INTO who FROM people_summerapplicant a WHERE a.id = NEW.applicant_id;
    IF TG_OP = 'INSERT' THEN
        SELECT w.id, t.period, w.round_id INTO NEW.workplace_id, NEW.weeks, NEW.round_id FROM offer_summerplace p
            JOIN offer_summerworkplace w ON w.id = p.workplace_id JOIN offer_summerperiod t ON t.id = p.period_id
            WHERE p.id = NEW.place_id;
        NEW.area_id := who.area_id;
        IF NEW.round_id <> who.round_id OR who.has_withdrawn OR who.is_double THEN
            PERFORM people_refuse('summer_not_in_turn');
        END IF;
        IF NOT people_summer_fits(who, NEW.place_id) THEN PERFORM people_refuse('summer_does_not_fit'); END IF;
    ELSIF (NEW.applicant_id, NEW.place_id, NEW.workplace_id, NEW.weeks) IS DISTINCT FROM
          (OLD.applicant_id, OLD.place_id, OLD.workplace_id, OLD.weeks) THEN
        PERFORM people_refuse('summer_not_in_turn');
    ELSIF NEW.has_ended AND NOT OLD.has_ended THEN
        UPDATE people_summercard SET period = tstzrange(lower(period), least(upper(period), greatest(
            clock_timestamp(), lower(period) + interval '1 second') + interval '14 days')) WHERE placement_id = NEW.id;
    END IF;
    IF NEW.confirmed_at IS NOT NULL AND (TG_OP = 'INSERT' OR OLD.confirmed_at IS NULL) THEN
        reason_found := people_summer_why_not_start(who, lower(NEW.weeks));
        IF reason_found IS NOT NULL THEN PERFORM people_refuse(reason_found); END IF;
        IF who.birth_date > lower(NEW.weeks) - interval '18 years' AND NOT EXISTS (SELECT 1 FROM offer_summersupervisor s
            WHERE s.workplace_id = NEW.workplace_id AND s.checked_at IS NOT NULL AND s.period && NEW.weeks) THEN
            PERFORM people_refuse('summer_no_register_check');
        END IF;
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION people_summer_planned() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    who people_summerapplicant; held people_summerplacement; rule offer_workingtimerule;
    starts timestamp := lower(NEW.hours) AT TIME ZONE 'Europe/Stockholm';
    ends timestamp := upper(NEW.hours) AT TIME ZONE 'Europe/Stockholm';
    minutes numeric := extract(epoch FROM upper(NEW.hours) - lower(NEW.hours)) / 60 - NEW.break_minutes;
BEGIN
    SELECT * INTO held FROM people_summerplacement p WHERE p.id = NEW.placement_id;
    SELECT * INTO who FROM people_summerapplicant a WHERE a.id = held.applicant_id;
    NEW.applicant_id := who.id; NEW.round_id := who.round_id; NEW.area_id := who.area_id;
    IF NEW.is_cancelled THEN RETURN NEW; END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('shift' || who.id::text, 0));
    IF NOT held.weeks @> starts::date THEN PERFORM people_refuse('summer_outside_weeks'); END IF;
    SELECT * INTO rule FROM people_summer_rule(who, starts::date);
    IF rule.id IS NULL THEN RETURN NEW; END IF;
    IF NOT people_summer_within(rule, starts, ends) OR minutes + who.other_day_minutes > rule.day_minutes
       OR minutes > rule.break_after_minutes AND NEW.break_minutes < rule.break_minutes
       OR minutes + who.other_week_minutes + coalesce((SELECT sum(extract(epoch FROM upper(s.hours) - lower(s.hours)) / 60
            - s.break_minutes) FROM people_summershift s WHERE s.applicant_id = who.id AND s.id <> NEW.id AND NOT s.is_cancelled
              AND date_trunc('week', lower(s.hours) AT TIME ZONE 'Europe/Stockholm') = date_trunc('week', starts)), 0)
          > rule.week_minutes THEN
        PERFORM people_refuse('summer_hours_forbidden');
    END IF;
    RETURN NEW;
END $$;

-- What is sent twice is one. Otherwise in and out take turns through each day, also when they arrive late.
CREATE FUNCTION people_summer_pressed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    who people_summerapplicant; held people_summerplacement; rule offer_workingtimerule; reason_found text;
    pressed timestamp := NEW.pressed_at AT TIME ZONE 'Europe/Stockholm';
    before boolean; after boolean;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('punch' || NEW.placement_id::text, 0));
    IF EXISTS (SELECT 1 FROM people_summerpunch p WHERE p.key = NEW.key AND p.placement_id = NEW.placement_id) THEN
        RETURN NULL;
    END IF;
    SELECT * INTO held FROM people_summerplacement p WHERE p.id = NEW.placement_id;
    SELECT * INTO who FROM people_summerapplicant a WHERE a.id = held.applicant_id;
    IF who.id IS DISTINCT FROM NEW.applicant_id THEN PERFORM people_refuse('summer_not_confirmed'); END IF;
    NEW.round_id := who.round_id; NEW.area_id := who.area_id; NEW.received_at := clock_timestamp();
    IF held.confirmed_at IS NULL OR held.has_ended THEN PERFORM people_refuse('summer_not_confirmed'); END IF;
    IF NOT held.weeks @> pressed::date THEN PERFORM people_refuse('summer_outside_weeks'); END IF;
    IF NEW.pressed_at > clock_timestamp() + interval '5 minutes' AND NOT EXISTS (SELECT 1 FROM audit_timetravel) THEN
        PERFORM people_refuse('summer_in_the_future');
    END IF;
    IF NEW.is_in THEN
        reason_found := people_summer_why_not_start(who, pressed::date);
        IF reason_found IS NOT NULL THEN PERFORM people_refuse(reason_found); END IF;
        SELECT * INTO rule FROM people_summer_rule(who, pressed::date);
        IF rule.id IS NOT NULL AND NOT people_summer_within(rule, pressed, pressed) THEN
            PERFORM people_refuse('summer_hours_forbidden');
        END IF;
    END IF;
    SELECT p.is_in INTO before FROM people_summerpunch p WHERE p.placement_id = NEW.placement_id
        AND (p.pressed_at AT TIME ZONE 'Europe/Stockholm')::date = pressed::date AND p.pressed_at <= NEW.pressed_at
        ORDER BY p.pressed_at DESC LIMIT 1;
    SELECT p.is_in INTO after FROM people_summerpunch p WHERE p.placement_id = NEW.placement_id
        AND (p.pressed_at AT TIME ZONE 'Europe/Stockholm')::date = pressed::date AND p.pressed_at > NEW.pressed_at
        ORDER BY p.pressed_at LIMIT 1;
    IF coalesce(before, false) = NEW.is_in OR after = NEW.is_in THEN
        PERFORM people_refuse(CASE WHEN NEW.is_in THEN 'summer_in_already' ELSE 'summer_not_in' END);
    END IF;
    RETURN NEW;
END $$;

-- A programme counts attendance only; hours are vouched for in the placement's own weeks.
CREATE FUNCTION people_summer_vouched() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE held people_summerplacement; form_said text;
BEGIN
    SELECT * INTO held FROM people_summerplacement p WHERE p.id = NEW.placement_id;
    NEW.applicant_id := held.applicant_id; NEW.round_id := held.round_id; NEW.area_id := held.area_id;
    SELECT r.form INTO form_said FROM offer_summerround r WHERE r.id = held.round_id;
    IF held.confirmed_at IS NULL THEN PERFORM people_refuse('summer_not_confirmed'); END IF;
    IF NOT held.weeks @> NEW.day THEN PERFORM people_refuse('summer_outside_weeks'); END IF;
    IF (form_said = 'job') <> (NEW.minutes IS NOT NULL) THEN PERFORM people_refuse('summer_no_hours_in_programme'); END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER list_stands BEFORE INSERT OR UPDATE ON people_summerapplicant
    FOR EACH ROW EXECUTE FUNCTION people_summer_list_stands();
CREATE TRIGGER in_order BEFORE INSERT ON people_summerdraw FOR EACH ROW EXECUTE FUNCTION people_summer_in_order();
CREATE TRIGGER placed BEFORE INSERT OR UPDATE ON people_summerplacement FOR EACH ROW EXECUTE FUNCTION people_summer_placed();
CREATE TRIGGER planned BEFORE INSERT OR UPDATE ON people_summershift FOR EACH ROW EXECUTE FUNCTION people_summer_planned();
CREATE TRIGGER pressed BEFORE INSERT ON people_summerpunch FOR EACH ROW EXECUTE FUNCTION people_summer_pressed();
CREATE TRIGGER vouched BEFORE INSERT ON people_summerattest FOR EACH ROW EXECUTE FUNCTION people_summer_vouched();
"""

DEEDS = """
-- The place goes on: to the next in turn of the same group of the lot, then to the next of all, whom it fits. Who declined
-- or let an offer lapse has had theirs.
CREATE FUNCTION people_summer_offer_next(place uuid, group_first text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE next_one uuid; made uuid := gen_random_uuid(); held record;
BEGIN
    SELECT r.id AS round_id, r.answer_days, t.period, r.area_id INTO held FROM offer_summerplace p
        JOIN offer_summerperiod t ON t.id = p.period_id JOIN offer_summerround r ON r.id = t.round_id WHERE p.id = place;
    PERFORM pg_advisory_xact_lock(hashtextextended('next' || held.round_id::text, 0));
    IF upper(held.period) <= (statement_timestamp() AT TIME ZONE 'Europe/Stockholm')::date THEN RETURN NULL; END IF;
    SELECT a.id INTO next_one FROM people_summerapplicant a WHERE a.round_id = held.round_id AND a.turn IS NOT NULL
        AND NOT a.has_withdrawn AND NOT a.is_double AND NOT EXISTS (SELECT 1 FROM people_summerplacement p
            WHERE p.applicant_id = a.id) AND people_summer_fits(a, place)
        ORDER BY a.stratum IS DISTINCT FROM group_first, a.share, a.code LIMIT 1;
    IF next_one IS NULL OR EXISTS (SELECT 1 FROM people_summerplacement p WHERE p.place_id = place AND NOT p.has_ended
        AND p.answer IN ('', 'yes')) THEN RETURN NULL; END IF;
    INSERT INTO people_summerplacement (id, applicant_id, place_id, offered_at, offered_by, answer_until, answer, reason,
            shares_phone, has_ended, end_reason)
        VALUES (made, next_one, place, clock_timestamp(), '', clock_timestamp() + make_interval(days => held.answer_days),
                '', '', false, false, '');
    INSERT INTO people_summerevent (id, applicant_id, round_id, area_id, kind, about, word, at, by)
        VALUES (gen_random_uuid(), next_one, held.round_id, held.area_id, 'offered', made, 'reserve', clock_timestamp(), '');
    RETURN made;
END $$;

-- The young person's own answer. A no gives the place to the next at once.
CREATE FUNCTION people_summer_answer(asked uuid, says_yes boolean, reason_said text, with_phone boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE held people_summerplacement; who people_summerapplicant;
BEGIN
    SELECT * INTO held FROM people_summerplacement p WHERE p.id = asked AND p.applicant_id IN (SELECT people_summer_own())
        FOR UPDATE;
    IF NOT FOUND THEN PERFORM people_refuse('summer_link_not_valid'); END IF;
    IF held.has_ended OR held.answer NOT IN ('', 'yes') OR held.answer = 'yes' AND says_yes THEN
        PERFORM people_refuse('summer_answered');
    END IF;
    IF held.answer = '' AND held.answer_until < statement_timestamp() THEN PERFORM people_refuse('summer_answer_late'); END IF;
    UPDATE people_summerplacement SET answer = CASE WHEN says_yes THEN 'yes' ELSE 'no' END, answered_at = clock_timestamp(),
        reason = reason_said, shares_phone = with_phone, confirmed_at = CASE WHEN says_yes THEN confirmed_at END,
        confirmed_by = CASE WHEN says_yes THEN confirmed_by END WHERE id = asked;
    IF says_yes THEN RETURN; END IF;
    SELECT * INTO who FROM people_summerapplicant a WHERE a.id = held.applicant_id;
    UPDATE people_summershift SET is_cancelled = true WHERE placement_id = asked AND NOT is_cancelled;
    UPDATE people_summercard SET period = tstzrange(lower(period), greatest(clock_timestamp(),
        lower(period) + interval '1 second')) WHERE placement_id = asked;
    PERFORM people_summer_offer_next(held.place_id, who.stratum);
END $$;

-- Offers that nobody answered in time: each goes to the next. The clock decides, so anybody's visit may set it going.
CREATE FUNCTION people_summer_lapse(asked uuid) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE late record; many integer := 0;
BEGIN
    FOR late IN SELECT p.id, p.place_id, p.applicant_id, p.area_id, a.stratum FROM people_summerplacement p
        JOIN people_summerapplicant a ON a.id = p.applicant_id WHERE p.round_id = asked AND p.answer = ''
          AND NOT p.has_ended AND p.answer_until < statement_timestamp() ORDER BY p.answer_until, p.id FOR UPDATE OF p LOOP
        UPDATE people_summerplacement SET answer = 'lapsed', answered_at = clock_timestamp() WHERE id = late.id;
        INSERT INTO people_summerevent (id, applicant_id, round_id, area_id, kind, about, word, at, by) VALUES (
            gen_random_uuid(), late.applicant_id, asked, late.area_id, 'lapsed', late.id, '', clock_timestamp(), '');
        PERFORM people_summer_offer_next(late.place_id, late.stratum);
        many := many + 1;
    END LOOP;
    RETURN many;
END $$;

-- A place that became free by those who hold the round goes on as well.
CREATE FUNCTION people_summer_give_on(place uuid, group_first text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM offer_summerplace p JOIN offer_summerperiod t ON t.id = p.period_id WHERE p.id = place
            AND t.round_id IN (SELECT people_summer_rounds())) THEN PERFORM people_refuse('summer_not_your_round'); END IF;
    RETURN people_summer_offer_next(place, group_first);
END $$;

-- What the workplace is given: name and age, and the phone when the young person said so. Until two weeks after the last day.
CREATE FUNCTION people_summer_share(asked uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO people_summercard (id, placement_id, applicant_id, round_id, area_id, to_area_id, workplace_id, fields, basis,
                                   period)
        SELECT gen_random_uuid(), p.id, a.id, a.round_id, a.area_id, w.area_id, w.id, jsonb_strip_nulls(jsonb_build_object(
               'given_name', a.given_name, 'family_name', a.family_name,
               'age', extract(year FROM age(lower(p.weeks), a.birth_date))::int,
               'phone', CASE WHEN p.shares_phone THEN a.phone END)), 'own_yes',
               tstzrange(statement_timestamp(), (upper(p.weeks) + 14)::timestamp AT TIME ZONE 'Europe/Stockholm')
        FROM people_summerplacement p JOIN people_summerapplicant a ON a.id = p.applicant_id
        JOIN offer_summerworkplace w ON w.id = p.workplace_id
        WHERE p.id = asked AND p.answer = 'yes' AND p.confirmed_at IS NOT NULL AND NOT p.has_ended
          AND p.round_id IN (SELECT people_summer_rounds())
          AND (upper(p.weeks) + 14)::timestamp AT TIME ZONE 'Europe/Stockholm' > statement_timestamp()
        ON CONFLICT (placement_id) DO NOTHING;
    IF NOT EXISTS (SELECT 1 FROM people_summercard c WHERE c.placement_id = asked) THEN
        PERFORM people_refuse('summer_not_confirmed');
    END IF;
END $$;
"""

INTERNAL = (
    "people_summer_rule(people_summerapplicant, date)", "people_summer_why_not_start(people_summerapplicant, date)",
    "people_summer_fits(people_summerapplicant, uuid)", "people_summer_offer_next(uuid, text)",
    "people_summer_within(offer_workingtimerule, timestamp, timestamp)", "people_summer_list_stands()",
    "people_summer_in_order()", "people_summer_placed()", "people_summer_planned()", "people_summer_pressed()",
    "people_summer_vouched()",
)  # fmt: skip
DOING = (
    "people_summer_answer(uuid, boolean, text, boolean)", "people_summer_lapse(uuid)", "people_summer_give_on(uuid, text)",
    "people_summer_share(uuid)",
)  # fmt: skip
ON = (("list_stands", "applicant"), ("in_order", "draw"), ("placed", "placement"), ("planned", "shift"),
      ("pressed", "punch"), ("vouched", "attest"))  # fmt: skip
BACK = "".join(f"DROP TRIGGER {name} ON people_summer{table};" for name, table in ON) + "".join(
    f"DROP FUNCTION {function};" for function in (*DOING, *reversed(INTERNAL[:4]), INTERNAL[4], *INTERNAL[5:])
)
GRANTS = "GRANT SELECT ON offer_summerhours, audit_timetravel TO samkraft_guard;"


class Migration(migrations.Migration):
    dependencies = [("people", "0011_summer_walls"), ("audit", "0003_only_the_clock")]
    operations = [migrations.RunSQL(QUESTIONS + TRIGGERS + DEEDS + GRANTS + owned(INTERNAL, DOING), BACK)]
