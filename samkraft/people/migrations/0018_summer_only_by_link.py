"""Nobody puts an application there but the database itself, for somebody with a link of their own."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("people", "0017_loose_ends")]
    operations = [
        migrations.RunSQL(
            "CREATE POLICY only_by_link ON people_summerapplicant FOR INSERT TO samkraft_app WITH CHECK (false);",
            "DROP POLICY only_by_link ON people_summerapplicant;",
        )
    ]
