import uuid

from django.db import models
from django.db.models import Q

from samkraft.initiatives.models.undertakings import Initiative
from samkraft.initiatives.rules.risks import LEAST, MOST, RiskState
from samkraft.partners.models import Membership
from samkraft.values.writes import Writes


class Risk(models.Model):
    """Something that may happen to an initiative. What is held of it stands in its assessments."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="risks")
    number = models.PositiveIntegerField()
    text = models.CharField(max_length=300)
    source = models.CharField(max_length=300, blank=True)
    raised_at = models.DateTimeField()
    raised_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["initiative", "number"], name="initiatives_risk_number_once")]


class RiskAssessment(models.Model):
    """What was held of a risk on a day, whole: the latest holds, the earlier stay."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="assessments")
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=10)
    owner = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    measure = models.TextField(blank=True)
    probability = models.PositiveSmallIntegerField()
    consequence = models.PositiveSmallIntegerField()
    review_date = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["risk", "version"], name="initiatives_riskassessment_version_once"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in RiskState]),
                name="initiatives_riskassessment_state_known",
            ),
            models.CheckConstraint(
                condition=Q(
                    probability__gte=LEAST, probability__lte=MOST, consequence__gte=LEAST, consequence__lte=MOST
                ),
                name="initiatives_riskassessment_on_scale",
            ),
            models.CheckConstraint(
                condition=Q(state=RiskState.CLOSED.value) | Q(review_date__isnull=False),
                name="initiatives_riskassessment_review_while_open",
            ),
        ]
