import uuid

from django.db import models
from django.db.models import F, Q

from samkraft.partners.models.areas import SecrecyArea
from samkraft.partners.rules.errands import State
from samkraft.values.writes import Writes


class Errand(models.Model):
    """Something that a member asked for and that is done beside the pages (ärende i bakgrunden): a file, a document.

    Walled to the membership that asked. `arguments` hold ids, codes and numbers, never words about anybody.
    """

    writes = Writes.FREE  # the walls let nobody change it, and only the clock take it away

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(SecrecyArea, on_delete=models.PROTECT, related_name="+")
    membership_id = models.UUIDField()
    kind = models.CharField(max_length=60)
    arguments = models.JSONField()
    language = models.CharField(max_length=10)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["membership_id", "asked_at"], name="partners_errand_member")]


class ErrandEvent(models.Model):
    """One thing that happened to an errand. What it is now is its last event; without one it waits."""

    writes = Writes.FREE  # as the errand

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    errand = models.ForeignKey(Errand, on_delete=models.CASCADE, related_name="events")
    area = models.ForeignKey(SecrecyArea, on_delete=models.PROTECT, related_name="+")
    membership_id = models.UUIDField()
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=12)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=600, blank=True)
    address = models.CharField(max_length=300, blank=True)
    until = models.DateTimeField(null=True)
    happened_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["errand", "number"], name="partners_errandevent_in_order"),
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in State]), name="partners_errandevent_known_state"
            ),
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="partners_errandevent_within"),
        ]


class ErrandFile(models.Model):
    """What an errand made, until it expires. `basis` is a digest of what it rested on, compared when it is fetched."""

    writes = Writes.FREE  # as the errand; who asked may throw it away

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    errand = models.ForeignKey(Errand, on_delete=models.CASCADE, related_name="files")
    area = models.ForeignKey(SecrecyArea, on_delete=models.PROTECT, related_name="+")
    membership_id = models.UUIDField()
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=120)
    content = models.BinaryField()
    basis = models.TextField(blank=True)
    expires_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["errand"], name="partners_errandfile_one_each")]
