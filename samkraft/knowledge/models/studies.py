import uuid

from django.db import models
from django.db.models import Q

from samkraft.initiatives.models import Initiative
from samkraft.knowledge.rules.studies.stages import Kind
from samkraft.values.writes import Writes

ONCE = [Kind.REGISTERED.value, Kind.LIST_PUBLISHED.value, Kind.DRAWN.value]
LAST = [Kind.FROZEN.value, Kind.ESTIMATED.value, Kind.PUBLISHED.value]


class Study(models.Model):
    """A study of an initiative, by number. What it is stands in its events."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    begun_at = models.DateTimeField()
    begun_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["initiative", "number"], name="knowledge_study_number_once")]


class StudyDraft(models.Model):
    """A registration that is being written, of a new study or of a new version of one. Belongs to the one who writes."""

    writes = Writes.FREE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="+")
    study = models.ForeignKey(Study, null=True, on_delete=models.PROTECT, related_name="+")
    membership_id = models.UUIDField()
    fields = models.JSONField()
    written_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["membership_id"], name="knowledge_studydraft_whose")]


class StudyEvent(models.Model):
    """One thing that happened to a study. The state is a fold over these; none is changed, and none comes after freezing
    that would change what was promised.

    `version` is the registration that it is about; `digest` stands for all events so far.
    """

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="events")
    place = models.PositiveIntegerField()
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    happened_at = models.DateTimeField()
    happened_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["study", "place"], name="knowledge_studyevent_place_once"),
            models.UniqueConstraint(
                fields=["study", "version", "kind"],
                condition=Q(kind__in=ONCE),
                name="knowledge_studyevent_once_a_registration",
            ),
            models.UniqueConstraint(
                fields=["study", "kind"], condition=Q(kind__in=LAST), name="knowledge_studyevent_once_for_all"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[one.value for one in Kind]), name="knowledge_studyevent_kind_known"
            ),
        ]
