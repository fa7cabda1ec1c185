import uuid

from django.db import models
from django.db.models import Q

from samkraft.partners.rules.organisations import OrganisationKind
from samkraft.values.writes import Writes


class Organisation(models.Model):
    """A body that decides, receives or takes part: a committee, an authority, an association, a company.

    A committee is the receiver of money; its administration is an attribute of it (`administration_name`). Several
    committees share their city's organisation number, so the number is not unique.
    """

    writes = Writes.CHANGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=200, unique=True)
    short_name = models.CharField(max_length=40, blank=True)
    other_names = models.JSONField(default=list, blank=True)
    administration_name = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=30, choices=[(kind.value, kind.value) for kind in OrganisationKind])
    organisation_number = models.CharField(max_length=10, blank=True)
    workplace_number = models.CharField(max_length=8, blank=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    note = models.TextField(blank=True)
    sort_key = models.CharField(max_length=220, db_index=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in OrganisationKind]), name="partners_organisation_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(organisation_number="") | Q(organisation_number__regex=r"^\d{10}$"),
                name="partners_organisation_number_ten_digits",
            ),
            models.CheckConstraint(
                condition=Q(workplace_number="") | Q(workplace_number__regex=r"^\d{8}$"),
                name="partners_organisation_workplace_eight_digits",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A part of an organisation that receives decisions or employs people, such as a department."""

    writes = Writes.CHANGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="units")
    name = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="partners_unit_once")]

    def __str__(self) -> str:
        return self.name
