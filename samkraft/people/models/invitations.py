import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from samkraft.partners.models import Membership, SecrecyArea
from samkraft.people.models.cases import Enrolment
from samkraft.people.models.persons import Person
from samkraft.people.rules.invitations import Sent
from samkraft.values.writes import Writes


class InvitationSlot(models.Model):
    """A time that somebody has laid out for first meetings. Nobody has two at once. Written by guards alone."""

    writes = Writes.NOTHING

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(SecrecyArea, on_delete=models.PROTECT, related_name="+")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    host_name = models.CharField(max_length=200)
    period = DateTimeRangeField()
    place_name = models.CharField(max_length=120)
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=200)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=200, null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(period__isempty=False), name="people_invitationslot_some_time"),
            ExclusionConstraint(
                name="people_invitationslot_no_overlap",
                expressions=[("membership", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                condition=Q(withdrawn_at__isnull=True),
            ),
        ]


class Invitation(models.Model):
    """That somebody is invited to a first meeting and may choose among the free times of `hosts`. Written by guards alone.

    `given_name` is what the link shows. `step` is the lineage of the step of the plan that waits for the person's choice.
    """

    writes = Writes.NOTHING

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="invitations")
    area = models.ForeignKey(SecrecyArea, on_delete=models.PROTECT, related_name="+")
    category = models.CharField(max_length=30)
    enrolment = models.ForeignKey(Enrolment, null=True, on_delete=models.PROTECT, related_name="+")
    step = models.UUIDField(null=True)
    hosts = ArrayField(models.UUIDField())
    given_name = models.CharField(max_length=120)
    answer_until = models.DateTimeField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)
    membership_id = models.UUIDField()
    reminded_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=200, null=True)
    moved_from = models.UUIDField(null=True)

    class Meta:
        default_permissions = ()
        indexes = [
            # What waits for whoever invited is asked on every page: by the asker, not by all whom the asker meets.
            models.Index(
                fields=["membership_id"],
                condition=Q(withdrawn_at__isnull=True, step__isnull=True),
                name="people_invitation_waits",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "area"],
                condition=Q(withdrawn_at__isnull=True),
                name="people_invitation_one_at_a_time",
            ),
        ]


class InvitationLink(models.Model):
    """A personal link to an invitation. Only its digest is kept, and only the guard reads it."""

    writes = Writes.UNSEEN

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="links")
    digest = models.CharField(max_length=64)
    sent = models.CharField(max_length=8)
    period = DateTimeRangeField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["digest"], name="people_invitationlink_digest_once"),
            models.CheckConstraint(
                condition=Q(sent__in=[one.value for one in Sent]), name="people_invitationlink_sent_known"
            ),
        ]


class InvitationBooking(models.Model):
    """That a time is taken. One for each time and one for each invitation, whatever is tried; what is given back stays."""

    writes = Writes.NOTHING

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="bookings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(SecrecyArea, on_delete=models.PROTECT, related_name="+")
    category = models.CharField(max_length=30)
    slot = models.ForeignKey(InvitationSlot, on_delete=models.PROTECT, related_name="bookings")
    by_participant = models.BooleanField()
    booked_at = models.DateTimeField()
    booked_by = models.CharField(max_length=200)
    reminded_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)
    released_by = models.CharField(max_length=200, null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["slot"],
                condition=Q(released_at__isnull=True),
                name="people_invitationbooking_one_for_each_time",
            ),
            models.UniqueConstraint(
                fields=["invitation"],
                condition=Q(released_at__isnull=True),
                name="people_invitationbooking_one_at_a_time",
            ),
        ]
