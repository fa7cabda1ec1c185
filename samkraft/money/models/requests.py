import uuid

from django.db import models
from django.db.models import Q

from samkraft.money.models.funds import Fund
from samkraft.money.rules.requests import RequestEventKind
from samkraft.partners.models import Organisation
from samkraft.values.writes import Writes


class MoneyRequest(models.Model):
    """What a committee asks for (äskande), at the yearly round or during the year."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="requests")
    year = models.PositiveSmallIntegerField()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="money_requests")
    purpose = models.CharField(max_length=300)
    reasons = models.TextField(blank=True)
    amount_ore = models.BigIntegerField(null=True, blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=200)
    source = models.TextField(blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_ore__isnull=True) | Q(amount_ore__gt=0), name="money_moneyrequest_amount_positive"
            )
        ]


class RequestEvent(models.Model):
    """What happened to a request: an opinion, a proposed or decided amount, a withdrawal. The latest of a kind holds."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey(MoneyRequest, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in RequestEventKind])
    amount_ore = models.BigIntegerField(null=True, blank=True)
    text = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in RequestEventKind]), name="money_requestevent_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(amount_ore__isnull=True) | Q(amount_ore__gte=0), name="money_requestevent_not_negative"
            ),
        ]
