"""The reader's keys are found by their index, always: where the planner cannot tell how many teams a membership has, it reads
every key there is. What the function answers is unchanged."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("people", "0021_nothing_carried_along")]
    operations = [
        migrations.RunSQL(
            "ALTER FUNCTION people_cases() SET enable_seqscan = off;",
            "ALTER FUNCTION people_cases() RESET enable_seqscan;",
        )
    ]
