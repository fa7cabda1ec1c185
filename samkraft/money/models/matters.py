import uuid

from django.db import models
from django.db.models import Q

from samkraft.money.models.funds import Appropriation, Fund
from samkraft.money.rules.points import Outcome, Support, Verb
from samkraft.partners.models import Organisation
from samkraft.values.writes import Writes


class Matter(models.Model):
    """A matter with its case number (diarienummer), in which things are proposed and decided."""

    writes = Writes.CHANGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case_number = models.CharField(max_length=60, unique=True)
    title = models.CharField(max_length=300)
    note = models.TextField(blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.case_number


class Document(models.Model):
    """A source: its text, and its file when there is one. Never changed; a corrected document is a new one."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    matter = models.ForeignKey(Matter, null=True, blank=True, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=300)
    author = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="documents")
    dated = models.DateField(null=True, blank=True)
    dated_words = models.CharField(max_length=100, blank=True)
    text = models.TextField(blank=True)
    file_name = models.CharField(max_length=255, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    content = models.BinaryField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    received_at = models.DateTimeField()
    received_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.title


class Proposal(models.Model):
    """What a body is asked to decide (tjänsteskrivelse). A proposal never moves money."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="proposals")
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="proposals")
    version = models.PositiveSmallIntegerField()
    proposer = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="proposals")
    addressees = models.JSONField(default=list, blank=True)
    registered_at = models.DateTimeField()
    registered_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["matter", "version"], name="money_proposal_version_once")]


class PlannedMeeting(models.Model):
    """When a body is planned to take up a proposal."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="meetings")
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="planned_meetings")
    date = models.DateField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["proposal", "body", "date"], name="money_plannedmeeting_once")]


class Decision(models.Model):
    """What a body did with a matter at a meeting, from its minutes. Only decided points are posted to the ledger.

    `is_assumption` is for a decision that is taken for granted without minutes; it is shown wherever it counts.
    `version` is above one only where an earlier registration of the same meeting has been taken back in the ledger.
    """

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="decisions")
    proposal = models.ForeignKey(Proposal, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions")
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions")
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="decisions")
    date = models.DateField()
    date_words = models.CharField(max_length=100, blank=True)
    paragraph = models.CharField(max_length=20, blank=True)
    outcome = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in Outcome])
    version = models.PositiveSmallIntegerField(default=1)
    is_assumption = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    addressees = models.JSONField(default=list, blank=True)
    registered_at = models.DateTimeField()
    registered_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["matter", "body", "date", "version"], name="money_decision_once"),
            models.CheckConstraint(
                condition=Q(outcome__in=[kind.value for kind in Outcome]), name="money_decision_outcome_known"
            ),
            models.CheckConstraint(
                condition=Q(is_assumption=False) | ~Q(note=""), name="money_decision_assumption_explained"
            ),
        ]


class Point(models.Model):
    """One numbered point, of a proposal or of a decision."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.ForeignKey(Proposal, null=True, blank=True, on_delete=models.PROTECT, related_name="points")
    decision = models.ForeignKey(Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="points")
    number = models.CharField(max_length=20)
    position = models.PositiveSmallIntegerField()
    verb = models.CharField(max_length=40, choices=[(verb.value, verb.value) for verb in Verb])
    text = models.TextField()
    due_words = models.CharField(max_length=100, blank=True)
    due_date = models.DateField(null=True, blank=True)
    binding = models.BooleanField(null=True, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(proposal__isnull=False, decision__isnull=True)
                | Q(proposal__isnull=True, decision__isnull=False),
                name="money_point_of_one",
            ),
            models.CheckConstraint(condition=Q(verb__in=[verb.value for verb in Verb]), name="money_point_verb_known"),
            models.UniqueConstraint(fields=["proposal", "number"], name="money_point_once_in_proposal"),
            models.UniqueConstraint(fields=["decision", "number"], name="money_point_once_in_decision"),
        ]


class PointItem(models.Model):
    """One receiver and one year of a point. No amount where the point gives money means that it is not stated.

    `paid_by` names the transfer point of the same decision that pays for this one, so that the money is counted once.
    """

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    receiver = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="point_items"
    )
    receiver_words = models.CharField(max_length=300, blank=True)
    amount_ore = models.BigIntegerField(null=True, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    purpose = models.CharField(max_length=300, blank=True)
    fund = models.ForeignKey(Fund, null=True, blank=True, on_delete=models.PROTECT, related_name="point_items")
    appropriation = models.ForeignKey(
        Appropriation, null=True, blank=True, on_delete=models.PROTECT, related_name="point_items"
    )
    appropriation_words = models.CharField(max_length=300, blank=True)
    contract = models.CharField(max_length=200, blank=True)
    support = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in Support], blank=True)
    paid_by = models.ForeignKey(Point, null=True, blank=True, on_delete=models.PROTECT, related_name="pays_for")
    request = models.ForeignKey(
        "money.MoneyRequest", null=True, blank=True, on_delete=models.PROTECT, related_name="point_items"
    )

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_ore__isnull=True) | Q(amount_ore__gt=0), name="money_pointitem_amount_positive"
            ),
            models.CheckConstraint(
                condition=Q(support="") | Q(support__in=[kind.value for kind in Support]),
                name="money_pointitem_support_known",
            ),
            models.UniqueConstraint(fields=["point", "position"], name="money_pointitem_position_once"),
        ]
