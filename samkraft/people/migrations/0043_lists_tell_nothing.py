"""A call list tells nobody who takes part at another authority: only those enrolled in the own area are left out.

Whoever lays in the same list with one person more or less would otherwise learn it from how many stand in it. The others
stand in the list like everybody; should one of them be called and come, it is found as any other double is.
"""

from importlib import import_module

from django.db import migrations

before = import_module("samkraft.people.migrations.0039_calling_by_lot")
_START = before.GUARDED.index("CREATE FUNCTION people_call_make")
_END = before.GUARDED.index("CREATE FUNCTION people_call_name")
BEFORE = before.GUARDED[_START:_END].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)
_ASKED = "AND e.initiative_id = initiative AND e.period"
assert BEFORE.count(_ASKED) == 1
NOW = BEFORE.replace(_ASKED, "AND e.initiative_id = initiative AND e.area_id = me.area_id AND e.period")


class Migration(migrations.Migration):
    dependencies = [("people", "0042_said_no_lately")]
    operations = [migrations.RunSQL(NOW, BEFORE)]
