import uuid

from django.db import models

from samkraft.initiatives.models.teams import Team
from samkraft.partners.models import SecrecyArea
from samkraft.values.writes import Writes


class SavedView(models.Model):
    """A choice of filters on the caseload with a name: the membership's own, or shared with the own area's part of a team.

    `query` holds chips, order and whose list, never words that someone searched for: those are names of people.
    """

    writes = Writes.FREE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(SecrecyArea, on_delete=models.PROTECT, related_name="+")
    membership_id = models.UUIDField()
    saved_by = models.CharField(max_length=200)
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=200)
    saved_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["membership_id"], name="people_savedview_member")]
