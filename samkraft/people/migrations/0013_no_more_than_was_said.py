"""What is said goes no further than it should: details beside what reveals them, copies counted as their holder has them,
an enrolment that ends as its own area is told, the trail of who was joined, and more time in the overview.
"""

from importlib import import_module

from django.db import migrations, models
from django.db.models import Q

earlier = {
    number: import_module(f"samkraft.people.migrations.{name}")
    for number, name in (("0002", "0002_who_sees_what"), ("0003", "0003_on_the_case"), ("0005", "0005_handing_over"),
                         ("0006", "0006_overviews"))
}  # fmt: skip
owned = earlier["0003"].owned
KNOWN, AREA = earlier["0002"].KNOWN, earlier["0002"].AREA


def _function(number: str, name: str) -> str:
    """A function as an earlier step made it, to be made again."""
    text: str = earlier[number].FORWARD
    begin = text.index(f"CREATE FUNCTION {name}(")
    found = text[begin : text.index("$$;", begin) + 3]
    return found.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)


def _changed(text: str, *changes: tuple[str, str]) -> str:
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after, 1)
    return text


# A copy is counted from one in the area that receives it: a gap would tell that there was a version which was not given.
COPY = _changed(
    _function("0005", "people_copy"),
    ("DECLARE act uuid := gen_random_uuid();\nBEGIN\n", """DECLARE act uuid := gen_random_uuid(); number integer;
BEGIN
    -- One at a time for each thing and receiver. What is older than what was given is not given any more.
    PERFORM pg_advisory_xact_lock(hashtextextended('copy ' || to_area::text || source.lineage::text, 0));
    IF people_is_outdated(source, to_area) THEN RETURN NULL; END IF;
    SELECT coalesce(max(c.version), 0) + 1 INTO number FROM people_contribution c
        WHERE c.area_id = to_area AND c.lineage = source.lineage;
"""),
    ("               source.version, scope", "               number, scope"),
    ("source.lineage, source.version, people_told_content", "source.lineage, number, people_told_content"),
)  # fmt: skip
OUTDATED = """
CREATE FUNCTION people_is_outdated(source people_contribution, to_area uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM people_disclosure d JOIN people_contribution c ON c.id = d.contribution_id
        WHERE d.to_area_id = to_area AND d.lineage = source.lineage AND c.version > source.version)
$$;
"""
RELEASE = _changed(
    _function("0005", "people_release"),
    (
        "    IF statute_code <> '' THEN\n",
        "    IF people_is_outdated(source, to_area) THEN PERFORM people_refuse('newer_given'); END IF;\n"
        "    IF statute_code <> '' THEN\n",
    ),
)  # fmt: skip

# Who was joined to whom stays in the trail under the key of that time, and is shown to those on the case in the same area.
SUBJECTS = """
CREATE FUNCTION people_subjects() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER ROWS 150 SET search_path = pg_catalog, public, pg_temp AS $$
    WITH RECURSIVE known AS (
        SELECT c AS id FROM people_cases() AS c WHERE c NOT IN (SELECT people_hidden())
        UNION SELECT m.newer_id FROM people_match m JOIN known k ON m.known_id = k.id WHERE m.state = 'joined')
    SELECT id::text FROM known
$$;

CREATE FUNCTION people_subjects_of(person uuid) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER ROWS 1 SET search_path = pg_catalog, public, pg_temp AS $$
    WITH RECURSIVE known AS (
        SELECT person AS id WHERE people_may(person)
        UNION SELECT m.newer_id FROM people_match m JOIN known k ON m.known_id = k.id WHERE m.state = 'joined')
    SELECT id::text FROM known
$$;
"""
FOLLOWED = "ANY (ARRAY(SELECT people_subjects()))"


def _trail(known: str) -> str:
    return f"""
ALTER POLICY sees_who_looked ON audit_event USING (
    area_id = {AREA} AND subject_kind = 'people.person' AND subject_id = {known});
ALTER POLICY people_stay_in_their_area ON audit_event USING (subject_kind NOT LIKE 'people.%' OR (area_id = {AREA}
    AND (subject_kind <> 'people.person' OR subject_id = '' OR subject_id = {known})));
"""


