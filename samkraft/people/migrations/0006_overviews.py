"""One overview row per enrolment and area, worked out from what that area holds and nothing else.

It is written by a trigger in the same transaction as the contribution, for whole sets of rows at a time. The same
meaning is a pure fold in `people.rules.overviews`; `samkraft prove overview` compares the two for every row.
"""

from importlib import import_module

from django.db import migrations

owned = import_module("samkraft.people.migrations.0003_on_the_case").owned

FORWARD = """
CREATE FUNCTION people_day(moment timestamptz) RETURNS date LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT (moment AT TIME ZONE 'Europe/Stockholm')::date
$$;

CREATE FUNCTION people_work_out_overviews(persons uuid[], areas uuid[]) RETURNS SETOF people_overview
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    -- Everybody on the case in the area sees the row: it is made only of what every role reads that meets people at all.
    WITH for_every_role AS (SELECT category FROM people_rolecategory WHERE reads GROUP BY category
        HAVING count(*) = (SELECT count(DISTINCT role) FROM people_rolecategory)),
    pair AS (SELECT DISTINCT p AS person_id, a AS area_id FROM unnest(persons, areas) AS u (p, a)),
    latest AS MATERIALIZED (
        SELECT DISTINCT ON (c.area_id, c.lineage) c.* FROM pair
        JOIN people_contribution c ON c.person_id = pair.person_id AND c.area_id = pair.area_id
        WHERE c.category IN (SELECT category FROM for_every_role)
        ORDER BY c.area_id, c.lineage, c.version DESC),
    known AS (
        SELECT l.area_id, l.person_id, l.enrolment_id, min((l.content ->> 'started_on')::date) AS started_on,
               min(l.content ->> 'initiative_id')::uuid AS initiative_id
        FROM latest l WHERE l.kind = 'enrolled' GROUP BY l.area_id, l.person_id, l.enrolment_id),
    held AS (
        SELECT k.area_id AS k_area, k.enrolment_id AS k_enrolment, l.* FROM known k
        JOIN latest l ON l.area_id = k.area_id AND l.person_id = k.person_id
         AND (l.enrolment_id = k.enrolment_id OR l.enrolment_id IS NULL)),
    newest AS (
        SELECT DISTINCT ON (k_area, k_enrolment, kind) k_area, k_enrolment, kind, content, author_area_id, occurred_at
        FROM held WHERE kind IN ('card', 'team', 'lead', 'phase', 'pause', 'exit', 'message')
        ORDER BY k_area, k_enrolment, kind, occurred_at DESC, written_at DESC, id DESC),
    singles AS (
        SELECT k_area, k_enrolment, jsonb_object_agg(kind, content || jsonb_build_object(
                   '_author', author_area_id, '_day', people_day(occurred_at))) AS one
        FROM newest GROUP BY k_area, k_enrolment),
    step AS (
        SELECT DISTINCT ON (k_area, k_enrolment) k_area, k_enrolment, content, author_area_id,
               content ->> 'state' = 'waiting' AS waiting
        FROM held WHERE kind = 'step' AND content ->> 'state' IN ('planned', 'waiting', 'ongoing')
        ORDER BY k_area, k_enrolment, (content ->> 'state' = 'waiting') DESC,
            CASE WHEN content ->> 'state' = 'waiting' THEN (content ->> 'waiting_since')::date END NULLS LAST,
            CASE WHEN content ->> 'state' <> 'waiting' THEN (content ->> 'from_date')::date END NULLS LAST,
            CASE WHEN content ->> 'state' <> 'waiting' THEN (content ->> 'due_date')::date END NULLS LAST,
            lineage::text COLLATE "C"),
    sums AS (
        SELECT k_area, k_enrolment,
            coalesce(array_agg((content ->> 'starts_at')::timestamptz ORDER BY (content ->> 'starts_at')::timestamptz)
                FILTER (WHERE kind = 'meeting' AND content ->> 'state' = 'booked'), '{}') AS meetings,
            max(CASE kind WHEN 'contact_made' THEN (content ->> 'on')::date WHEN 'message' THEN people_day(occurred_at)
                WHEN 'meeting' THEN CASE WHEN content ->> 'state' = 'held'
                    THEN people_day((content ->> 'starts_at')::timestamptz) END END) AS last_contact_on,
            bool_or(kind = 'plan_version') AS has_plan,
            max((content ->> 'agreed_on')::date) FILTER (WHERE kind = 'agreement') AS plan_agreed_on,
            min((content -> 'programme' ->> 'ends_on')::date) FILTER (WHERE kind = 'step'
                AND content ->> 'state' IN ('planned', 'waiting', 'ongoing')) AS programme_ends_on,
            coalesce(max(content ->> 'month') FILTER (WHERE kind = 'time_report'), '') AS time_report_through
        FROM held GROUP BY k_area, k_enrolment)
    SELECT gen_random_uuid(), k.area_id, k.initiative_id, (one -> 'team' ->> 'team_id')::uuid,
        coalesce(btrim(coalesce(one -> 'card' ->> 'given_name', '') || ' ' || coalesce(one -> 'card' ->> 'family_name', '')), ''),
        coalesce(one -> 'card' ->> '_sort_key', ''),
        (one -> 'lead' ->> 'membership_id')::uuid, coalesce(one -> 'lead' ->> 'name', ''),
        (one -> 'lead' ->> 'area_id')::uuid, (one -> 'phase' ->> 'number')::integer, (one -> 'phase' ->> 'since')::date,
        k.started_on, coalesce(step.content ->> 'title', ''), (step.content ->> 'from_date')::date,
        (step.content ->> 'due_date')::date,
        CASE WHEN step.waiting THEN coalesce(step.content -> 'waits_on' ->> 'who', '')
             WHEN one -> 'message' ->> 'waits_on' IN ('us', 'participant') THEN one -> 'message' ->> 'waits_on' ELSE '' END,
        CASE WHEN step.waiting THEN CASE step.content -> 'waits_on' ->> 'who'
                 WHEN 'us' THEN step.author_area_id WHEN 'body' THEN (step.content -> 'waits_on' ->> 'area_id')::uuid END
             WHEN one -> 'message' ->> 'waits_on' = 'us' THEN (one -> 'message' ->> '_author')::uuid END,
        CASE WHEN step.waiting THEN coalesce(step.content -> 'waits_on' ->> 'role', '') ELSE '' END,
        CASE WHEN step.waiting THEN coalesce(step.content -> 'waits_on' ->> 'name', '') ELSE '' END,
        CASE WHEN step.waiting THEN coalesce(step.content -> 'waits_on' ->> 'what', '') ELSE '' END,
        CASE WHEN step.waiting THEN (step.content ->> 'waiting_since')::date
             WHEN one -> 'message' ->> 'waits_on' IN ('us', 'participant') THEN (one -> 'message' ->> '_day')::date END,
        sums.last_contact_on, sums.has_plan, sums.plan_agreed_on, sums.programme_ends_on, sums.meetings,
        sums.time_report_through, (one -> 'pause' ->> 'from_date')::date, (one -> 'pause' ->> 'until')::date,
        CASE WHEN (one -> 'exit' ->> 'promise_kept')::boolean IS DISTINCT FROM false
             THEN (one -> 'exit' ->> 'left_on')::date END,
        (SELECT min(people_day(upper(s.period))) FROM people_consentscope s WHERE s.person_id = k.person_id
            AND k.area_id IN (s.from_area_id, s.to_area_id) AND s.withdrawn_at IS NULL),
        'enrolment', k.enrolment_id, k.person_id
    FROM known k
    JOIN sums ON sums.k_area = k.area_id AND sums.k_enrolment = k.enrolment_id
    LEFT JOIN singles ON singles.k_area = k.area_id AND singles.k_enrolment = k.enrolment_id
    LEFT JOIN step ON step.k_area = k.area_id AND step.k_enrolment = k.enrolment_id
$$;

CREATE FUNCTION people_refresh_overviews(persons uuid[], areas uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    DELETE FROM people_overview o USING unnest(persons, areas) AS u (p, a) WHERE o.person_id = u.p AND o.area_id = u.a;
    -- One pair at a time: for many at once the planner cannot know how little each of them holds.
    INSERT INTO people_overview SELECT o.* FROM (SELECT DISTINCT p, a FROM unnest(persons, areas) AS u (p, a)) pair,
        LATERAL people_work_out_overviews(ARRAY[pair.p], ARRAY[pair.a]) o;
    DELETE FROM people_searchtoken t USING unnest(persons, areas) AS u (p, a) WHERE t.person_id = u.p AND t.area_id = u.a;
    INSERT INTO people_searchtoken (area_id, person_id, category, token)
        SELECT DISTINCT c.area_id, c.person_id, 'contact', left(word, 80)
        FROM unnest(persons, areas) AS u (p, a)
        JOIN LATERAL (SELECT DISTINCT ON (lineage) * FROM people_contribution c WHERE c.person_id = u.p
            AND c.area_id = u.a AND c.kind = 'card' ORDER BY lineage, version DESC) c ON true,
        LATERAL jsonb_array_elements_text(coalesce(c.content -> '_search', '[]')) AS word
        ON CONFLICT DO NOTHING;
END $$;

CREATE FUNCTION people_contribution_written() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE persons uuid[]; areas uuid[];
BEGIN
    SELECT array_agg(person_id), array_agg(area_id) INTO persons, areas
        FROM (SELECT DISTINCT person_id, area_id FROM written) w;
    IF persons IS NOT NULL THEN PERFORM people_refresh_overviews(persons, areas); END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION people_consent_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE persons uuid[]; areas uuid[];
BEGIN
    SELECT array_agg(person_id), array_agg(area) INTO persons, areas
        FROM (SELECT DISTINCT w.person_id, a.area FROM written w, LATERAL (VALUES (w.from_area_id), (w.to_area_id)) a (area)) w;
    IF persons IS NOT NULL THEN PERFORM people_refresh_overviews(persons, areas); END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER keeps_overview AFTER INSERT ON people_contribution REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION people_contribution_written();
CREATE TRIGGER keeps_overview_when_moved AFTER UPDATE ON people_contribution REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION people_contribution_written();
CREATE TRIGGER keeps_overview AFTER INSERT ON people_consentscope REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION people_consent_changed();
CREATE TRIGGER keeps_overview_when_changed AFTER UPDATE ON people_consentscope REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION people_consent_changed();
"""

INTERNAL = (
    "people_day(timestamptz)", "people_work_out_overviews(uuid[], uuid[])", "people_refresh_overviews(uuid[], uuid[])",
    "people_contribution_written()", "people_consent_changed()",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("people", "0005_handing_over")]
    operations = [
        migrations.RunSQL(
            FORWARD + owned(INTERNAL, ()),
            "DROP TRIGGER keeps_overview_when_changed ON people_consentscope;"
            "DROP TRIGGER keeps_overview ON people_consentscope;"
            "DROP TRIGGER keeps_overview_when_moved ON people_contribution;"
            "DROP TRIGGER keeps_overview ON people_contribution;"
            + "".join(f"DROP FUNCTION {function};" for function in reversed(INTERNAL)),
        )
    ]
