from django.db import models

from samkraft.values.writes import Writes


class CategoryRow(models.Model):
    """A category as the database's policies read it. Kept equal to `rules.categories` by a test."""

    writes = Writes.NOTHING

    code = models.CharField(primary_key=True, max_length=30)
    release = models.CharField(max_length=10)
    sensitive = models.BooleanField()

    class Meta:
        default_permissions = ()
        db_table = "people_category"


class RoleCategory(models.Model):
    """Which categories a role reads and writes, as the policies read it."""

    writes = Writes.NOTHING

    id = models.BigAutoField(primary_key=True)
    role = models.CharField(max_length=40)
    category = models.CharField(max_length=30)
    reads = models.BooleanField()
    writes_it = models.BooleanField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["role", "category"], name="people_rolecategory_once")]
