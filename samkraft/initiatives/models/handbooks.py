import uuid

from django.db import models
from django.db.models import Q

from samkraft.initiatives.models.meetings import Resolution
from samkraft.initiatives.models.undertakings import Initiative
from samkraft.initiatives.rules.handbooks import HandbookEventKind
from samkraft.values.writes import Writes


class HandbookVersion(models.Model):
    """A version of an initiative's method handbook."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="handbook_versions")
    number = models.CharField(max_length=10)
    about = models.CharField(max_length=300, blank=True)
    begun_at = models.DateTimeField()
    begun_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["initiative", "number"], name="initiatives_handbookversion_number_once")
        ]


class HandbookText(models.Model):
    """A version's whole text as somebody saved it; `sections` has the shape of `rules.handbooks`."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(HandbookVersion, on_delete=models.PROTECT, related_name="texts")
    revision = models.PositiveIntegerField()
    sections = models.JSONField()
    at = models.DateTimeField()
    by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["version", "revision"], name="initiatives_handbooktext_revision_once")
        ]


class HandbookEvent(models.Model):
    """What happened to a version. The decision that put it in force is named, and the day from which it holds."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(HandbookVersion, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=20)
    resolution = models.ForeignKey(Resolution, null=True, on_delete=models.PROTECT, related_name="handbook_events")
    holds_from = models.DateField(null=True, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in HandbookEventKind]),
                name="initiatives_handbookevent_kind_known",
            ),
            models.CheckConstraint(
                condition=~Q(kind=HandbookEventKind.DECIDED.value)
                | Q(resolution__isnull=False, holds_from__isnull=False),
                name="initiatives_handbookevent_decided_by_whom",
            ),
            models.UniqueConstraint(
                fields=["version"],
                condition=Q(kind=HandbookEventKind.DECIDED.value),
                name="initiatives_handbookevent_decided_once",
            ),
        ]
