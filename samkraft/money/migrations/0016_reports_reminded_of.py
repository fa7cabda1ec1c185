"""That an organisation was reminded of a report stands in the report's history."""

from django.db import migrations, models

BEFORE = ["completion_asked", "completed", "withdrawn", "rejected", "report_moved", "report_returned"]


def known(kinds):
    """The kinds that the history knows."""
    return models.CheckConstraint(condition=models.Q(("kind__in", kinds)), name="money_grantevent_kind_known")


class Migration(migrations.Migration):
    dependencies = [("money", "0015_grant_handed_over")]

    operations = [
        migrations.AlterField(
            model_name="grantevent",
            name="kind",
            field=models.CharField(
                choices=[(kind, kind) for kind in [*BEFORE, "report_reminded"]],
                max_length=30,
            ),
        ),
        migrations.RemoveConstraint(model_name="grantevent", name="money_grantevent_kind_known"),
        migrations.AddConstraint(model_name="grantevent", constraint=known([*BEFORE, "report_reminded"])),
    ]
