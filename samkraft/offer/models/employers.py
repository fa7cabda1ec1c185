import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from samkraft.initiatives.models import Team
from samkraft.offer.models.occasions import Occasion
from samkraft.offer.models.vacancies import Vacancy
from samkraft.offer.rules import employers as rules
from samkraft.partners.models import Membership, Organisation, SecrecyArea
from samkraft.values.writes import Writes


class Employer(models.Model):
    """That an organisation is somebody whom the parties meet as an employer, and whom to ask for there.

    Shared by all parties, so nothing about a participant stands in it or in what hangs on it.
    """

    writes = Writes.CHANGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="employer")
    industry = models.CharField(max_length=12)
    district = models.CharField(max_length=40, blank=True)
    contact_name = models.CharField(max_length=120, blank=True)
    contact_phone = models.CharField(max_length=30, blank=True)
    contact_email = models.EmailField(blank=True)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(industry__in=[one.value for one in rules.Industry]), name="offer_employer_industry_known"
            )
        ]


class EmployerContact(models.Model):
    """One contact with an employer. Never changed: what was agreed is what the newest one says."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="contacts")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(SecrecyArea, on_delete=models.PROTECT, related_name="+")
    on_date = models.DateField()
    how = models.CharField(max_length=10)
    about = models.CharField(max_length=12)
    led_to = models.CharField(max_length=14)
    text = models.CharField(max_length=500)
    next_date = models.DateField(null=True)
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["employer", "on_date"], name="offer_employercontact_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(how__in=[one.value for one in rules.ContactKind]), name="offer_employercontact_how_known"
            ),
            models.CheckConstraint(
                condition=Q(about__in=[one.value for one in rules.ContactAbout]),
                name="offer_employercontact_about_known",
            ),
            models.CheckConstraint(
                condition=Q(led_to__in=[one.value for one in rules.ContactLed]), name="offer_employercontact_led_known"
            ),
            models.CheckConstraint(
                condition=Q(next_date__isnull=True) | Q(next_date__gte=F("on_date")),
                name="offer_employercontact_next_after",
            ),
        ]


class Opening(models.Model):
    """A job that an employer has told us of. `vacancy` is the published advertisement of it, when there is one."""

    writes = Writes.CHANGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="openings")
    vacancy = models.ForeignKey(Vacancy, null=True, on_delete=models.PROTECT, related_name="+")
    headline = models.CharField(max_length=120)
    occupation = models.CharField(max_length=120, blank=True)
    places = models.PositiveSmallIntegerField()
    needs = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    scope_from = models.PositiveSmallIntegerField(null=True)
    scope_to = models.PositiveSmallIntegerField(null=True)
    needs_experience = models.BooleanField(default=False)
    needs_licence = models.BooleanField(default=False)
    last_date = models.DateField(null=True)
    told_at = models.DateTimeField()
    told_by = models.CharField(max_length=200)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=200, null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(places__gte=1, places__lte=rules.MOST_PLACES), name="offer_opening_places_within"
            ),
            models.CheckConstraint(
                condition=Q(scope_from__isnull=True)
                | Q(scope_to__isnull=True)
                | Q(scope_to__gte=F("scope_from"), scope_to__lte=100),
                name="offer_opening_scope_within",
            ),
        ]


class PlacementTerms(models.Model):
    """What is agreed with an employer about an occasion that it holds: work practice, work training or a trainee place.

    The occasion has the period, the hours and the places; they are given like all others.
    """

    writes = Writes.CHANGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    occasion = models.OneToOneField(Occasion, on_delete=models.PROTECT, related_name="terms")
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="placements")
    supervisor_name = models.CharField(max_length=120)
    supervisor_phone = models.CharField(max_length=30, blank=True)
    tasks = models.CharField(max_length=300)
    terms = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    afterwards = models.CharField(max_length=10)
    agreed_date = models.DateField()
    agreed_at = models.DateTimeField()
    agreed_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(afterwards__in=[one.value for one in rules.Afterwards]),
                name="offer_placementterms_afterwards_known",
            ),
            models.CheckConstraint(condition=~Q(supervisor_name=""), name="offer_placementterms_has_supervisor"),
        ]


class RecruitmentMeeting(models.Model):
    """A meeting at which an employer meets people for a job. Who is invited is known to the areas that invited them."""

    writes = Writes.CHANGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="recruitment_meetings")
    opening = models.ForeignKey(Opening, null=True, on_delete=models.PROTECT, related_name="meetings")
    headline = models.CharField(max_length=120)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place_name = models.CharField(max_length=120)
    form = models.CharField(max_length=12)
    most = models.PositiveSmallIntegerField()
    planned_at = models.DateTimeField()
    planned_by = models.CharField(max_length=200)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.CharField(max_length=200, null=True)
    cancel_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["starts_at"], name="offer_recruitmentmeeting_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(form__in=[one.value for one in rules.MeetingForm]),
                name="offer_recruitmentmeeting_form_known",
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="offer_recruitmentmeeting_ends_after"),
            models.CheckConstraint(
                condition=Q(most__gte=1, most__lte=rules.MOST_PLACES), name="offer_recruitmentmeeting_most_within"
            ),
        ]


class EmployerWeek(models.Model):
    """How one member of a team spent a week's time on employers, in minutes, and how much was worked in all."""

    writes = Writes.CHANGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    monday_date = models.DateField()
    worked = models.PositiveSmallIntegerField()
    visits = models.PositiveSmallIntegerField(default=0)
    contacts = models.PositiveSmallIntegerField(default=0)
    recruitment = models.PositiveSmallIntegerField(default=0)
    placements = models.PositiveSmallIntegerField(default=0)
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["membership", "team", "monday_date"], name="offer_employerweek_once"),
            models.CheckConstraint(
                condition=Q(monday_date__iso_week_day=1), name="offer_employerweek_begins_on_monday"
            ),
            models.CheckConstraint(
                condition=Q(worked__gte=F("visits") + F("contacts") + F("recruitment") + F("placements")),
                name="offer_employerweek_within_worked",
            ),
        ]
