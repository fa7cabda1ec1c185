import uuid

from django.db import models
from django.db.models import Q

from samkraft.money.models.figures import Figure
from samkraft.money.models.matters import Document, PointItem
from samkraft.money.rules.contradictions import Choice
from samkraft.values.writes import Writes


class Contradiction(models.Model):
    """Two or more sources that say different things about the same (uppgifter som skiljer sig).

    Found by a rule (`rule` is its code) or entered by a person (`rule` empty). `key` makes the same one come once.
    `agrees` marks a comparison that was made and came out equal, so that it can be shown as agreeing.
    """

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=300, unique=True)
    rule = models.CharField(max_length=60, blank=True)
    subject = models.CharField(max_length=200)
    question = models.TextField()
    explanation = models.TextField(blank=True)
    agrees = models.BooleanField(default=False)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    found_at = models.DateTimeField()
    found_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()


class ContradictionSide(models.Model):
    """What one source says: the figure, the words, who said it and when, and what speaks for it."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contradiction = models.ForeignKey(Contradiction, on_delete=models.PROTECT, related_name="sides")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    place = models.CharField(max_length=200, blank=True)
    value = models.CharField(max_length=200)
    amount_ore = models.BigIntegerField(null=True, blank=True)
    quote = models.TextField(blank=True)
    said_by = models.CharField(max_length=200, blank=True)
    said_words = models.CharField(max_length=100, blank=True)
    support_words = models.CharField(max_length=300, blank=True)
    is_supported = models.BooleanField(null=True, blank=True)
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    figure = models.ForeignKey(Figure, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    point_item = models.ForeignKey(PointItem, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["contradiction", "position"], name="money_contradictionside_position_once")
        ]


class Settlement(models.Model):
    """How a person settled a contradiction, and why. The latest holds; reopening is one more row, nothing is lost."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contradiction = models.ForeignKey(Contradiction, on_delete=models.PROTECT, related_name="settlements")
    choice = models.CharField(max_length=20, choices=[(choice.value, choice.value) for choice in Choice])
    side = models.ForeignKey(ContradictionSide, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(choice__in=[choice.value for choice in Choice]), name="money_settlement_choice_known"
            ),
            models.CheckConstraint(
                condition=Q(choice="use", side__isnull=False) | (~Q(choice="use") & Q(side__isnull=True)),
                name="money_settlement_side_when_used",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="money_settlement_reason_given"),
            models.UniqueConstraint(fields=["contradiction", "number"], name="money_settlement_number_once"),
        ]
