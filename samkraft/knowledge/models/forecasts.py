import uuid

from django.db import models
from django.db.models import Q

from samkraft.initiatives.models import Initiative
from samkraft.knowledge.models.figures import Snapshot
from samkraft.values.writes import Writes


class Assumptions(models.Model):
    """What an initiative's forecast may fall back on: its plan's numbers and an earlier outcome. The latest holds."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    numbers = models.JSONField()
    source = models.TextField()
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["initiative", "number"], name="knowledge_assumptions_in_order")]


class Scenario(models.Model):
    """Something that somebody wants to try. What it holds is its last version; it is never removed, only withdrawn."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()


class ScenarioVersion(models.Model):
    """A scenario's name, why it is tried and what is changed, whole. Two who write the same number: the second is refused."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scenario = models.ForeignKey(Scenario, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=120)
    why = models.TextField(blank=True)
    changes = models.JSONField()
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["scenario", "number"], name="knowledge_scenarioversion_in_order"),
            models.CheckConstraint(condition=~Q(name=""), name="knowledge_scenarioversion_named"),
        ]


class ScenarioComment(models.Model):
    """What a colleague said of a scenario. About figures, never about anybody."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scenario = models.ForeignKey(Scenario, on_delete=models.PROTECT, related_name="comments")
    text = models.TextField()
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="knowledge_scenariocomment_said")]


class ScenarioWithdrawal(models.Model):
    """That a scenario is no longer of interest. What was worked out of it stays."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scenario = models.ForeignKey(Scenario, on_delete=models.PROTECT, related_name="withdrawals")
    reason = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField()
    withdrawn_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["scenario"], name="knowledge_scenariowithdrawal_once")]


class Forecast(models.Model):
    """Where an initiative lands, worked out of one snapshot's run: as it is arranged, or in a version of a scenario.

    `result` is what is shown, already rounded. `draws` holds one number from each replication for each measure, so that two
    with the same luck can be compared. `digest` covers the one before, so that none can be taken away or changed.
    """

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="+")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="forecasts")
    version = models.ForeignKey(ScenarioVersion, null=True, on_delete=models.PROTECT, related_name="forecasts")
    assumptions = models.ForeignKey(Assumptions, null=True, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    replications = models.PositiveIntegerField()
    seed = models.BigIntegerField()
    seconds = models.FloatField()
    result = models.JSONField()
    draws = models.JSONField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["initiative", "number"], name="knowledge_forecast_in_order"),
            models.CheckConstraint(condition=Q(replications__gte=2), name="knowledge_forecast_many"),
        ]
