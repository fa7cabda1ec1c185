"""The cohort door: milestones of each enrolment made by a job, and the few functions through which figures leave.

What is made here holds days and numbers, never a word and never who. All of it belongs to a role that nobody signs in as;
the serving role cannot read a single row, and asks these functions: the clock for figures, an evaluator for pseudonymous
rows of one study. Each asking is written down by the function itself.
"""

import uuid

import django.db.models.deletion
from django.db import migrations, models

# As `people.rules.cohorts.FIELDS` was when this was made, each with what it is worked out from.
_DAY = "({} - date '2000-01-01')"
FIELDS = (
    ("team", "t.number"), ("wave", "w.number"),
    ("sex", "CASE k.one -> 'card' ->> 'sex' WHEN 'woman' THEN 1 WHEN 'man' THEN 2 ELSE 0 END"),
    ("age", "extract(year FROM age(k.began, (k.one -> 'card' ->> 'birth_date')::date))"),
    ("education", "CASE s.level WHEN 'compulsory' THEN 1 WHEN 'upper_secondary' THEN 2 WHEN 'higher' THEN 3 ELSE 0 END"),
    ("received", _DAY.format("told.received")), ("started", _DAY.format("k.began")),
    ("first_contact", _DAY.format("s.first_contact")), ("first_meeting", _DAY.format("s.first_meeting")),
    ("planned", _DAY.format("v.planned")), ("agreed", _DAY.format("s.agreed")), ("active", _DAY.format("v.active")),
    ("workplace", _DAY.format("v.workplace")), ("studying", _DAY.format("v.studying")),
    ("phase_two", _DAY.format("s.phase_two")), ("phase_three", _DAY.format("s.phase_three")),
    ("left", _DAY.format("told.left_on")),
    ("outcome", "CASE WHEN told.left_on IS NULL THEN 0 ELSE people_outcome_code(told.outcome) END"),
    ("reports", "s.reports"), ("hours", "round(s.hours)"), ("insured", "CASE WHEN v.insured THEN 1 ELSE 0 END"),
    ("followed", "s.followed"),
    ("six_months", "CASE WHEN told.six_months IS NOT NULL THEN people_outcome_code(told.six_months) END"),
    ("returned", "k.began - told.before"), ("handed_over", "s.handed_over"), ("waited_us", "coalesce(q.us, 0)"),
    ("waited_participant", "coalesce(q.participant, 0)"), ("waited_body", "coalesce(q.body, 0)"), ("guided", "v.guided"),
    ("meetings", "s.meetings"),
)  # fmt: skip
PACKED = "\n        || ".join(
    f"int2send(least(greatest(coalesce({worked_out}, -1), -1), 32767)::smallint)" for _name, worked_out in FIELDS
)
KINDS = (
    "card", "enrolled", "team", "referral", "phase", "exit", "detail", "follow_up", "contact_made", "meeting",
    "plan_version", "agreement", "step", "time_report", "handover", "assessment_item",
)  # fmt: skip

