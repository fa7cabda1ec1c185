"""The milestones behind a figure, worked out by a reader's own walls: from what the area has written and been given.

The same words as behind the cohort door, without its right to see everything. Who wrote a thing counts, not who holds it.
"""

from importlib import import_module

from django.db import migrations

NOW = import_module("samkraft.people.migrations.0046_studies_and_rounds").NOW
for was, now in (
    ("CREATE OR REPLACE FUNCTION people_work_out_milestones", "CREATE FUNCTION people_milestones_seen"),
    ("SECURITY DEFINER", "SECURITY INVOKER"),
    ("s.copy_of_id IS NULL AND ", ""),
    ("s.id, s.area_id, s.kind", "s.id, s.author_area_id AS area_id, s.kind"),
):
    assert NOW.count(was) == 1, was
    NOW = NOW.replace(was, now)
NAME = "people_milestones_seen(uuid, date, uuid[])"
PURE = "people_outcome_code(text), people_day(timestamptz)"  # a list of words, and the calendar: they tell of nobody
GIVE = f"""
REVOKE ALL ON FUNCTION {NAME} FROM PUBLIC;
GRANT EXECUTE ON FUNCTION {NAME} TO samkraft_app;
GRANT EXECUTE ON FUNCTION {PURE} TO samkraft_app;
"""
TAKE = f"REVOKE EXECUTE ON FUNCTION {PURE} FROM samkraft_app; DROP FUNCTION {NAME};"


class Migration(migrations.Migration):
    dependencies = [("people", "0050_load_of_those_enrolled")]
    operations = [migrations.RunSQL(NOW + GIVE, TAKE)]
