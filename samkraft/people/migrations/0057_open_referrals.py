"""The inbox asks on every page who is referred and has not begun: few rows among all that is written about a caseload."""

from django.db import migrations

INDEX = """
CREATE INDEX people_contribution_referral ON people_contribution (area_id, person_id)
    WHERE kind IN ('referral', 'referral_end');
"""


class Migration(migrations.Migration):
    """An index; no table changes."""

    dependencies = [("people", "0056_told_apart_whole")]
    operations = [migrations.RunSQL(INDEX, "DROP INDEX people_contribution_referral;")]
