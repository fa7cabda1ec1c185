"""Proposals of who gets which place: what is proposed for each who waits, and what became of it when it was adopted.

The proposal itself knows those who wait by numbers drawn for it alone. Who they are is known here, behind the same walls as the
queue; the function that makes offers of adopted rows keeps the queue's own rules and writes why somebody was passed.
"""

import uuid
from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

owned = import_module("samkraft.people.migrations.0003_on_the_case").owned
MINE = import_module("samkraft.people.migrations.0009_places").MINE
TABLES = ("placesuggestion", "placeadoption")
WALLS = "\n".join(
    f"""
ALTER TABLE people_{table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE people_{table} FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_sees_all ON people_{table} TO samkraft_owner USING (true) WITH CHECK (true);
CREATE POLICY guard_sees_all ON people_{table} TO samkraft_guard USING (true) WITH CHECK (true);
CREATE POLICY reads_place_on_case ON people_{table} FOR SELECT TO samkraft_app USING ({MINE});
CREATE POLICY protected_identity ON people_{table} AS RESTRICTIVE TO samkraft_app
    USING (NOT person_id = ANY (ARRAY(SELECT people_hidden())));
GRANT SELECT, INSERT, UPDATE ON people_{table} TO samkraft_guard;
"""
    for table in TABLES
)

