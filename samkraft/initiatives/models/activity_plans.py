import uuid

from django.db import models
from django.db.models import Q

from samkraft.initiatives.models.meetings import Resolution
from samkraft.initiatives.models.undertakings import Initiative
from samkraft.initiatives.rules.activity_plans import PlanEventKind, PointKind, PointState
from samkraft.partners.models import Membership
from samkraft.values.writes import Writes


class PlanPoint(models.Model):
    """One point of the activity plan that an initiative must have before it is carried out."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="plan_points")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10)
    text = models.CharField(max_length=300)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["initiative", "number"], name="initiatives_planpoint_number_once"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in PointKind]), name="initiatives_planpoint_kind_known"
            ),
        ]


class PlanPointEntry(models.Model):
    """What is said under a point, whole: the latest holds, the earlier stay."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    point = models.ForeignKey(PlanPoint, on_delete=models.PROTECT, related_name="entries")
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=12)
    owner = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    answer = models.TextField(blank=True)
    evidence = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["point", "version"], name="initiatives_planpointentry_version_once"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in PointState]),
                name="initiatives_planpointentry_state_known",
            ),
        ]


class PlanEvent(models.Model):
    """What happened to the whole plan. `digest` is of the points as they stood; `on_date` is when it happened."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="plan_events")
    kind = models.CharField(max_length=10)
    digest = models.CharField(max_length=64)
    resolution = models.ForeignKey(Resolution, null=True, on_delete=models.PROTECT, related_name="plan_events")
    on_date = models.DateField()
    reference = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in PlanEventKind]), name="initiatives_planevent_kind_known"
            ),
            models.CheckConstraint(
                condition=~Q(kind=PlanEventKind.DECIDED.value) | Q(resolution__isnull=False),
                name="initiatives_planevent_decided_by_whom",
            ),
        ]
