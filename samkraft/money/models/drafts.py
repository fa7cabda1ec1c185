import uuid

from django.db import models

from samkraft.partners.models import Membership
from samkraft.values.writes import Writes


class ReadingDraft(models.Model):
    """A decision text on its way in: the text as read, the answers given so far, and who works on it.

    Belongs to the organisation of the one who began it; colleagues with the same right may go on. `version` guards
    against two people saving over each other.
    """

    writes = Writes.FREE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="reading_drafts")
    file_name = models.CharField(max_length=255, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    content = models.BinaryField(null=True, blank=True)
    text = models.TextField()
    part = models.PositiveSmallIntegerField(default=0)
    answers = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
