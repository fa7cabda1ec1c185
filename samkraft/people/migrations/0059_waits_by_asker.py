"""What waits for whoever invited is found by the asker: the figure in the bar asks it on every page."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("offer", "0004_employers"),
        ("partners", "0007_stand_ins_that_never_held"),
        ("people", "0058_ended_tells_no_more"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="invitation",
            index=models.Index(
                condition=models.Q(("step__isnull", True), ("withdrawn_at__isnull", True)),
                fields=["membership_id"],
                name="people_invitation_waits",
            ),
        ),
        migrations.AddIndex(
            model_name="recruitmentinvitation",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", True)),
                fields=["membership_id"],
                name="people_recruitment_waits",
            ),
        ),
    ]
