"""A row of a proposal says when somebody has decided it beforehand, so that the next proposal keeps it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("offer", "0004_employers"),
        ("partners", "0006_grant_roles"),
        ("people", "0046_studies_and_rounds"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="placesuggestion",
            name="people_placesuggestion_why_known",
        ),
        migrations.AddConstraint(
            model_name="placesuggestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("filled_at__isnull", True), ("occasion__isnull", True), ("why", "")),
                    models.Q(
                        ("filled_at__isnull", False),
                        (
                            "why__in",
                            ["same", "gains", "earlier", "later", "gives_way", "no_room", "nothing_fits", "locked"],
                        ),
                    ),
                    _connector="OR",
                ),
                name="people_placesuggestion_why_known",
            ),
        ),
    ]
