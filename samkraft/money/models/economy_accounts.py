import uuid

from django.db import models
from django.db.models import F, Q

from samkraft.money.models.eu_projects import EuProject
from samkraft.money.rules.accounts import AccountKind
from samkraft.money.rules.eu.eu_budgets import RowKind
from samkraft.values.writes import Writes


class EconomyAccount(models.Model):
    """Which account of the economy system a kind of account in our book becomes in files that go there.

    The chart is the city's own; one that nobody has confirmed is marked as an assumption.
    """

    writes = Writes.CHANGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in AccountKind], unique=True)
    number = models.CharField(max_length=10)
    name = models.CharField(max_length=100)
    is_assumption = models.BooleanField(default=False)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in AccountKind]), name="money_economyaccount_kind_known"
            ),
            models.CheckConstraint(condition=Q(number__regex=r"^\d{3,10}$"), name="money_economyaccount_digits"),
        ]


class EuAccountRange(models.Model):
    """Which row of an EU project's budget the accounts from one number to another belong to; none: left out on purpose."""

    writes = Writes.FREE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(EuProject, on_delete=models.PROTECT, related_name="account_ranges")
    first = models.CharField(max_length=10)
    last = models.CharField(max_length=10)
    kind = models.CharField(max_length=30, choices=[(kind.value, kind.value) for kind in RowKind], blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="") | Q(kind__in=[kind.value for kind in RowKind]),
                name="money_euaccountrange_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(first__regex=r"^\d{3,10}$", last__regex=r"^\d{3,10}$", last__gte=F("first")),
                name="money_euaccountrange_in_order",
            ),
        ]
