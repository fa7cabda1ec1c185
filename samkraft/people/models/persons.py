import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from samkraft.values.identity_number import Kind
from samkraft.values.writes import Writes


class Person(models.Model):
    """Somebody, without a word about whom. Everything else points here. The serving role does not read the table: when a
    person first came would tell an area that another knew the person before.
    """

    writes = Writes.UNSEEN

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField()

    class Meta:
        default_permissions = ()


class Identity(models.Model):
    """An identity number of a person. The serving role cannot read the table: only the guard functions do.

    `valid` ends when another number takes over; a samordningsnummer may be followed by a personnummer, never the reverse.
    """

    writes = Writes.UNSEEN

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="identities")
    number = models.CharField(max_length=12, db_index=True)
    kind = models.CharField(max_length=20)
    valid = DateTimeRangeField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in Kind]), name="people_identity_kind_known"
            ),
            models.CheckConstraint(condition=Q(number__regex=r"^\d{12}$"), name="people_identity_twelve_digits"),
            ExclusionConstraint(
                name="people_identity_one_at_a_time",
                expressions=[("person", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
            ),
        ]


class Match(models.Model):
    """Two persons who may be one, found by the guard when a number turned up twice. Only the steward sees it.

    `moved` lists, table by table, the rows that were moved when they were joined, so that they can be split again.
    """

    writes = Writes.NOTHING

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    known = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    newer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    found_at = models.DateTimeField()
    state = models.CharField(max_length=10, default="open")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=200, blank=True)
    reason = models.TextField(blank=True)
    moved = models.JSONField(default=dict, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["known", "newer"], name="people_match_once"),
            models.CheckConstraint(
                condition=Q(state__in=["open", "joined", "split", "dismissed"]), name="people_match_state_known"
            ),
            models.CheckConstraint(condition=~Q(known=models.F("newer")), name="people_match_two_persons"),
        ]


class Protection(models.Model):
    """A person with protected identity: while it stands only those on the named list see anything about the person.

    Lifting it takes two people: one who asks and another who decides.
    """

    writes = Writes.NOTHING

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="protections")
    level = models.CharField(max_length=30)
    period = DateTimeRangeField()
    area_id = models.UUIDField()
    registered_by = models.CharField(max_length=200)
    lift_asked_at = models.DateTimeField(null=True)
    lift_asked_by = models.UUIDField(null=True)
    lifted_by = models.CharField(max_length=200, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            ExclusionConstraint(
                name="people_protection_once_at_a_time",
                expressions=[("person", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(
                condition=Q(level__in=["marked", "protected_registration"]), name="people_protection_level_known"
            ),
        ]


class ProtectionName(models.Model):
    """One membership on the named list of a protected person. The second key, being on the case, is needed as well."""

    writes = Writes.NOTHING

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="protection_names")
    membership_id = models.UUIDField()
    period = DateTimeRangeField()
    named_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [
            ExclusionConstraint(
                name="people_protectionname_once_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("membership_id", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
            )
        ]


class SearchToken(models.Model):
    """A word of a name as it is searched, held by the area that knows it. Equality on this finds what an index can.

    Row-level security keeps text indexes from being used; equality on a plain column is found at once.
    """

    writes = Writes.NOTHING

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area_id = models.UUIDField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    category = models.CharField(max_length=30, default="contact")
    token = models.CharField(max_length=80)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["token", "area_id"], name="people_searchtoken_token")]
        constraints = [models.UniqueConstraint(fields=["area_id", "person", "token"], name="people_searchtoken_once")]


class GuardCall(models.Model):
    """That someone asked a guard function something: who, which and when, for the limit on how often. Never the answer."""

    writes = Writes.UNSEEN

    id = models.BigAutoField(primary_key=True)
    membership_id = models.UUIDField()
    function = models.CharField(max_length=40)
    called_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["membership_id", "function", "called_at"], name="people_guardcall_lately")]
