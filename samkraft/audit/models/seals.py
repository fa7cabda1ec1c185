import uuid

from django.db import models

from samkraft.values.writes import Writes


class Seal(models.Model):
    """A batch of events, closed. Each seal's chain value covers the seal before it, so none can be taken out.

    Only the database function `audit_seal()` writes these rows.
    """

    writes = Writes.NOTHING

    number = models.BigIntegerField(primary_key=True)
    sealed_at = models.DateTimeField()
    horizon = models.BigIntegerField()
    count = models.IntegerField()
    chain = models.CharField(max_length=64)

    class Meta:
        default_permissions = ()


class Thinning(models.Model):
    """The protocol of a thinning: which decision allowed that sealed content was removed, and by whom.

    Only the database function `audit_thin()` writes these rows.
    """

    writes = Writes.NOTHING

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    thinned_at = models.DateTimeField()
    decision = models.TextField()
    thinned_by = models.TextField()
    before = models.DateTimeField()
    count = models.IntegerField()

    class Meta:
        default_permissions = ()


class SealedDigest(models.Model):
    """The digest of one sealed event. It stays when the event's content is thinned."""

    writes = Writes.NOTHING

    event_id = models.UUIDField(primary_key=True)
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="digests")
    digest = models.CharField(max_length=64)
    thinning = models.ForeignKey(Thinning, null=True, on_delete=models.PROTECT, related_name="digests")

    class Meta:
        default_permissions = ()
