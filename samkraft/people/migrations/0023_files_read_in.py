"""That a file was read in: walled to the area that did it. Nothing of the file is kept but a keyed digest."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

AREA = "nullif(current_setting('samkraft.area', true), '')::uuid"
MEMBERSHIP = "nullif(current_setting('samkraft.membership', true), '')::uuid"
OURS = f"area_id = {AREA} AND EXISTS (SELECT 1 FROM people_me())"

WALLS = f"""
ALTER TABLE people_importedfile ENABLE ROW LEVEL SECURITY;
ALTER TABLE people_importedfile FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_sees_all ON people_importedfile TO samkraft_owner USING (true) WITH CHECK (true);
CREATE POLICY reads_own_areas ON people_importedfile FOR SELECT TO samkraft_app USING ({OURS});
CREATE POLICY reads_in_as_oneself ON people_importedfile FOR INSERT TO samkraft_app
    WITH CHECK ({OURS} AND membership_id = {MEMBERSHIP});
"""
OPENED = """
DROP POLICY reads_in_as_oneself ON people_importedfile;
DROP POLICY reads_own_areas ON people_importedfile;
DROP POLICY owner_sees_all ON people_importedfile;
ALTER TABLE people_importedfile DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("partners", "0003_duplicate_steward"), ("people", "0022_keys_by_index")]
    operations = [
        migrations.CreateModel(
            name="ImportedFile",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("membership_id", models.UUIDField()),
                ("kind", models.CharField(max_length=20)),
                ("shape", models.CharField(max_length=20)),
                ("rows", models.PositiveIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("read_at", models.DateTimeField()),
                ("read_by", models.CharField(max_length=200)),
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
            model_name="importedfile",
            constraint=models.UniqueConstraint(fields=["area", "kind", "digest"], name="people_importedfile_once"),
        ),
        migrations.AddConstraint(
            model_name="importedfile",
            constraint=models.CheckConstraint(condition=models.Q(rows__gt=0), name="people_importedfile_some_rows"),
        ),
        migrations.RunSQL(WALLS, OPENED),
    ]
