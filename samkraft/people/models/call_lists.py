import uuid

from django.db import models
from django.db.models import Q

from samkraft.partners.models import SecrecyArea
from samkraft.people.models.persons import Person
from samkraft.people.rules.call_lists import Followed, Noted
from samkraft.values.identity_number import Sex
from samkraft.values.writes import Writes


class CallList(models.Model):
    """Those whom an area may call in one registered study. The lot decides who is called; nobody else is ever named.

    `registration` is the study's registration, an id that says nothing by itself. Written by guards alone.
    """

    writes = Writes.NOTHING

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    registration = models.UUIDField()
    initiative_id = models.UUIDField()
    area = models.ForeignKey(SecrecyArea, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)
    drawn_at = models.DateTimeField(null=True)
    drawn_by = models.CharField(max_length=200, null=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["registration"], name="people_calllist_once")]


class Caller(models.Model):
    """Who calls those on a list: the second key to its rows, after the own area. Written by guards alone."""

    writes = Writes.NOTHING

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    list = models.ForeignKey(CallList, on_delete=models.PROTECT, related_name="callers")
    membership_id = models.UUIDField()
    named_at = models.DateTimeField()
    named_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["list", "membership_id"], name="people_caller_once")]


class CallEntry(models.Model):
    """Somebody on a call list. `code` is all that the lot sees, with `stratum`; `turn` the place in the stratum's order.

    Only those who were drawn can be read, by those who call. `worked_before`: had work some time in the year before.
    """

    writes = Writes.NOTHING

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    list = models.ForeignKey(CallList, on_delete=models.PROTECT, related_name="entries")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(SecrecyArea, on_delete=models.PROTECT, related_name="+")
    category = models.CharField(max_length=30)
    code = models.CharField(max_length=12)
    stratum = models.CharField(max_length=10)
    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80)
    phone = models.CharField(max_length=40, blank=True)
    birth_year = models.PositiveSmallIntegerField()
    worked_before = models.BooleanField(null=True)
    turn = models.PositiveIntegerField(null=True)
    is_drawn = models.BooleanField(default=False)
    left_at = models.DateTimeField(null=True)
    left_by = models.CharField(max_length=200, null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["list", "code"], name="people_callentry_code_once"),
            models.UniqueConstraint(fields=["list", "person"], name="people_callentry_person_once"),
            models.UniqueConstraint(fields=["list", "stratum", "turn"], name="people_callentry_turn_once"),
            models.CheckConstraint(
                condition=Q(stratum__in=[one.value for one in Sex]), name="people_callentry_stratum_known"
            ),
            models.CheckConstraint(
                condition=Q(is_drawn=False) | Q(turn__isnull=False), name="people_callentry_drawn_has_turn"
            ),
        ]


class CallNote(models.Model):
    """What a call came to. The latest says where it is. Written by guards alone."""

    writes = Writes.NOTHING

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey(CallEntry, on_delete=models.PROTECT, related_name="notes")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(SecrecyArea, on_delete=models.PROTECT, related_name="+")
    category = models.CharField(max_length=30)
    kind = models.CharField(max_length=10)
    on_date = models.DateField()
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[one.value for one in Noted]), name="people_callnote_kind_known"
            )
        ]


class CallFollowUp(models.Model):
    """What somebody on a list did on a day, drawn or not, out of the area's own register. Read by the cohort door alone."""

    writes = Writes.UNSEEN

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey(CallEntry, on_delete=models.PROTECT, related_name="+")
    situation = models.CharField(max_length=10)
    on_date = models.DateField()
    read_in_at = models.DateTimeField()
    read_in_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["entry", "on_date"], name="people_callfollowup_once_a_day"),
            models.CheckConstraint(
                condition=Q(situation__in=[one.value for one in Followed]), name="people_callfollowup_situation_known"
            ),
        ]
