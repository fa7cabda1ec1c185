import uuid

from django.db import models
from django.db.models import Q

from samkraft.initiatives.models.meetings import Resolution
from samkraft.initiatives.models.undertakings import Initiative
from samkraft.initiatives.rules.handbooks import HandbookEventKind
from samkraft.initiatives.rules.spreads import SpreadKind
from samkraft.partners.models import Organisation
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


class HandbookSpread(models.Model):
    """That a version was shown, taught or handed to somebody on a day. `people` is how many were there, when that is known.

    A note that was wrong is taken back by another row, so that what was counted before can be explained.
    """

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(HandbookVersion, on_delete=models.PROTECT, related_name="spreads")
    receiver = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    on_date = models.DateField()
    people = models.PositiveIntegerField(null=True, blank=True)
    about = models.CharField(max_length=300, blank=True)
    takes_back = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="taken_back")
    at = models.DateTimeField()
    by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in SpreadKind]), name="initiatives_handbookspread_kind_known"
            ),
            models.UniqueConstraint(fields=["takes_back"], name="initiatives_handbookspread_taken_back_once"),
        ]