MAKE = f"""
CREATE FUNCTION people_outcome_code(said text) RETURNS integer
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(array_position(ARRAY['work', 'studies', 'af_fk_cooperation', 'sickness_compensation', 'moved'], said), 6)
$$;

-- What was known on a day of some enrolments of an initiative, from what each area has written itself. A person who is
-- enrolled by two areas at once that do not know of each other is counted once, with the earlier.
CREATE FUNCTION people_work_out_milestones(asked uuid, until date, enrolments uuid[])
RETURNS TABLE (enrolment_id uuid, body_id uuid, packed bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET jit = off AS $$
    WITH enrolled AS (
        SELECT e.id, e.person_id, people_day(lower(e.period)) AS since, e.period FROM people_enrolment e
        WHERE e.id = ANY (enrolments) AND e.initiative_id = asked),
    said AS MATERIALIZED (
        SELECT x.id AS e, s.id, s.area_id, s.kind, s.lineage, s.version, s.content, s.occurred_at, s.written_at, s.author_role
        FROM enrolled x JOIN people_contribution s ON s.person_id = x.person_id
        WHERE s.copy_of_id IS NULL AND (s.enrolment_id = x.id OR s.enrolment_id IS NULL)
          AND people_day(s.written_at) <= until AND s.kind = ANY (ARRAY[{", ".join(f"'{kind}'" for kind in KINDS)}])),
    newest AS MATERIALIZED (
        SELECT DISTINCT ON (e, area_id, lineage) * FROM said ORDER BY e, area_id, lineage, version DESC),
    singles AS (
        SELECT e, jsonb_object_agg(kind, content) AS one, max(CASE kind WHEN 'exit' THEN lineage::text END) AS exit_lineage
        FROM (SELECT DISTINCT ON (e, kind) * FROM newest WHERE kind IN ('card', 'team', 'exit')
              ORDER BY e, kind, occurred_at DESC, written_at DESC, id DESC) u GROUP BY e),
    sums AS (
        SELECT e, min((content ->> 'started_on')::date) FILTER (WHERE kind = 'enrolled') AS started,
            min((content ->> 'on')::date) FILTER (WHERE kind = 'contact_made') AS first_contact,
            min(people_day((content ->> 'starts_at')::timestamptz))
                FILTER (WHERE kind = 'meeting' AND content ->> 'state' = 'held') AS first_meeting,
            count(*) FILTER (WHERE kind = 'meeting' AND content ->> 'state' = 'held') AS meetings,
            min((content ->> 'agreed_on')::date) FILTER (WHERE kind = 'agreement') AS agreed,
            min((content ->> 'since')::date) FILTER (WHERE kind = 'phase' AND (content ->> 'number')::int = 2) AS phase_two,
            min((content ->> 'since')::date) FILTER (WHERE kind = 'phase' AND (content ->> 'number')::int = 3) AS phase_three,
            count(DISTINCT content ->> 'month') FILTER (WHERE kind = 'time_report') AS reports,
            sum((content ->> 'hours')::numeric) FILTER (WHERE kind = 'time_report') AS hours,
            count(*) FILTER (WHERE kind = 'follow_up' AND content ->> 'state' = 'done') AS followed,
            count(*) FILTER (WHERE kind = 'handover' AND content ->> 'state' = 'accepted') AS handed_over,
            min(content ->> 'education_level') FILTER (WHERE kind = 'assessment_item') AS level
        FROM newest GROUP BY e),
    versions AS (
        SELECT e, min(people_day(occurred_at)) FILTER (WHERE kind = 'plan_version') AS planned,
            min(people_day(occurred_at)) FILTER (WHERE begun AND content ->> 'step_kind' <> 'planning') AS active,
            min(people_day(occurred_at)) FILTER (WHERE begun AND content ->> 'step_kind' = 'workplace') AS workplace,
            min(people_day(occurred_at)) FILTER (WHERE begun AND content ->> 'step_kind' = 'education') AS studying,
            count(DISTINCT lineage) FILTER (WHERE kind = 'step' AND author_role = 'study_counsellor') AS guided,
            bool_or(author_role = 'insurance_officer') AS insured
        FROM (SELECT said.*, kind = 'step' AND content ->> 'state' IN ('ongoing', 'done') AS begun FROM said) b GROUP BY e),
    queued AS (
        SELECT e, sum(days) FILTER (WHERE who = 'us') AS us, sum(days) FILTER (WHERE who = 'participant') AS participant,
            sum(days) FILTER (WHERE who = 'body') AS body
        FROM (SELECT e, content ->> 'state' AS state, content -> 'waits_on' ->> 'who' AS who,
                  greatest(0, lead(people_day(occurred_at)) OVER (PARTITION BY e, area_id, lineage ORDER BY version)
                      - coalesce((content ->> 'waiting_since')::date, people_day(occurred_at))) AS days
              FROM said WHERE kind = 'step') d WHERE state = 'waiting' GROUP BY e),
    known AS (
        SELECT x.id, x.person_id, x.period, coalesce(sums.started, x.since) AS began, singles.one, singles.exit_lineage
        FROM enrolled x LEFT JOIN sums ON sums.e = x.id LEFT JOIN singles ON singles.e = x.id),
    details AS (
        SELECT e, content ->> 'about' AS about, max(content ->> 'outcome') AS outcome, max(content ->> 'situation') AS situation
        FROM newest WHERE kind = 'detail' GROUP BY e, content ->> 'about'),
    referred AS (
        SELECT DISTINCT ON (n.e) n.e, (n.content ->> 'received_on')::date AS received, n.area_id FROM newest n
        JOIN known ON known.id = n.e WHERE n.kind = 'referral' AND (n.content ->> 'received_on')::date <= known.began
        ORDER BY n.e, (n.content ->> 'received_on')::date DESC, n.id),
    looked AS (
        SELECT DISTINCT ON (e) e, lineage::text AS about, content ->> 'situation' AS situation FROM newest
        WHERE kind = 'follow_up' AND content ->> 'state' = 'done' AND (content ->> 'months')::integer = 6
        ORDER BY e, occurred_at DESC, id),
    told AS (
        SELECT known.id, r.received, r.area_id AS body_id,
            CASE WHEN (one -> 'exit' ->> 'promise_kept')::boolean IS DISTINCT FROM false
                 THEN (one -> 'exit' ->> 'left_on')::date END AS left_on,
            coalesce(o.outcome, one -> 'exit' ->> 'outcome') AS outcome,
            CASE WHEN f.e IS NOT NULL THEN coalesce(d.situation, f.situation, 'other') END AS six_months,
            (SELECT max(people_day(upper(o.period))) FROM people_enrolment o WHERE o.person_id = known.person_id
                AND o.initiative_id = asked AND o.id <> known.id AND upper(o.period) <= lower(known.period)) AS before
        FROM known LEFT JOIN referred r ON r.e = known.id LEFT JOIN looked f ON f.e = known.id
        LEFT JOIN details o ON o.e = known.id AND o.about = known.exit_lineage
        LEFT JOIN details d ON d.e = f.e AND d.about = f.about)
    SELECT k.id, told.body_id, {PACKED}
    FROM known k JOIN told ON told.id = k.id
    LEFT JOIN sums s ON s.e = k.id LEFT JOIN versions v ON v.e = k.id LEFT JOIN queued q ON q.e = k.id
    LEFT JOIN initiatives_team t ON t.id = (k.one -> 'team' ->> 'team_id')::uuid
    LEFT JOIN initiatives_wave w ON w.initiative_id = asked AND w.period @> k.began
$$;
"""

