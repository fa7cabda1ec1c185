import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from samkraft.offer.models import Activity, Occasion, Outcome, Place, Session
from samkraft.partners.models import SecrecyArea
from samkraft.people.models.cases import Enrolment
from samkraft.people.models.persons import Person
from samkraft.people.rules.places.place_states import Event, Presence, Reached, Receiver
from samkraft.values.writes import Writes


class PlaceEntry(models.Model):
    """That somebody waits for a place in an activity, or has one. Belongs to the area that put the person there.

    `code` is all that others see of it. `criteria` is why the person may stand before others; which class that gives is
    decided by the rule that holds. `step` is the lineage of the step of the plan that it fulfils. Written by guards alone.
    """

    writes = Writes.NOTHING

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="place_entries")
    area = models.ForeignKey(SecrecyArea, on_delete=models.PROTECT, related_name="+")
    category = models.CharField(max_length=30)
    enrolment = models.ForeignKey(Enrolment, null=True, on_delete=models.PROTECT, related_name="+")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+")
    occasion = models.ForeignKey(Occasion, null=True, on_delete=models.PROTECT, related_name="+")
    step = models.UUIDField(null=True)
    code = models.CharField(max_length=6)
    criteria = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    not_before = models.DateField(null=True)
    needed_date = models.DateField()
    joined_at = models.DateTimeField()
    joined_by = models.CharField(max_length=200)
    joined_membership_id = models.UUIDField()
    left_at = models.DateTimeField(null=True)
    left_by = models.CharField(max_length=200, null=True)
    moved_from = models.UUIDField(null=True)

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["person", "area"], name="people_placeentry_person"),
            models.Index(
                fields=["activity", "joined_at"], condition=Q(left_at__isnull=True), name="people_placeentry_queue"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["activity", "code"], name="people_placeentry_code_once"),
            models.UniqueConstraint(
                fields=["person", "activity", "area"],
                condition=Q(left_at__isnull=True),
                name="people_placeentry_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(left_at__gte=F("joined_at")), name="people_placeentry_left_after"
            ),
        ]


class PlaceHold(models.Model):
    """That an entry holds a place: offered, accepted, decided, begun, ended. One live hold for each place, whatever is tried.

    A hold is live until `released_at`. What happened to it is in the events; these columns say where it stands.
    """

    writes = Writes.NOTHING

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey(PlaceEntry, on_delete=models.PROTECT, related_name="holds")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(SecrecyArea, on_delete=models.PROTECT, related_name="+")
    category = models.CharField(max_length=30)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+")
    occasion = models.ForeignKey(Occasion, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    answer_until = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.CharField(max_length=200, null=True)
    decided_date = models.DateField(null=True)
    decision_number = models.CharField(max_length=40, blank=True)
    decider_name = models.CharField(max_length=200, blank=True)
    started_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    released_at = models.DateTimeField(null=True)
    released_as = models.CharField(max_length=20, blank=True)

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["occasion"], name="people_placehold_occasion"),
            models.Index(fields=["person", "area"], name="people_placehold_person"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["place"], condition=Q(released_at__isnull=True), name="people_placehold_one_for_each_place"
            ),
            models.UniqueConstraint(
                fields=["person", "activity"],
                condition=Q(released_at__isnull=True),
                name="people_placehold_one_for_each_person",
            ),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True, released_as="")
                | (Q(released_at__isnull=False) & ~Q(released_as="")),
                name="people_placehold_released_as_something",
            ),
            models.CheckConstraint(
                condition=Q(started_on__isnull=True) | Q(accepted_at__isnull=False, decided_date__isnull=False),
                name="people_placehold_begins_when_given",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(released_at__isnull=False),
                name="people_placehold_ended_is_released",
            ),
        ]


