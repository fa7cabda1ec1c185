import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from samkraft.initiatives.models.undertakings import StaffPromise
from samkraft.partners.models import Membership
from samkraft.values.writes import Writes


class StaffPlace(models.Model):
    """Who fills a promised post, how much of full time, and when.

    Two lead: the employer's line manager has the authority over the work, the assignment's lead over what it is about.
    """

    writes = Writes.CHANGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    promise = models.ForeignKey(StaffPromise, on_delete=models.PROTECT, related_name="places")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    percent = models.PositiveSmallIntegerField()
    line_manager = models.CharField(max_length=200)
    assignment_lead = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    period = DateRangeField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__gte=1, percent__lte=100), name="initiatives_staffplace_percent_some"
            ),
            models.CheckConstraint(condition=Q(period__isempty=False), name="initiatives_staffplace_some_time"),
            ExclusionConstraint(
                name="initiatives_staffplace_no_overlap",
                expressions=[
                    ("promise", RangeOperators.EQUAL),
                    ("membership", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
        ]
