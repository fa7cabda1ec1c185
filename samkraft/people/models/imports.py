import uuid

from django.db import models
from django.db.models import Q

from samkraft.partners.models import SecrecyArea
from samkraft.values.writes import Writes


class ImportedFile(models.Model):
    """That a file was read in, by which area. Of the file itself nothing is kept but a keyed digest of its cells.

    `kind` is what the rows became, `shape` which system's columns it had.
    """

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(SecrecyArea, on_delete=models.PROTECT, related_name="+")
    membership_id = models.UUIDField()
    kind = models.CharField(max_length=20)
    shape = models.CharField(max_length=20)
    rows = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    read_at = models.DateTimeField()
    read_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["area", "kind", "digest"], name="people_importedfile_once"),
            models.CheckConstraint(condition=Q(rows__gt=0), name="people_importedfile_some_rows"),
        ]
