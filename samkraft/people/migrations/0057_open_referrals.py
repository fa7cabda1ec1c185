"""The inbox asks on every page who is referred and has not begun: few rows among all that is written about a caseload."""

from django.db import migrations

INDEX = """
CREATE INDEX people_contribution_waits ON people_contribution (area_id, person_id)
    WHERE kind IN ('follow_up', 'handover', 'prolongation', 'referral', 'referral_end');
DROP INDEX people_contribution_inbox;
"""


BACK = """
CREATE INDEX people_contribution_inbox ON people_contribution (area_id, person_id)
    WHERE kind IN ('follow_up', 'handover', 'prolongation');
DROP INDEX people_contribution_waits;
"""


class Migration(migrations.Migration):
    """An index; no table changes."""

    dependencies = [("people", "0056_told_apart_whole")]
    operations = [migrations.RunSQL(INDEX, BACK)]
