import uuid

from django.db import models
from django.db.models import Q

from samkraft.offer.rules.vacancies import ConceptKind
from samkraft.values.writes import Writes


class Concept(models.Model):
    """An occupation, a skill, a municipality … of the JobTech Taxonomy: the id never changes, its label may, by version."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=30)
    concept_id = models.CharField(max_length=12)
    version = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=300)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["concept_id", "version", "label"], name="offer_concept_once"),
            models.CheckConstraint(
                condition=Q(kind__in=[one.value for one in ConceptKind]), name="offer_concept_kind_known"
            ),
        ]


class Vacancy(models.Model):
    """Our copy of an advertisement. `gone_date`: the day on which the source no longer had it, or had taken it away."""

    writes = Writes.CHANGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source_id = models.CharField(max_length=60, unique=True)
    headline = models.CharField(max_length=300)
    employer_name = models.CharField(max_length=300, blank=True)
    employer_number = models.CharField(max_length=12, blank=True)
    workplace = models.CharField(max_length=300, blank=True)
    occupation = models.ForeignKey(Concept, null=True, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(Concept, null=True, on_delete=models.PROTECT, related_name="+")
    field = models.ForeignKey(Concept, null=True, on_delete=models.PROTECT, related_name="+")
    municipality = models.ForeignKey(Concept, null=True, on_delete=models.PROTECT, related_name="+")
    places = models.PositiveSmallIntegerField()
    published_date = models.DateField()
    last_date = models.DateField(null=True)
    scope_from = models.PositiveSmallIntegerField(null=True)
    scope_to = models.PositiveSmallIntegerField(null=True)
    needs_experience = models.BooleanField()
    needs_licence = models.BooleanField()
    link = models.CharField(max_length=500, blank=True)
    seen_date = models.DateField()
    gone_date = models.DateField(null=True)

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["-published_date"], condition=Q(gone_date=None), name="offer_vacancy_now"),
        ]


class VacancyWish(models.Model):
    """What a vacancy asks for: a concept, needed or a merit."""

    writes = Writes.FREE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="wishes")
    concept = models.ForeignKey(Concept, on_delete=models.PROTECT, related_name="+")
    is_needed = models.BooleanField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["vacancy", "concept"], name="offer_vacancywish_once")]


class VacancyFetch(models.Model):
    """That the copy was renewed: when, from where, and how many there were, were new, were gone or could not be read."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    fetched_at = models.DateTimeField()
    fetched_by = models.CharField(max_length=200)
    source = models.CharField(max_length=300)
    found = models.PositiveIntegerField()
    added = models.PositiveIntegerField()
    gone = models.PositiveIntegerField()
    unread = models.PositiveIntegerField()
    is_whole = models.BooleanField()

    class Meta:
        default_permissions = ()
