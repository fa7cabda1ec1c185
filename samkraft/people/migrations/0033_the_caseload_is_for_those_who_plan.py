"""A row of the caseload tells of plans, so only roles that meet plans read it; others meet who takes part, and no more.

A role came that is on cases and meets names and hours alone. The row is made of what every role reads that meets plans.
"""

from importlib import import_module

from django.db import migrations, models

second = import_module("samkraft.people.migrations.0002_who_sees_what")
owned = import_module("samkraft.people.migrations.0003_on_the_case").owned
BEFORE = import_module("samkraft.people.migrations.0013_no_more_than_was_said").OVERVIEWS

FOR_ALL = """SELECT category FROM people_rolecategory WHERE reads GROUP BY category
        HAVING count(*) = (SELECT count(DISTINCT role) FROM people_rolecategory))"""
FOR_PLANNERS = """SELECT category FROM people_rolecategory WHERE reads
          AND role IN (SELECT role FROM people_rolecategory WHERE reads AND category = 'plan') GROUP BY category
        HAVING count(*) = (SELECT count(*) FROM people_rolecategory WHERE reads AND category = 'plan'))"""
assert BEFORE.count(FOR_ALL) == 1
assert BEFORE.count("'enrolment', k.enrolment_id") == 1
AFTER = BEFORE.replace(FOR_ALL, FOR_PLANNERS).replace("'enrolment', k.enrolment_id", "'plan', k.enrolment_id")
AGAIN = """
DO $$ DECLARE lot record; BEGIN
    FOR lot IN SELECT array_agg(person_id) AS persons, array_agg(area_id) AS areas FROM people_overview
        GROUP BY left(person_id::text, 2) LOOP
        PERFORM people_refresh_overviews(lot.persons, lot.areas);
    END LOOP;
END $$;
"""

# Who takes part: of the own area's caseload what is in the categories of enrolment and contact, for who reads those.
TAKING_PART = f"""
CREATE FUNCTION people_taking_part() RETURNS TABLE (
    person_id uuid, enrolment_id uuid, area_id uuid, initiative_id uuid, name text, sort_key text, team_id uuid,
    lead_membership_id uuid, lead_name text, started_on date, exited_on date, paused_from date, paused_until date,
    time_report_through text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT o.person_id, o.enrolment_id, o.area_id, o.initiative_id, o.name, o.sort_key, o.team_id, o.lead_membership_id,
           o.lead_name, o.started_on, o.exited_on, o.paused_from, o.paused_until, o.time_report_through
    FROM people_overview o
    WHERE o.area_id = {second.AREA} AND o.person_id = ANY (ARRAY(SELECT people_cases()))
      AND NOT o.person_id = ANY (ARRAY(SELECT people_hidden()))
      AND ARRAY['enrolment', 'contact'] <@ ARRAY(SELECT people_reads())
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0032_places_given_after")]
    operations = [
        migrations.AlterField("overview", "category", models.CharField(default="plan", max_length=30)),
        migrations.RunSQL(AFTER + AGAIN, BEFORE + AGAIN),
        migrations.RunSQL(TAKING_PART + owned((), ("people_taking_part()",)), "DROP FUNCTION people_taking_part();"),
    ]
