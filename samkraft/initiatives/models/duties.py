import uuid

from django.db import models
from django.db.models import Q

from samkraft.initiatives.models.undertakings import Initiative
from samkraft.initiatives.rules.duties import DutyEventKind, ReminderStep
from samkraft.partners.models import Membership, Organisation
from samkraft.values.writes import Writes


class Duty(models.Model):
    """Something that a body shall have done by a day: a place in the year wheel.

    `binding` tells a duty that was decided from one that was urged. `due_words` keeps how the source says it
    ("vid årsbokslut") when the day is our reading of it. `source_key` makes the same duty come only once.
    """

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=300)
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="duties")
    due_date = models.DateField()
    due_words = models.CharField(max_length=200, blank=True)
    binding = models.BooleanField()
    basis = models.TextField(blank=True)
    link = models.CharField(max_length=300, blank=True)
    initiative = models.ForeignKey(Initiative, null=True, on_delete=models.PROTECT, related_name="duties")
    source_key = models.CharField(max_length=200, unique=True)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["due_date"], name="initiatives_duty_due")]


class DutyEvent(models.Model):
    """What happened to a duty. A moved duty gets a new date here; the first date stays."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in DutyEventKind])
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    new_due_date = models.DateField(null=True, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in DutyEventKind]), name="initiatives_dutyevent_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(kind="moved", new_due_date__isnull=False)
                | (~Q(kind="moved") & Q(new_due_date__isnull=True)),
                name="initiatives_dutyevent_date_when_moved",
            ),
        ]


class Reminder(models.Model):
    """One reminder to one person: begun before it is sent, and marked when it has left.

    A row that is begun but not sent, and is met again, tells that we stopped halfway: then nobody knows whether the
    message left, and the next one says so. When it surely did not leave, `begun_at` is emptied. `due_date` is the date
    that was reminded of, so that a moved duty is reminded of anew.
    """

    writes = Writes.CHANGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="reminders")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="reminders")
    step = models.CharField(max_length=20, choices=[(step.value, step.value) for step in ReminderStep])
    due_date = models.DateField()
    begun_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["duty", "membership", "step", "due_date"], name="initiatives_reminder_once"
            ),
            models.CheckConstraint(
                condition=Q(step__in=[step.value for step in ReminderStep]), name="initiatives_reminder_step_known"
            ),
        ]


class FeedToken(models.Model):
    """The private address of one person's calendar feed. Only a digest is kept; a new one replaces the old."""

    writes = Writes.FREE

    membership = models.OneToOneField(Membership, primary_key=True, on_delete=models.PROTECT, related_name="feed_token")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
