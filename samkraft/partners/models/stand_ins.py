import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from samkraft.partners.models.members import Membership
from samkraft.values.writes import Writes


class StandIn(models.Model):
    """A colleague in the same secrecy area who looks after one's inbox for a time (ställföreträdare).

    Gives no access: the stand-in sees what waits only on cases that the stand-in is on too. `period` is empty when it was
    ended before its first day was over: it never held.
    """

    writes = Writes.CHANGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="stood_in_for")
    stand_in = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="stands_in_for")
    period = DateRangeField()
    appointed_at = models.DateTimeField()
    appointed_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [
            ExclusionConstraint(
                name="partners_standin_one_at_a_time",
                expressions=[("membership", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(condition=~Q(membership=F("stand_in")), name="partners_standin_somebody_else"),
        ]
