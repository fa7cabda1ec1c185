"""First meetings at a time that the person chooses: the database hands out each time once, whoever is quicker.

A personal link reaches its own invitation: a first name, times and a place, and nothing that tells which authority. What
it may do is decided here, from the digest that the transaction carries.
"""

from importlib import import_module

from django.db import migrations

owned = import_module("samkraft.people.migrations.0003_on_the_case").owned

FORWARD = """
-- Whose link it is, while it holds: not withdrawn, and not after the person has left what the invitation belongs to.
CREATE FUNCTION people_invitation_link() RETURNS SETOF people_invitation
LANGUAGE sql STABLE SECURITY DEFINER ROWS 1 SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT i.* FROM people_invitationlink l JOIN people_invitation i ON i.id = l.invitation_id
    WHERE l.digest = nullif(current_setting('samkraft.link', true), '') AND l.period @> statement_timestamp()
      AND i.withdrawn_at IS NULL AND (i.enrolment_id IS NULL OR EXISTS (SELECT 1 FROM people_enrolment e
        WHERE e.id = i.enrolment_id AND e.period @> statement_timestamp()))
$$;

-- What the one who holds the link sees. A protected person's name is not shown even here: a letter can be read by another.
CREATE FUNCTION people_invitation_seen() RETURNS TABLE (id uuid, given_name text, answer_until timestamptz, slot_id uuid,
    starts_at timestamptz, ends_at timestamptz, place_name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT i.id, CASE WHEN EXISTS (SELECT 1 FROM people_protection p WHERE p.person_id = i.person_id
            AND p.period @> statement_timestamp()) THEN '' ELSE i.given_name::text END,
        i.answer_until, s.id, lower(s.period), upper(s.period), s.place_name::text
    FROM people_invitation_link() i
    LEFT JOIN people_invitationbooking b ON b.invitation_id = i.id AND b.released_at IS NULL
    LEFT JOIN people_invitationslot s ON s.id = b.slot_id
$$;

CREATE FUNCTION people_invitation_open_slots(of_invitation people_invitation, moment timestamptz)
RETURNS SETOF people_invitationslot
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT s.* FROM people_invitationslot s WHERE s.area_id = of_invitation.area_id
        AND s.membership_id = ANY (of_invitation.hosts) AND s.withdrawn_at IS NULL AND lower(s.period) > moment
        AND NOT EXISTS (SELECT 1 FROM people_invitationbooking b WHERE b.slot_id = s.id AND b.released_at IS NULL)
$$;

CREATE FUNCTION people_invitation_free() RETURNS TABLE (slot_id uuid, starts_at timestamptz, ends_at timestamptz,
    place_name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT s.id, lower(s.period), upper(s.period), s.place_name::text FROM people_invitation_link() i
    CROSS JOIN LATERAL people_invitation_open_slots(i, statement_timestamp() + interval '2 hours') s
    ORDER BY lower(s.period), s.id LIMIT 200
$$;

-- Take a time, for whoever asks. The unique index decides when two ask for the same; the one before is given back.
CREATE FUNCTION people_invitation_take(held people_invitation, of_slot uuid, is_own boolean, who text, moment timestamptz)
RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE made uuid := gen_random_uuid();
BEGIN
    PERFORM 1 FROM people_invitation i WHERE i.id = held.id FOR UPDATE;
    IF EXISTS (SELECT 1 FROM people_invitationbooking b WHERE b.invitation_id = held.id AND b.slot_id = of_slot
            AND b.released_at IS NULL) THEN RETURN NULL; END IF;
    PERFORM 1 FROM people_invitationslot s WHERE s.id = of_slot AND s.area_id = held.area_id
        AND s.membership_id = ANY (held.hosts) AND s.withdrawn_at IS NULL AND lower(s.period) > moment FOR UPDATE;
    IF NOT FOUND THEN PERFORM people_refuse('slot_gone'); END IF;
    UPDATE people_invitationbooking SET released_at = moment, released_by = who
        WHERE invitation_id = held.id AND released_at IS NULL;
    BEGIN
        INSERT INTO people_invitationbooking (id, invitation_id, person_id, area_id, category, slot_id, by_participant,
                booked_at, booked_by)
            VALUES (made, held.id, held.person_id, held.area_id, held.category, of_slot, is_own, moment, who);
    EXCEPTION WHEN unique_violation THEN PERFORM people_refuse('slot_taken');
    END;
    RETURN made;
END $$;

CREATE FUNCTION people_invitation_book(of_slot uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE held people_invitation%ROWTYPE;
BEGIN
    SELECT * INTO held FROM people_invitation_link();
    IF held.id IS NULL THEN PERFORM people_refuse('invitation_link_not_valid'); END IF;
    IF (SELECT count(*) FROM people_invitationbooking b WHERE b.invitation_id = held.id AND b.by_participant) >= 10 THEN
        PERFORM people_refuse('invitation_too_many');
    END IF;
    PERFORM people_invitation_take(held, of_slot, true, 'Deltagaren', clock_timestamp());
END $$;

-- Give back a time that lies ahead.
CREATE FUNCTION people_invitation_give_back() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE held people_invitation%ROWTYPE;
BEGIN
    SELECT * INTO held FROM people_invitation_link();
    IF held.id IS NULL THEN PERFORM people_refuse('invitation_link_not_valid'); END IF;
    UPDATE people_invitationbooking b SET released_at = clock_timestamp(), released_by = 'Deltagaren'
        FROM people_invitationslot s WHERE b.invitation_id = held.id AND b.released_at IS NULL AND s.id = b.slot_id
          AND lower(s.period) > clock_timestamp();
END $$;

-- Times that the asker lays out for the own area.
CREATE FUNCTION people_invitation_publish(starts timestamptz[], ends timestamptz[], place text, at timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE made integer; moment timestamptz := people_place_at(at);
BEGIN
    IF NOT ('enrolment' IN (SELECT people_writes())) OR NOT EXISTS (SELECT 1 FROM people_me()) THEN
        PERFORM people_refuse('not_for_your_role');
    END IF;
    INSERT INTO people_invitationslot (id, area_id, membership_id, host_name, period, place_name, published_at, published_by)
        SELECT gen_random_uuid(), me.area_id, me.membership_id, people_my_name(), tstzrange(t.first, t.last), place, moment,
            people_my_name() FROM people_me() me, unnest(starts, ends) AS t (first, last);
    GET DIAGNOSTICS made = ROW_COUNT;
    RETURN made;
EXCEPTION WHEN exclusion_violation THEN PERFORM people_refuse('slot_overlaps');
END $$;

-- Take back a time of one's own that nobody has chosen.
CREATE FUNCTION people_invitation_unpublish(of_slot uuid, at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM 1 FROM people_invitationslot s JOIN people_me() me ON me.membership_id = s.membership_id
        WHERE s.id = of_slot AND s.withdrawn_at IS NULL FOR UPDATE OF s;
    IF NOT FOUND THEN PERFORM people_refuse('slot_gone'); END IF;
    IF EXISTS (SELECT 1 FROM people_invitationbooking b WHERE b.slot_id = of_slot AND b.released_at IS NULL) THEN
        PERFORM people_refuse('slot_is_booked');
    END IF;
    UPDATE people_invitationslot SET withdrawn_at = people_place_at(at), withdrawn_by = people_my_name() WHERE id = of_slot;
END $$;

-- Which times are taken, of those that the asker's area has laid out: yes or no, and not by whom.
CREATE FUNCTION people_invitation_taken() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT b.slot_id FROM people_invitationbooking b JOIN people_me() me ON me.area_id = b.area_id
    WHERE b.released_at IS NULL AND EXISTS (SELECT 1 FROM people_writes() w WHERE w = 'enrolment')
$$;

-- Invite a person to choose among the free times of some of the own area. One invitation at a time.
CREATE FUNCTION people_invitation_make(person uuid, of_enrolment uuid, hosts_said uuid[], step_said uuid, until timestamptz,
    at timestamptz) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE me record; made uuid := gen_random_uuid(); moment timestamptz := people_place_at(at); card jsonb;
BEGIN
    PERFORM people_require_lasting(person);
    SELECT * INTO me FROM people_me();
    IF NOT ('enrolment' IN (SELECT people_writes()) AND 'contact' IN (SELECT people_reads())) THEN
        PERFORM people_refuse('not_for_your_role');
    END IF;
    IF of_enrolment IS NOT NULL AND NOT EXISTS (SELECT 1 FROM people_enrolment e WHERE e.id = of_enrolment
            AND e.person_id = person AND e.area_id = me.area_id) THEN PERFORM people_refuse('not_on_case'); END IF;
    IF coalesce(cardinality(hosts_said), 0) = 0 OR EXISTS (SELECT 1 FROM unnest(hosts_said) h WHERE NOT EXISTS (
            SELECT 1 FROM people_invitationslot s WHERE s.membership_id = h AND s.area_id = me.area_id)) THEN
        PERFORM people_refuse('invitation_hosts');
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('invitation ' || person::text, 0));
    IF EXISTS (SELECT 1 FROM people_invitation i LEFT JOIN people_invitationbooking b ON b.invitation_id = i.id
            AND b.released_at IS NULL LEFT JOIN people_invitationslot s ON s.id = b.slot_id
            WHERE i.person_id = person AND i.area_id = me.area_id AND i.withdrawn_at IS NULL
              AND coalesce(upper(s.period), i.answer_until) > moment) THEN
        PERFORM people_refuse('invitation_open_already');
    END IF;
    UPDATE people_invitation SET withdrawn_at = moment, withdrawn_by = people_my_name()
        WHERE person_id = person AND area_id = me.area_id AND withdrawn_at IS NULL;
    SELECT c.content INTO card FROM people_contribution c WHERE c.person_id = person AND c.area_id = me.area_id
        AND c.kind = 'card' ORDER BY c.occurred_at DESC, c.written_at DESC, c.id DESC LIMIT 1;
    INSERT INTO people_invitation (id, person_id, area_id, category, enrolment_id, step, hosts, given_name, answer_until,
            made_at, made_by, membership_id)
        VALUES (made, person, me.area_id, 'enrolment', of_enrolment, step_said, hosts_said,
            coalesce(card ->> 'given_name', ''), until, moment, people_my_name(), me.membership_id);
    RETURN made;
END $$;

-- An invitation of the asker's own area that holds, on whose case the asker is.
CREATE FUNCTION people_invitation_own(asked uuid) RETURNS people_invitation
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE held people_invitation%ROWTYPE;
BEGIN
    SELECT i.* INTO held FROM people_invitation i JOIN people_me() me ON me.area_id = i.area_id
        WHERE i.id = asked AND i.category IN (SELECT people_writes());
    IF held.id IS NULL THEN PERFORM people_refuse('not_on_case'); END IF;
    PERFORM people_require(held.person_id);
    SELECT i.* INTO held FROM people_invitation i WHERE i.id = asked FOR UPDATE;
    IF held.withdrawn_at IS NOT NULL THEN PERFORM people_refuse('invitation_over'); END IF;
    RETURN held;
END $$;

-- A new link. Those that were made before go on holding: the letter may be in the post. Not too many in an hour.
CREATE FUNCTION people_invitation_send(asked uuid, digest_said text, sent_said text, until timestamptz, is_reminder boolean,
    at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE held people_invitation%ROWTYPE; moment timestamptz := people_place_at(at);
BEGIN
    held := people_invitation_own(asked);
    IF (SELECT count(*) FROM people_invitationlink l WHERE l.invitation_id = asked
            AND lower(l.period) > moment - interval '1 hour') >= 5 THEN PERFORM people_refuse('too_many_questions'); END IF;
    INSERT INTO people_invitationlink (id, invitation_id, digest, sent, period)
        VALUES (gen_random_uuid(), asked, digest_said, sent_said, tstzrange(moment, until));
    IF is_reminder THEN UPDATE people_invitation SET reminded_at = moment WHERE id = asked; END IF;
END $$;

-- A time chosen by telephone, moved or called off by staff; or the whole invitation taken back.
CREATE FUNCTION people_invitation_arrange(asked uuid, of_slot uuid, withdraws boolean, at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE held people_invitation%ROWTYPE; moment timestamptz := people_place_at(at);
BEGIN
    held := people_invitation_own(asked);
    IF of_slot IS NOT NULL THEN
        PERFORM people_invitation_take(held, of_slot, false, people_my_name(), moment);
        RETURN;
    END IF;
    UPDATE people_invitationbooking SET released_at = moment, released_by = people_my_name()
        WHERE invitation_id = asked AND released_at IS NULL;
    IF withdraws THEN
        UPDATE people_invitation SET withdrawn_at = moment, withdrawn_by = people_my_name() WHERE id = asked;
    END IF;
END $$;

-- That the person was reminded of the time that was chosen; so that it is done once.
CREATE FUNCTION people_invitation_reminded(of_booking uuid, at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE held uuid;
BEGIN
    SELECT b.invitation_id INTO held FROM people_invitationbooking b WHERE b.id = of_booking AND b.released_at IS NULL;
    PERFORM people_invitation_own(held);
    UPDATE people_invitationbooking SET reminded_at = people_place_at(at) WHERE id = of_booking;
END $$;
"""

INTERNAL = (
    "people_invitation_link()", "people_invitation_open_slots(people_invitation, timestamptz)",
    "people_invitation_take(people_invitation, uuid, boolean, text, timestamptz)", "people_invitation_own(uuid)",
)  # fmt: skip
FOR_THE_PRODUCT = (
    "people_invitation_seen()", "people_invitation_free()", "people_invitation_book(uuid)", "people_invitation_give_back()",
    "people_invitation_publish(timestamptz[], timestamptz[], text, timestamptz)",
    "people_invitation_unpublish(uuid, timestamptz)", "people_invitation_taken()",
    "people_invitation_make(uuid, uuid, uuid[], uuid, timestamptz, timestamptz)",
    "people_invitation_send(uuid, text, text, timestamptz, boolean, timestamptz)",
    "people_invitation_arrange(uuid, uuid, boolean, timestamptz)", "people_invitation_reminded(uuid, timestamptz)",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("people", "0030_meeting_employers")]
    operations = [
        migrations.RunSQL(
            FORWARD + owned(INTERNAL, FOR_THE_PRODUCT),
            "".join(f"DROP FUNCTION {function};" for function in (*FOR_THE_PRODUCT, *reversed(INTERNAL))),
        )
    ]