class PlaceEvent(models.Model):
    """One thing that happened with an entry: the truth from which everything else is worked out. Never changed.

    `category` is what the event tells: an absence because of illness is health, whatever the place tells. `order` counts
    from 1 within the entry.
    """

    writes = Writes.NOTHING

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey(PlaceEntry, on_delete=models.PROTECT, related_name="events")
    hold = models.ForeignKey(PlaceHold, null=True, on_delete=models.PROTECT, related_name="events")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(SecrecyArea, on_delete=models.PROTECT, related_name="+")
    category = models.CharField(max_length=30)
    kind = models.CharField(max_length=20)
    occasion = models.ForeignKey(Occasion, null=True, on_delete=models.PROTECT, related_name="+")
    session = models.ForeignKey(Session, null=True, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveIntegerField()
    happened_at = models.DateTimeField()
    said_by = models.CharField(max_length=200)
    membership_id = models.UUIDField(null=True)
    reason_code = models.CharField(max_length=40, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["kind", "happened_at"], name="people_placeevent_kind"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[one.value for one in Event]), name="people_placeevent_kind_known"
            ),
            models.UniqueConstraint(fields=["entry", "order"], name="people_placeevent_order_once"),
        ]


class PlaceDisclosure(models.Model):
    """What somebody outside was told about whoever has an entry: fields chosen one by one and shown to the person first.

    It lasts as long as the place does. `told` is what stood in the fields that day, taken by the database from the card.
    """

    writes = Writes.NOTHING

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey(PlaceEntry, on_delete=models.PROTECT, related_name="disclosures")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(SecrecyArea, on_delete=models.PROTECT, related_name="+")
    category = models.CharField(max_length=30)
    receiver = models.CharField(max_length=12)
    organisation_id = models.UUIDField(null=True)
    to_area_id = models.UUIDField(null=True)
    fields = ArrayField(models.CharField(max_length=20))
    told = models.JSONField()
    basis = models.CharField(max_length=20)
    shown_how = models.CharField(max_length=20)
    shown_date = models.DateField()
    given_at = models.DateTimeField()
    given_by = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=200, null=True)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["entry"], name="people_placedisclosure_entry")]
        constraints = [
            models.CheckConstraint(
                condition=Q(receiver__in=[one.value for one in Receiver]), name="people_placedisclosure_receiver_known"
            ),
            models.UniqueConstraint(
                fields=["entry", "receiver"],
                condition=Q(ended_at__isnull=True),
                name="people_placedisclosure_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(receiver="provider") | Q(organisation_id__isnull=False),
                name="people_placedisclosure_provider_is_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(receiver="decider") | Q(to_area_id__isnull=False),
                name="people_placedisclosure_decider_is_somebody",
            ),
        ]


class Attendance(models.Model):
    """Whether somebody with a place was at a session, as the provider noted it; a correction is a new version."""

    writes = Writes.NOTHING

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    hold = models.ForeignKey(PlaceHold, on_delete=models.PROTECT, related_name="attendance")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(SecrecyArea, on_delete=models.PROTECT, related_name="+")
    category = models.CharField(max_length=30)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    presence = models.CharField(max_length=20)
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=200)
    membership_id = models.UUIDField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["hold", "session", "version"], name="people_attendance_version_once"),
            models.CheckConstraint(
                condition=Q(presence__in=[one.value for one in Presence]), name="people_attendance_presence_known"
            ),
        ]


class PlaceResult(models.Model):
    """Whether a place led to one of the outcomes that its activity should lead to, noted when it ended."""

    writes = Writes.NOTHING

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    hold = models.ForeignKey(PlaceHold, on_delete=models.PROTECT, related_name="results")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(SecrecyArea, on_delete=models.PROTECT, related_name="+")
    category = models.CharField(max_length=30)
    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="+")
    reached = models.CharField(max_length=10)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["hold", "outcome"], name="people_placeresult_once"),
            models.CheckConstraint(
                condition=Q(reached__in=[one.value for one in Reached]), name="people_placeresult_reached_known"
            ),
        ]
