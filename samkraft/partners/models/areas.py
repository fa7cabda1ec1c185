import uuid

from django.db import models

from samkraft.partners.models.organisations import Organisation
from samkraft.values.writes import Writes


class SecrecyArea(models.Model):
    """An authority, or an independent branch of one, within which secrecy does not hold (OSL 8 kap. 1–2 §§).

    Not the same as an organisation: one authority can hold several areas, and committees that share an organisation
    number are different areas. Chapter, test of harm, controller, archive and retention are data, with their source.
    """

    writes = Writes.CHANGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=200, unique=True)
    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="areas")
    secrecy_rule = models.CharField(max_length=100, blank=True)
    harm_test = models.CharField(max_length=20, blank=True)
    controller = models.CharField(max_length=200)
    archive_authority = models.CharField(max_length=200)
    retention_plan = models.TextField(blank=True)
    source = models.TextField(blank=True)
    sort_key = models.CharField(max_length=220, db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class AreaDecision(models.Model):
    """A recorded decision on how an authority is divided into areas: what, by whom, when, why."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="area_decisions")
    decided_date = models.DateField()
    decided_by = models.CharField(max_length=200)
    text = models.TextField()

    class Meta:
        default_permissions = ()
