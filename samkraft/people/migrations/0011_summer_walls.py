"""Walls around Ung i sommar: who holds the round, whose link it is, and whom a workplace has been given, for as long.

Nobody reads an applicant but those named on the round, in its area; a protected one only those of them on the named list.
A personal link reaches its own applicant. A workplace reaches placements of its own that it was given a card about.
"""

from importlib import import_module

from django.db import migrations

owned = import_module("samkraft.people.migrations.0003_on_the_case").owned

REACH = """
-- The rounds that the asker holds now, in the round's own area.
CREATE FUNCTION people_summer_rounds() RETURNS SETOF uuid ROWS 5
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT s.round_id FROM people_me() me JOIN people_summerstaff s ON s.membership_id = me.membership_id
        AND s.area_id = me.area_id WHERE s.period @> statement_timestamp()
$$;

-- Whose link it is: the one whose digest the transaction carries, while it holds.
CREATE FUNCTION people_summer_link() RETURNS TABLE (id uuid, kind text, round_id uuid, applicant_id uuid, guardian_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER ROWS 1 SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT l.id, l.kind::text, l.round_id, l.applicant_id, l.guardian_id FROM people_summerlink l
    WHERE l.digest = nullif(current_setting('samkraft.link', true), '') AND l.period @> statement_timestamp()
$$;

-- The applicants that the young person's own link, or any link, reaches.
CREATE FUNCTION people_summer_own() RETURNS SETOF uuid ROWS 1
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT l.applicant_id FROM people_summer_link() l WHERE l.kind = 'youth'
$$;
CREATE FUNCTION people_summer_known() RETURNS SETOF uuid ROWS 1
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT l.applicant_id FROM people_summer_link() l WHERE l.applicant_id IS NOT NULL
$$;

-- The placements at the asker's own workplaces that the workplace has been given a card about, while it lasts.
CREATE FUNCTION people_summer_mine() RETURNS SETOF uuid ROWS 20
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT c.placement_id FROM people_me() me
    JOIN offer_summersupervisor s ON s.membership_id = me.membership_id
     AND s.period @> (statement_timestamp() AT TIME ZONE 'Europe/Stockholm')::date
    JOIN people_summercard c ON c.workplace_id = s.workplace_id AND c.to_area_id = me.area_id
    WHERE c.period @> statement_timestamp()
$$;

-- Those with protected identity whose named list the asker is not on.
CREATE FUNCTION people_summer_hidden() RETURNS SETOF uuid ROWS 5
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT a.id FROM people_protection p JOIN people_summerapplicant a ON a.person_id = p.person_id
    WHERE p.period @> statement_timestamp() AND a.id NOT IN (SELECT people_summer_known())
      AND NOT EXISTS (SELECT 1 FROM people_protectionname n WHERE n.person_id = p.person_id
        AND n.period @> statement_timestamp()
        AND n.membership_id = nullif(current_setting('samkraft.membership', true), '')::uuid)
$$;
"""

