import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from samkraft.offer.models.summer import SummerRound
from samkraft.partners.models import SecrecyArea
from samkraft.people.models.persons import Person
from samkraft.people.rules.summer.summer_applications import Ground
from samkraft.values.identity_number import Sex
from samkraft.values.writes import Writes


class SummerStaff(models.Model):
    """Who holds a round: the second key to its rows, after the own area. Written by a guard function only."""

    writes = Writes.NOTHING

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(SummerRound, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(SecrecyArea, on_delete=models.PROTECT, related_name="+")
    membership_id = models.UUIDField()
    handles_protected = models.BooleanField()
    period = DateTimeRangeField()
    named_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [
            ExclusionConstraint(
                name="people_summerstaff_once_at_a_time",
                expressions=[
                    ("round", RangeOperators.EQUAL),
                    ("membership_id", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
            )
        ]


class SummerApplicant(models.Model):
    """Somebody who has applied in a round. `code` is all that the lot and the public ever see, with `stratum`.

    `turn` is the place in the own stratum's order of the lot, `share` that place as a part of the stratum, so that orders
    of strata of different sizes can be laid together. Other jobs are minutes that the working-time rules add.
    """

    writes = Writes.CHANGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey(SummerRound, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(SecrecyArea, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=9)
    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80)
    sort_key = models.CharField(max_length=200)
    birth_date = models.DateField()
    sex = models.CharField(max_length=5)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    school_year = models.CharField(max_length=12)
    has_finished_school = models.BooleanField()
    district = models.CharField(max_length=60, blank=True)
    stratum = models.CharField(max_length=12, blank=True)
    wishes = ArrayField(models.UUIDField(), default=list, blank=True)
    period_wishes = ArrayField(models.UUIDField(), default=list, blank=True)
    other_day_minutes = models.PositiveSmallIntegerField(default=0)
    other_week_minutes = models.PositiveSmallIntegerField(default=0)
    guardians_needed = models.PositiveSmallIntegerField(default=1)
    ground = models.CharField(max_length=20, blank=True)
    is_double = models.BooleanField(default=False)
    has_withdrawn = models.BooleanField(default=False)
    applied_at = models.DateTimeField()
    turn = models.PositiveIntegerField(null=True)
    share = models.FloatField(null=True)
    is_drawn = models.BooleanField(default=False)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["round", "code"], name="people_summerapplicant_code_once"),
            models.UniqueConstraint(fields=["person"], name="people_summerapplicant_person_once"),
            models.CheckConstraint(
                condition=Q(code__regex=r"^[2-9A-Z]{4}-[2-9A-Z]{4}$"), name="people_summerapplicant_code_random"
            ),
            models.CheckConstraint(condition=Q(sex__in=[sex.value for sex in Sex]), name="people_summerapplicant_sex"),
            models.CheckConstraint(
                condition=Q(ground__in=["", *(ground.value for ground in Ground)]), name="people_summerapplicant_ground"
            ),
            models.CheckConstraint(
                condition=Q(guardians_needed__in=[1, 2]), name="people_summerapplicant_one_or_two_guardians"
            ),
        ]


class SummerLink(models.Model):
    """A personal link: only its digest is kept. Whoever has the link is who it was made for, until it runs out."""

    writes = Writes.UNSEEN

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(SummerRound, on_delete=models.PROTECT, related_name="+")
    applicant = models.ForeignKey(SummerApplicant, null=True, on_delete=models.PROTECT, related_name="+")
    guardian_id = models.UUIDField(null=True)
    kind = models.CharField(max_length=8)
    digest = models.CharField(max_length=64, unique=True)
    sent_to_digest = models.CharField(max_length=64, blank=True, db_index=True)
    period = DateTimeRangeField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="apply", applicant__isnull=True, guardian_id__isnull=True)
                | Q(kind="youth", applicant__isnull=False, guardian_id__isnull=True)
                | Q(kind="guardian", applicant__isnull=False, guardian_id__isnull=False),
                name="people_summerlink_for_somebody",
            ),
            models.CheckConstraint(
                condition=Q(period__endswith__isnull=False, period__isempty=False), name="people_summerlink_runs_out"
            ),
        ]


class SummerGuardian(models.Model):
    """A guardian that the young person has named, and where the question is sent. `number` is 1 or 2."""

    writes = Writes.CHANGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    applicant = models.ForeignKey(SummerApplicant, on_delete=models.PROTECT, related_name="guardians")
    round = models.ForeignKey(SummerRound, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(SecrecyArea, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=160)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["applicant", "number"], name="people_summerguardian_once"),
            models.CheckConstraint(condition=Q(number__in=[1, 2]), name="people_summerguardian_one_or_two"),
        ]


class SummerConsent(models.Model):
    """What a guardian has answered, with which text about risks before them. The latest answer holds."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    applicant = models.ForeignKey(SummerApplicant, on_delete=models.PROTECT, related_name="consents")
    guardian = models.ForeignKey(SummerGuardian, on_delete=models.PROTECT, related_name="consents")
    round = models.ForeignKey(SummerRound, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(SecrecyArea, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    says_yes = models.BooleanField()
    knows_risks = models.BooleanField()
    text_version = models.CharField(max_length=20)
    how = models.CharField(max_length=8)
    given_at = models.DateTimeField()
    given_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["guardian", "number"], name="people_summerconsent_in_turn"),
            models.CheckConstraint(condition=Q(how__in=["link", "paper"]), name="people_summerconsent_how_known"),
            models.CheckConstraint(
                condition=Q(says_yes=False) | Q(knows_risks=True), name="people_summerconsent_yes_knowing_risks"
            ),
        ]


class SummerDraw(models.Model):
    """Two rows for each round: the list and rule as published, then the lot as drawn. Codes and strata, nothing else."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(SummerRound, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(SecrecyArea, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=5)
    published = models.JSONField()
    fingerprint = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["round", "step"], name="people_summerdraw_once"),
            models.CheckConstraint(condition=Q(step__in=["list", "lot"]), name="people_summerdraw_step_known"),
        ]