# Who asks is written down by the function itself. The clock is nobody's membership; an evaluator has one that lives.
DOOR = """
CREATE FUNCTION people_cohort_note(asked uuid, number_taken integer, until date, what_taken text, for_study text, counted bigint)
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    INSERT INTO people_cohortrun (id, initiative_id, number, day, what, study, taken_at, actor_id, membership_id, many)
    VALUES (gen_random_uuid(), asked, number_taken, until, what_taken, for_study, clock_timestamp(),
        nullif(current_setting('samkraft.actor', true), '')::uuid, nullif(current_setting('samkraft.membership', true), '')::uuid,
        counted::integer)
$$;

CREATE FUNCTION people_cohort_require_clock() RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF current_setting('samkraft.role', true) IS DISTINCT FROM 'clock'
       OR current_setting('samkraft.membership', true) IS DISTINCT FROM '00000000-0000-0000-0000-000000000000' THEN
        PERFORM people_refuse('only_the_clock');
    END IF;
END $$;

-- Make the milestones of an initiative as they were known on a day, and give the run's number and how many there are.
CREATE FUNCTION people_cohort_take(asked uuid, until date, OUT run integer, OUT many bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE part uuid[]; latest date; made RECORD;
BEGIN
    PERFORM people_cohort_require_clock();
    PERFORM pg_advisory_xact_lock(hashtextextended('cohort ' || asked::text, 0));
    SELECT coalesce(max(number), 0) + 1, max(day) INTO run, latest FROM people_cohortrun
        WHERE initiative_id = asked AND what = 'taken';
    IF latest >= until OR until > people_day(clock_timestamp()) THEN PERFORM people_refuse('cohort_not_forward'); END IF;
    many := 0;
    FOR part IN
        SELECT array_agg(id) FROM (SELECT e.id, (row_number() OVER (ORDER BY e.id) - 1) / 5000 AS chunk FROM people_enrolment e
            WHERE e.initiative_id = asked AND people_day(lower(e.period)) <= until AND NOT EXISTS (
                SELECT 1 FROM people_enrolment o WHERE o.person_id = e.person_id AND o.initiative_id = asked AND o.id <> e.id
                AND o.period && e.period AND (lower(o.period), o.id) < (lower(e.period), e.id))) x GROUP BY chunk
    LOOP
        FOR made IN
            SELECT w.*, m.id AS before, m.packed IS NOT DISTINCT FROM w.packed AND m.body_id IS NOT DISTINCT FROM w.body_id
                AND m.id IS NOT NULL AS same
            FROM people_work_out_milestones(asked, until, part) w
            LEFT JOIN people_milestone m ON m.enrolment_id = w.enrolment_id AND m.to_run IS NULL
        LOOP
            many := many + 1;
            IF NOT made.same THEN
                UPDATE people_milestone SET to_run = run WHERE id = made.before;
                INSERT INTO people_milestone (id, initiative_id, enrolment_id, body_id, from_run, packed)
                    VALUES (gen_random_uuid(), asked, made.enrolment_id, made.body_id, run, made.packed);
            END IF;
        END LOOP;
    END LOOP;
    PERFORM people_cohort_note(asked, run, until, 'taken', '', many);
END $$;

-- All rows of a run, one after the other, and beside them the bodies that sent the people.
CREATE FUNCTION people_cohort_figures(asked uuid, run integer, OUT packed bytea, OUT bodies bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE counted bigint;
BEGIN
    PERFORM people_cohort_require_clock();
    SELECT string_agg(m.packed, ''), count(*),
           string_agg(uuid_send(coalesce(m.body_id, '00000000-0000-0000-0000-000000000000')), '')
        INTO packed, counted, bodies FROM people_milestone m
        WHERE m.initiative_id = asked AND m.from_run <= run AND (m.to_run IS NULL OR m.to_run > run);
    PERFORM people_cohort_note(asked, NULL, NULL, 'figures', '', counted);
END $$;

-- What each enrolment was known to be from run to run, so that what leaves can be weighed against all that has left.
CREATE FUNCTION people_cohort_history(asked uuid)
RETURNS TABLE (place bigint, body_id uuid, from_run integer, to_run integer, packed bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM people_cohort_require_clock();
    PERFORM people_cohort_note(asked, NULL, NULL, 'figures', 'history',
        (SELECT count(*) FROM people_milestone m WHERE m.initiative_id = asked));
    RETURN QUERY SELECT dense_rank() OVER (ORDER BY m.enrolment_id), m.body_id, m.from_run, m.to_run, m.packed
        FROM people_milestone m WHERE m.initiative_id = asked ORDER BY 1, 3;
END $$;

-- Rows of one study for an evaluator: each person under a name that holds in that study only. Who is protected is not there.
CREATE FUNCTION people_cohort_rows(asked uuid, for_study text, run integer)
RETURNS TABLE (pseudonym text, body_id uuid, packed bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE secret bytea;
BEGIN
    IF NOT EXISTS (SELECT 1 FROM people_me() me WHERE me.role = 'evaluator') OR coalesce(btrim(for_study), '') = '' THEN
        PERFORM people_refuse('only_evaluators');
    END IF;
    INSERT INTO people_cohortkey (study, key, made_at) VALUES (for_study,
        uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())
            || uuid_send(gen_random_uuid()),
        clock_timestamp()) ON CONFLICT DO NOTHING;
    SELECT k.key INTO secret FROM people_cohortkey k WHERE k.study = for_study;
    PERFORM people_cohort_note(asked, NULL, NULL, 'rows', for_study, (SELECT count(*) FROM people_milestone m
        WHERE m.initiative_id = asked AND m.from_run <= run AND (m.to_run IS NULL OR m.to_run > run)));
    RETURN QUERY SELECT encode(sha256(substr(secret, 1, 32) || sha256(substr(secret, 33) || uuid_send(e.person_id))), 'hex'),
            m.body_id, m.packed
        FROM people_milestone m JOIN people_enrolment e ON e.id = m.enrolment_id
        WHERE m.initiative_id = asked AND m.from_run <= run AND (m.to_run IS NULL OR m.to_run > run)
          AND NOT EXISTS (SELECT 1 FROM people_protection p WHERE p.person_id = e.person_id AND p.period @> clock_timestamp())
        ORDER BY 1;
END $$;
"""
INTERNAL = (
    "people_outcome_code(text)", "people_work_out_milestones(uuid, date, uuid[])",
    "people_cohort_note(uuid, integer, date, text, text, bigint)", "people_cohort_require_clock()",
)  # fmt: skip
FOR_THE_PRODUCT = (
    "people_cohort_take(uuid, date)", "people_cohort_figures(uuid, integer)", "people_cohort_history(uuid)",
    "people_cohort_rows(uuid, text, integer)",
)  # fmt: skip


