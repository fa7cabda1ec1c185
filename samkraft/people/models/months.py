import uuid

from django.db import models
from django.db.models import F, Q

from samkraft.initiatives.models import Initiative
from samkraft.partners.models import SecrecyArea
from samkraft.people.models.persons import Person
from samkraft.values.writes import Writes

_MONTH = r"^20\d\d-(0[1-9]|1[0-2])$"


class MonthClosing(models.Model):
    """That an area's month in an initiative was closed, with its rows as they were then. Never changed.

    `number` counts from 1; a correction is the next number, with its reason. `digest` is of the rows.
    """

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(SecrecyArea, on_delete=models.PROTECT, related_name="+")
    month = models.CharField(max_length=7)
    number = models.PositiveSmallIntegerField()
    why = models.TextField(blank=True)
    digest = models.CharField(max_length=64)
    closed_at = models.DateTimeField()
    closed_by = models.CharField(max_length=200)
    membership_id = models.UUIDField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "area", "month", "number"], name="people_monthclosing_number_once"
            ),
            models.CheckConstraint(condition=Q(month__regex=_MONTH), name="people_monthclosing_month"),
            models.CheckConstraint(condition=Q(number__gte=1), name="people_monthclosing_from_one"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(why=""), name="people_monthclosing_corrected_why"),
        ]


class MonthRow(models.Model):
    """One enrolment in a closed month. `hours` None: no time report. Days stand here when they lie in the month.

    `note` is what was missing when it was closed, by its code; empty when nothing was.
    """

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    closing = models.ForeignKey(MonthClosing, on_delete=models.PROTECT, related_name="rows")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(SecrecyArea, on_delete=models.PROTECT, related_name="+")
    category = models.CharField(max_length=30, default="enrolment")
    enrolment_id = models.UUIDField()
    team_id = models.UUIDField(null=True)
    started_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    hours = models.PositiveSmallIntegerField(null=True)
    attested_by = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=20, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["closing", "enrolment_id"], name="people_monthrow_once"),
            models.CheckConstraint(
                condition=Q(started_on__isnull=True) | Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="people_monthrow_ends_after",
            ),
        ]


class MonthFile(models.Model):
    """That a file was made of a closed month, of which kind. The file itself is not kept here."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    closing = models.ForeignKey(MonthClosing, on_delete=models.PROTECT, related_name="files")
    area = models.ForeignKey(SecrecyArea, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)
    membership_id = models.UUIDField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["scb", "esf"]), name="people_monthfile_kind_known"),
        ]


class MonthSetting(models.Model):
    """What the receivers of the month's files want of an initiative: the project's number, and a code that they gave.

    `protected_man` stands instead of the last four digits of a man with protected identity; empty until it is known.
    """

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(SecrecyArea, on_delete=models.PROTECT, related_name="+")
    project_number = models.CharField(max_length=40)
    protected_woman = models.CharField(max_length=4)
    protected_man = models.CharField(max_length=4, blank=True)
    decided_at = models.DateTimeField()
    decided_by = models.CharField(max_length=200)
    membership_id = models.UUIDField()

    class Meta:
        default_permissions = ()


class StaffHours(models.Model):
    """The hours of one member of staff in an initiative and month, in quarters of an hour; the newest version holds."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(SecrecyArea, on_delete=models.PROTECT, related_name="+")
    membership_id = models.UUIDField()
    user_id = models.UUIDField()
    staff_name = models.CharField(max_length=200)
    role = models.CharField(max_length=40)
    month = models.CharField(max_length=7)
    version = models.PositiveSmallIntegerField()
    quarters = models.PositiveSmallIntegerField()
    written_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "membership_id", "month", "version"], name="people_staffhours_version_once"
            ),
            models.CheckConstraint(condition=Q(month__regex=_MONTH), name="people_staffhours_month"),
            models.CheckConstraint(condition=Q(quarters__lte=4 * 400), name="people_staffhours_not_more_than_a_month"),
        ]


class StaffAttest(models.Model):
    """That somebody else has attested a version of somebody's hours."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    hours = models.OneToOneField(StaffHours, on_delete=models.PROTECT, related_name="attest")
    area = models.ForeignKey(SecrecyArea, on_delete=models.PROTECT, related_name="+")
    staff_user_id = models.UUIDField()
    membership_id = models.UUIDField()
    user_id = models.UUIDField()
    attested_at = models.DateTimeField()
    attested_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=~Q(user_id=F("staff_user_id")), name="people_staffattest_by_another"),
        ]