# The area that enrolled learns of an exit when it writes one or is given one, and the enrolment ends by that and not before.
SETTLE = """
CREATE FUNCTION people_settle_enrolments(enrolments uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE one record;
BEGIN
    FOR one IN SELECT e.id, lower(e.period) AS start, (
            SELECT CASE WHEN (c.content ->> 'promise_kept')::boolean IS DISTINCT FROM false
                        THEN (((c.content ->> 'left_on')::date + 1)::timestamp AT TIME ZONE 'Europe/Stockholm') END
            FROM (SELECT DISTINCT ON (x.lineage) x.* FROM people_contribution x WHERE x.area_id = e.area_id
                  AND x.enrolment_id = e.id AND x.kind = 'exit' ORDER BY x.lineage, x.version DESC) c
            ORDER BY c.occurred_at DESC, c.written_at DESC, c.id DESC LIMIT 1) AS ends
        FROM people_enrolment e WHERE e.id = ANY (enrolments) LOOP
        BEGIN
            UPDATE people_enrolment SET period = tstzrange(one.start, greatest(one.ends, CASE WHEN one.ends IS NOT NULL
                THEN one.start + interval '1 microsecond' END)) WHERE id = one.id;
        EXCEPTION WHEN exclusion_violation THEN NULL; -- another one has begun: what ended stays ended
        END;
    END LOOP;
END $$;
"""
WRITTEN = _changed(
    _function("0006", "people_contribution_written"),
    ("    RETURN NULL;\n", """    SELECT array_agg(DISTINCT w.enrolment_id) INTO persons FROM written w
        JOIN people_enrolment e ON e.id = w.enrolment_id AND e.area_id = w.area_id WHERE w.kind = 'exit';
    IF persons IS NOT NULL THEN PERFORM people_settle_enrolments(persons); END IF;
    RETURN NULL;
"""),
)  # fmt: skip

# More time that was granted, for the row behind the board: who may stay longer is not over the limit.
OVERVIEWS = _changed(
    _function("0006", "people_work_out_overviews"),
    ("coalesce(max(content ->> 'month') FILTER (WHERE kind = 'time_report'), '') AS time_report_through\n",
     "coalesce(max(content ->> 'month') FILTER (WHERE kind = 'time_report'), '') AS time_report_through,\n"
     "            max((content ->> 'until')::date) FILTER (WHERE kind = 'prolongation' AND content ->> 'state' = 'granted')\n"
     "                AS prolonged_until\n"),
    ("'enrolment', k.enrolment_id, k.person_id\n", "'enrolment', k.enrolment_id, k.person_id, sums.prolonged_until\n"),
)  # fmt: skip
# Everything that is kept is worked out again.
AGAIN = """
DO $$ DECLARE lot record; BEGIN
    FOR lot IN SELECT array_agg(person_id) AS persons, array_agg(area_id) AS areas FROM (
            SELECT DISTINCT person_id, area_id FROM people_contribution WHERE kind = 'prolongation') p
        GROUP BY left(person_id::text, 2) LOOP
        PERFORM people_refresh_overviews(lot.persons, lot.areas);
    END LOOP;
END $$;
"""

