import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from samkraft.initiatives.models.teams import Team
from samkraft.initiatives.models.undertakings import Initiative
from samkraft.initiatives.rules.capacities import Change
from samkraft.initiatives.rules.meetings import About, BoardKind, MeetingEventKind, Outcome
from samkraft.initiatives.rules.seats import BoardEventKind, SeatKind
from samkraft.partners.models import Membership, Organisation
from samkraft.values.writes import Writes


class Board(models.Model):
    """A body that steers an initiative or is told of it. `prefix` begins the numbers of what it decides."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="boards")
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=10)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["initiative", "name"], name="initiatives_board_name_once"),
            models.UniqueConstraint(fields=["initiative", "prefix"], name="initiatives_board_prefix_once"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in BoardKind]), name="initiatives_board_kind_known"
            ),
        ]


class BoardSeat(models.Model):
    """A membership's place in a board, for a time. What gave it and what ended it are events of the board."""

    writes = Writes.CHANGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="seats")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, default=SeatKind.MEMBER.value)
    period = DateRangeField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(period__isempty=False), name="initiatives_boardseat_some_time"),
            ExclusionConstraint(
                name="initiatives_boardseat_no_overlap",
                expressions=[
                    ("board", RangeOperators.EQUAL),
                    ("membership", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in SeatKind]), name="initiatives_boardseat_kind_known"
            ),
            ExclusionConstraint(
                name="initiatives_boardseat_one_chair",
                expressions=[("board", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                condition=Q(kind=SeatKind.CHAIR.value),
            ),
        ]


class BoardEvent(models.Model):
    """What happened to a board: a seat was given or ended, or how many must be there for it to decide was set."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10)
    seat = models.ForeignKey(BoardSeat, null=True, blank=True, on_delete=models.PROTECT, related_name="events")
    quorum = models.PositiveSmallIntegerField(null=True, blank=True)
    on_date = models.DateField()
    basis = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in BoardEventKind]), name="initiatives_boardevent_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(kind=BoardEventKind.QUORUM.value, quorum__isnull=False, seat__isnull=True)
                | (~Q(kind=BoardEventKind.QUORUM.value) & Q(quorum__isnull=True, seat__isnull=False)),
                name="initiatives_boardevent_subject_sane",
            ),
        ]


class Meeting(models.Model):
    """A meeting as it was called. A new time is an event; the first stays."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="meetings")
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    called_at = models.DateTimeField()
    called_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["board", "starts_at"], name="initiatives_meeting_when")]


class MeetingEvent(models.Model):
    """What happened to a meeting. `pack_run` is the snapshot that the attached pack is made of, `pack_digest` its digest.

    `present`: the seats whose holders were there, as the minutes have it.
    """

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=20)
    text = models.TextField(blank=True)
    starts_at = models.DateTimeField(null=True, blank=True)
    pack_run = models.PositiveIntegerField(null=True, blank=True)
    pack_digest = models.CharField(max_length=64, blank=True)
    present = models.JSONField(default=list, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in MeetingEventKind]),
                name="initiatives_meetingevent_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(kind=MeetingEventKind.MOVED.value, starts_at__isnull=False)
                | (~Q(kind=MeetingEventKind.MOVED.value) & Q(starts_at__isnull=True)),
                name="initiatives_meetingevent_time_when_moved",
            ),
            models.CheckConstraint(
                condition=Q(kind=MeetingEventKind.PACK.value, pack_run__isnull=False)
                | (~Q(kind=MeetingEventKind.PACK.value) & Q(pack_run__isnull=True)),
                name="initiatives_meetingevent_run_when_pack",
            ),
            models.UniqueConstraint(
                fields=["meeting"],
                condition=Q(kind=MeetingEventKind.ADJUSTED.value),
                name="initiatives_meetingevent_adjusted_once",
            ),
        ]


class AgendaPoint(models.Model):
    """Something that a meeting shall take up. `about_id` is what it is about; `asked` a change of capacity as proposed."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="points")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    proposal = models.TextField(blank=True)
    about = models.CharField(max_length=20)
    about_id = models.CharField(max_length=60, blank=True)
    link = models.CharField(max_length=300, blank=True)
    asked = models.JSONField(default=dict, blank=True)
    brought_at = models.DateTimeField()
    brought_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="initiatives_agendapoint_once"),
            models.CheckConstraint(
                condition=Q(about__in=[about.value for about in About]), name="initiatives_agendapoint_about_known"
            ),
        ]


class Resolution(models.Model):
    """What a meeting did with a point, under a number of its own. `ordered` is the change of capacity as decided.

    `aside`: seats whose holders took no part because of a conflict of interest, each with the reason.
    """

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    point = models.OneToOneField(AgendaPoint, on_delete=models.PROTECT, related_name="resolution")
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="resolutions")
    year = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=20)
    text = models.TextField()
    ordered = models.JSONField(default=dict, blank=True)
    aside = models.JSONField(default=list, blank=True)
    holds_from = models.DateField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    decided_date = models.DateField()
    registered_at = models.DateTimeField()
    registered_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["board", "year", "number"], name="initiatives_resolution_number_once"),
            models.CheckConstraint(
                condition=Q(outcome__in=[outcome.value for outcome in Outcome]),
                name="initiatives_resolution_outcome_known",
            ),
        ]


class ResolutionTask(models.Model):
    """What shall be done because of a decision. It becomes a duty in the year wheel when the minutes are adjusted."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="tasks")
    title = models.CharField(max_length=300)
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    due_date = models.DateField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["resolution", "title"], name="initiatives_resolutiontask_once")]


class CapacityChange(models.Model):
    """A change of a team that a decision asked for, made once."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    resolution = models.OneToOneField(Resolution, on_delete=models.PROTECT, related_name="capacity_change")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="capacity_changes")
    change = models.CharField(max_length=10)
    places_before = models.PositiveIntegerField(null=True, blank=True)
    places_after = models.PositiveIntegerField(null=True, blank=True)
    from_date = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(change__in=[change.value for change in Change]),
                name="initiatives_capacitychange_change_known",
            )
        ]
