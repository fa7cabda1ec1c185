import uuid

from django.db import models
from django.db.models import Q

from samkraft.initiatives.models import Initiative
from samkraft.values.writes import Writes


class Snapshot(models.Model):
    """An initiative's figures as they were known at the end of a day: only what the disclosure door lets be shown.

    Made by the clock and never changed. `run` is the cohort's run that it rests on; `kept` is what the next run is weighed
    against, hidden numbers not in it.
    """

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="+")
    run = models.PositiveIntegerField()
    day = models.DateField()
    made_at = models.DateTimeField()
    definitions = models.PositiveIntegerField()
    figures = models.JSONField()
    kept = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["initiative", "run"], name="knowledge_snapshot_once"),
            models.UniqueConstraint(fields=["initiative", "day"], name="knowledge_snapshot_one_a_day"),
        ]


class Release(models.Model):
    """One line of the ledger: what has left, to whom, resting on which figures. Written when it leaves."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="+")
    snapshot = models.ForeignKey(Snapshot, null=True, on_delete=models.PROTECT, related_name="releases")
    what = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    released_at = models.DateTimeField()
    released_by = models.CharField(max_length=200)
    shown = models.PositiveIntegerField()
    hidden = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(what__in=["snapshot", "board_pack", "document", "study", "extract", "forecast"]),
                name="knowledge_release_what_known",
            )
        ]


class Binding(models.Model):
    """That an item of an initiative's theory of change is measured by an indicator. The latest for an item holds."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="+")
    item = models.SlugField(max_length=60)
    indicator = models.SlugField(max_length=60, blank=True)
    bound_at = models.DateTimeField()
    bound_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["initiative", "item", "bound_at"], name="knowledge_binding_once")
        ]


class Series(models.Model):
    """Somebody else's figures by month, read in to be laid beside our own. Never an effect. A new version replaces the old.

    `points` is a list of month and value; a month without a value is a gap.
    """

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="+")
    indicator = models.SlugField(max_length=60)
    version = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    unit = models.CharField(max_length=10)
    source = models.TextField()
    points = models.JSONField()
    read_in_at = models.DateTimeField()
    read_in_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "indicator", "version"], name="knowledge_series_version_once"
            ),
            models.CheckConstraint(
                condition=Q(unit__in=["people", "share", "days", "mnkr"]), name="knowledge_series_unit_known"
            ),
        ]
