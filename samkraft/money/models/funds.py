import uuid

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from samkraft.initiatives.models import Goal, Initiative
from samkraft.money.rules.budgets import Carried
from samkraft.partners.models import Organisation
from samkraft.values.writes import Writes


class Fund(models.Model):
    """Earmarked money for a purpose (satsning): what the council wants, which committees it concerns, for how long."""

    writes = Writes.CHANGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200, unique=True)
    purpose = models.TextField()
    valid = DateRangeField()
    follows = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="followers")
    goals = models.ManyToManyField(Goal, related_name="funds", blank=True)
    committees = models.ManyToManyField(Organisation, related_name="funds", blank=True)
    initiatives = models.ManyToManyField(Initiative, related_name="funds", blank=True)
    report_words = models.CharField(max_length=200, blank=True)
    source = models.TextField(blank=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class Appropriation(models.Model):
    """Money that a body may dispose of in a year (anslag), as the council set it aside.

    `total_ore` is what the source says in all; empty means that the source does not say, which is not zero.
    """

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="appropriations")
    year = models.PositiveSmallIntegerField()
    total_ore = models.BigIntegerField(null=True, blank=True)
    source = models.TextField(blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["owner", "name", "year"], name="money_appropriation_once"),
            models.CheckConstraint(
                condition=Q(total_ore__isnull=True) | Q(total_ore__gt=0), name="money_appropriation_total_positive"
            ),
            models.CheckConstraint(condition=Q(year__gte=1990, year__lt=2200), name="money_appropriation_year_sane"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.year}"


class YearlyBudget(models.Model):
    """What a fund gets of an appropriation in its year. A change during the year is one more row, with its own source.

    `amount_ore` is empty when the source does not say. `is_assumption` marks what no decision has been found for.
    """

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="budgets")
    appropriation = models.ForeignKey(Appropriation, on_delete=models.PROTECT, related_name="budgets")
    amount_ore = models.BigIntegerField(null=True, blank=True)
    carried = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in Carried])
    words = models.CharField(max_length=300, blank=True)
    decided_date = models.DateField(null=True, blank=True)
    is_assumption = models.BooleanField(default=False)
    source = models.TextField(blank=True)
    registered_at = models.DateTimeField()
    registered_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(carried__in=[kind.value for kind in Carried]), name="money_yearlybudget_carried_known"
            ),
            models.CheckConstraint(
                condition=Q(amount_ore__isnull=True) | ~Q(amount_ore=0), name="money_yearlybudget_not_zero"
            ),
        ]


class AllocationKey(models.Model):
    """The shares by which a fund is split over committees, decided for a term of office. A new term, a new version."""

    writes = Writes.CHANGE  # only `valid` is ever changed: a new version ends the one before it

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="keys")
    valid = DateRangeField()
    decided_in = models.CharField(max_length=200, blank=True)
    source = models.TextField(blank=True)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [
            ExclusionConstraint(
                name="money_allocationkey_no_overlap",
                expressions=[("fund", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(condition=Q(valid__isempty=False), name="money_allocationkey_valid_some_time"),
        ]


class KeyShare(models.Model):
    """One committee's share of a key, in hundredths of a percent (5100 is 51 %). The shares of a key sum to 10 000."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.ForeignKey(AllocationKey, on_delete=models.PROTECT, related_name="shares")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="key_shares")
    share = models.PositiveIntegerField()
    position = models.PositiveSmallIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["key", "organisation"], name="money_keyshare_once"),
            models.CheckConstraint(condition=Q(share__gt=0, share__lte=10_000), name="money_keyshare_within_whole"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="sum_is_whole",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                timing=pgtrigger.Deferred,
                level=pgtrigger.Row,
                func="""
                    IF (SELECT sum(share) FROM money_keyshare WHERE key_id = COALESCE(NEW.key_id, OLD.key_id)) <> 10000 THEN
                        RAISE EXCEPTION 'the shares of an allocation key must sum to the whole'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'money_keyshare_sum_is_whole';
                    END IF;
                    RETURN NULL;
                """,
            )
        ]
