import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from samkraft.values.writes import Writes


class Allotment(models.Model):
    """A proposal of who gets which place in the coming weeks: what it rests on, what it is worth, and what is proven.

    Made for whoever coordinates the activities; adopted by a person or not at all. Who is proposed is not here: that lies
    in `people`, behind the queue's walls. `figures` are numbers about places and waiting.
    """

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    activity_ids = ArrayField(models.UUIDField())
    weeks = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)
    membership_id = models.UUIDField()
    earlier = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="later")
    locked = models.PositiveSmallIntegerField()
    seed = models.PositiveIntegerField()
    seconds = models.FloatField()
    method = models.CharField(max_length=40)
    value = models.FloatField()
    bound = models.FloatField()
    gap = models.FloatField()
    instance_digest = models.CharField(max_length=64)
    figures = models.JSONField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(weeks__gte=2, weeks__lte=16), name="knowledge_allotment_weeks_within"),
            models.CheckConstraint(condition=Q(gap__gte=0), name="knowledge_allotment_gap_not_below"),
            models.CheckConstraint(condition=Q(value__lte=F("bound")), name="knowledge_allotment_under_bound"),
        ]


class AllotmentProof(models.Model):
    """The instance and the plan of a proposal, with the prices that prove it: what `samkraft allot --check` reads.

    Those who wait are numbers, with days and sex. Beside the queue they would tell who is who, so whoever coordinates never
    reads them: only an evaluator does, who sees no queue.
    """

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    allotment = models.OneToOneField(Allotment, on_delete=models.PROTECT, related_name="proof")
    instance = models.JSONField()
    plan = models.JSONField()

    class Meta:
        default_permissions = ()
