import uuid

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q

from samkraft.initiatives.models.goals import Goal
from samkraft.initiatives.rules.undertakings import Stage
from samkraft.partners.models import Organisation
from samkraft.partners.rules.roles import Role
from samkraft.values.writes import Writes


class Initiative(models.Model):
    """Something undertaken towards goals, by one or several bodies together, for a time.

    `period` has an exclusive upper bound; an open one means that no end is decided.
    """

    writes = Writes.CHANGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200, unique=True)
    aim = models.TextField()
    target_groups = models.TextField(blank=True)
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="initiatives")
    period = DateRangeField(null=True, blank=True)
    stage = models.CharField(max_length=20, choices=[(stage.value, stage.value) for stage in Stage])
    goals = models.ManyToManyField(Goal, related_name="initiatives", blank=True)
    source = models.TextField(blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__in=[stage.value for stage in Stage]), name="initiatives_initiative_stage_known"
            )
        ]

    def __str__(self) -> str:
        return self.name


class InitiativePartner(models.Model):
    """A body's part in an initiative, in words (owner, co-financier, cooperating party …)."""

    writes = Writes.CHANGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="partners")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="partnerships")
    part = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["initiative", "organisation"], name="initiatives_partner_once")]


class StaffPromise(models.Model):
    """How many people in a role an employer has promised, and for how many months each."""

    writes = Writes.CHANGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="staff_promises")
    employer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="staff_promises")
    role = models.CharField(max_length=40)
    title = models.CharField(max_length=100)
    heads = models.PositiveIntegerField()
    months = models.PositiveIntegerField()
    source = models.TextField(blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in Role if role is not Role.PUBLIC]),
                name="initiatives_staffpromise_role_known",
            ),
            models.CheckConstraint(condition=Q(heads__gt=0, months__gt=0), name="initiatives_staffpromise_some"),
        ]
