import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from samkraft.initiatives.models.undertakings import Initiative
from samkraft.partners.models import Membership, SecrecyArea
from samkraft.values.writes import Writes


class Phase(models.Model):
    """A stretch of the way through an initiative. `guide_days` is what it should take; None means no guide time.

    `counts_to_limit` says whether its days count against the limit in the initiative's rules. A phase is never removed:
    people may be in it.
    """

    writes = Writes.CHANGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="phases")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=100)
    guide_days = models.PositiveIntegerField(null=True, blank=True)
    counts_to_limit = models.BooleanField(default=False)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["initiative", "number"], name="initiatives_phase_once"),
            models.CheckConstraint(
                condition=Q(guide_days__isnull=True) | Q(guide_days__gt=0), name="initiatives_phase_guide_days_some"
            ),
        ]


class Wave(models.Model):
    """A period in which participants are taken in together, and how many are planned for it."""

    writes = Writes.CHANGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="waves")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=100)
    period = DateRangeField()
    planned = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["initiative", "number"], name="initiatives_wave_once"),
            models.CheckConstraint(condition=Q(period__isempty=False), name="initiatives_wave_period_some_time"),
            ExclusionConstraint(
                name="initiatives_wave_no_overlap",
                expressions=[("initiative", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
            ),
        ]


class Team(models.Model):
    """People of several professions who share a caseload. `places` is how many participants it should have."""

    writes = Writes.CHANGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="teams")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=100)
    places = models.PositiveIntegerField()
    period = DateRangeField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["initiative", "number"], name="initiatives_team_once"),
            models.CheckConstraint(condition=Q(places__gt=0), name="initiatives_team_places_some"),
            models.CheckConstraint(condition=Q(period__isempty=False), name="initiatives_team_period_some_time"),
        ]


class TeamMember(models.Model):
    """A membership's place in a team, for a time.

    `personal` is for those who are called in: they are on the cases that they are appointed to, not on all of the
    team's.
    """

    writes = Writes.CHANGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="members")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="team_places")
    personal = models.BooleanField(default=False)
    period = DateRangeField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(period__isempty=False), name="initiatives_teammember_period_some_time"),
            ExclusionConstraint(
                name="initiatives_teammember_no_overlap",
                expressions=[
                    ("team", RangeOperators.EQUAL),
                    ("membership", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
        ]


class Party(models.Model):
    """A secrecy area that works with participants in an initiative, for a time.

    `joins_team` says whether it sits in the teams, and `writes_plan` whether steps of the plan may be its own.
    """

    writes = Writes.CHANGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="parties")
    area = models.ForeignKey(SecrecyArea, on_delete=models.PROTECT, related_name="partaken")
    joins_team = models.BooleanField()
    writes_plan = models.BooleanField()
    period = DateRangeField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(period__isempty=False), name="initiatives_party_period_some_time"),
            ExclusionConstraint(
                name="initiatives_party_no_overlap",
                expressions=[
                    ("initiative", RangeOperators.EQUAL),
                    ("area", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
        ]


class InitiativeRules(models.Model):
    """What holds for participants in an initiative, as data, in versions; `rules` has the shape of `rules.teams`."""

    writes = Writes.CHANGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="rule_versions")
    version = models.PositiveIntegerField()
    rules = models.JSONField()
    valid = DateRangeField()
    decided_at = models.DateTimeField()
    decided_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["initiative", "version"], name="initiatives_rules_version_once"),
            models.CheckConstraint(condition=Q(valid__isempty=False), name="initiatives_rules_valid_some_time"),
            ExclusionConstraint(
                name="initiatives_rules_no_overlap",
                expressions=[("initiative", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
            ),
        ]
