import uuid

from django.db import models
from django.db.models import Q

from samkraft.money.models.ledger import APPEND_ONLY
from samkraft.money.models.matters import Document
from samkraft.money.rules.access_requests import GROUNDS, Result, Step, Way
from samkraft.partners.models import Organisation
from samkraft.values.writes import Writes


class AccessRequest(models.Model):
    """Somebody asks to be given documents. Who asks need not be said; a way to answer may be. Walled to the authority."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="access_requests")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    way = models.CharField(max_length=20, choices=[(way.value, way.value) for way in Way])
    words = models.TextField()
    answer_to = models.CharField(max_length=300, blank=True)
    received_at = models.DateTimeField()
    received_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        triggers = [APPEND_ONLY]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "year", "number"], name="money_accessrequest_number_once"),
            models.CheckConstraint(
                condition=Q(way__in=[way.value for way in Way]), name="money_accessrequest_way_known"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="money_accessrequest_says_what"),
        ]


class AccessDocument(models.Model):
    """A document that a request is about, and what becomes of it. A new test is one more row; the latest number holds.

    `masks` is a list of {"passage", "ground"}; `harm` says how secrecy was tested.
    """

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey(AccessRequest, on_delete=models.PROTECT, related_name="documents")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="access_requests")
    number = models.PositiveSmallIntegerField()
    result = models.CharField(max_length=20, choices=[(result.value, result.value) for result in Result])
    masks = models.JSONField(default=list)
    ground = models.CharField(max_length=20, blank=True)
    harm = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        triggers = [APPEND_ONLY]
        constraints = [
            models.UniqueConstraint(fields=["request", "document", "number"], name="money_accessdocument_number_once"),
            models.CheckConstraint(
                condition=Q(result__in=[result.value for result in Result]), name="money_accessdocument_result_known"
            ),
            models.CheckConstraint(
                condition=Q(ground="") | Q(ground__in=list(GROUNDS)), name="money_accessdocument_ground_known"
            ),
            models.CheckConstraint(
                condition=~Q(result=Result.REFUSED.value) | (~Q(ground="") & ~Q(harm="")),
                name="money_accessdocument_no_has_ground",
            ),
            models.CheckConstraint(
                condition=~Q(result=Result.MASKED.value) | (~Q(masks=[]) & ~Q(harm="")),
                name="money_accessdocument_mask_has_passage",
            ),
        ]


class AccessStep(models.Model):
    """What happened to a request. Who answered never decides for the authority (trigger in migration)."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey(AccessRequest, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=20, choices=[(step.value, step.value) for step in Step])
    number = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    by_id = models.UUIDField()

    class Meta:
        default_permissions = ()
        triggers = [APPEND_ONLY]
        constraints = [
            models.UniqueConstraint(fields=["request", "number"], name="money_accessstep_number_once"),
            models.CheckConstraint(
                condition=Q(step__in=[step.value for step in Step]), name="money_accessstep_step_known"
            ),
        ]
