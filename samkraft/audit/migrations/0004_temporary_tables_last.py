"""The trail's own functions look among a session's temporary tables last.

PostgreSQL looks there first unless told otherwise: whoever could make a temporary table with the name of one of ours would
have had a function that runs as another role read that instead.
"""

from django.db import migrations

FUNCTIONS = ("audit_digest(audit_event)", "audit_seal()", "audit_thin(timestamptz, text, text)")


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_only_the_clock")]
    operations = [
        migrations.RunSQL(
            "".join(f"ALTER FUNCTION {one} SET search_path = pg_catalog, public, pg_temp;" for one in FUNCTIONS),
            "".join(f"ALTER FUNCTION {one} SET search_path = pg_catalog, public;" for one in FUNCTIONS),
        )
    ]
