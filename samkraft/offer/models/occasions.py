import uuid

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.db.models import F, Q

from samkraft.offer.models.activities import Activity
from samkraft.offer.rules.proposals import ProposalKind, ProposalState
from samkraft.partners.models import Organisation
from samkraft.values.writes import Writes


class Occasion(models.Model):
    """One time that an activity is held, by a provider, at a place, with so many places (each a row of its own).

    From `offering_since` every free place is offered to the next in line at once; an offer must be answered within
    `answer_days`.
    """

    writes = Writes.CHANGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="occasions")
    name = models.CharField(max_length=120)
    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="provided")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    hours_a_week = models.PositiveSmallIntegerField()
    languages = ArrayField(models.CharField(max_length=5), default=list)
    place_name = models.CharField(max_length=120)
    district = models.CharField(max_length=40, blank=True)
    accessible = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    answer_days = models.PositiveSmallIntegerField(default=5)
    offering_since = models.DateTimeField(null=True, blank=True)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=200)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.CharField(max_length=200, null=True, blank=True)
    cancel_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["activity", "starts_on"], name="offer_occasion_activity")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="offer_occasion_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(hours_a_week__gte=1, hours_a_week__lte=40), name="offer_occasion_hours_within_week"
            ),
            models.CheckConstraint(
                condition=Q(answer_days__gte=1, answer_days__lte=60), name="offer_occasion_answer_days_within"
            ),
        ]


class Place(models.Model):
    """One place of an occasion. A row, so that whoever holds it can be kept unique by the database.

    Made and cut by guard functions: a place that somebody holds is never cut.
    """

    writes = Writes.NOTHING

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    occasion = models.ForeignKey(Occasion, on_delete=models.PROTECT, related_name="places")
    number = models.PositiveSmallIntegerField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=200, null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["occasion", "number"], name="offer_place_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="offer_place_number_from_one"),
        ]


class Session(models.Model):
    """One meeting of an occasion, at a time and a place."""

    writes = Writes.CHANGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    occasion = models.ForeignKey(Occasion, on_delete=models.PROTECT, related_name="sessions")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place_name = models.CharField(max_length=120, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.CharField(max_length=200, null=True, blank=True)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["starts_at"], name="offer_session_starts")]
        constraints = [
            models.UniqueConstraint(fields=["occasion", "starts_at"], name="offer_session_once"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="offer_session_ends_after_start"),
        ]


class ClosedPeriod(models.Model):
    """When an activity is closed: no session lies there and nobody begins."""

    writes = Writes.FREE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="closed_periods")
    period = DateRangeField()
    why = models.CharField(max_length=120)

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=Q(period__isempty=False), name="offer_closedperiod_some_time")]


class Proposal(models.Model):
    """What a provider proposes about an occasion: to begin one, to change one, to end one. Answered by a coordinator."""

    writes = Writes.CHANGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="proposals")
    occasion = models.ForeignKey(Occasion, null=True, on_delete=models.PROTECT, related_name="proposals")
    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)
    state = models.CharField(max_length=12, default=ProposalState.ASKED.value)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    places = models.PositiveSmallIntegerField(null=True)
    words = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=200)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=200, null=True)
    answer = models.CharField(max_length=500, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[one.value for one in ProposalKind]), name="offer_proposal_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in ProposalState]), name="offer_proposal_state_known"
            ),
            models.CheckConstraint(
                condition=Q(kind="start") | Q(occasion__isnull=False), name="offer_proposal_about_an_occasion"
            ),
        ]
