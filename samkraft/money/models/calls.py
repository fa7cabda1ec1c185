import uuid

from django.db import models
from django.db.models import F, Q

from samkraft.money.models.funds import Fund
from samkraft.money.rules.grants.grant_kinds import GRANT_SUPPORTS
from samkraft.values.writes import Writes


class GrantCall(models.Model):
    """What organisations can apply for: a call with a last day, or an open one without.

    `criteria` are what the assessors judge by: a name, what it asks for and the most points. `frame_ore` is how much
    there is; empty when that is not decided.
    """

    writes = Writes.CHANGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="calls")
    title = models.CharField(max_length=200)
    purpose = models.TextField()
    support = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in GRANT_SUPPORTS])
    year = models.PositiveSmallIntegerField()
    opens_date = models.DateField()
    closes_date = models.DateField(null=True, blank=True)
    frame_ore = models.BigIntegerField(null=True, blank=True)
    criteria = models.JSONField(default=list)
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(support__in=[kind.value for kind in GRANT_SUPPORTS]), name="money_grantcall_support_known"
            ),
            models.CheckConstraint(
                condition=Q(closes_date__isnull=True) | Q(closes_date__gte=F("opens_date")),
                name="money_grantcall_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(frame_ore__isnull=True) | Q(frame_ore__gt=0), name="money_grantcall_frame_positive"
            ),
        ]
