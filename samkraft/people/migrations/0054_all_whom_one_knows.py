"""Behind a figure stand all whom the reader's area knows of, also those whom another authority has enrolled.

The enrolment itself belongs to the area that made it; that somebody takes part is known by the overview. And the guesses of
how few a reader's rows are led the planner to go through them once for each participant.
"""

from importlib import import_module

from django.db import migrations

FIRST = import_module("samkraft.people.migrations.0051_rows_behind_figures").NOW
BEFORE = FIRST.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)
_ENROLLED = """        SELECT e.id, e.person_id, people_day(lower(e.period)) AS since, e.period FROM people_enrolment e
        WHERE e.id = ANY (enrolments) AND e.initiative_id = asked),"""
_KNOWN = """        SELECT o.enrolment_id AS id, o.person_id, o.started_on AS since,
            tstzrange(o.started_on::timestamp AT TIME ZONE 'Europe/Stockholm', NULL) AS period
        FROM people_overview o WHERE o.enrolment_id = ANY (enrolments) AND o.initiative_id = asked
          AND o.area_id = (SELECT me.area_id FROM people_me() me)),"""
NOW = BEFORE
for was, now in ((_ENROLLED, _KNOWN), ("SET jit = off AS", "SET jit = off SET enable_nestloop = off AS")):
    assert NOW.count(was) == 1, was
    NOW = NOW.replace(was, now)


class Migration(migrations.Migration):
    dependencies = [("people", "0053_proposals_follow")]
    operations = [migrations.RunSQL(NOW, BEFORE)]
