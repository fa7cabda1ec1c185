"""That staff have been told by e-mail that something waits: walled to the membership itself, and without a word of what."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

AREA = "nullif(current_setting('samkraft.area', true), '')::uuid"
MEMBERSHIP = "nullif(current_setting('samkraft.membership', true), '')::uuid"
MINE = f"area_id = {AREA} AND membership_id = {MEMBERSHIP} AND EXISTS (SELECT 1 FROM people_me())"

WALLS = f"""
ALTER TABLE people_staffletter ENABLE ROW LEVEL SECURITY;
ALTER TABLE people_staffletter FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_sees_all ON people_staffletter TO samkraft_owner USING (true) WITH CHECK (true);
CREATE POLICY reads_own ON people_staffletter FOR SELECT TO samkraft_app USING ({MINE});
CREATE POLICY begins_own ON people_staffletter FOR INSERT TO samkraft_app WITH CHECK ({MINE});
CREATE POLICY marks_own ON people_staffletter FOR UPDATE TO samkraft_app USING ({MINE}) WITH CHECK ({MINE});
"""
OPENED = """
DROP POLICY marks_own ON people_staffletter;
DROP POLICY begins_own ON people_staffletter;
DROP POLICY reads_own ON people_staffletter;
DROP POLICY owner_sees_all ON people_staffletter;
ALTER TABLE people_staffletter DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0019_many_join_at_once")]
    operations = [
        migrations.CreateModel(
            name="StaffLetter",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("membership_id", models.UUIDField()),
                ("day", models.DateField()),
                ("begun_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.secrecyarea"
                    ),
                ),
            ],
            options={"default_permissions": ()},
        ),
        migrations.AddConstraint(
            model_name="staffletter",
            constraint=models.UniqueConstraint(fields=("membership_id", "day"), name="people_staffletter_once_a_day"),
        ),
        migrations.AddConstraint(
            model_name="staffletter",
            constraint=models.CheckConstraint(
                condition=models.Q(("sent_at", None), ("begun_at__isnull", False), _connector="OR"),
                name="people_staffletter_begun_before_sent",
            ),
        ),
        migrations.RunSQL(WALLS, OPENED),
    ]