DEEDS = """
-- Name somebody of the own area on a round: the one who leads it begins, then those who are named.
CREATE FUNCTION people_summer_name(asked uuid, membership uuid, protected boolean, said_by text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE me record; held offer_summerround%ROWTYPE;
BEGIN
    SELECT * INTO me FROM people_me();
    SELECT * INTO held FROM offer_summerround r WHERE r.id = asked AND r.area_id = me.area_id;
    IF NOT FOUND OR NOT (held.led_membership_id = me.membership_id OR asked IN (SELECT people_summer_rounds())) THEN
        PERFORM people_refuse('summer_not_your_round');
    END IF;
    IF NOT EXISTS (SELECT 1 FROM partners_membership m WHERE m.id = membership AND m.area_id = held.area_id
            AND m.role = me.role AND m.valid @> (statement_timestamp() AT TIME ZONE 'Europe/Stockholm')::date) THEN
        PERFORM people_refuse('cannot_be_on_case');
    END IF;
    UPDATE people_summerstaff s SET period = tstzrange(lower(s.period), greatest(statement_timestamp(),
            lower(s.period) + interval '1 microsecond'))
        WHERE s.round_id = asked AND s.membership_id = membership AND upper_inf(s.period)
          AND s.handles_protected <> protected;
    INSERT INTO people_summerstaff (id, round_id, area_id, membership_id, handles_protected, period, named_by)
        SELECT gen_random_uuid(), asked, held.area_id, membership, protected,
               tstzrange(greatest(statement_timestamp(), (SELECT max(upper(s.period)) FROM people_summerstaff s
                   WHERE s.round_id = asked AND s.membership_id = membership)), NULL), said_by
        WHERE NOT EXISTS (SELECT 1 FROM people_summerstaff s WHERE s.round_id = asked
            AND s.membership_id = membership AND upper_inf(s.period));
END $$;

-- A new personal link. Answers alike whether it was made or there had been too many for the same receiver within the hour.
CREATE FUNCTION people_summer_make_link(asked uuid, kind_said text, applicant uuid, guardian uuid, digest_said text,
                                        sent_to text, days integer) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE is_staff boolean := asked IN (SELECT people_summer_rounds());
BEGIN
    IF kind_said = 'apply' AND NOT is_staff AND NOT EXISTS (SELECT 1 FROM offer_summerround r WHERE r.id = asked
            AND r.applying @> statement_timestamp()) THEN PERFORM people_refuse('summer_closed'); END IF;
    IF kind_said <> 'apply' AND NOT (is_staff OR applicant IN (SELECT people_summer_own())) THEN
        PERFORM people_refuse('summer_link_not_valid');
    END IF;
    IF kind_said <> 'apply' AND NOT EXISTS (SELECT 1 FROM people_summerapplicant a WHERE a.id = applicant
            AND a.round_id = asked AND a.id NOT IN (SELECT people_summer_hidden())) THEN
        PERFORM people_refuse('summer_link_not_valid');
    END IF;
    IF guardian IS NOT NULL AND NOT EXISTS (SELECT 1 FROM people_summerguardian g WHERE g.id = guardian
            AND g.applicant_id = applicant) THEN PERFORM people_refuse('summer_link_not_valid'); END IF;
    IF sent_to <> '' AND (SELECT count(*) FROM people_summerlink l WHERE l.sent_to_digest = sent_to AND l.round_id = asked
            AND lower(l.period) > statement_timestamp() - interval '1 hour') >= 5 THEN RETURN false; END IF;
    INSERT INTO people_summerlink (id, round_id, applicant_id, guardian_id, kind, digest, sent_to_digest, period)
        VALUES (gen_random_uuid(), asked, applicant, guardian, kind_said, digest_said, sent_to,
                tstzrange(statement_timestamp(), statement_timestamp() + make_interval(days => days)));
    RETURN true;
END $$;

-- An application by link: a new one makes the person, the number and the code; a later one changes what may be changed.
-- A number that has applied already is taken all the same and left out of the lot: the answer tells nobody anything.
CREATE FUNCTION people_summer_apply(number_asked text, number_kind text, protected boolean, row_said jsonb,
                                    guardians jsonb) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE link record; made people_summerapplicant; held offer_summerround; one uuid; named jsonb;
BEGIN
    SELECT * INTO link FROM people_summer_link();
    IF NOT FOUND OR link.kind NOT IN ('apply', 'youth') THEN PERFORM people_refuse('summer_link_not_valid'); END IF;
    SELECT * INTO held FROM offer_summerround r WHERE r.id = link.round_id;
    IF NOT held.applying @> statement_timestamp() THEN PERFORM people_refuse('summer_closed'); END IF;
    IF link.kind = 'youth' THEN
        UPDATE people_summerapplicant a SET given_name = n.given_name, family_name = n.family_name, sort_key = n.sort_key,
            phone = n.phone, email = n.email, school_year = n.school_year, has_finished_school = n.has_finished_school,
            district = n.district, stratum = n.stratum, wishes = n.wishes, period_wishes = n.period_wishes,
            other_day_minutes = n.other_day_minutes, other_week_minutes = n.other_week_minutes,
            guardians_needed = n.guardians_needed, has_withdrawn = n.has_withdrawn
            FROM jsonb_populate_record(people_summer_row(link.applicant_id), row_said) n WHERE a.id = link.applicant_id
            RETURNING a.* INTO made;
    ELSE
        PERFORM pg_advisory_xact_lock(hashtextextended(held.id::text || number_asked, 0));
        made := jsonb_populate_record(NULL::people_summerapplicant, row_said);
        made.id := gen_random_uuid(); made.person_id := gen_random_uuid(); made.round_id := held.id;
        made.area_id := held.area_id; made.ground := ''; made.turn := NULL; made.share := NULL; made.is_drawn := false;
        made.has_withdrawn := false; made.applied_at := clock_timestamp();
        made.is_double := EXISTS (SELECT 1 FROM people_identity i JOIN people_summerapplicant a ON a.person_id = i.person_id
            WHERE i.number = number_asked AND a.round_id = held.id AND NOT a.has_withdrawn);
        INSERT INTO people_person (id, created_at) VALUES (made.person_id, clock_timestamp());
        INSERT INTO people_identity (id, person_id, number, kind, valid) VALUES (gen_random_uuid(), made.person_id,
            number_asked, number_kind, tstzrange(clock_timestamp(), NULL));
        INSERT INTO people_summerapplicant SELECT made.*;
        UPDATE people_summerlink SET kind = 'youth', applicant_id = made.id,
            period = tstzrange(lower(period), greatest(upper(period), upper(held.applying) + interval '240 days'))
            WHERE id = link.id;
    END IF;
    IF protected THEN PERFORM people_summer_guard(made.person_id, made.round_id, made.area_id); END IF;
    FOR named IN SELECT * FROM jsonb_array_elements(guardians) LOOP
        INSERT INTO people_summerguardian (id, applicant_id, round_id, area_id, number, name, email, phone)
            VALUES (gen_random_uuid(), made.id, held.id, held.area_id, (named ->> 'number')::int, named ->> 'name',
                    named ->> 'email', named ->> 'phone')
            ON CONFLICT (applicant_id, number) DO UPDATE SET name = excluded.name, email = excluded.email,
                phone = excluded.phone WHERE NOT EXISTS (SELECT 1 FROM people_summerconsent c
                    WHERE c.guardian_id = people_summerguardian.id);
    END LOOP;
    RETURN made.id;
END $$;

CREATE FUNCTION people_summer_row(asked uuid) RETURNS people_summerapplicant
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT a FROM people_summerapplicant a WHERE a.id = asked
$$;

-- Protected from the first statement: only those of the round's staff who look after protected young people.
CREATE FUNCTION people_summer_guard(person uuid, asked uuid, area uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM people_protection p WHERE p.person_id = person AND upper_inf(p.period)) THEN RETURN; END IF;
    INSERT INTO people_protection (id, person_id, level, period, area_id, registered_by, lifted_by)
        VALUES (gen_random_uuid(), person, 'marked', tstzrange(statement_timestamp(), NULL), area, '', '');
    INSERT INTO people_protectionname (id, person_id, membership_id, period, named_by)
        SELECT gen_random_uuid(), person, s.membership_id, tstzrange(statement_timestamp(), NULL), ''
        FROM people_summerstaff s WHERE s.round_id = asked AND s.handles_protected AND s.period @> statement_timestamp();
END $$;

-- One more on a protected applicant's named list: somebody who holds the round, or looks after the workplace.
CREATE FUNCTION people_summer_name_on_list(applicant uuid, membership uuid, said_by text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE held people_summerapplicant%ROWTYPE;
BEGIN
    SELECT * INTO held FROM people_summerapplicant a WHERE a.id = applicant AND a.round_id IN (SELECT people_summer_rounds())
        AND a.id NOT IN (SELECT people_summer_hidden());
    IF NOT FOUND THEN PERFORM people_refuse('summer_not_your_round'); END IF;
    IF NOT EXISTS (SELECT 1 FROM people_summerstaff s WHERE s.membership_id = membership AND s.round_id = held.round_id
            AND s.period @> statement_timestamp())
       AND NOT EXISTS (SELECT 1 FROM people_summerplacement p JOIN offer_summersupervisor s ON s.workplace_id = p.workplace_id
            WHERE p.applicant_id = applicant AND s.membership_id = membership AND NOT p.has_ended) THEN
        PERFORM people_refuse('cannot_be_on_case');
    END IF;
    PERFORM people_put_on_list(held.person_id, membership, said_by);
END $$;

-- The numbers of those with attested hours in a paid round, for the basis of wages: for those who hold it, and seldom.
CREATE FUNCTION people_summer_numbers(asked uuid) RETURNS TABLE (applicant_id uuid, number text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF asked NOT IN (SELECT people_summer_rounds()) THEN PERFORM people_refuse('summer_not_your_round'); END IF;
    PERFORM people_limit('summer_numbers', 30);
    RETURN QUERY SELECT a.id, i.number::text FROM people_summerapplicant a JOIN people_identity i ON i.person_id = a.person_id
        AND upper_inf(i.valid) WHERE a.round_id = asked AND a.id NOT IN (SELECT people_summer_hidden())
        AND EXISTS (SELECT 1 FROM people_summerattest t WHERE t.applicant_id = a.id)
        AND EXISTS (SELECT 1 FROM offer_summerround r WHERE r.id = asked AND r.form = 'job');
END $$;
"""

