import uuid

from django.db import models

from samkraft.initiatives.models.undertakings import Initiative
from samkraft.values.writes import Writes


class Theory(models.Model):
    """An initiative's theory of change, in versions that somebody decides; `items` has the shape of `rules.theory`.

    `decided_date` is the day of the decision and `reason` why it was changed; `decided_at` is when it was written here.
    """

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="theories")
    version = models.PositiveIntegerField()
    items = models.JSONField()
    source = models.TextField(blank=True)
    reason = models.TextField(blank=True, default="")
    decided_date = models.DateField(null=True, blank=True)
    decided_at = models.DateTimeField()
    decided_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["initiative", "version"], name="initiatives_theory_version_once")
        ]
