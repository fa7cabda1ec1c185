import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0002_reminders"),
        ("partners", "0002_review_of_the_trail"),
    ]

    operations = [
        migrations.CreateModel(
            name="InitiativeRules",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField()),
                ("rules", models.JSONField()),
                ("valid", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("decided_at", models.DateTimeField()),
                ("decided_by", models.CharField(max_length=200)),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Party",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("joins_team", models.BooleanField()),
                ("writes_plan", models.BooleanField()),
                ("period", django.contrib.postgres.fields.ranges.DateRangeField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Phase",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField()),
                ("name", models.CharField(max_length=100)),
                ("guide_days", models.PositiveIntegerField(blank=True, null=True)),
                ("counts_to_limit", models.BooleanField(default=False)),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Team",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField()),
                ("name", models.CharField(max_length=100)),
                ("places", models.PositiveIntegerField()),
                ("period", django.contrib.postgres.fields.ranges.DateRangeField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="TeamMember",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("personal", models.BooleanField(default=False)),
                ("period", django.contrib.postgres.fields.ranges.DateRangeField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Wave",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField()),
                ("name", models.CharField(max_length=100)),
                ("period", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("planned", models.PositiveIntegerField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.RemoveConstraint(
            model_name="staffpromise",
            name="initiatives_staffpromise_role_known",
        ),
        migrations.AddConstraint(
            model_name="staffpromise",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "role__in",
                        [
                            "employment_officer",
                            "social_secretary",
                            "labour_market_secretary",
                            "insurance_officer",
                            "care_coordinator",
                            "study_counsellor",
                            "subproject_leader",
                            "main_project_leader",
                            "project_economist",
                            "project_administrator",
                            "place_coordinator",
                            "steering_group",
                            "evaluator",
                            "fund_officer",
                            "committee_controller",
                            "councillor",
                            "grantee_reporter",
                            "provider",
                            "employer",
                            "participant",
                            "duplicate_steward",
                            "data_protection_officer",
                            "system_administrator",
                        ],
                    )
                ),
                name="initiatives_staffpromise_role_known",
            ),
        ),
        migrations.AddField(
            model_name="initiativerules",
            name="initiative",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="rule_versions", to="initiatives.initiative"
            ),
        ),
        migrations.AddField(
            model_name="party",
            name="area",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="partaken", to="partners.secrecyarea"
            ),
        ),
        migrations.AddField(
            model_name="party",
            name="initiative",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="parties", to="initiatives.initiative"
            ),
        ),
        migrations.AddField(
            model_name="phase",
            name="initiative",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="phases", to="initiatives.initiative"
            ),
        ),
        migrations.AddField(
            model_name="team",
            name="initiative",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="teams", to="initiatives.initiative"
            ),
        ),
        migrations.AddField(
            model_name="teammember",
            name="membership",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="team_places", to="partners.membership"
            ),
        ),
        migrations.AddField(
            model_name="teammember",
            name="team",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="members", to="initiatives.team"
            ),
        ),
        migrations.AddField(
            model_name="wave",
            name="initiative",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="waves", to="initiatives.initiative"
            ),
        ),
        migrations.AddConstraint(
            model_name="initiativerules",
            constraint=models.UniqueConstraint(fields=("initiative", "version"), name="initiatives_rules_version_once"),
        ),
        migrations.AddConstraint(
            model_name="initiativerules",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid__isempty", False)), name="initiatives_rules_valid_some_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="initiativerules",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[("initiative", "="), ("valid", "&&")], name="initiatives_rules_no_overlap"
            ),
        ),
        migrations.AddConstraint(
            model_name="party",
            constraint=models.CheckConstraint(
                condition=models.Q(("period__isempty", False)), name="initiatives_party_period_some_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="party",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[("initiative", "="), ("area", "="), ("period", "&&")], name="initiatives_party_no_overlap"
            ),
        ),
        migrations.AddConstraint(
            model_name="phase",
            constraint=models.UniqueConstraint(fields=("initiative", "number"), name="initiatives_phase_once"),
        ),
        migrations.AddConstraint(
            model_name="phase",
            constraint=models.CheckConstraint(
                condition=models.Q(("guide_days__isnull", True), ("guide_days__gt", 0), _connector="OR"),
                name="initiatives_phase_guide_days_some",
            ),
        ),
        migrations.AddConstraint(
            model_name="team",
            constraint=models.UniqueConstraint(fields=("initiative", "number"), name="initiatives_team_once"),
        ),
        migrations.AddConstraint(
            model_name="team",
            constraint=models.CheckConstraint(
                condition=models.Q(("places__gt", 0)), name="initiatives_team_places_some"
            ),
        ),
        migrations.AddConstraint(
            model_name="team",
            constraint=models.CheckConstraint(
                condition=models.Q(("period__isempty", False)), name="initiatives_team_period_some_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="teammember",
            constraint=models.CheckConstraint(
                condition=models.Q(("period__isempty", False)), name="initiatives_teammember_period_some_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="teammember",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[("team", "="), ("membership", "="), ("period", "&&")],
                name="initiatives_teammember_no_overlap",
            ),
        ),
        migrations.AddConstraint(
            model_name="wave",
            constraint=models.UniqueConstraint(fields=("initiative", "number"), name="initiatives_wave_once"),
        ),
        migrations.AddConstraint(
            model_name="wave",
            constraint=models.CheckConstraint(
                condition=models.Q(("period__isempty", False)), name="initiatives_wave_period_some_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="wave",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[("initiative", "="), ("period", "&&")], name="initiatives_wave_no_overlap"
            ),
        ),
    ]