INTERNAL = ("people_summer_row(uuid)", "people_summer_guard(uuid, uuid, uuid)")
READING = (
    "people_summer_rounds()", "people_summer_link()", "people_summer_own()", "people_summer_known()",
    "people_summer_mine()", "people_summer_hidden()",
)  # fmt: skip
DOING = (
    "people_summer_name(uuid, uuid, boolean, text)",
    "people_summer_make_link(uuid, text, uuid, uuid, text, text, integer)",
    "people_summer_apply(text, text, boolean, jsonb, jsonb)", "people_summer_name_on_list(uuid, uuid, text)",
    "people_summer_numbers(uuid)",
)  # fmt: skip

TABLES = (
    "staff", "applicant", "link", "guardian", "consent", "draw", "placement", "shift", "punch", "attest", "card", "event",
    "payment",
)  # fmt: skip
AREA = "nullif(current_setting('samkraft.area', true), '')::uuid"
STAFF = f"area_id = {AREA} AND round_id = ANY (ARRAY(SELECT people_summer_rounds()))"
OWN = "applicant_id = ANY (ARRAY(SELECT people_summer_own()))"
KNOWN = "applicant_id = ANY (ARRAY(SELECT people_summer_known()))"
MINE = "placement_id = ANY (ARRAY(SELECT people_summer_mine()))"
HIDDEN = "ANY (ARRAY(SELECT people_summer_hidden()))"
ABOUT = ("applicant", "guardian", "consent", "placement", "shift", "punch", "attest", "card", "event")

