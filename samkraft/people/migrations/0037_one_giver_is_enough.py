"""Of those who join in the same moment, one is asked to give what there is to give.

The others have been written when that one gives, since it waits for their share of the lock; so they need not ask too.
"""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("samkraft.people.migrations.0032_places_given_after").JOIN
_ASKED = "    may_give := people_place_may_give(of_activity, moment);\n"
assert _ASKED in BEFORE
AS_BEFORE = BEFORE.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
JOIN = AS_BEFORE.replace(
    _ASKED,
    "    -- Whoever has this lock will give when it has been written, and is waiting for our share; then that one sees us.\n"
    "    may_give := people_place_may_give(of_activity, moment)\n"
    "        AND pg_try_advisory_xact_lock(hashtextextended('gives places of ' || of_activity::text, 0));\n",
)


class Migration(migrations.Migration):
    dependencies = [("people", "0036_known_by_then")]
    operations = [migrations.RunSQL(JOIN, AS_BEFORE)]
