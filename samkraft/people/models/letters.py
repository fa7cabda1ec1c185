import uuid

from django.db import models
from django.db.models import Q

from samkraft.partners.models import SecrecyArea
from samkraft.values.writes import Writes


class StaffLetter(models.Model):
    """That a member of staff has been told by e-mail, one day, that something waits: never what, about whom or how much.

    Begun before it is sent and marked when it has left. A row that is begun but not sent, and is met again, tells that we
    stopped halfway: the next one says so. When it surely did not leave, `begun_at` is emptied.
    """

    writes = Writes.CHANGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(SecrecyArea, on_delete=models.PROTECT, related_name="+")
    membership_id = models.UUIDField()
    day = models.DateField()
    begun_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["membership_id", "day"], name="people_staffletter_once_a_day"),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(begun_at__isnull=False), name="people_staffletter_begun_before_sent"
            ),
        ]