# table → policy → (command, condition)
POLICIES: dict[str, dict[str, tuple[str, str]]] = {
    "staff": {"staff_reads": ("SELECT", STAFF)},
    "applicant": {
        "staff_reads": ("SELECT", STAFF), "staff_changes": ("UPDATE", STAFF),
        "link_reads": ("SELECT", KNOWN.replace("applicant_id", "id", 1)),
    },
    "guardian": {"staff_reads": ("SELECT", STAFF), "staff_changes": ("UPDATE", STAFF), "staff_writes": ("INSERT", STAFF),
                 "link_reads": ("SELECT", OWN),
                 "guardian_reads": ("SELECT", "id = (SELECT l.guardian_id FROM people_summer_link() l)")},
    "consent": {"staff_reads": ("SELECT", STAFF), "staff_writes": ("INSERT", f"{STAFF} AND how = 'paper'"),
                "link_reads": ("SELECT", OWN),
                "guardian_reads": ("SELECT", "guardian_id = (SELECT l.guardian_id FROM people_summer_link() l)"),
                "guardian_writes": ("INSERT", "how = 'link' AND (guardian_id, applicant_id, round_id) = (SELECT l.guardian_id, "
                                    "l.applicant_id, l.round_id FROM people_summer_link() l)")},
    "draw": {"staff_writes": ("INSERT", STAFF),
             "everybody_reads": ("SELECT", "nullif(current_setting('samkraft.actor', true), '') IS NOT NULL")},
    "placement": {"staff_reads": ("SELECT", STAFF), "staff_writes": ("INSERT", STAFF), "staff_changes": ("UPDATE", STAFF),
                  "link_reads": ("SELECT", KNOWN), "workplace_reads": ("SELECT", MINE.replace("placement_id", "id", 1))},
    "shift": {"staff_reads": ("SELECT", STAFF), "staff_writes": ("INSERT", STAFF), "staff_changes": ("UPDATE", STAFF),
              "link_reads": ("SELECT", KNOWN), "workplace_reads": ("SELECT", MINE)},
    "punch": {"staff_reads": ("SELECT", STAFF), "staff_writes": ("INSERT", f"{STAFF} AND pressed_by = 'staff'"),
              "link_reads": ("SELECT", OWN), "link_writes": ("INSERT", f"{OWN} AND pressed_by = 'youth'"),
              "workplace_reads": ("SELECT", MINE), "workplace_writes": ("INSERT", f"{MINE} AND pressed_by = 'supervisor'")},
    "attest": {"staff_reads": ("SELECT", STAFF), "link_reads": ("SELECT", OWN), "workplace_reads": ("SELECT", MINE),
               "workplace_writes": ("INSERT", MINE)},
    "card": {"staff_reads": ("SELECT", STAFF), "link_reads": ("SELECT", OWN), "workplace_reads": ("SELECT", MINE)},
    "event": {"staff_reads": ("SELECT", STAFF), "staff_writes": ("INSERT", STAFF), "link_reads": ("SELECT", OWN),
              "link_writes": ("INSERT", KNOWN)},
    "payment": {"staff_reads": ("SELECT", STAFF), "staff_writes": ("INSERT", STAFF)},
}  # fmt: skip


