"""A stand-in who is ended before the first day is over never held, and takes no time from another."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("partners", "0006_grant_roles")]
    operations = [migrations.RemoveConstraint("standin", "partners_standin_period_some_time")]
