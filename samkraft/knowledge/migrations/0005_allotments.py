"""Proposals of places: figures for those who coordinate the activities, and the files that prove them for an evaluator.

The files hold days and sex of those who wait, by numbers. Beside the queue they would tell who is who; so nobody who sees a
queue reads them.
"""

import uuid
from importlib import import_module

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

ROLE = import_module("samkraft.people.migrations.0034_accesses_to_review").ROLE
MEMBERSHIP = "nullif(current_setting('samkraft.membership', true), '')::uuid"
COORDINATES = "NOT EXISTS (SELECT 1 FROM unnest(activity_ids) a WHERE NOT people_coordinates(a))"
WALLS = f"""
ALTER TABLE knowledge_allotment ENABLE ROW LEVEL SECURITY;
ALTER TABLE knowledge_allotment FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_sees_all ON knowledge_allotment TO samkraft_owner USING (true) WITH CHECK (true);
CREATE POLICY coordinators_read ON knowledge_allotment FOR SELECT TO samkraft_app
    USING ({ROLE} = 'evaluator' OR {COORDINATES});
CREATE POLICY coordinators_write ON knowledge_allotment FOR INSERT TO samkraft_app
    WITH CHECK (membership_id = {MEMBERSHIP} AND {COORDINATES});
ALTER TABLE knowledge_allotmentproof ENABLE ROW LEVEL SECURITY;
ALTER TABLE knowledge_allotmentproof FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_sees_all ON knowledge_allotmentproof TO samkraft_owner USING (true) WITH CHECK (true);
CREATE POLICY evaluators_read ON knowledge_allotmentproof FOR SELECT TO samkraft_app USING ({ROLE} = 'evaluator');
CREATE POLICY coordinators_write ON knowledge_allotmentproof FOR INSERT TO samkraft_app WITH CHECK (EXISTS (
    SELECT 1 FROM knowledge_allotment a WHERE a.id = allotment_id AND a.membership_id = {MEMBERSHIP}));
"""
OPENED = "".join(
    f"DROP POLICY {policy} ON knowledge_{table};"
    for table, policies in (
        ("allotmentproof", ("coordinators_write", "evaluators_read", "owner_sees_all")),
        ("allotment", ("coordinators_write", "coordinators_read", "owner_sees_all")),
    )
    for policy in policies
)


class Migration(migrations.Migration):
    dependencies = [
        ("knowledge", "0004_studies_go_forward"),
        ("people", "0040_suggested_places"),
    ]

    operations = [
        migrations.CreateModel(
            name="Allotment",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("activity_ids", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ("weeks", models.PositiveSmallIntegerField()),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=200)),
                ("membership_id", models.UUIDField()),
                ("locked", models.PositiveSmallIntegerField()),
                ("seed", models.PositiveIntegerField()),
                ("seconds", models.FloatField()),
                ("method", models.CharField(max_length=40)),
                ("value", models.FloatField()),
                ("bound", models.FloatField()),
                ("gap", models.FloatField()),
                ("instance_digest", models.CharField(max_length=64)),
                ("figures", models.JSONField()),
                (
                    "earlier",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="later",
                        to="knowledge.allotment",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="AllotmentProof",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("instance", models.JSONField()),
                ("plan", models.JSONField()),
                (
                    "allotment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="proof", to="knowledge.allotment"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.AddConstraint(
            model_name="allotment",
            constraint=models.CheckConstraint(
                condition=models.Q(("weeks__gte", 2), ("weeks__lte", 16)), name="knowledge_allotment_weeks_within"
            ),
        ),
        migrations.AddConstraint(
            model_name="allotment",
            constraint=models.CheckConstraint(
                condition=models.Q(("gap__gte", 0)), name="knowledge_allotment_gap_not_below"
            ),
        ),
        migrations.AddConstraint(
            model_name="allotment",
            constraint=models.CheckConstraint(
                condition=models.Q(("value__lte", models.F("bound"))), name="knowledge_allotment_under_bound"
            ),
        ),
        migrations.RunSQL(WALLS, OPENED),
    ]
