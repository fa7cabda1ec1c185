import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from samkraft.people.models.contributions import Consent
from samkraft.people.models.persons import Person
from samkraft.people.rules.categories import Category, Release, release_of
from samkraft.values.writes import Writes


class ConsentScope(models.Model):
    """One category that a consent covers, from when to when. Taking it back ends the period at that moment.

    The pair and the person are repeated from the consent, so that no two scopes for the same thing can overlap.
    """

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="scopes")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    from_area_id = models.UUIDField()
    to_area_id = models.UUIDField()
    category = models.CharField(max_length=30)
    period = DateTimeRangeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=200, blank=True)
    withdrawn_voice = models.CharField(max_length=12, blank=True)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["person", "from_area_id"], name="people_consentscope_person")]
        constraints = [
            ExclusionConstraint(
                name="people_consentscope_no_overlap",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("from_area_id", RangeOperators.EQUAL),
                    ("to_area_id", RangeOperators.EQUAL),
                    ("category", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=Q(category__in=[one.value for one in Category if release_of(one) is not Release.NEVER]),
                name="people_consentscope_can_be_released",
            ),
            models.CheckConstraint(condition=Q(period__isempty=False), name="people_consentscope_some_time"),
            models.CheckConstraint(condition=Q(period__endswith__isnull=False), name="people_consentscope_ends"),
        ]
