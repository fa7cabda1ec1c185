"""What the inbox looks for that nobody has tied up: exits with a promise and notes for the own system, quick to find."""

from django.db import migrations

INDEX = """
CREATE INDEX people_contribution_loose ON people_contribution (area_id, person_id)
    WHERE kind IN (\x27exit\x27, \x27own_system_note\x27);
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0016_summer_lots")]

    operations = [migrations.RunSQL(INDEX, "DROP INDEX people_contribution_loose;")]
