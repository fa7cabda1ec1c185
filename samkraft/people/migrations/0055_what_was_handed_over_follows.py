"""When two who were made one are told apart, that something was handed over goes with what was handed over.

What an area wrote meanwhile went with the area, and the note of whom it was given to stayed with the other person.
"""

from importlib import import_module

from django.db import migrations

before = import_module("samkraft.people.migrations.0004_protected_and_urgent").FORWARD
_BEGINS = before.index("CREATE FUNCTION people_split(")
BEFORE = before[_BEGINS : before.index("\nEND $$;\n", _BEGINS) + 9].replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
)
_MOVED_BACK = "                       part) USING held.newer_id, held.moved -> part;\n    END LOOP;\n"
assert BEFORE.count(_MOVED_BACK) == 1
NOW = BEFORE.replace(
    _MOVED_BACK,
    _MOVED_BACK + "    UPDATE people_disclosure d SET person_id = held.newer_id FROM people_contribution c\n"
    "        WHERE c.id = d.contribution_id AND d.person_id = held.known_id AND c.person_id = held.newer_id;\n",
)


class Migration(migrations.Migration):
    dependencies = [("people", "0054_all_whom_one_knows")]
    operations = [migrations.RunSQL(NOW, BEFORE)]
