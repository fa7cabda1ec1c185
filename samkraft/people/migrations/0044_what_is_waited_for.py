"""What participants wait for and when they rest, for the clock's forecasts: days through the cohort door, never who.

Told as it was known on the day of a run, by what was written then, so that a forecast made later says the same.
"""

from importlib import import_module

from django.db import migrations

door = import_module("samkraft.people.migrations.0028_cohort_door")
READ = ("placeentry", "placehold", "placeevent")
DAY = door._DAY  # a day as a row tells it

MAKE = f"""
-- For each time a participant has joined the line of an activity: which activity, and the days on which the person joined,
-- was first offered a place, began, ended, and left the line without having begun; −1 for what was not known by the run's day.
CREATE FUNCTION people_cohort_places(asked uuid, run integer)
RETURNS TABLE (activity_id uuid, joined integer, offered integer, started integer, ended integer, gone integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE known date;
BEGIN
    PERFORM people_cohort_require_clock();
    SELECT r.day INTO known FROM people_cohortrun r
        WHERE r.initiative_id = asked AND r.what = 'taken' AND r.number = run;
    PERFORM people_cohort_note(asked, NULL, NULL, 'figures', 'places', (SELECT count(*) FROM people_placeentry e
        JOIN people_milestone m ON m.enrolment_id = e.enrolment_id AND m.initiative_id = asked AND m.from_run <= run
            AND (m.to_run IS NULL OR m.to_run > run) WHERE people_day(e.joined_at) <= known));
    RETURN QUERY
    SELECT e.activity_id, {DAY.format("people_day(e.joined_at)")},
        coalesce({DAY.format("v.offered")}, -1), coalesce({DAY.format("h.started_on")}, -1),
        coalesce({DAY.format("CASE WHEN h.ended_on <= known THEN h.ended_on END")}, -1),
        coalesce({DAY.format("CASE WHEN h.started_on IS NULL THEN v.gone END")}, -1)
    FROM people_milestone m JOIN people_placeentry e ON e.enrolment_id = m.enrolment_id
    CROSS JOIN LATERAL (SELECT min(people_day(x.happened_at)) FILTER (WHERE x.kind = 'offered') AS offered,
            min(people_day(x.happened_at)) FILTER (WHERE x.kind = 'left') AS gone
        FROM people_placeevent x WHERE x.entry_id = e.id AND people_day(x.happened_at) <= known) v
    LEFT JOIN LATERAL (SELECT o.started_on, o.ended_on FROM people_placehold o WHERE o.entry_id = e.id
            AND EXISTS (SELECT 1 FROM people_placeevent x WHERE x.hold_id = o.id AND x.kind = 'started'
                AND people_day(x.happened_at) <= known)
        ORDER BY o.started_on, o.id LIMIT 1) h ON true
    WHERE m.initiative_id = asked AND m.from_run <= run AND (m.to_run IS NULL OR m.to_run > run)
      AND people_day(e.joined_at) <= known
    ORDER BY 1, 2, 3, 4, 5, 6;
END $$;

-- For each pause that was known by the run's day: the row of the enrolment, and its first day and the first day after it;
-- −1 while it goes on. Rows that are alike cannot be told apart, and need not be.
CREATE FUNCTION people_cohort_pauses(asked uuid, run integer)
RETURNS TABLE (packed bytea, since integer, until integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE known date;
BEGIN
    PERFORM people_cohort_require_clock();
    SELECT r.day INTO known FROM people_cohortrun r
        WHERE r.initiative_id = asked AND r.what = 'taken' AND r.number = run;
    PERFORM people_cohort_note(asked, NULL, NULL, 'figures', 'pauses', (SELECT count(*) FROM people_milestone m
        WHERE m.initiative_id = asked AND m.from_run <= run AND (m.to_run IS NULL OR m.to_run > run)));
    RETURN QUERY
    SELECT p.packed, {DAY.format("(p.content ->> 'from_date')::date")},
        coalesce({DAY.format("(p.content ->> 'until')::date")}, -1)
    FROM (SELECT DISTINCT ON (c.area_id, c.lineage) m.packed, c.content FROM people_milestone m
        JOIN people_contribution c ON c.enrolment_id = m.enrolment_id AND c.kind = 'pause' AND c.copy_of_id IS NULL
            AND people_day(c.written_at) <= known
        WHERE m.initiative_id = asked AND m.from_run <= run AND (m.to_run IS NULL OR m.to_run > run)
        ORDER BY c.area_id, c.lineage, c.version DESC) p
    WHERE (p.content ->> 'from_date')::date <= known
    ORDER BY 2, 3, 1;
END $$;
"""
FOR_THE_CLOCK = ("people_cohort_places(uuid, integer)", "people_cohort_pauses(uuid, integer)")
LENT = "".join(
    f"CREATE POLICY cohort_counts ON people_{table} FOR SELECT TO samkraft_cohort USING (true);"
    f"GRANT SELECT ON people_{table} TO samkraft_cohort;"
    for table in READ
)
TAKEN_BACK = "".join(f"DROP FUNCTION {function};" for function in FOR_THE_CLOCK) + "".join(
    f"REVOKE SELECT ON people_{table} FROM samkraft_cohort; DROP POLICY cohort_counts ON people_{table};"
    for table in READ
)


def _owned() -> str:
    lines = ["GRANT USAGE, CREATE ON SCHEMA public TO samkraft_cohort;"]
    for function in FOR_THE_CLOCK:
        lines += [f"ALTER FUNCTION {function} OWNER TO samkraft_cohort;", f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC;",
                  f"GRANT EXECUTE ON FUNCTION {function} TO samkraft_owner, samkraft_app;"]  # fmt: skip
    return "\n".join([*lines, "REVOKE CREATE ON SCHEMA public FROM samkraft_cohort;"])


class Migration(migrations.Migration):
    dependencies = [("people", "0043_lists_tell_nothing")]
    operations = [migrations.RunSQL(MAKE + LENT + _owned(), TAKEN_BACK)]