# What was written before there were details: taken out of what goes by itself, and kept beside it. What other areas have
# been given already stays theirs.
BESIDE = "\n".join(
    f"""
INSERT INTO people_contribution (id, area_id, person_id, enrolment_id, kind, category, lineage, version, content, voice,
        author_area_id, author_organisation_id, author_membership_id, author_name, author_role, occurred_at, written_at,
        withheld_ground, withheld_by)
    SELECT gen_random_uuid(), area_id, person_id, enrolment_id, 'detail', CASE content ->> '{field}' {categories} END,
        gen_random_uuid(), 1, jsonb_strip_nulls(jsonb_build_object('about', lineage, '{field}', content -> '{field}'{along})),
        voice, author_area_id, author_organisation_id, author_membership_id, author_name, author_role, occurred_at,
        written_at, withheld_ground, withheld_by
    FROM (SELECT DISTINCT ON (area_id, lineage, content ->> '{field}') * FROM people_contribution
          WHERE kind = '{kind}' AND copy_of_id IS NULL AND content ->> '{field}' IN ({choices})
          ORDER BY area_id, lineage, content ->> '{field}', version) c;
UPDATE people_contribution SET content = content {left_out} || '{instead}'
    WHERE kind = '{kind}' AND copy_of_id IS NULL AND content ->> '{field}' IN ({choices});
"""
    for kind, field, instead, along, left_out, said in (
        ("pause", "reason_kind", '{"reason_kind": "not_told"}', "", "",
         {"illness": "health", "parental_leave": "social_situation", "travel": "own_notes", "other": "own_notes"}),
        ("exit", "outcome", '{"outcome": "other"}', ", 'note', content -> 'note'", "- 'note'",
         {"sickness_compensation": "benefit_case", "af_fk_cooperation": "benefit_case"}),
        ("follow_up", "situation", '{"situation": "other"}', "", "",
         {"sickness_compensation": "benefit_case", "af_fk_cooperation": "benefit_case"}),
        ("goal", "aim", "{}", "", "- 'aim'",
         {"sickness_compensation": "benefit_case", "af_fk_cooperation": "benefit_case"}),
    )
    for categories in (" ".join(f"WHEN '{choice}' THEN '{category}'" for choice, category in said.items()),)
    for choices in (", ".join(f"'{choice}'" for choice in said),)
)  # fmt: skip
RENUMBERED = """
CREATE TEMPORARY TABLE renumbered ON COMMIT DROP AS SELECT * FROM (
    SELECT id, version, row_number() OVER (PARTITION BY area_id, lineage ORDER BY version) AS number
    FROM people_contribution WHERE copy_of_id IS NOT NULL) n WHERE number <> version;
UPDATE people_contribution c SET version = c.version + 1000000 FROM renumbered n WHERE n.id = c.id;
UPDATE people_contribution c SET version = n.number FROM renumbered n WHERE n.id = c.id;
UPDATE people_disclosure d SET version = c.version FROM people_contribution c
    WHERE c.disclosure_id = d.id AND c.version <> d.version;
SET CONSTRAINTS ALL IMMEDIATE;
"""
REVEALING = ["sickness_compensation", "af_fk_cooperation"]
STANDING = ["enrolment", "contact", "plan", "work", "education"]
INTERNAL = ("people_is_outdated(people_contribution, uuid)", "people_settle_enrolments(uuid[])")
FOR_THE_PRODUCT = ("people_subjects()", "people_subjects_of(uuid)")


def _constraint(name: str, condition: Q) -> migrations.AddConstraint:
    return migrations.AddConstraint("contribution", models.CheckConstraint(condition=condition, name=name))


class Migration(migrations.Migration):
    dependencies = [("people", "0012_summer_guarantees")]
    operations = [
        migrations.RunSQL(OUTDATED + SUBJECTS + SETTLE + owned(INTERNAL, FOR_THE_PRODUCT), "".join(
            f"DROP FUNCTION {function};" for function in (*FOR_THE_PRODUCT, *INTERNAL))),
        migrations.RunSQL(_trail(FOLLOWED), _trail(KNOWN)),
        migrations.RunSQL(COPY + RELEASE + WRITTEN, _function("0005", "people_copy") + _function("0005", "people_release")
                          + _function("0006", "people_contribution_written")),
        migrations.RunSQL(BESIDE + RENUMBERED, migrations.RunSQL.noop),
        migrations.AddField("overview", "prolonged_until", models.DateField(null=True)),
        migrations.RunSQL(OVERVIEWS + AGAIN, _function("0006", "people_work_out_overviews")),
        _constraint("people_contribution_pause_without_reason",
                    ~Q(kind="pause") | Q(copy_of_id__isnull=False) | Q(content__reason_kind="not_told")),
        _constraint("people_contribution_outcome_beside",
                    Q(copy_of_id__isnull=False) | ~(Q(kind="exit", content__outcome__in=REVEALING)
                                                    | Q(kind="follow_up", content__situation__in=REVEALING)
                                                    | Q(kind="goal", content__aim__in=REVEALING))),
        _constraint("people_contribution_detail_stays", ~Q(kind="detail") | ~Q(category__in=STANDING)),
    ]  # fmt: skip
