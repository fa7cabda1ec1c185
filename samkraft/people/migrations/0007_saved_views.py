"""Saved choices on the caseload, walled to the own area; and what the inbox looks for among contributions, quick to find."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

AREA = "nullif(current_setting('samkraft.area', true), '')::uuid"
MEMBERSHIP = "nullif(current_setting('samkraft.membership', true), '')::uuid"
MINE = f"area_id = {AREA} AND membership_id = {MEMBERSHIP} AND EXISTS (SELECT 1 FROM people_me())"
MY_TEAMS = (
    f"SELECT t.team_id FROM initiatives_teammember t WHERE t.membership_id = {MEMBERSHIP} "
    "AND t.period @> (statement_timestamp() AT TIME ZONE 'Europe/Stockholm')::date"
)

WALLS = f"""
ALTER TABLE people_savedview ENABLE ROW LEVEL SECURITY;
ALTER TABLE people_savedview FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_sees_all ON people_savedview TO samkraft_owner USING (true) WITH CHECK (true);
CREATE POLICY reads_own_and_shared ON people_savedview FOR SELECT TO samkraft_app USING (
    area_id = {AREA} AND EXISTS (SELECT 1 FROM people_me())
    AND (membership_id = {MEMBERSHIP} OR team_id = ANY (ARRAY({MY_TEAMS}))));
CREATE POLICY saves_own ON people_savedview FOR INSERT TO samkraft_app
    WITH CHECK ({MINE} AND (team_id IS NULL OR team_id = ANY (ARRAY({MY_TEAMS}))));
CREATE POLICY changes_own ON people_savedview FOR UPDATE TO samkraft_app USING ({MINE})
    WITH CHECK ({MINE} AND (team_id IS NULL OR team_id = ANY (ARRAY({MY_TEAMS}))));
CREATE POLICY removes_own ON people_savedview FOR DELETE TO samkraft_app USING ({MINE});
CREATE INDEX people_contribution_inbox ON people_contribution (area_id, person_id)
    WHERE kind IN ('follow_up', 'handover', 'prolongation');
"""
OPENED = """
DROP INDEX people_contribution_inbox;
DROP POLICY removes_own ON people_savedview;
DROP POLICY changes_own ON people_savedview;
DROP POLICY saves_own ON people_savedview;
DROP POLICY reads_own_and_shared ON people_savedview;
DROP POLICY owner_sees_all ON people_savedview;
ALTER TABLE people_savedview DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0004_duties_withdrawn"),
        ("partners", "0003_duplicate_steward"),
        ("people", "0006_overviews"),
    ]
    operations = [
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("membership_id", models.UUIDField()),
                ("saved_by", models.CharField(max_length=200)),
                ("name", models.CharField(max_length=60)),
                ("query", models.CharField(max_length=200)),
                ("saved_at", models.DateTimeField()),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.secrecyarea"
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="initiatives.team"
                    ),
                ),
            ],
            options={"default_permissions": ()},
        ),
        migrations.AddIndex(
            model_name="savedview",
            index=models.Index(fields=["membership_id"], name="people_savedview_member"),
        ),
        migrations.RunSQL(WALLS, OPENED),
    ]