FORWARD = """
-- Those who wait for an activity of the asker's, each under a number drawn for this proposal: days, a class, which of some
-- occasions could be had, never who. It is the queue's own line, less what collides with a place that the person has. What a
-- step of the plan rests on is told as the number of that other entry. About a protected person the sex is left out.
CREATE FUNCTION people_place_line_up(proposal uuid, activities uuid[], occasions uuid[], locked uuid[], earlier uuid,
    at timestamptz) RETURNS TABLE (key integer, person integer, activity_id uuid, priority_class integer, waited integer,
    sex text, after integer[], may_have uuid[], lock integer, had uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE one uuid; moment timestamptz := people_place_at(at);
BEGIN
    IF coalesce(cardinality(activities), 0) = 0 THEN PERFORM people_refuse('not_coordinator'); END IF;
    FOREACH one IN ARRAY activities LOOP PERFORM people_require_coordinator(one); END LOOP;
    IF EXISTS (SELECT 1 FROM people_placesuggestion s WHERE s.proposal_id = proposal) THEN
        PERFORM people_refuse('suggested_already');
    END IF;
    INSERT INTO people_placesuggestion (id, proposal_id, key, entry_id, person_id, area_id, category, activity_id, made_at, why,
            passes)
        SELECT gen_random_uuid(), proposal, row_number() OVER (ORDER BY gen_random_uuid()), e.id, e.person_id, e.area_id,
            e.category, e.activity_id, moment, '', 0 FROM people_placeentry e
        WHERE e.activity_id = ANY (activities) AND e.left_at IS NULL AND NOT EXISTS (SELECT 1 FROM people_placehold h
            WHERE h.entry_id = e.id AND h.released_at IS NULL AND (h.accepted_at IS NOT NULL OR h.answer_until > moment));
    RETURN QUERY
    WITH mine AS MATERIALIZED (
        SELECT s.key, s.entry_id, s.person_id, s.area_id, s.activity_id, e.step, e.joined_at, e.criteria
        FROM people_placesuggestion s JOIN people_placeentry e ON e.id = s.entry_id WHERE s.proposal_id = proposal),
    numbered AS MATERIALIZED (SELECT p.person_id, row_number() OVER (ORDER BY gen_random_uuid())::integer AS number
        FROM (SELECT DISTINCT m.person_id FROM mine m) p),
    free AS MATERIALIZED (
        SELECT l.entry_id, array_agg(o.id ORDER BY o.starts_on, o.id) AS those
        FROM offer_occasion o CROSS JOIN LATERAL people_place_line(o.id, moment) l JOIN mine m ON m.entry_id = l.entry_id
        WHERE o.id = ANY (occasions) AND o.activity_id = ANY (activities) AND o.cancelled_at IS NULL
          AND NOT EXISTS (SELECT 1 FROM people_placehold h
            JOIN offer_session b ON b.occasion_id = h.occasion_id AND b.cancelled_at IS NULL
            JOIN offer_session s ON s.occasion_id = o.id AND s.cancelled_at IS NULL
                AND s.starts_at < b.ends_at AND s.ends_at > b.starts_at
            WHERE h.person_id = m.person_id AND h.released_at IS NULL AND h.accepted_at IS NOT NULL)
        GROUP BY l.entry_id)
    SELECT m.key::integer, n.number, m.activity_id, p.class,
        (moment AT TIME ZONE 'Europe/Stockholm')::date - (m.joined_at AT TIME ZONE 'Europe/Stockholm')::date,
        CASE WHEN NOT EXISTS (SELECT 1 FROM people_protection r WHERE r.person_id = m.person_id AND r.period @> moment)
            THEN coalesce((SELECT CASE WHEN c.content ->> 'sex' IN ('woman', 'man') THEN c.content ->> 'sex' END
                FROM people_contribution c WHERE c.person_id = m.person_id AND c.area_id = m.area_id AND c.kind = 'card'
                ORDER BY c.occurred_at DESC, c.written_at DESC LIMIT 1), '') ELSE '' END,
        coalesce((SELECT array_agg(o.key::integer ORDER BY o.key) FROM mine o WHERE o.person_id = m.person_id
            AND o.key <> m.key AND o.area_id = m.area_id AND o.step::text IN (SELECT jsonb_array_elements_text(
                CASE jsonb_typeof(w.content -> 'depends_on') WHEN 'array' THEN w.content -> 'depends_on' ELSE '[]' END)
                FROM (SELECT c.content FROM people_contribution c WHERE c.lineage = m.step AND c.person_id = m.person_id
                    AND c.area_id = m.area_id AND c.kind = 'step' ORDER BY c.version DESC LIMIT 1) w)), '{}'::integer[]),
        coalesce(f.those, '{}'::uuid[]), array_position(locked, m.entry_id),
        (SELECT s.occasion_id FROM people_placesuggestion s WHERE s.proposal_id = earlier AND s.entry_id = m.entry_id)
    FROM mine m JOIN numbered n ON n.person_id = m.person_id LEFT JOIN free f ON f.entry_id = m.entry_id
    CROSS JOIN LATERAL (SELECT coalesce(min(l.priority_class)::integer, 99) AS class FROM offer_priorityrule r
        JOIN offer_priorityline l ON l.rule_id = r.id WHERE r.activity_id = m.activity_id AND l.criterion = ANY (m.criteria)
          AND r.valid @> (moment AT TIME ZONE 'Europe/Stockholm')::date) p
    ORDER BY p.class, m.joined_at, m.entry_id;
END $$;

-- What the proposal came to, by its own numbers: once, by whoever made it. Returns how many rows.
CREATE FUNCTION people_place_suggest(proposal uuid, said jsonb, at timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE one uuid; many integer;
BEGIN
    FOR one IN SELECT DISTINCT s.activity_id FROM people_placesuggestion s WHERE s.proposal_id = proposal LOOP
        PERFORM people_require_coordinator(one);
    END LOOP;
    UPDATE people_placesuggestion s SET filled_at = people_place_at(at), occasion_id = r.occasion, queue_occasion_id = r.queue,
        why = r.why, passes = r.passes, why_not = r.why_not
        FROM jsonb_to_recordset(said) r (key integer, occasion uuid, queue uuid, why text, passes integer, why_not jsonb)
        WHERE s.proposal_id = proposal AND s.key = r.key AND s.filled_at IS NULL
          AND (r.occasion IS NULL OR EXISTS (SELECT 1 FROM offer_occasion o WHERE o.id = r.occasion
            AND o.activity_id = s.activity_id))
          AND (r.queue IS NULL OR EXISTS (SELECT 1 FROM offer_occasion o WHERE o.id = r.queue
            AND o.activity_id = s.activity_id));
    GET DIAGNOSTICS many = ROW_COUNT;
    IF many <> (SELECT count(*) FROM people_placesuggestion s WHERE s.proposal_id = proposal) THEN
        PERFORM people_refuse('suggested_already');
    END IF;
    RETURN many;
END $$;

-- A proposal's rows for whoever coordinates the activity: what the queue tells of each, what is proposed, and what came of it.
CREATE FUNCTION people_place_suggested(proposal uuid) RETURNS TABLE (suggestion_id uuid, entry_id uuid, activity_id uuid,
    code text, priority_class integer, joined_at timestamptz, needed_date date, told jsonb, occasion_id uuid,
    queue_occasion_id uuid, why text, passes integer, why_not jsonb, standing text, result text, passed integer,
    adopted_at timestamptz, adopted_by text, fate text, started_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT s.id, s.entry_id, s.activity_id, e.code::text, p.class, e.joined_at, e.needed_date,
        people_place_told(e.id, 'coordinator', NULL), s.occasion_id, s.queue_occasion_id, s.why::text, s.passes::integer,
        s.why_not,
        CASE WHEN EXISTS (SELECT 1 FROM people_placehold l WHERE l.entry_id = e.id AND l.released_at IS NULL
                AND (l.accepted_at IS NOT NULL OR l.answer_until > statement_timestamp())) THEN 'holding'
             WHEN e.left_at IS NOT NULL THEN 'left' ELSE 'waiting' END,
        a.result::text, a.passed::integer, a.adopted_at, a.adopted_by::text,
        CASE WHEN h.id IS NULL THEN NULL WHEN h.started_on IS NOT NULL AND h.released_at IS NULL THEN 'started'
             WHEN h.released_as <> '' THEN h.released_as::text
             WHEN h.accepted_at IS NOT NULL AND h.decided_date IS NOT NULL THEN 'given'
             WHEN h.accepted_at IS NOT NULL THEN 'accepted'
             WHEN h.answer_until <= statement_timestamp() THEN 'lapsed' ELSE 'offered' END, h.started_on
    FROM people_placesuggestion s JOIN people_placeentry e ON e.id = s.entry_id
    CROSS JOIN LATERAL (SELECT coalesce(min(l.priority_class)::integer, 99) AS class FROM offer_priorityrule r
        JOIN offer_priorityline l ON l.rule_id = r.id WHERE r.activity_id = s.activity_id AND l.criterion = ANY (e.criteria)
          AND r.valid @> (s.made_at AT TIME ZONE 'Europe/Stockholm')::date) p
    LEFT JOIN LATERAL (SELECT o.* FROM people_placeadoption o WHERE o.suggestion_id = s.id
        ORDER BY o.hold_id IS NULL, o.adopted_at DESC, o.id LIMIT 1) a ON true
    LEFT JOIN people_placehold h ON h.id = a.hold_id
    WHERE s.proposal_id = proposal AND s.filled_at IS NOT NULL AND people_coordinates(s.activity_id)
    ORDER BY p.class, e.joined_at, e.id
$$;

-- Rows of a proposal become offers, in one moment, whole or not at all, each by the queue's own rules: who is in line, a
-- free place, and a reason that everybody who is passed can read. What has changed meanwhile is answered row by row.
CREATE FUNCTION people_place_adopt(proposal uuid, chosen uuid[], words text, at timestamptz)
RETURNS TABLE (suggestion_id uuid, result text, passed integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE one record; other record; moment timestamptz; own_place bigint; free_place uuid; made uuid; became text; many integer;
BEGIN
    IF (SELECT count(*) FROM people_placesuggestion s WHERE s.proposal_id = proposal AND s.id = ANY (chosen)
            AND s.occasion_id IS NOT NULL) <> coalesce(cardinality(chosen), 0) THEN
        PERFORM people_refuse('unknown_suggestion');
    END IF;
    FOR one IN SELECT DISTINCT s.activity_id FROM people_placesuggestion s WHERE s.id = ANY (chosen) ORDER BY 1 LOOP
        PERFORM people_require_coordinator(one.activity_id);
        PERFORM people_place_lock(one.activity_id);
    END LOOP;
    moment := people_place_at(at);
    FOR one IN SELECT s.id, s.entry_id, s.person_id, s.area_id, s.category, s.occasion_id, e.left_at, o.starts_on, o.cancelled_at,
            f.start_form
        FROM people_placesuggestion s JOIN people_placeentry e ON e.id = s.entry_id
        JOIN offer_occasion o ON o.id = s.occasion_id JOIN offer_activity f ON f.id = o.activity_id
        CROSS JOIN LATERAL (SELECT coalesce(min(l.priority_class)::integer, 99) AS class FROM offer_priorityrule r
            JOIN offer_priorityline l ON l.rule_id = r.id WHERE r.activity_id = s.activity_id
              AND l.criterion = ANY (e.criteria) AND r.valid @> (moment AT TIME ZONE 'Europe/Stockholm')::date) p
        WHERE s.id = ANY (chosen) ORDER BY o.starts_on, o.id, p.class, e.joined_at, e.id LOOP
        own_place := NULL; free_place := NULL; made := NULL; many := 0;
        SELECT l.place INTO own_place FROM people_place_line(one.occasion_id, moment) l WHERE l.entry_id = one.entry_id;
        SELECT p.id INTO free_place FROM offer_place p WHERE p.occasion_id = one.occasion_id AND p.withdrawn_at IS NULL
            AND NOT EXISTS (SELECT 1 FROM people_placehold h WHERE h.place_id = p.id AND h.released_at IS NULL)
            ORDER BY p.number LIMIT 1;
        became := CASE
            WHEN EXISTS (SELECT 1 FROM people_placeadoption a WHERE a.suggestion_id = one.id AND a.hold_id IS NOT NULL)
                THEN 'already'
            WHEN one.cancelled_at IS NOT NULL THEN 'cancelled'
            WHEN one.start_form = 'joint' AND one.starts_on <= (moment AT TIME ZONE 'Europe/Stockholm')::date THEN 'begun'
            WHEN one.left_at IS NOT NULL THEN 'left'
            WHEN own_place IS NULL AND EXISTS (SELECT 1 FROM people_placehold h JOIN people_placeentry e ON e.id = one.entry_id
                WHERE h.person_id = one.person_id AND h.activity_id = e.activity_id AND h.released_at IS NULL) THEN 'holding'
            WHEN own_place IS NULL THEN 'not_in_line'
            WHEN free_place IS NULL THEN 'full' ELSE 'offered' END;
        IF became = 'offered' THEN
            IF own_place > 1 AND length(btrim(words)) < 10 THEN PERFORM people_refuse('passing_needs_reason'); END IF;
            FOR other IN SELECT l.entry_id FROM people_place_line(one.occasion_id, moment) l WHERE l.place < own_place LOOP
                many := many + 1;
                CONTINUE WHEN EXISTS (SELECT 1 FROM people_placeevent v WHERE v.entry_id = other.entry_id AND v.kind = 'passed'
                    AND v.happened_at = moment);
                PERFORM people_place_note(other.entry_id, NULL, 'passed', moment, '', words, NULL, NULL);
            END LOOP;
            IF many > 0 THEN PERFORM people_place_note(one.entry_id, NULL, 'put_before', moment, '', words, NULL, NULL); END IF;
            made := people_place_give(one.entry_id, free_place, moment);
        END IF;
        INSERT INTO people_placeadoption (id, suggestion_id, person_id, area_id, category, hold_id, result, passed, reason,
                adopted_at, adopted_by, membership_id)
            SELECT gen_random_uuid(), one.id, one.person_id, one.area_id, one.category, made, became, many, words, moment,
                people_my_name(), me.membership_id FROM people_me() me;
        suggestion_id := one.id; result := became; passed := many;
        RETURN NEXT;
    END LOOP;
END $$;
"""
FOR_THE_PRODUCT = (
    "people_place_line_up(uuid, uuid[], uuid[], uuid[], uuid, timestamptz)",
    "people_place_suggest(uuid, jsonb, timestamptz)",
    "people_place_suggested(uuid)",
    "people_place_adopt(uuid, uuid[], text, timestamptz)",
)


