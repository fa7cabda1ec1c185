from django.contrib.postgres.fields import ArrayField
from django.db import models

from samkraft.people.models.cases import Enrolment
from samkraft.people.models.persons import Person
from samkraft.values.writes import Writes


class Overview(models.Model):
    """One enrolment as one area may know it: the row behind the caseload board.

    Kept by the database in the same transaction as what it tells about, from that area's rows alone. Dates are stored;
    what depends on today (overdue, over the limit, meeting today) is derived by the reader.
    """

    writes = Writes.NOTHING

    id = models.UUIDField(primary_key=True, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="+")
    area_id = models.UUIDField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    initiative_id = models.UUIDField()
    team_id = models.UUIDField(null=True)
    name = models.CharField(max_length=300)
    sort_key = models.CharField(max_length=320)
    lead_membership_id = models.UUIDField(null=True)
    lead_name = models.CharField(max_length=200)
    lead_area_id = models.UUIDField(null=True)
    phase = models.PositiveIntegerField(null=True)
    phase_since = models.DateField(null=True)
    started_on = models.DateField(null=True)
    next_step = models.TextField()
    next_step_from = models.DateField(null=True)
    due_date = models.DateField(null=True)
    waits_who = models.CharField(max_length=12)
    waits_area_id = models.UUIDField(null=True)
    waits_role = models.CharField(max_length=40)
    waits_name = models.CharField(max_length=200)
    waits_what = models.TextField()
    waiting_since = models.DateField(null=True)
    last_contact_on = models.DateField(null=True)
    has_plan = models.BooleanField()
    plan_agreed_on = models.DateField(null=True)
    programme_ends_on = models.DateField(null=True)
    meetings = ArrayField(models.DateTimeField())
    time_report_through = models.CharField(max_length=7)
    paused_from = models.DateField(null=True)
    paused_until = models.DateField(null=True)
    exited_on = models.DateField(null=True)
    consent_ends_on = models.DateField(null=True)
    category = models.CharField(max_length=30, default="plan")
    prolonged_until = models.DateField(null=True)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["area_id", "team_id", "sort_key"], name="people_overview_team")]
        constraints = [models.UniqueConstraint(fields=["enrolment", "area_id"], name="people_overview_once")]