def _secure() -> str:
    lines = []
    for table in TABLES:
        name = f"people_summer{table}"
        lines += [
            f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY;",
            f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY;",
            f"CREATE POLICY owner_sees_all ON {name} TO samkraft_owner USING (true) WITH CHECK (true);",
            f"CREATE POLICY guard_sees_all ON {name} TO samkraft_guard USING (true) WITH CHECK (true);",
            f"GRANT SELECT, INSERT, UPDATE ON {name} TO samkraft_guard;",
        ]
        for policy, (command, condition) in POLICIES.get(table, {}).items():
            clause = {"SELECT": f"USING ({condition})", "INSERT": f"WITH CHECK ({condition})",
                      "UPDATE": f"USING ({condition}) WITH CHECK ({condition})"}[command]  # fmt: skip
            lines.append(f"CREATE POLICY {policy} ON {name} FOR {command} TO samkraft_app {clause};")
        if table in ABOUT:
            column = "id" if table == "applicant" else "applicant_id"
            lines.append(
                f"CREATE POLICY protected_identity ON {name} AS RESTRICTIVE TO samkraft_app USING (NOT {column} = {HIDDEN});"
            )
    return "\n".join(lines)


def _open() -> str:
    lines = []
    for table in TABLES:
        policies = [
            "owner_sees_all",
            "guard_sees_all",
            *POLICIES.get(table, {}),
            *(["protected_identity"] * (table in ABOUT)),
        ]
        lines += [f"DROP POLICY {policy} ON people_summer{table};" for policy in policies]
        lines.append(f"ALTER TABLE people_summer{table} DISABLE ROW LEVEL SECURITY;")
    functions = (*DOING, *INTERNAL, "people_summer_hidden()", "people_summer_mine()", "people_summer_known()",
                 "people_summer_own()", "people_summer_link()", "people_summer_rounds()")  # fmt: skip
    return "\n".join([*lines, *(f"DROP FUNCTION {function};" for function in functions)])


class Migration(migrations.Migration):
    dependencies = [("people", "0010_summer")]
    operations = [migrations.RunSQL(REACH + DEEDS + owned(INTERNAL, (*READING, *DOING)) + _secure(), _open())]
