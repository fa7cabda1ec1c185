import uuid

from django.db import models
from django.db.models import F, Q

from samkraft.people.models.cases import Enrolment
from samkraft.values.writes import Writes


class Milestone(models.Model):
    """One enrolment as it was known from one run of the cohort job until another: days and numbers in a packed row.

    `rules.cohorts` says what stands where. Rows are never changed but for the run that ended them, so that what was
    told of a day can be told again. Nobody reads the table but the cohort door.
    """

    writes = Writes.UNSEEN

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    initiative_id = models.UUIDField()
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="+")
    body_id = models.UUIDField(null=True)
    from_run = models.PositiveIntegerField()
    to_run = models.PositiveIntegerField(null=True)
    packed = models.BinaryField()

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["initiative_id"], condition=Q(to_run__isnull=True), name="people_milestone_now")
        ]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "from_run"], name="people_milestone_once"),
            models.CheckConstraint(
                condition=Q(to_run__isnull=True) | Q(to_run__gt=F("from_run")), name="people_milestone_some_time"
            ),
        ]


class CohortColumn(models.Model):
    """One column of an initiative's milestones as its newest run knew them: the same numbers, laid out to be read at once.

    Worked out by the job from the rows, in the order of what they say, so that a place in it is nobody's. The database
    throws the columns away when a row is changed, and works them out from the rows when they are not there.
    """

    writes = Writes.UNSEEN

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    initiative_id = models.UUIDField()
    run = models.PositiveIntegerField()
    place = models.PositiveSmallIntegerField()
    packed = models.BinaryField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["initiative_id", "run", "place"], name="people_cohortcolumn_once"),
        ]


class CohortRun(models.Model):
    """That somebody or something went through the cohort door: who, for which study, what was taken and how much.

    `number` counts the runs that made new milestones of an initiative, from 1; the others have none.
    """

    writes = Writes.UNSEEN

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    initiative_id = models.UUIDField()
    number = models.PositiveIntegerField(null=True)
    day = models.DateField(null=True)
    what = models.CharField(max_length=20)
    study = models.CharField(max_length=80)
    taken_at = models.DateTimeField()
    actor_id = models.UUIDField()
    membership_id = models.UUIDField()
    many = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["initiative_id", "number"], name="people_cohortrun_once"),
            models.CheckConstraint(
                condition=Q(what__in=["taken", "figures", "rows"]), name="people_cohortrun_what_known"
            ),
            models.CheckConstraint(
                condition=Q(what="taken", number__isnull=False, day__isnull=False)
                | (~Q(what="taken") & Q(number__isnull=True)),
                name="people_cohortrun_number_when_taken",
            ),
        ]


class CohortKey(models.Model):
    """The secret with which the people of one study are given other names. Never leaves the database."""

    writes = Writes.UNSEEN

    study = models.CharField(primary_key=True, max_length=80)
    key = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