def _owned() -> str:
    """Hand the functions to the cohort role, and let the serving role run only those meant for it."""
    lines = ["GRANT USAGE, CREATE ON SCHEMA public TO samkraft_cohort;"]
    for function in (*INTERNAL, *FOR_THE_PRODUCT):
        lines += [f"ALTER FUNCTION {function} OWNER TO samkraft_cohort;", f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC;",
                  f"GRANT EXECUTE ON FUNCTION {function} TO samkraft_owner;"]  # fmt: skip
    lines += [f"GRANT EXECUTE ON FUNCTION {function} TO samkraft_app;" for function in FOR_THE_PRODUCT]
    return "\n".join([*lines, "REVOKE CREATE ON SCHEMA public FROM samkraft_cohort;"])


OWN = ("milestone", "cohortrun", "cohortkey")
READ = ("contribution", "enrolment", "protection")
WALLS = "".join(
    f"ALTER TABLE people_{table} ENABLE ROW LEVEL SECURITY; ALTER TABLE people_{table} FORCE ROW LEVEL SECURITY;"
    f"CREATE POLICY owner_sees_all ON people_{table} TO samkraft_owner USING (true) WITH CHECK (true);"
    f"CREATE POLICY cohort_keeps ON people_{table} TO samkraft_cohort USING (true) WITH CHECK (true);"
    f"GRANT SELECT, INSERT, UPDATE ON people_{table} TO samkraft_cohort;"
    for table in OWN
) + "".join(
    f"CREATE POLICY cohort_counts ON people_{table} FOR SELECT TO samkraft_cohort USING (true);"
    f"GRANT SELECT ON people_{table} TO samkraft_cohort;"
    for table in READ
)  # fmt: skip
LENT = """
GRANT SELECT (id, number) ON initiatives_team TO samkraft_cohort;
GRANT SELECT (initiative_id, number, period) ON initiatives_wave TO samkraft_cohort;
GRANT EXECUTE ON FUNCTION people_day(timestamptz), people_refuse(text), people_me() TO samkraft_cohort;
"""
OPENED = "".join(f"DROP FUNCTION {function};" for function in reversed((*INTERNAL, *FOR_THE_PRODUCT))) + "".join(
    f"DROP POLICY cohort_counts ON people_{table};" for table in READ
)


