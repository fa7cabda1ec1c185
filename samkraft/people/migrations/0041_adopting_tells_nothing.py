"""Who does not coordinate is answered alike, whether a row of a proposal exists or not."""

from importlib import import_module

from django.db import migrations

before = import_module("samkraft.people.migrations.0040_suggested_places")
_START = before.FORWARD.index("CREATE FUNCTION people_place_adopt")
BEFORE = before.FORWARD[_START:].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)
_ASKED = "AND s.occasion_id IS NOT NULL) <>"
assert BEFORE.count(_ASKED) == 1
NOW = BEFORE.replace(_ASKED, "AND s.occasion_id IS NOT NULL AND people_coordinates(s.activity_id)) <>")


class Migration(migrations.Migration):
    dependencies = [("people", "0040_suggested_places")]
    operations = [migrations.RunSQL(NOW, BEFORE)]
