import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from samkraft.partners.models.areas import SecrecyArea
from samkraft.partners.models.organisations import Organisation, Unit
from samkraft.partners.rules.roles import Role
from samkraft.values.writes import Writes


class UserManager(BaseUserManager["User"]):
    """Finds people by e-mail address, whatever the case it is typed in."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person who can sign in. What the person may do follows from the memberships, never from this row."""

    writes = Writes.CHANGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=220)
    language = models.CharField(max_length=5, default="sv")
    colour_scheme = models.CharField(max_length=5, default="auto")
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(models.functions.Lower("email"), name="partners_user_email_once")]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """One person, one role, one organisation, one secrecy area, for a time.

    `valid` has an exclusive upper bound. The same role in the same organisation cannot overlap itself in time.
    """

    writes = Writes.CHANGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="memberships")
    area = models.ForeignKey(SecrecyArea, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=40)
    title = models.CharField(max_length=100, blank=True)
    valid = DateRangeField()
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in Role if role is not Role.PUBLIC]),
                name="partners_membership_role_known",
            ),
            ExclusionConstraint(
                name="partners_membership_no_overlap",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("organisation", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(condition=Q(valid__isempty=False), name="partners_membership_valid_some_time"),
        ]
