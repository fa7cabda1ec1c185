import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from samkraft.offer.models import RecruitmentMeeting
from samkraft.partners.models import SecrecyArea
from samkraft.people.models.cases import Enrolment
from samkraft.people.models.persons import Person
from samkraft.people.rules.recruitment import Reply, Result, SaidBy
from samkraft.values.writes import Writes


class RecruitmentInvitation(models.Model):
    """That somebody is invited to a recruitment meeting, and what the employer is told: fields that the person has seen.

    `told` is taken from the card by the database, and lasts as long as the meeting. The employer sees the code, and it.
    """

    writes = Writes.NOTHING

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(RecruitmentMeeting, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="recruitment_invitations")
    area = models.ForeignKey(SecrecyArea, on_delete=models.PROTECT, related_name="+")
    category = models.CharField(max_length=30)
    enrolment = models.ForeignKey(Enrolment, null=True, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=6)
    step = models.UUIDField(null=True)
    fields = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    told = models.JSONField()
    basis = models.CharField(max_length=20)
    shown_how = models.CharField(max_length=20)
    shown_date = models.DateField()
    reply = models.CharField(max_length=5, default=Reply.NONE.value)
    replied_at = models.DateTimeField(null=True)
    replied_by = models.CharField(max_length=200, null=True)
    invited_at = models.DateTimeField()
    invited_by = models.CharField(max_length=200)
    membership_id = models.UUIDField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=200, null=True)
    moved_from = models.UUIDField(null=True)

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["person", "area"], name="people_recruitment_person"),
            # What waits for whoever invited is asked on every page: by the asker, not by all whom the asker meets.
            models.Index(fields=["membership_id"], condition=Q(ended_at__isnull=True), name="people_recruitment_waits"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "code"], name="people_recruitment_code_once"),
            models.UniqueConstraint(
                fields=["meeting", "person", "area"],
                condition=Q(ended_at__isnull=True),
                name="people_recruitment_once",
            ),
            models.CheckConstraint(
                condition=Q(reply__in=[one.value for one in Reply]), name="people_recruitment_reply_known"
            ),
        ]


class RecruitmentResult(models.Model):
    """What came of the meeting for one person, as staff or the employer said it; a correction is a new version."""

    writes = Writes.NOTHING

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    invitation = models.ForeignKey(RecruitmentInvitation, on_delete=models.PROTECT, related_name="results")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(SecrecyArea, on_delete=models.PROTECT, related_name="+")
    category = models.CharField(max_length=30)
    version = models.PositiveSmallIntegerField()
    result = models.CharField(max_length=10)
    said_by = models.CharField(max_length=8)
    start_date = models.DateField(null=True)
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=200)
    membership_id = models.UUIDField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["invitation", "version"], name="people_recruitmentresult_version_once"),
            models.CheckConstraint(
                condition=Q(result__in=[one.value for one in Result]), name="people_recruitmentresult_known"
            ),
            models.CheckConstraint(
                condition=Q(said_by__in=[one.value for one in SaidBy]), name="people_recruitmentresult_by_known"
            ),
        ]