class Migration(migrations.Migration):
    dependencies = [("people", "0027_months"), ("initiatives", "0004_duties_withdrawn")]
    operations = [
        migrations.CreateModel(
            name="CohortKey",
            fields=[
                ("study", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("key", models.BinaryField()),
                ("made_at", models.DateTimeField()),
            ],
            options={"default_permissions": ()},
        ),
        migrations.CreateModel(
            name="CohortRun",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("initiative_id", models.UUIDField()),
                ("number", models.PositiveIntegerField(null=True)),
                ("day", models.DateField(null=True)),
                ("what", models.CharField(max_length=20)),
                ("study", models.CharField(max_length=80)),
                ("taken_at", models.DateTimeField()),
                ("actor_id", models.UUIDField()),
                ("membership_id", models.UUIDField()),
                ("many", models.PositiveIntegerField()),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("initiative_id", "number"), name="people_cohortrun_once"),
                    models.CheckConstraint(
                        condition=models.Q(("what__in", ["taken", "figures", "rows"])),
                        name="people_cohortrun_what_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("day__isnull", False), ("number__isnull", False), ("what", "taken")),
                            models.Q(models.Q(("what", "taken"), _negated=True), ("number__isnull", True)),
                            _connector="OR",
                        ),
                        name="people_cohortrun_number_when_taken",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Milestone",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("initiative_id", models.UUIDField()),
                ("body_id", models.UUIDField(null=True)),
                ("from_run", models.PositiveIntegerField()),
                ("to_run", models.PositiveIntegerField(null=True)),
                ("packed", models.BinaryField()),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.enrolment"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        condition=models.Q(("to_run__isnull", True)),
                        fields=["initiative_id"],
                        name="people_milestone_now",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("enrolment", "from_run"), name="people_milestone_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_run__isnull", True), ("to_run__gt", models.F("from_run")), _connector="OR"
                        ),
                        name="people_milestone_some_time",
                    ),
                ],
            },
        ),
        migrations.RunSQL(WALLS + LENT + MAKE + DOOR + _owned(), OPENED),
    ]
