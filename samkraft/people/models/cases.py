import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from samkraft.initiatives.models import Initiative
from samkraft.initiatives.models.teams import Team
from samkraft.partners.models import SecrecyArea
from samkraft.people.models.persons import Person
from samkraft.values.writes import Writes


class CaseAccess(models.Model):
    """That a team, or one named membership, is on a person's case in one area, from when to when, and on what basis.

    Opens rows of that area only. Written by guard functions that check the basis, never by the serving role.
    """

    writes = Writes.NOTHING

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="case_accesses")
    area = models.ForeignKey(SecrecyArea, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    membership_id = models.UUIDField(null=True)
    period = DateTimeRangeField()
    basis = models.CharField(max_length=20)
    granted_at = models.DateTimeField()
    granted_by = models.UUIDField()

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["membership_id", "area"], name="people_caseaccess_member"),
            models.Index(fields=["team", "area"], name="people_caseaccess_team"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(team__isnull=False, membership_id__isnull=True)
                | Q(team__isnull=True, membership_id__isnull=False),
                name="people_caseaccess_team_or_member",
            ),
            models.CheckConstraint(
                condition=Q(basis__in=["referral", "assigned", "team", "handover", "break_glass"]),
                name="people_caseaccess_basis_known",
            ),
            models.CheckConstraint(
                condition=~Q(basis="break_glass") | Q(membership_id__isnull=False),
                name="people_caseaccess_break_glass_is_personal",
            ),
        ]


class Recusal(models.Model):
    """Jäv: somebody who may not handle this person, whatever team or assignment says. Stronger than both keys."""

    writes = Writes.NOTHING

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="recusals")
    user_id = models.UUIDField()
    area_id = models.UUIDField()
    ground = models.CharField(max_length=40)
    stated_at = models.DateTimeField()
    stated_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["person", "user_id", "area_id"], name="people_recusal_once")]


class BreakGlass(models.Model):
    """Nödåtkomst: an officer who is not on the case opened the own area's rows, for a while, with a written reason."""

    writes = Writes.NOTHING

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    access = models.OneToOneField(CaseAccess, on_delete=models.PROTECT, related_name="break_glass")
    area_id = models.UUIDField()
    membership_id = models.UUIDField()
    opened_by = models.CharField(max_length=200)
    opened_at = models.DateTimeField()
    reason = models.TextField()
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.CharField(max_length=200, blank=True)
    reviewer_id = models.UUIDField(null=True)
    verdict = models.CharField(max_length=20, blank=True)
    review_note = models.TextField(blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict__in=["", "justified", "not_justified"]), name="people_breakglass_verdict_known"
            ),
            models.CheckConstraint(
                condition=Q(reviewer_id__isnull=True) | ~Q(reviewer_id=models.F("membership_id")),
                name="people_breakglass_second_person",
            ),
        ]


class Enrolment(models.Model):
    """A person's time in an initiative, as the area that enrolled knows it. Team, lead and phase are contributions.

    `period` ends at the exit. One at a time per person, initiative and area: another area's enrolment is not known here.
    """

    writes = Writes.CHANGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="enrolments")
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(SecrecyArea, on_delete=models.PROTECT, related_name="+")
    period = DateTimeRangeField()
    category = models.CharField(max_length=30, default="enrolment")

    class Meta:
        default_permissions = ()
        constraints = [
            ExclusionConstraint(
                name="people_enrolment_no_overlap",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("initiative", RangeOperators.EQUAL),
                    ("area", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(condition=Q(period__isempty=False), name="people_enrolment_some_time"),
        ]
