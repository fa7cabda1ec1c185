import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from samkraft.initiatives.models import Initiative
from samkraft.money.models.ledger import APPEND_ONLY
from samkraft.money.models.matters import Document
from samkraft.money.rules.eu.eu_budgets import RowKind
from samkraft.money.rules.eu.eu_outcomes import ClaimStep
from samkraft.money.rules.eu.eu_statements import StatementKind
from samkraft.partners.models import Organisation
from samkraft.values.writes import Writes

_FIRST_OF_MONTH = Q(month__day=1)


class EuProject(models.Model):
    """What the EU pays part of: who owns it, for how long, and how much of it others must pay (`demand_percent`).

    The programme compares shares with `demand_decimals` decimals. A position counts at most `yearly_hours` a year.
    """

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    programme = models.CharField(max_length=200)
    initiative = models.ForeignKey(
        Initiative, null=True, blank=True, on_delete=models.PROTECT, related_name="eu_projects"
    )
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="eu_projects")
    period = DateRangeField()
    demand_percent = models.DecimalField(max_digits=5, decimal_places=2)
    demand_decimals = models.PositiveSmallIntegerField(default=2)
    yearly_hours = models.PositiveSmallIntegerField()
    planned_participants = models.PositiveIntegerField(null=True, blank=True)
    source = models.TextField(blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(period__isempty=False), name="money_euproject_some_time"),
            models.CheckConstraint(
                condition=Q(demand_percent__gte=0, demand_percent__lte=100), name="money_euproject_demand_is_a_share"
            ),
        ]


class EuBudget(models.Model):
    """One version of the budget, with the sums and shares that its document itself states."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(EuProject, on_delete=models.PROTECT, related_name="budgets")
    number = models.PositiveSmallIntegerField()
    decided_date = models.DateField(null=True, blank=True)
    told_costs_ore = models.BigIntegerField(null=True, blank=True)
    told_support_ore = models.BigIntegerField(null=True, blank=True)
    told_cofinancing_ore = models.BigIntegerField(null=True, blank=True)
    told_total_ore = models.BigIntegerField(null=True, blank=True)
    told_support_share = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    told_cofinancing_share = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="eu_budgets")
    source = models.TextField(blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["project", "number"], name="money_eubudget_number_once")]


class EuBudgetRow(models.Model):
    """A cost in a phase, or one way of paying. A financier that the source does not name is left out."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    budget = models.ForeignKey(EuBudget, on_delete=models.PROTECT, related_name="rows")
    kind = models.CharField(max_length=30, choices=[(kind.value, kind.value) for kind in RowKind])
    phase = models.CharField(max_length=60, blank=True)
    financier = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="eu_financing"
    )
    amount_ore = models.BigIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["budget", "kind", "phase", "financier"], nulls_distinct=False, name="money_eubudgetrow_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in RowKind]), name="money_eubudgetrow_kind_known"
            ),
            models.CheckConstraint(condition=Q(amount_ore__gte=0), name="money_eubudgetrow_not_negative"),
        ]


class EuStatement(models.Model):
    """What the text beside a budget promises, so that it can be held against the rows."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    budget = models.ForeignKey(EuBudget, on_delete=models.PROTECT, related_name="statements")
    kind = models.CharField(max_length=30, choices=[(kind.value, kind.value) for kind in StatementKind])
    row_kind = models.CharField(max_length=30, choices=[(kind.value, kind.value) for kind in RowKind])
    what = models.CharField(max_length=300)
    quote = models.TextField(blank=True)
    place = models.CharField(max_length=200, blank=True)
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    person_months = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in StatementKind]), name="money_eustatement_kind_known"
            ),
            models.CheckConstraint(
                condition=~Q(kind=StatementKind.CASH_IS_STAFF.value) | Q(person_months__gt=0),
                name="money_eustatement_staff_has_months",
            ),
        ]


class EuPosition(models.Model):
    """A position in the project: a function at an employer, never a name."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(EuProject, on_delete=models.PROTECT, related_name="positions")
    code = models.CharField(max_length=20)
    title = models.CharField(max_length=100)
    function = models.CharField(max_length=60)
    employer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="eu_positions")
    period = DateRangeField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["project", "code"], name="money_euposition_code_once"),
            models.CheckConstraint(condition=Q(period__isempty=False), name="money_euposition_some_time"),
        ]


