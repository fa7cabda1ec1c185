import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0009_evaluators_do_not_steer"),
        ("partners", "0007_stand_ins_that_never_held"),
    ]

    operations = [
        migrations.AddField(
            model_name="theory",
            name="decided_date",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="theory",
            name="reason",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.CreateModel(
            name="HandbookSpread",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=20)),
                ("on_date", models.DateField()),
                ("people", models.PositiveIntegerField(blank=True, null=True)),
                ("about", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=200)),
                (
                    "receiver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.organisation"
                    ),
                ),
                (
                    "takes_back",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="taken_back",
                        to="initiatives.handbookspread",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="spreads",
                        to="initiatives.handbookversion",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["presentation", "training", "visit", "material"])),
                        name="initiatives_handbookspread_kind_known",
                    ),
                    models.UniqueConstraint(fields=("takes_back",), name="initiatives_handbookspread_taken_back_once"),
                ],
            },
        ),
    ]
