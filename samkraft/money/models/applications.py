import uuid

from django.db import models
from django.db.models import Q

from samkraft.money.models.calls import GrantCall
from samkraft.money.rules.grants.grant_kinds import Advice, GrantEventKind, Stance
from samkraft.partners.models import Membership, Organisation
from samkraft.values.writes import Writes


class GrantApplication(models.Model):
    """An organisation's application. The organisation's own until it is sent: row-level security keeps the draft from
    the city. When it is sent the database numbers it, and its content can never change.

    `content` is what `money.rules.grant_content.Application` reads. `version` guards against two people saving over
    each other. `digest` covers the content and the attachments as they were sent.
    """

    writes = Writes.CHANGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="grant_applications")
    call = models.ForeignKey(GrantCall, on_delete=models.PROTECT, related_name="applications")
    follows = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="followers")
    content = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    begun_at = models.DateTimeField()
    begun_by = models.CharField(max_length=200)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=200)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.CharField(max_length=200, blank=True)
    number_year = models.PositiveSmallIntegerField(null=True, editable=False)
    number = models.PositiveIntegerField(null=True, editable=False)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["number_year", "number"], name="money_grantapplication_number_once"),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True, number__isnull=True)
                | (Q(sent_at__isnull=False, number__isnull=False) & ~Q(digest="") & ~Q(sent_by="")),
                name="money_grantapplication_sent_is_registered",
            ),
        ]


class GrantSeries(models.Model):
    """The next number of received applications in a year. Only the database's own trigger writes it."""

    writes = Writes.NOTHING

    year = models.PositiveSmallIntegerField(primary_key=True)
    next_number = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()


class GrantAssessor(models.Model):
    """Who is appointed to assess an application, until he or she is disqualified (jäv)."""

    writes = Writes.CHANGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(GrantApplication, on_delete=models.PROTECT, related_name="assessors")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="grant_assessments")
    appointed_at = models.DateTimeField()
    appointed_by = models.CharField(max_length=200)
    recused_at = models.DateTimeField(null=True, blank=True)
    recused_by = models.CharField(max_length=200, blank=True)
    recusal_reason = models.TextField(blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["application", "membership"], name="money_grantassessor_once"),
            models.CheckConstraint(
                condition=Q(recused_at__isnull=True) | ~Q(recusal_reason=""),
                name="money_grantassessor_recusal_explained",
            ),
        ]


class GrantAssessment(models.Model):
    """What an assessor says: points for each criterion, advice and why. A changed mind is a new version."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessor = models.ForeignKey(GrantAssessor, on_delete=models.PROTECT, related_name="assessments")
    version = models.PositiveSmallIntegerField()
    points = models.JSONField(default=list)
    advice = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in Advice])
    text = models.TextField()
    at = models.DateTimeField()
    by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["assessor", "version"], name="money_grantassessment_version_once"),
            models.CheckConstraint(
                condition=Q(advice__in=[kind.value for kind in Advice]), name="money_grantassessment_advice_known"
            ),
        ]


class GrantOpinion(models.Model):
    """An administration is asked for its opinion on an application, and gives it."""

    writes = Writes.CHANGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(GrantApplication, on_delete=models.PROTECT, related_name="opinions")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="grant_opinions")
    question = models.TextField(blank=True)
    due_date = models.DateField()
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=200)
    stance = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in Stance], blank=True)
    text = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=200, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["application", "organisation"], name="money_grantopinion_once"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, stance="")
                | Q(answered_at__isnull=False, stance__in=[kind.value for kind in Stance]),
                name="money_grantopinion_stance_when_answered",
            ),
        ]


class GrantProposal(models.Model):
    """What the city office proposes to decide about an application, with reasons and conditions. The latest holds."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(GrantApplication, on_delete=models.PROTECT, related_name="proposals")
    version = models.PositiveSmallIntegerField()
    advice = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in Advice])
    amount_ore = models.BigIntegerField(null=True, blank=True)
    text = models.TextField()
    conditions = models.JSONField(default=list)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["application", "version"], name="money_grantproposal_version_once"),
            models.CheckConstraint(
                condition=Q(advice="reject", amount_ore__isnull=True)
                | (~Q(advice="reject") & Q(amount_ore__isnull=False, amount_ore__gt=0)),
                name="money_grantproposal_amount_unless_rejected",
            ),
        ]


class GrantEvent(models.Model):
    """What has happened to an application, or to a grant's report, that has no table of its own."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(
        GrantApplication, null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    report = models.ForeignKey(
        "money.GrantReport", null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    kind = models.CharField(max_length=30, choices=[(kind.value, kind.value) for kind in GrantEventKind])
    text = models.TextField()
    new_date = models.DateField(null=True, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in GrantEventKind]), name="money_grantevent_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(application__isnull=False, report__isnull=True)
                | Q(application__isnull=True, report__isnull=False),
                name="money_grantevent_of_one",
            ),
        ]