class EuRate(models.Model):
    """What an hour in a function costs, for a time, and who says so."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(EuProject, on_delete=models.PROTECT, related_name="rates")
    function = models.CharField(max_length=60)
    period = DateRangeField()
    ore_per_hour = models.PositiveIntegerField()
    is_assumption = models.BooleanField(default=False)
    source = models.TextField(blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            ExclusionConstraint(
                name="money_eurate_one_at_a_time",
                expressions=[
                    ("project", RangeOperators.EQUAL),
                    ("function", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(condition=Q(period__isempty=False), name="money_eurate_some_time"),
            models.CheckConstraint(condition=Q(ore_per_hour__gt=0), name="money_eurate_some"),
        ]


class EuHours(models.Model):
    """A position's minutes in a month. A correction is one more row with the next number; the latest holds."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    position = models.ForeignKey(EuPosition, on_delete=models.PROTECT, related_name="hours")
    month = models.DateField()
    number = models.PositiveSmallIntegerField()
    minutes = models.PositiveIntegerField()
    source = models.CharField(max_length=300, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        triggers = [APPEND_ONLY]
        constraints = [
            models.UniqueConstraint(fields=["position", "month", "number"], name="money_euhours_number_once"),
            models.CheckConstraint(condition=_FIRST_OF_MONTH, name="money_euhours_first_of_month"),
            models.CheckConstraint(condition=Q(minutes__lte=744 * 60), name="money_euhours_fit_in_a_month"),
        ]


class EuParticipantHours(models.Model):
    """All participants' hours in a month as one sum with its source, and what such an hour is counted as. Nobody in it."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(EuProject, on_delete=models.PROTECT, related_name="participant_hours")
    month = models.DateField()
    number = models.PositiveSmallIntegerField()
    minutes = models.PositiveBigIntegerField()
    ore_per_hour = models.PositiveIntegerField()
    source = models.CharField(max_length=300)
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        triggers = [APPEND_ONLY]
        constraints = [
            models.UniqueConstraint(fields=["project", "month", "number"], name="money_euparticipanthours_number_once"),
            models.CheckConstraint(condition=_FIRST_OF_MONTH, name="money_euparticipanthours_first_of_month"),
            models.CheckConstraint(condition=~Q(source=""), name="money_euparticipanthours_source_given"),
        ]


class EuEntry(models.Model):
    """A cost that has been booked, or cash that has come in. A correction is an entry of its own and may be negative.

    `reference` is the voucher in the economy system: the same one is never taken in twice.
    """

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(EuProject, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=30, choices=[(kind.value, kind.value) for kind in RowKind])
    month = models.DateField()
    amount_ore = models.BigIntegerField()
    text = models.CharField(max_length=300)
    reference = models.CharField(max_length=100, blank=True)
    financier = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        triggers = [APPEND_ONLY]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "reference"], condition=~Q(reference=""), name="money_euentry_reference_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in RowKind]), name="money_euentry_kind_known"
            ),
            models.CheckConstraint(condition=_FIRST_OF_MONTH, name="money_euentry_first_of_month"),
            models.CheckConstraint(condition=~Q(amount_ore=0), name="money_euentry_some"),
        ]


class EuClaim(models.Model):
    """An application for payment for whole months. Two that stand never share a month (trigger in migration)."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(EuProject, on_delete=models.PROTECT, related_name="claims")
    number = models.PositiveSmallIntegerField()
    period = DateRangeField()

    class Meta:
        default_permissions = ()
        triggers = [APPEND_ONLY]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="money_euclaim_number_once"),
            models.CheckConstraint(condition=Q(period__isempty=False), name="money_euclaim_some_time"),
        ]


class EuClaimStep(models.Model):
    """What happened to a claim. Who prepared it never certifies it (trigger in migration)."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    claim = models.ForeignKey(EuClaim, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=20, choices=[(step.value, step.value) for step in ClaimStep])
    amount_ore = models.BigIntegerField(null=True, blank=True)
    text = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    by_id = models.UUIDField()

    class Meta:
        default_permissions = ()
        triggers = [APPEND_ONLY]
        constraints = [
            models.UniqueConstraint(fields=["claim", "step"], name="money_euclaimstep_once"),
            models.CheckConstraint(
                condition=Q(step__in=[step.value for step in ClaimStep]), name="money_euclaimstep_step_known"
            ),
        ]


class EuClaimRow(models.Model):
    """A row of a claim as it was when it was certified: it stays, whatever is corrected later."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    claim = models.ForeignKey(EuClaim, on_delete=models.PROTECT, related_name="rows")
    kind = models.CharField(max_length=30, choices=[(kind.value, kind.value) for kind in RowKind])
    amount_ore = models.BigIntegerField()

    class Meta:
        default_permissions = ()
        triggers = [APPEND_ONLY]
        constraints = [
            models.UniqueConstraint(fields=["claim", "kind"], name="money_euclaimrow_once"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in RowKind]), name="money_euclaimrow_kind_known"
            ),
        ]
