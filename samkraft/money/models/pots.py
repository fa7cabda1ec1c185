import uuid

from django.db import models
from django.db.models import F, Q

from samkraft.money.models.grants import Grant
from samkraft.money.models.ledger import Voucher
from samkraft.money.models.matters import PointItem
from samkraft.money.rules.grants.grant_kinds import POT_SUPPORTS, ControlOutcome
from samkraft.partners.models import Organisation
from samkraft.values.writes import Writes


class Pot(models.Model):
    """Part of a committee's decided money that others draw on: call-offs for employments, or compensation for each
    supervised youth. `point_item` is the decision that gave the committee the money; `unit_ore` what one gives.
    """

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    holder = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="pots")
    point_item = models.ForeignKey(PointItem, on_delete=models.PROTECT, related_name="pots")
    support = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in POT_SUPPORTS])
    title = models.CharField(max_length=200)
    amount_ore = models.BigIntegerField()
    unit_ore = models.BigIntegerField(null=True, blank=True)
    note = models.TextField(blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["point_item", "support", "title"], name="money_pot_once"),
            models.CheckConstraint(condition=Q(amount_ore__gt=0), name="money_pot_amount_positive"),
            models.CheckConstraint(
                condition=Q(support="call_off") | Q(support="compensation", unit_ore__isnull=False, unit_ore__gt=0),
                name="money_pot_compensation_has_its_unit",
            ),
        ]


class PotDraw(models.Model):
    """What somebody draws from a pot: how many employments or youths, how much, never who.

    Asked by one person, decided by another. The database refuses more than the pot holds.
    """

    writes = Writes.CHANGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pot = models.ForeignKey(Pot, on_delete=models.PROTECT, related_name="draws")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="pot_draws")
    quantity = models.PositiveIntegerField()
    amount_ore = models.BigIntegerField()
    words = models.CharField(max_length=300, blank=True)
    asked_actor = models.UUIDField()
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=200)
    decided_actor = models.UUIDField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=200, blank=True)
    is_given = models.BooleanField(null=True, blank=True)
    reason = models.TextField(blank=True)
    voucher = models.OneToOneField(Voucher, null=True, blank=True, on_delete=models.PROTECT, related_name="pot_draw")

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(amount_ore__gt=0), name="money_potdraw_amount_positive"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="money_potdraw_quantity_positive"),
            models.CheckConstraint(
                condition=Q(decided_actor__isnull=True) | ~Q(decided_actor=F("asked_actor")),
                name="money_potdraw_two_persons",
            ),
            models.CheckConstraint(
                condition=Q(is_given__isnull=True, decided_at__isnull=True, voucher__isnull=True)
                | Q(is_given=True, decided_at__isnull=False, voucher__isnull=False)
                | (Q(is_given=False, decided_at__isnull=False, voucher__isnull=True) & ~Q(reason="")),
                name="money_potdraw_given_is_posted",
            ),
        ]


class GrantSample(models.Model):
    """A random draw of grants for control: the seed and what was drawn from, so that anybody can draw it again."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    year = models.PositiveSmallIntegerField()
    seed = models.CharField(max_length=100)
    size = models.PositiveSmallIntegerField()
    frame = models.JSONField()
    drawn_at = models.DateTimeField()
    drawn_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0), name="money_grantsample_some"),
            models.CheckConstraint(condition=~Q(seed=""), name="money_grantsample_has_a_seed"),
        ]


class GrantControl(models.Model):
    """One grant that the lot fell on, and what the control showed."""

    writes = Writes.CHANGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sample = models.ForeignKey(GrantSample, on_delete=models.PROTECT, related_name="controls")
    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="controls")
    position = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in ControlOutcome], blank=True)
    text = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.CharField(max_length=200, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["sample", "grant"], name="money_grantcontrol_once"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, outcome="")
                | Q(done_at__isnull=False, outcome__in=[kind.value for kind in ControlOutcome]),
                name="money_grantcontrol_outcome_when_done",
            ),
        ]
