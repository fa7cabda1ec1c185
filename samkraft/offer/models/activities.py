import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from samkraft.initiatives.models import Initiative
from samkraft.offer.rules.activities import REVEALS, ActivityKind, DecidedBy, StartForm
from samkraft.partners.models import Membership, Organisation
from samkraft.values.writes import Writes


class Activity(models.Model):
    """Something that a participant can be given a place in. `initiative` is set when only its participants may have it.

    `reveals` is the category of what a place tells about a person. `decided_by` is who gives the place.
    """

    writes = Writes.CHANGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=20)
    about = models.TextField(blank=True)
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="activities")
    initiative = models.ForeignKey(Initiative, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    start_form = models.CharField(max_length=10)
    reveals = models.CharField(max_length=30)
    decided_by_role = models.CharField(max_length=30)
    prerequisites = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    usual_weeks = models.PositiveSmallIntegerField(null=True, blank=True)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=220)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[one.value for one in ActivityKind]), name="offer_activity_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(start_form__in=[one.value for one in StartForm]), name="offer_activity_start_form_known"
            ),
            models.CheckConstraint(condition=Q(reveals__in=REVEALS), name="offer_activity_reveals_known"),
            models.CheckConstraint(
                condition=Q(decided_by_role__in=[one.value for one in DecidedBy]),
                name="offer_activity_decided_by_known",
            ),
        ]


class Outcome(models.Model):
    """What an activity should lead to; at the end it is noted for each whether it did."""

    writes = Writes.CHANGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="outcomes")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["activity", "position"], name="offer_outcome_position_once")]


class Coordinator(models.Model):
    """That a membership is place coordinator (platssamordnare) of an activity for a time: a function, not a profession.

    It opens the queue, so it is a key: written by a guard function that checks who appoints, never by the serving role.
    """

    writes = Writes.NOTHING

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="coordinators")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="coordinated")
    period = DateRangeField()
    appointed_at = models.DateTimeField()
    appointed_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(period__isempty=False), name="offer_coordinator_some_time"),
            ExclusionConstraint(
                name="offer_coordinator_no_overlap",
                expressions=[
                    ("activity", RangeOperators.EQUAL),
                    ("membership", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
        ]


class PriorityRule(models.Model):
    """Who stands before whom in an activity's queue, as decided by somebody for a time. Versions never overlap.

    Without a rule that holds everybody stands in the order in which they joined.
    """

    writes = Writes.CHANGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="priority_rules")
    version = models.PositiveSmallIntegerField()
    valid = DateRangeField()
    reference = models.CharField(max_length=200)
    decided_at = models.DateTimeField()
    decided_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["activity", "version"], name="offer_priorityrule_version_once"),
            models.CheckConstraint(condition=Q(valid__isempty=False), name="offer_priorityrule_some_time"),
            ExclusionConstraint(
                name="offer_priorityrule_no_overlap",
                expressions=[("activity", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
            ),
        ]


class PriorityLine(models.Model):
    """One criterion and the class that it gives; 1 stands first. Who meets none of them stands last."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    rule = models.ForeignKey(PriorityRule, on_delete=models.PROTECT, related_name="lines")
    criterion = models.CharField(max_length=40)
    priority_class = models.PositiveSmallIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["rule", "criterion"], name="offer_priorityline_once"),
            models.CheckConstraint(
                condition=Q(priority_class__gte=1, priority_class__lte=9), name="offer_priorityline_class_one_to_nine"
            ),
        ]
