import uuid

from django.db import models
from django.db.models import Q

from samkraft.offer.models import Activity, Occasion
from samkraft.partners.models import SecrecyArea
from samkraft.people.models.persons import Person
from samkraft.people.models.places import PlaceEntry, PlaceHold
from samkraft.people.rules.places.place_suggestions import Adopted, Why
from samkraft.values.writes import Writes


class PlaceSuggestion(models.Model):
    """What a proposal of places says of one who waits: an occasion or none, and what the queue's order alone would give.

    Belongs to the area that put the person in the queue. `key` is all that the proposal itself knows of the entry: a number
    drawn for that proposal. Whoever coordinates the activity is told rows by a function, never the key.
    """

    writes = Writes.NOTHING

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal_id = models.UUIDField()
    key = models.PositiveIntegerField()
    entry = models.ForeignKey(PlaceEntry, on_delete=models.PROTECT, related_name="suggestions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(SecrecyArea, on_delete=models.PROTECT, related_name="+")
    category = models.CharField(max_length=30)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    filled_at = models.DateTimeField(null=True)
    occasion = models.ForeignKey(Occasion, null=True, on_delete=models.PROTECT, related_name="+")
    queue_occasion = models.ForeignKey(Occasion, null=True, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=12, blank=True)
    passes = models.PositiveIntegerField(default=0)
    why_not = models.JSONField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["proposal_id", "key"], name="people_placesuggestion_key_once"),
            models.UniqueConstraint(fields=["proposal_id", "entry"], name="people_placesuggestion_entry_once"),
            models.CheckConstraint(
                condition=Q(filled_at__isnull=True, why="", occasion__isnull=True)
                | Q(filled_at__isnull=False, why__in=[one.value for one in Why]),
                name="people_placesuggestion_why_known",
            ),
        ]


class PlaceAdoption(models.Model):
    """That a coordinator adopted one row of a proposal, and what became of it: an offer, or why there was none."""

    writes = Writes.NOTHING

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    suggestion = models.ForeignKey(PlaceSuggestion, on_delete=models.PROTECT, related_name="adoptions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(SecrecyArea, on_delete=models.PROTECT, related_name="+")
    category = models.CharField(max_length=30)
    hold = models.ForeignKey(PlaceHold, null=True, on_delete=models.PROTECT, related_name="+")
    result = models.CharField(max_length=12)
    passed = models.PositiveIntegerField()
    reason = models.TextField()
    adopted_at = models.DateTimeField()
    adopted_by = models.CharField(max_length=200)
    membership_id = models.UUIDField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["suggestion"], condition=Q(hold__isnull=False), name="people_placeadoption_one_offer"
            ),
            models.CheckConstraint(
                condition=Q(result=Adopted.OFFERED.value, hold__isnull=False)
                | Q(result__in=[one.value for one in Adopted if one is not Adopted.OFFERED], hold__isnull=True),
                name="people_placeadoption_result_known",
            ),
        ]
