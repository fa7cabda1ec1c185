import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from samkraft.offer.models.summer import SummerPlace, SummerRound, SummerWorkplace
from samkraft.partners.models import SecrecyArea
from samkraft.people.models.summer import SummerApplicant
from samkraft.values.writes import Writes

LIVE = Q(answer__in=["", "yes"], has_ended=False)


class SummerPlacement(models.Model):
    """One place offered to one applicant: answered, confirmed, ended. It holds the place as long as it is live."""

    writes = Writes.CHANGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    applicant = models.ForeignKey(SummerApplicant, on_delete=models.PROTECT, related_name="placements")
    round = models.ForeignKey(SummerRound, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(SecrecyArea, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(SummerPlace, on_delete=models.PROTECT, related_name="+")
    workplace = models.ForeignKey(SummerWorkplace, on_delete=models.PROTECT, related_name="+")
    weeks = DateRangeField()
    offered_at = models.DateTimeField()
    offered_by = models.CharField(max_length=200)
    answer_until = models.DateTimeField()
    answer = models.CharField(max_length=6, blank=True)
    answered_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=20, blank=True)
    shares_phone = models.BooleanField(default=False)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.CharField(max_length=200, null=True)
    has_ended = models.BooleanField(default=False)
    end_reason = models.CharField(max_length=20, blank=True)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["round", "applicant"], name="people_summerplacement_round")]
        constraints = [
            models.UniqueConstraint(fields=["place"], condition=LIVE, name="people_summerplacement_place_once"),
            ExclusionConstraint(
                name="people_summerplacement_week_once",
                expressions=[("applicant", RangeOperators.EQUAL), ("weeks", RangeOperators.OVERLAPS)],
                condition=LIVE,
            ),
            models.CheckConstraint(
                condition=Q(answer__in=["", "yes", "no", "lapsed"]), name="people_summerplacement_answer_known"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(answer="yes"), name="people_summerplacement_yes_first"
            ),
            models.CheckConstraint(
                condition=Q(has_ended=False) | ~Q(end_reason=""), name="people_summerplacement_end_explained"
            ),
        ]


class SummerShift(models.Model):
    """Planned hours of one day. The database refuses what the working-time rules forbid at that age."""

    writes = Writes.CHANGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    placement = models.ForeignKey(SummerPlacement, on_delete=models.PROTECT, related_name="shifts")
    applicant = models.ForeignKey(SummerApplicant, on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey(SummerRound, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(SecrecyArea, on_delete=models.PROTECT, related_name="+")
    hours = DateTimeRangeField()
    break_minutes = models.PositiveSmallIntegerField(default=0)
    is_cancelled = models.BooleanField(default=False)

    class Meta:
        default_permissions = ()
        constraints = [
            ExclusionConstraint(
                name="people_summershift_one_at_a_time",
                expressions=[("applicant", RangeOperators.EQUAL), ("hours", RangeOperators.OVERLAPS)],
                condition=Q(is_cancelled=False),
            ),
            models.CheckConstraint(
                condition=Q(hours__isempty=False, hours__startswith__isnull=False, hours__endswith__isnull=False),
                name="people_summershift_some_time",
            ),
        ]


class SummerPunch(models.Model):
    """A check-in or a check-out. `key` is made where the button is pressed, so that what is sent twice is one."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.UUIDField()
    placement = models.ForeignKey(SummerPlacement, on_delete=models.PROTECT, related_name="punches")
    applicant = models.ForeignKey(SummerApplicant, on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey(SummerRound, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(SecrecyArea, on_delete=models.PROTECT, related_name="+")
    is_in = models.BooleanField()
    pressed_at = models.DateTimeField()
    received_at = models.DateTimeField()
    pressed_by = models.CharField(max_length=10)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["key"], name="people_summerpunch_key_once"),
            models.CheckConstraint(
                condition=Q(pressed_by__in=["youth", "supervisor", "staff"]), name="people_summerpunch_by_known"
            ),
        ]


class SummerAttest(models.Model):
    """A day that the supervisor vouches for: minutes worked in a job, presence alone in a programme. The latest holds."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    placement = models.ForeignKey(SummerPlacement, on_delete=models.PROTECT, related_name="attests")
    applicant = models.ForeignKey(SummerApplicant, on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey(SummerRound, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(SecrecyArea, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    version = models.PositiveIntegerField()
    was_there = models.BooleanField()
    minutes = models.PositiveSmallIntegerField(null=True)
    absence = models.CharField(max_length=20, blank=True)
    attested_at = models.DateTimeField()
    attested_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["placement", "day", "version"], name="people_summerattest_version_once"),
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(minutes__lte=24 * 60), name="people_summerattest_within_a_day"
            ),
            models.CheckConstraint(
                condition=Q(was_there=True) | Q(minutes__isnull=True) | Q(minutes=0),
                name="people_summerattest_absent_no_minutes",
            ),
        ]


class SummerCard(models.Model):
    """What a workplace has been given about somebody placed there: named fields, the basis, and for how long.

    A dated copy that the receiving area holds. Made by a guard function when the placement is confirmed.
    """

    writes = Writes.NOTHING

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    placement = models.ForeignKey(SummerPlacement, on_delete=models.PROTECT, related_name="cards")
    applicant = models.ForeignKey(SummerApplicant, on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey(SummerRound, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(SecrecyArea, on_delete=models.PROTECT, related_name="+")
    to_area = models.ForeignKey(SecrecyArea, on_delete=models.PROTECT, related_name="+")
    workplace = models.ForeignKey(SummerWorkplace, on_delete=models.PROTECT, related_name="+")
    fields = models.JSONField()
    basis = models.CharField(max_length=60)
    period = DateTimeRangeField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["placement"], name="people_summercard_once"),
            models.CheckConstraint(condition=Q(period__endswith__isnull=False), name="people_summercard_ends"),
        ]


class SummerEvent(models.Model):
    """What has happened with an application, in order. Kinds and ids; never names, never text."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    applicant = models.ForeignKey(SummerApplicant, on_delete=models.PROTECT, related_name="events")
    round = models.ForeignKey(SummerRound, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(SecrecyArea, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    about = models.UUIDField(null=True)
    word = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["applicant", "at"], name="people_summerevent_in_order")]


class SummerPayment(models.Model):
    """A basis for wages that has been made: rows of placements, minutes and öre, and what they come to. Never changed.

    Below nothing when days that were paid have been corrected downwards, and no more was attested.
    """

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(SummerRound, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(SecrecyArea, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    through = models.DateField()
    rows = models.JSONField()
    total_ore = models.BigIntegerField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["round", "number"], name="people_summerpayment_in_turn")]
