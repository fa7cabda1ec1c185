"""Somebody who was enrolled later, for a day that had been, was not known on that day."""

from importlib import import_module

from django.db import migrations

door = import_module("samkraft.people.migrations.0028_cohort_door")
_START = door.MAKE.index("CREATE FUNCTION people_work_out_milestones")
BEFORE = door.MAKE[_START:].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)
_END = "w.period @> k.began\n"
assert BEFORE.count(_END) == 1
NOW = BEFORE.replace(_END, f"{_END}    WHERE s.started IS NOT NULL\n")


class Migration(migrations.Migration):
    dependencies = [("people", "0035_rest_and_corrections")]
    operations = [migrations.RunSQL(NOW, BEFORE)]
