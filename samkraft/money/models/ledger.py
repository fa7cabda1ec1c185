import uuid

import pgtrigger
from django.db import models
from django.db.models import Q

from samkraft.money.models.funds import Appropriation, Fund, YearlyBudget
from samkraft.money.models.matters import Point, PointItem
from samkraft.money.rules.accounts import AccountKind
from samkraft.partners.models import Organisation
from samkraft.values.writes import Writes

APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


class Account(models.Model):
    """A place where money can be: the council's purse, an appropriation, a committee's frame, a receiver.

    `balance_ore` is kept by the database for every transfer and may not go below zero unless `is_source` (the
    council's purse, and an appropriation whose size no source tells). The serving role cannot change it.
    """

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in AccountKind])
    year = models.PositiveSmallIntegerField()
    fund = models.ForeignKey(Fund, null=True, blank=True, on_delete=models.PROTECT, related_name="accounts")
    appropriation = models.ForeignKey(
        Appropriation, null=True, blank=True, on_delete=models.PROTECT, related_name="accounts"
    )
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="accounts"
    )
    is_source = models.BooleanField(default=False)
    balance_ore = models.BigIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "year", "fund", "appropriation", "organisation"],
                nulls_distinct=False,
                name="money_account_once",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in AccountKind]), name="money_account_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(is_source=True) | Q(balance_ore__gte=0), name="money_account_not_overdrawn"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="begins_empty",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="NEW.balance_ore := 0; RETURN NEW;",
            )
        ]


class MonthTotal(models.Model):
    """What an account gained or lost in a month: kept by the database for every transfer, so that a balance on a day
    long ago is quick to tell however long the book is. Adds nothing that the transfers do not say.
    """

    writes = Writes.NOTHING

    pk = models.CompositePrimaryKey("account", "month_date")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="month_totals", db_index=False)
    month_date = models.DateField()
    net_ore = models.BigIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(month_date__day=1), name="money_monthtotal_first_of_month"),
        ]
        indexes = [models.Index(fields=["month_date"], include=["account", "net_ore"], name="money_monthtotal_month")]


class VoucherSeries(models.Model):
    """The next voucher number of a year. Only the database hands out numbers, without gaps."""

    writes = Writes.NOTHING

    year = models.PositiveSmallIntegerField(primary_key=True)
    next_number = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()


class Voucher(models.Model):
    """Why money moved: a decided point, a budget, or the reversal of another voucher. Never changed.

    The database hands out `number` (trigger in migration `ledger_guards`).

    `digest` covers the voucher and its transfers, and is also in the sealed trail, so that a change behind the
    program's back is found.
    """

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField(editable=False)
    posted_date = models.DateField()
    text = models.CharField(max_length=300)
    point = models.ForeignKey(Point, null=True, blank=True, on_delete=models.PROTECT, related_name="vouchers")
    budget = models.ForeignKey(YearlyBudget, null=True, blank=True, on_delete=models.PROTECT, related_name="vouchers")
    reverses = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="reversed_by")
    reason = models.TextField(blank=True)
    digest = models.CharField(max_length=64)
    registered_at = models.DateTimeField()
    registered_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="money_voucher_number_once"),
            models.CheckConstraint(
                condition=Q(reverses__isnull=True) | ~Q(reason=""), name="money_voucher_reversal_explained"
            ),
        ]
        triggers = [APPEND_ONLY]


class Transfer(models.Model):
    """Öre from one account to another: balanced by construction. Never changed; a mistake is reversed.

    The database moves the two balances with it (trigger in migration `ledger_guards`).
    """

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, related_name="transfers")
    position = models.PositiveSmallIntegerField()
    from_account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="transfers_out")
    to_account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="transfers_in")
    amount_ore = models.BigIntegerField()
    posted_date = models.DateField()
    point_item = models.ForeignKey(PointItem, null=True, blank=True, on_delete=models.PROTECT, related_name="transfers")

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(amount_ore__gt=0), name="money_transfer_amount_positive"),
            models.CheckConstraint(
                condition=~Q(from_account=models.F("to_account")), name="money_transfer_between_two_accounts"
            ),
            models.UniqueConstraint(fields=["voucher", "position"], name="money_transfer_position_once"),
        ]
        indexes = [
            models.Index(fields=["from_account", "posted_date"], include=["amount_ore"], name="money_transfer_from"),
            models.Index(fields=["to_account", "posted_date"], include=["amount_ore"], name="money_transfer_to"),
            models.Index(
                fields=["posted_date"],
                include=["from_account", "to_account", "amount_ore"],
                name="money_transfer_posted",
            ),
        ]
        triggers = [APPEND_ONLY]