class Migration(migrations.Migration):
    dependencies = [
        ("offer", "0004_employers"),
        ("partners", "0006_grant_roles"),
        ("people", "0039_calling_by_lot"),
    ]

    operations = [
        migrations.CreateModel(
            name="PlaceSuggestion",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("proposal_id", models.UUIDField()),
                ("key", models.PositiveIntegerField()),
                ("category", models.CharField(max_length=30)),
                ("made_at", models.DateTimeField()),
                ("filled_at", models.DateTimeField(null=True)),
                ("why", models.CharField(blank=True, max_length=12)),
                ("passes", models.PositiveIntegerField(default=0)),
                ("why_not", models.JSONField(null=True)),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offer.activity"
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.secrecyarea"
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="suggestions", to="people.placeentry"
                    ),
                ),
                (
                    "occasion",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offer.occasion"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "queue_occasion",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offer.occasion"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PlaceAdoption",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("category", models.CharField(max_length=30)),
                ("result", models.CharField(max_length=12)),
                ("passed", models.PositiveIntegerField()),
                ("reason", models.TextField()),
                ("adopted_at", models.DateTimeField()),
                ("adopted_by", models.CharField(max_length=200)),
                ("membership_id", models.UUIDField()),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.secrecyarea"
                    ),
                ),
                (
                    "hold",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.placehold"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "suggestion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adoptions",
                        to="people.placesuggestion",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.AddConstraint(
            model_name="placesuggestion",
            constraint=models.UniqueConstraint(fields=("proposal_id", "key"), name="people_placesuggestion_key_once"),
        ),
        migrations.AddConstraint(
            model_name="placesuggestion",
            constraint=models.UniqueConstraint(
                fields=("proposal_id", "entry"), name="people_placesuggestion_entry_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="placesuggestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("filled_at__isnull", True), ("occasion__isnull", True), ("why", "")),
                    models.Q(
                        ("filled_at__isnull", False),
                        ("why__in", ["same", "gains", "earlier", "later", "gives_way", "no_room", "nothing_fits"]),
                    ),
                    _connector="OR",
                ),
                name="people_placesuggestion_why_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="placeadoption",
            constraint=models.UniqueConstraint(
                condition=models.Q(("hold__isnull", False)),
                fields=("suggestion",),
                name="people_placeadoption_one_offer",
            ),
        ),
        migrations.AddConstraint(
            model_name="placeadoption",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("hold__isnull", False), ("result", "offered")),
                    models.Q(
                        ("hold__isnull", True),
                        ("result__in", ["already", "left", "holding", "not_in_line", "full", "cancelled", "begun"]),
                    ),
                    _connector="OR",
                ),
                name="people_placeadoption_result_known",
            ),
        ),
        migrations.RunSQL(
            WALLS + FORWARD + owned((), FOR_THE_PRODUCT),
            "".join(f"DROP FUNCTION {function};" for function in FOR_THE_PRODUCT),
        ),
    ]
