import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from samkraft.offer.rules.summer_rounds import Form, Strata
from samkraft.offer.rules.working_time import Group
from samkraft.partners.models import Membership, Organisation, SecrecyArea
from samkraft.values.writes import Writes


class SummerRound(models.Model):
    """One year's round of Ung i sommar in one form: jobs with a wage, or an entrepreneur programme without.

    Who may apply, when, in which groups the lot is drawn, and how long an offered place waits for an answer.
    """

    writes = Writes.CHANGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    form = models.CharField(max_length=12)
    area = models.ForeignKey(SecrecyArea, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    led_membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    applying = DateTimeRangeField()
    born_from = models.PositiveSmallIntegerField()
    born_to = models.PositiveSmallIntegerField()
    school_years = ArrayField(models.CharField(max_length=12))
    strata = models.CharField(max_length=12)
    answer_days = models.PositiveSmallIntegerField()
    priority_places = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(form__in=[form.value for form in Form]), name="offer_summerround_form_known"
            ),
            models.CheckConstraint(
                condition=Q(strata__in=[strata.value for strata in Strata]), name="offer_summerround_strata_known"
            ),
            models.CheckConstraint(condition=Q(applying__isempty=False), name="offer_summerround_applying_some_time"),
            models.CheckConstraint(
                condition=Q(applying__startswith__isnull=False, applying__endswith__isnull=False),
                name="offer_summerround_opens_and_closes",
            ),
            models.CheckConstraint(condition=Q(born_from__lte=F("born_to")), name="offer_summerround_born_in_order"),
            models.CheckConstraint(condition=Q(answer_days__gt=0), name="offer_summerround_some_days_to_answer"),
        ]


class SummerPeriod(models.Model):
    """Whole ISO weeks of a round, Monday to Monday, in which a place is somebody's."""

    writes = Writes.CHANGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(SummerRound, on_delete=models.PROTECT, related_name="periods")
    number = models.PositiveSmallIntegerField()
    period = DateRangeField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="offer_summerperiod_once"),
            ExclusionConstraint(
                name="offer_summerperiod_no_overlap",
                expressions=[("round", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
            ),
        ]


class SummerWorkplace(models.Model):
    """Where a body takes young people: what they do there, and how old they must be. `tasks` are codes of tasks."""

    writes = Writes.CHANGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(SummerRound, on_delete=models.PROTECT, related_name="workplaces")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(SecrecyArea, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    street = models.CharField(max_length=120, blank=True)
    district = models.CharField(max_length=60, blank=True)
    does = models.CharField(max_length=300)
    tasks = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    least_age = models.PositiveSmallIntegerField(default=15)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["round", "name"], name="offer_summerworkplace_once")]


class SummerHours(models.Model):
    """The hours of one weekday at a workplace, as they are planned for whoever is placed there. Monday is 1."""

    writes = Writes.FREE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workplace = models.ForeignKey(SummerWorkplace, on_delete=models.PROTECT, related_name="hours")
    weekday = models.PositiveSmallIntegerField()
    starts = models.TimeField()
    ends = models.TimeField()
    break_minutes = models.PositiveSmallIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["workplace", "weekday"], name="offer_summerhours_once"),
            models.CheckConstraint(condition=Q(weekday__range=(1, 7)), name="offer_summerhours_weekday"),
            models.CheckConstraint(condition=Q(starts__lt=F("ends")), name="offer_summerhours_in_order"),
        ]


class SummerPlace(models.Model):
    """One place at a workplace in one period: a row, so that it cannot be given twice."""

    writes = Writes.CHANGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workplace = models.ForeignKey(SummerWorkplace, on_delete=models.PROTECT, related_name="places")
    period = models.ForeignKey(SummerPeriod, on_delete=models.PROTECT, related_name="places")
    number = models.PositiveIntegerField()
    is_withdrawn = models.BooleanField(default=False)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["workplace", "period", "number"], name="offer_summerplace_once")]


class SummerSupervisor(models.Model):
    """Who looks after young people at a workplace, from when to when, and that the register check was seen.

    The extract itself is never kept: only that somebody saw it, and when.
    """

    writes = Writes.CHANGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workplace = models.ForeignKey(SummerWorkplace, on_delete=models.PROTECT, related_name="supervisors")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    period = DateRangeField()
    checked_at = models.DateTimeField(null=True)
    checked_by = models.CharField(max_length=200, null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            ExclusionConstraint(
                name="offer_summersupervisor_once_at_a_time",
                expressions=[
                    ("workplace", RangeOperators.EQUAL),
                    ("membership", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
            )
        ]


class SummerSeed(models.Model):
    """What is published before anybody can apply: where the seed of the lot comes from, or the fingerprint of one."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.OneToOneField(SummerRound, on_delete=models.PROTECT, related_name="seed")
    source = models.CharField(max_length=300)
    fingerprint = models.CharField(max_length=64, blank=True)
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(fingerprint="") | Q(fingerprint__regex=r"^[0-9a-f]{64}$"),
                name="offer_summerseed_fingerprint_is_one",
            )
        ]


class SummerWage(models.Model):
    """What an hour is paid from the year in which somebody turns `from_age`, as it was decided. Whole öre."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(SummerRound, on_delete=models.PROTECT, related_name="wages")
    from_age = models.PositiveSmallIntegerField()
    hourly_ore = models.PositiveIntegerField()
    source = models.CharField(max_length=200)
    decided_at = models.DateTimeField()
    decided_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["round", "from_age"], name="offer_summerwage_once"),
            models.CheckConstraint(condition=Q(hourly_ore__gt=0), name="offer_summerwage_some"),
        ]


class WorkingTimeRule(models.Model):
    """What the law says about a group's hours in a time, kept equal to `rules.working_time` by a test.

    The database reads it too: hours that break it are refused whoever writes them. Minutes; times of day in Stockholm.
    """

    writes = Writes.NOTHING

    id = models.BigAutoField(primary_key=True)
    group = models.CharField(max_length=8)
    valid = DateRangeField()
    source = models.CharField(max_length=200)
    earliest = models.TimeField()
    latest = models.TimeField()
    or_earliest = models.TimeField(null=True)
    or_latest = models.TimeField(null=True)
    day_minutes = models.PositiveSmallIntegerField()
    week_minutes = models.PositiveSmallIntegerField()
    night_rest_minutes = models.PositiveSmallIntegerField()
    week_rest_minutes = models.PositiveSmallIntegerField()
    free_days = models.PositiveSmallIntegerField()
    break_after_minutes = models.PositiveSmallIntegerField()
    break_minutes = models.PositiveSmallIntegerField()
    forbidden_tasks = ArrayField(models.CharField(max_length=20))

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(group__in=[group.value for group in Group]), name="offer_workingtimerule_group_known"
            ),
            ExclusionConstraint(
                name="offer_workingtimerule_no_overlap",
                expressions=[("group", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
            ),
        ]
