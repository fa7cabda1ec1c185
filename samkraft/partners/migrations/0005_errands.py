"""What is asked for and done beside the pages: walled to the membership that asked, while that membership holds."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

MINE = """
    area_id = nullif(current_setting('samkraft.area', true), '')::uuid
    AND membership_id = nullif(current_setting('samkraft.membership', true), '')::uuid
    AND EXISTS (SELECT 1 FROM partners_membership m JOIN partners_user u ON u.id = m.user_id AND u.is_active
        WHERE m.id = {table}.membership_id AND m.area_id = {table}.area_id
          AND m.user_id = nullif(current_setting('samkraft.actor', true), '')::uuid
          AND m.role = current_setting('samkraft.role', true)
          AND m.valid @> (statement_timestamp() AT TIME ZONE 'Europe/Stockholm')::date)
"""
THE_CLOCK = "current_setting('samkraft.role', true) = 'clock'"
_OF_AN_OLD_ONE = (
    "EXISTS (SELECT 1 FROM partners_errand e WHERE e.id = errand_id "
    "AND e.asked_at < statement_timestamp() - interval '30 days')"
)
OLD = {
    "errandfile": f"(expires_at <= statement_timestamp() OR {_OF_AN_OLD_ONE})",
    "errandevent": _OF_AN_OLD_ONE,
    "errand": "asked_at < statement_timestamp() - interval '30 days'",
}


def _walls(name: str) -> str:
    table = f"partners_{name}"
    mine = MINE.format(table=table)
    sees = f"{mine} AND expires_at > statement_timestamp()" if name == "errandfile" else mine
    inserts = mine
    if name != "errand":
        inserts += f" AND EXISTS (SELECT 1 FROM partners_errand e WHERE e.id = {table}.errand_id)"
    throws = f"CREATE POLICY throws_away ON {table} FOR DELETE TO samkraft_app USING ({mine});"
    return f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_sees_all ON {table} TO samkraft_owner USING (true) WITH CHECK (true);
CREATE POLICY reads_own ON {table} FOR SELECT TO samkraft_app USING ({sees});
CREATE POLICY asks_as_oneself ON {table} FOR INSERT TO samkraft_app WITH CHECK ({inserts});
CREATE POLICY the_clock_finds_old ON {table} FOR SELECT TO samkraft_app USING ({THE_CLOCK} AND {OLD[name]});
CREATE POLICY the_clock_clears ON {table} FOR DELETE TO samkraft_app USING ({THE_CLOCK} AND {OLD[name]});
{throws if name == "errandfile" else ""}
"""


def _opened(name: str) -> str:
    table = f"partners_{name}"
    names = ["owner_sees_all", "reads_own", "asks_as_oneself", "the_clock_finds_old", "the_clock_clears"]
    names += ["throws_away"] if name == "errandfile" else []
    return (
        "".join(f"DROP POLICY {one} ON {table};" for one in names)
        + f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY; ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;"
    )


def _area() -> "models.ForeignKey[object, object]":
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.secrecyarea")


class Migration(migrations.Migration):
    dependencies = [("partners", "0004_stand_ins")]
    operations = [
        migrations.CreateModel(
            name="Errand",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("membership_id", models.UUIDField()),
                ("kind", models.CharField(max_length=60)),
                ("arguments", models.JSONField()),
                ("language", models.CharField(max_length=10)),
                ("asked_at", models.DateTimeField()),
                ("asked_by", models.CharField(max_length=200)),
                ("area", _area()),
            ],
            options={"default_permissions": ()},
        ),
        migrations.AddIndex(
            model_name="errand",
            index=models.Index(fields=["membership_id", "asked_at"], name="partners_errand_member"),
        ),
        migrations.CreateModel(
            name="ErrandEvent",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("membership_id", models.UUIDField()),
                ("number", models.PositiveIntegerField()),
                ("state", models.CharField(max_length=12)),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                ("reason", models.CharField(blank=True, max_length=600)),
                ("address", models.CharField(blank=True, max_length=300)),
                ("until", models.DateTimeField(null=True)),
                ("happened_at", models.DateTimeField()),
                ("area", _area()),
                (
                    "errand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="events", to="partners.errand"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=["errand", "number"], name="partners_errandevent_in_order"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["asked", "running", "done", "failed", "stale", "opened", "put_away"])
                        ),
                        name="partners_errandevent_known_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("done__lte", models.F("total"))), name="partners_errandevent_within"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ErrandFile",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("membership_id", models.UUIDField()),
                ("name", models.CharField(max_length=200)),
                ("content_type", models.CharField(max_length=120)),
                ("content", models.BinaryField()),
                ("basis", models.TextField(blank=True)),
                ("expires_at", models.DateTimeField()),
                ("area", _area()),
                (
                    "errand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="files", to="partners.errand"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=["errand"], name="partners_errandfile_one_each"),
                ],
            },
        ),
        *(migrations.RunSQL(_walls(name), _opened(name)) for name in ("errand", "errandevent", "errandfile")),
    ]
