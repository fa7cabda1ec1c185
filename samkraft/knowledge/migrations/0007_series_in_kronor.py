"""Somebody else's series may be in millions of kronor too."""

from django.db import migrations, models

NAME = "knowledge_series_unit_known"


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0006_proposals_left_lying")]
    operations = [
        migrations.RemoveConstraint(model_name="series", name=NAME),
        migrations.AddConstraint(
            model_name="series",
            constraint=models.CheckConstraint(
                condition=models.Q(("unit__in", ["people", "share", "days", "mnkr"])), name=NAME
            ),
        ),
    ]
