"""Recruitment meetings: who is invited, what the employer is told for as long as the meeting lasts, and what came of it.

The employer sees a code, and the fields that the person has seen; after the day of the meeting the code alone.
"""

from importlib import import_module

from django.db import migrations

second = import_module("samkraft.people.migrations.0002_who_sees_what")
owned = import_module("samkraft.people.migrations.0003_on_the_case").owned

FORWARD = """
CREATE FUNCTION people_recruitment_today(moment timestamptz) RETURNS date
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT (moment AT TIME ZONE 'Europe/Stockholm')::date
$$;

-- A person is invited, after having seen what the employer will be told. The database takes it from the card.
CREATE FUNCTION people_recruitment_invite(person uuid, of_meeting uuid, of_enrolment uuid, step_said uuid, fields_said text[],
    basis_said text, how text, shown date, at timestamptz) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE me record; held offer_recruitmentmeeting%ROWTYPE; card jsonb; made uuid := gen_random_uuid();
    moment timestamptz := people_place_at(at);
BEGIN
    PERFORM people_require_lasting(person);
    SELECT * INTO me FROM people_me();
    IF NOT ('plan' IN (SELECT people_writes()) AND 'contact' IN (SELECT people_reads())) THEN
        PERFORM people_refuse('not_for_your_role');
    END IF;
    IF of_enrolment IS NOT NULL AND NOT EXISTS (SELECT 1 FROM people_enrolment e WHERE e.id = of_enrolment
            AND e.person_id = person AND e.area_id = me.area_id) THEN PERFORM people_refuse('not_on_case'); END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('recruitment ' || of_meeting::text, 0));
    SELECT m.* INTO held FROM offer_recruitmentmeeting m WHERE m.id = of_meeting;
    IF held.id IS NULL OR held.cancelled_at IS NOT NULL OR held.starts_at <= moment THEN
        PERFORM people_refuse('recruitment_over');
    END IF;
    IF EXISTS (SELECT 1 FROM people_recruitmentinvitation i WHERE i.meeting_id = of_meeting AND i.person_id = person
            AND i.area_id = me.area_id AND i.ended_at IS NULL) THEN PERFORM people_refuse('recruitment_already'); END IF;
    IF (SELECT count(*) FROM people_recruitmentinvitation i WHERE i.meeting_id = of_meeting AND i.ended_at IS NULL
            AND i.reply <> 'no') >= held.most THEN PERFORM people_refuse('recruitment_full'); END IF;
    IF NOT (fields_said <@ ARRAY['name', 'phone', 'email', 'language', 'interpreter']) THEN
        PERFORM people_refuse('place_field');
    END IF;
    IF basis_said <> 'agreed' OR shown IS NULL OR shown > people_recruitment_today(moment) THEN
        PERFORM people_refuse('not_shown');
    END IF;
    IF NOT (fields_said <@ ARRAY['interpreter']) AND EXISTS (SELECT 1 FROM people_protection p
            WHERE p.person_id = person AND p.period @> statement_timestamp()) THEN
        PERFORM people_refuse('protected_without_name');
    END IF;
    SELECT c.content INTO card FROM people_contribution c WHERE c.person_id = person AND c.area_id = me.area_id
        AND c.kind = 'card' ORDER BY c.occurred_at DESC, c.written_at DESC, c.id DESC LIMIT 1;
    INSERT INTO people_recruitmentinvitation (id, meeting_id, person_id, area_id, category, enrolment_id, code, step, fields,
            told, basis, shown_how, shown_date, reply, invited_at, invited_by, membership_id)
        SELECT made, of_meeting, person, me.area_id, 'plan', of_enrolment, c.code, step_said, fields_said,
            jsonb_strip_nulls(jsonb_build_object(
                'name', CASE WHEN 'name' = ANY (fields_said) THEN
                    concat_ws(' ', card ->> 'given_name', card ->> 'family_name') END,
                'phone', CASE WHEN 'phone' = ANY (fields_said) THEN card ->> 'phone' END,
                'email', CASE WHEN 'email' = ANY (fields_said) THEN card ->> 'email' END,
                'language', CASE WHEN 'language' = ANY (fields_said) THEN card ->> 'language' END,
                'interpreter', CASE WHEN 'interpreter' = ANY (fields_said) THEN
                    coalesce((card ->> 'interpreter')::boolean, false) END)),
            basis_said, how, shown, 'none', moment, people_my_name(), me.membership_id
        FROM (SELECT string_agg(substr('ABCDEFGHJKLMNPQRSTUVWXYZ23456789', 1 + floor(random() * 32)::int, 1), '') AS code,
                     tried FROM generate_series(1, 20) tried, generate_series(1, 5) sign GROUP BY tried) c
        WHERE NOT EXISTS (SELECT 1 FROM people_recruitmentinvitation i WHERE i.meeting_id = of_meeting AND i.code = c.code)
        LIMIT 1;
    RETURN made;
END $$;

-- An invitation of the asker's own area, on whose case the asker is.
CREATE FUNCTION people_recruitment_own(asked uuid) RETURNS people_recruitmentinvitation
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE held people_recruitmentinvitation%ROWTYPE;
BEGIN
    SELECT i.* INTO held FROM people_recruitmentinvitation i JOIN people_me() me ON me.area_id = i.area_id
        WHERE i.id = asked AND i.category IN (SELECT people_writes());
    IF held.id IS NULL THEN PERFORM people_refuse('not_on_case'); END IF;
    PERFORM people_require(held.person_id);
    SELECT i.* INTO held FROM people_recruitmentinvitation i WHERE i.id = asked FOR UPDATE;
    RETURN held;
END $$;

-- Whether the person comes, said for the person; or that the invitation no longer holds: the employer is told no more.
CREATE FUNCTION people_recruitment_reply(asked uuid, said text, at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE held people_recruitmentinvitation%ROWTYPE; moment timestamptz := people_place_at(at);
BEGIN
    held := people_recruitment_own(asked);
    IF held.ended_at IS NOT NULL THEN PERFORM people_refuse('recruitment_ended'); END IF;
    IF said = 'withdrawn' THEN
        UPDATE people_recruitmentinvitation SET ended_at = moment, ended_by = people_my_name() WHERE id = asked;
        RETURN;
    END IF;
    IF EXISTS (SELECT 1 FROM offer_recruitmentmeeting m WHERE m.id = held.meeting_id
            AND (m.starts_at <= moment OR m.cancelled_at IS NOT NULL)) THEN PERFORM people_refuse('recruitment_over'); END IF;
    UPDATE people_recruitmentinvitation SET reply = said, replied_at = moment, replied_by = people_my_name() WHERE id = asked;
END $$;

-- Whether the meeting is the asker's own, as the employer's.
CREATE FUNCTION people_recruitment_employs(of_meeting uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM people_me() me JOIN partners_membership m ON m.id = me.membership_id
        JOIN offer_recruitmentmeeting r ON r.id = of_meeting JOIN offer_employer e ON e.id = r.employer_id
            AND e.organisation_id = m.organisation_id WHERE me.role = 'employer')
$$;

-- What came of it: by whoever is on the case, or by the employer for those who were invited there. The same again is nothing.
CREATE FUNCTION people_recruitment_note(asked uuid, result_said text, starts date, at timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE held people_recruitmentinvitation%ROWTYPE; meets offer_recruitmentmeeting%ROWTYPE; latest record; speaks text := 'staff';
    moment timestamptz := people_place_at(at);
BEGIN
    SELECT i.* INTO held FROM people_recruitmentinvitation i WHERE i.id = asked;
    IF coalesce(people_recruitment_employs(held.meeting_id), false) THEN
        speaks := 'employer';
    ELSE
        held := people_recruitment_own(asked);
    END IF;
    IF held.ended_at IS NOT NULL THEN PERFORM people_refuse('recruitment_ended'); END IF;
    SELECT m.* INTO meets FROM offer_recruitmentmeeting m WHERE m.id = held.meeting_id;
    IF meets.cancelled_at IS NOT NULL THEN PERFORM people_refuse('recruitment_over'); END IF;
    IF meets.starts_at > moment THEN PERFORM people_refuse('recruitment_not_begun'); END IF;
    IF speaks = 'employer' AND meets.ends_at < moment - interval '31 days' THEN
        PERFORM people_refuse('recruitment_long_ago');
    END IF;
    IF starts < people_recruitment_today(meets.starts_at) THEN PERFORM people_refuse('recruitment_begins_before'); END IF;
    SELECT r.result, r.said_by, r.start_date, r.version INTO latest FROM people_recruitmentresult r
        WHERE r.invitation_id = asked ORDER BY r.version DESC LIMIT 1;
    IF latest.result = result_said AND latest.said_by = speaks AND latest.start_date IS NOT DISTINCT FROM starts THEN
        RETURN latest.version;
    END IF;
    INSERT INTO people_recruitmentresult (id, invitation_id, person_id, area_id, category, version, result, said_by, start_date,
            noted_at, noted_by, membership_id)
        SELECT gen_random_uuid(), asked, held.person_id, held.area_id, held.category, coalesce(latest.version, 0) + 1,
            result_said, speaks, starts, moment, people_my_name(), me.membership_id FROM people_me() me;
    RETURN coalesce(latest.version, 0) + 1;
END $$;

-- Those who are invited to a meeting, for the employer: codes, and until the day is over what was told. A protected person's
-- name is gone from the next statement, whatever was told before.
CREATE FUNCTION people_recruitment_list(of_meeting uuid) RETURNS TABLE (invitation_id uuid, code text, told jsonb, reply text,
    result text, said_by text, start_date date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT i.id, i.code::text, CASE WHEN people_recruitment_today(statement_timestamp()) <= people_recruitment_today(m.ends_at)
            THEN CASE WHEN EXISTS (SELECT 1 FROM people_protection p WHERE p.person_id = i.person_id
                AND p.period @> statement_timestamp()) THEN i.told - ARRAY['name', 'phone', 'email', 'language']
            ELSE i.told END ELSE '{}'::jsonb END,
        i.reply::text, r.result::text, r.said_by::text, r.start_date
    FROM people_recruitmentinvitation i JOIN offer_recruitmentmeeting m ON m.id = i.meeting_id
    LEFT JOIN LATERAL (SELECT n.result, n.said_by, n.start_date FROM people_recruitmentresult n WHERE n.invitation_id = i.id
        ORDER BY n.version DESC LIMIT 1) r ON true
    WHERE i.meeting_id = of_meeting AND i.ended_at IS NULL AND people_recruitment_employs(of_meeting) ORDER BY i.code
$$;

-- How many are invited and how many come: numbers only, alike for everybody who meets employers.
CREATE FUNCTION people_recruitment_numbers() RETURNS TABLE (meeting_id uuid, invited bigint, coming bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT i.meeting_id, count(*) FILTER (WHERE i.reply <> 'no'), count(*) FILTER (WHERE i.reply = 'yes')
    FROM people_recruitmentinvitation i WHERE i.ended_at IS NULL AND EXISTS (SELECT 1 FROM people_me()) GROUP BY i.meeting_id
$$;

-- Those who have a place with the asker as employer: codes, and what was told while the place lasts.
CREATE FUNCTION people_placement_list() RETURNS TABLE (hold_id uuid, occasion_id uuid, code text, told jsonb, is_given boolean,
    started_on date, ended_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT h.id, h.occasion_id, e.code::text,
        CASE WHEN h.released_at IS NULL THEN people_place_told(e.id, 'provider', o.provider_id) ELSE '{}'::jsonb END,
        h.decided_date IS NOT NULL, h.started_on, h.ended_on
    FROM people_me() me JOIN partners_membership m ON m.id = me.membership_id AND me.role = 'employer'
    JOIN offer_employer w ON w.organisation_id = m.organisation_id
    JOIN offer_placementterms t ON t.employer_id = w.id JOIN offer_occasion o ON o.id = t.occasion_id
    JOIN people_placehold h ON h.occasion_id = o.id AND h.accepted_at IS NOT NULL
        AND (h.released_at IS NULL OR h.started_on IS NOT NULL AND h.released_at > statement_timestamp() - interval '90 days')
    JOIN people_placeentry e ON e.id = h.entry_id ORDER BY h.started_on DESC NULLS FIRST, e.code
$$;

-- Two persons who are found to be one: invitations follow, and follow back when they are told apart.
CREATE FUNCTION people_recruitment_follow_match() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE from_person uuid; to_person uuid; part text;
BEGIN
    IF NEW.state = OLD.state OR NEW.state NOT IN ('joined', 'split') THEN RETURN NULL; END IF;
    from_person := CASE NEW.state WHEN 'joined' THEN NEW.newer_id ELSE NEW.known_id END;
    to_person := CASE NEW.state WHEN 'joined' THEN NEW.known_id ELSE NEW.newer_id END;
    BEGIN
        FOREACH part IN ARRAY ARRAY['recruitmentinvitation', 'invitation'] LOOP
            EXECUTE format('UPDATE people_%I SET person_id = $1, moved_from = CASE $3 WHEN ''joined'' THEN $2 END '
                           'WHERE person_id = $2 AND ($3 = ''joined'' OR moved_from = $1)', part)
                USING to_person, from_person, NEW.state;
        END LOOP;
        UPDATE people_recruitmentresult c SET person_id = i.person_id FROM people_recruitmentinvitation i
            WHERE i.id = c.invitation_id AND c.person_id <> i.person_id;
        UPDATE people_invitationbooking c SET person_id = i.person_id FROM people_invitation i
            WHERE i.id = c.invitation_id AND c.person_id <> i.person_id;
    EXCEPTION WHEN unique_violation THEN PERFORM people_refuse('join_overlaps');
    END;
    RETURN NULL;
END $$;
CREATE TRIGGER recruitment_follows AFTER UPDATE OF state ON people_match FOR EACH ROW
    EXECUTE FUNCTION people_recruitment_follow_match();
GRANT SELECT ON offer_recruitmentmeeting, offer_employer, offer_placementterms TO samkraft_guard;
"""

INTERNAL = (
    "people_recruitment_today(timestamptz)", "people_recruitment_own(uuid)", "people_recruitment_employs(uuid)",
    "people_recruitment_follow_match()",
)  # fmt: skip
FOR_THE_PRODUCT = (
    "people_recruitment_invite(uuid, uuid, uuid, uuid, text[], text, text, date, timestamptz)",
    "people_recruitment_reply(uuid, text, timestamptz)", "people_recruitment_note(uuid, text, date, timestamptz)",
    "people_recruitment_list(uuid)", "people_recruitment_numbers()", "people_placement_list()",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("people", "0029_recruitment")]
    operations = [
        migrations.RunSQL(
            FORWARD + owned(INTERNAL, FOR_THE_PRODUCT),
            "DROP TRIGGER recruitment_follows ON people_match;"
            + "".join(f"DROP FUNCTION {function};" for function in (*FOR_THE_PRODUCT, *reversed(INTERNAL))),
        )
    ]
