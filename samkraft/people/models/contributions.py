import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from samkraft.partners.models import SecrecyArea
from samkraft.people.models.cases import Enrolment
from samkraft.people.models.persons import Person
from samkraft.people.rules.categories import CATEGORIES, Category, Release
from samkraft.people.rules.details import OF_AN_OUTCOME
from samkraft.values.writes import Writes

STANDING = [category.value for category, described in CATEGORIES.items() if described.release is Release.STANDING]
# In an order that does not hang on where they stand: the constraint's text carries it.
REVEALING = sorted((choice.value for choice, category in OF_AN_OUTCOME.items() if category is not None), reverse=True)


class Contribution(models.Model):
    """One thing that one area holds about a person: written there, or received from another area as a dated copy.

    `lineage` is the same for all versions and copies of the same thing; each version carries the whole content. A copy
    (`copy_of_id` and `disclosure_id` set) is made by the database alone. `withheld_ground` is set when the participant may
    not see it.
    """

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(SecrecyArea, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="contributions")
    enrolment = models.ForeignKey(Enrolment, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30)
    category = models.CharField(max_length=30)
    lineage = models.UUIDField()
    version = models.PositiveIntegerField()
    content = models.JSONField()
    voice = models.CharField(max_length=12)
    author_area_id = models.UUIDField()
    author_organisation_id = models.UUIDField()
    author_membership_id = models.UUIDField()
    author_name = models.CharField(max_length=200)
    author_role = models.CharField(max_length=40)
    occurred_at = models.DateTimeField()
    written_at = models.DateTimeField()
    withheld_ground = models.CharField(max_length=200, blank=True)
    withheld_by = models.CharField(max_length=200, blank=True)
    copy_of_id = models.UUIDField(null=True)
    disclosure_id = models.UUIDField(null=True)

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["person", "area"], name="people_contribution_person"),
            models.Index(fields=["enrolment", "area"], name="people_contribution_enrolment"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["area", "lineage", "version"], name="people_contribution_version_once"),
            models.CheckConstraint(
                condition=Q(category__in=[category.value for category in Category]),
                name="people_contribution_category_known",
            ),
            models.CheckConstraint(
                condition=Q(voice__in=["staff", "participant", "partner"]), name="people_contribution_voice_known"
            ),
            models.CheckConstraint(
                condition=Q(copy_of_id__isnull=True, disclosure_id__isnull=True)
                | Q(copy_of_id__isnull=False, disclosure_id__isnull=False),
                name="people_contribution_copy_has_disclosure",
            ),
            models.CheckConstraint(condition=Q(version__gt=0), name="people_contribution_version_from_one"),
            models.CheckConstraint(
                condition=Q(withheld_ground="", withheld_by="") | (~Q(withheld_ground="") & ~Q(withheld_by="")),
                name="people_contribution_withheld_by_someone",
            ),
            # What reveals more than the thing itself lies beside it (`rules.details`), and does not go by itself.
            models.CheckConstraint(
                condition=~Q(kind="pause") | Q(copy_of_id__isnull=False) | Q(content__reason_kind="not_told"),
                name="people_contribution_pause_without_reason",
            ),
            models.CheckConstraint(
                condition=Q(copy_of_id__isnull=False)
                | ~(
                    Q(kind="exit", content__outcome__in=REVEALING)
                    | Q(kind="follow_up", content__situation__in=REVEALING)
                    | Q(kind="goal", content__aim__in=REVEALING)
                ),
                name="people_contribution_outcome_beside",
            ),
            models.CheckConstraint(
                condition=~Q(kind="detail") | ~Q(category__in=STANDING), name="people_contribution_detail_stays"
            ),
        ]


class Consent(models.Model):
    """A person's consent as it was given: for one pair of areas, how, by whom, in which language, with which text.

    What it covers is in its scopes, one per category, so that a part can be taken back without the rest.
    """

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents")
    from_area = models.ForeignKey(SecrecyArea, on_delete=models.PROTECT, related_name="+")
    to_area = models.ForeignKey(SecrecyArea, on_delete=models.PROTECT, related_name="+")
    purpose = models.TextField()
    given_at = models.DateTimeField()
    how = models.CharField(max_length=20)
    giver = models.CharField(max_length=200)
    giver_ground = models.CharField(max_length=30)
    giver_scope = models.TextField(blank=True)
    language = models.CharField(max_length=10)
    text_version = models.CharField(max_length=20)
    interpreter = models.CharField(max_length=200, blank=True)
    document = models.CharField(max_length=200, blank=True)
    registered_at = models.DateTimeField()
    registered_by = models.CharField(max_length=200)
    registered_membership_id = models.UUIDField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=~Q(from_area=models.F("to_area")), name="people_consent_between_two_areas"
            ),
            models.CheckConstraint(
                condition=Q(how__in=["paper", "electronic", "oral"]), name="people_consent_how_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    giver_ground__in=["self", "god_man", "forvaltare", "framtidsfullmakt", "ombud", "guardian"]
                ),
                name="people_consent_ground_known",
            ),
            models.CheckConstraint(
                condition=Q(giver_ground="self") | ~Q(giver_scope=""), name="people_consent_scope_of_representative"
            ),
        ]


class Disclosure(models.Model):
    """The act by which one area handed one version of one thing to another. Both areas see it; neither can change it."""

    writes = Writes.NOTHING

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="disclosures")
    from_area = models.ForeignKey(SecrecyArea, on_delete=models.PROTECT, related_name="+")
    to_area = models.ForeignKey(SecrecyArea, on_delete=models.PROTECT, related_name="+")
    category = models.CharField(max_length=30)
    contribution_id = models.UUIDField()
    lineage = models.UUIDField()
    version = models.PositiveIntegerField()
    scope_id = models.UUIDField(null=True)
    statute = models.CharField(max_length=60, blank=True)
    standing = models.BooleanField()
    disclosed_at = models.DateTimeField()
    disclosed_by = models.CharField(max_length=200)
    disclosed_membership_id = models.UUIDField()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["person", "to_area"], name="people_disclosure_person")]
        constraints = [
            models.UniqueConstraint(fields=["contribution_id", "to_area"], name="people_disclosure_once"),
            models.CheckConstraint(
                condition=Q(scope_id__isnull=False, statute="") | (Q(scope_id__isnull=True) & ~Q(statute="")),
                name="people_disclosure_one_basis",
            ),
        ]


class Statute(models.Model):
    """A rule in law that lets an area hand over named categories without consent, from a day. Data, decided by a lawyer."""

    writes = Writes.NOTHING

    code = models.CharField(primary_key=True, max_length=60)
    text = models.TextField()
    categories = ArrayField(models.CharField(max_length=30))
    from_areas = ArrayField(models.SlugField(max_length=40))
    to_areas = ArrayField(models.SlugField(max_length=40))
    since_date = models.DateField()
    until_date = models.DateField(null=True)
    source = models.TextField()

    class Meta:
        default_permissions = ()
