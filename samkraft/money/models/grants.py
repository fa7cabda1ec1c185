import uuid

from django.db import models
from django.db.models import F, Q

from samkraft.money.models.applications import GrantApplication
from samkraft.money.models.ledger import Voucher
from samkraft.money.models.matters import Document, PointItem
from samkraft.money.rules.figures import Unit
from samkraft.money.rules.grants.grant_kinds import GRANT_SUPPORTS, Aid, ReportKind
from samkraft.partners.models import Organisation
from samkraft.values.writes import Writes


class Grant(models.Model):
    """What an organisation has been given in a year: out of a decided point, or as a source tells it.

    The money itself stands in the ledger, posted by the point: here it is not counted again. `performer` is who does
    the work and reports when that is not who receives (Level, through Coompanion). `aid_rate` is kronor for a euro on
    the day of the decision, for de minimis.
    """

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="grants")
    performer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="performed_grants")
    application = models.OneToOneField(
        GrantApplication, null=True, blank=True, on_delete=models.PROTECT, related_name="grant"
    )
    point_item = models.OneToOneField(PointItem, null=True, blank=True, on_delete=models.PROTECT, related_name="grant")
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="grants")
    support = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in GRANT_SUPPORTS])
    title = models.CharField(max_length=300)
    year = models.PositiveSmallIntegerField()
    amount_ore = models.BigIntegerField()
    conditions = models.JSONField(default=list)
    aid = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in Aid])
    aid_basis = models.TextField(blank=True)
    aid_rate = models.DecimalField(max_digits=8, decimal_places=4, null=True, blank=True)
    decided_date = models.DateField()
    note = models.TextField(blank=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(amount_ore__gt=0), name="money_grant_amount_positive"),
            models.CheckConstraint(
                condition=Q(support__in=[kind.value for kind in GRANT_SUPPORTS]), name="money_grant_support_known"
            ),
            models.CheckConstraint(
                condition=Q(point_item__isnull=False) | Q(document__isnull=False), name="money_grant_rests_on_something"
            ),
            models.CheckConstraint(
                condition=Q(aid="de_minimis", aid_rate__isnull=False, aid_rate__gt=0)
                | (Q(aid="gber", aid_rate__isnull=True) & ~Q(aid_basis=""))
                | Q(aid__in=["unknown", "none"], aid_rate__isnull=True),
                name="money_grant_aid_has_its_ground",
            ),
        ]


class AidReceived(models.Model):
    """De minimis aid that an organisation has told of having from others: counts towards the same ceiling."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="aid_received")
    giver = models.CharField(max_length=200)
    given_date = models.DateField()
    euro_cents = models.BigIntegerField()
    source = models.CharField(max_length=300)
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=Q(euro_cents__gt=0), name="money_aidreceived_positive")]


class GrantTarget(models.Model):
    """What the grant shall lead to, as a measure that can be followed from year to year."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="targets")
    position = models.PositiveSmallIntegerField()
    measure = models.CharField(max_length=100)
    label = models.CharField(max_length=300)
    unit = models.CharField(max_length=20, choices=[(unit.value, unit.value) for unit in Unit])
    value = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    upper_value = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    words = models.CharField(max_length=300, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["grant", "position"], name="money_granttarget_position_once"),
            models.CheckConstraint(
                condition=Q(unit__in=[unit.value for unit in Unit]), name="money_granttarget_unit_known"
            ),
            models.CheckConstraint(
                condition=Q(upper_value__isnull=True) | Q(upper_value__gte=F("value")),
                name="money_granttarget_upper_not_below",
            ),
        ]


class GrantAgreement(models.Model):
    """What the city and the organisation have agreed. A change is a new version, which both sign; text never changes."""

    writes = Writes.CHANGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="agreements")
    version = models.PositiveSmallIntegerField()
    text = models.TextField()
    reason = models.CharField(max_length=500, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)
    city_signed_at = models.DateTimeField(null=True, blank=True)
    city_signed_by = models.CharField(max_length=200, blank=True)
    receiver_signed_at = models.DateTimeField(null=True, blank=True)
    receiver_signed_by = models.CharField(max_length=200, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["grant", "version"], name="money_grantagreement_version_once"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="money_grantagreement_days_in_order"),
            models.CheckConstraint(
                condition=Q(version=1) | ~Q(reason=""), name="money_grantagreement_change_explained"
            ),
        ]


class GrantReport(models.Model):
    """That a report shall come, by which day, and that it has come. What it says is in `GrantReportContent`.

    `due_date` is the day that holds now; the first one stays, and each move is an event with its reason.
    """

    writes = Writes.CHANGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="reports")
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in ReportKind])
    year = models.PositiveSmallIntegerField()
    first_due_date = models.DateField()
    due_date = models.DateField()
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=200)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.CharField(max_length=200, blank=True)
    filed_at = models.DateTimeField(null=True, blank=True)
    filed_by = models.CharField(max_length=200, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["grant", "year", "kind"], name="money_grantreport_once"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in ReportKind]), name="money_grantreport_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(filed_at__isnull=True) | Q(sent_at__isnull=False), name="money_grantreport_filed_when_sent"
            ),
        ]


class GrantReportContent(models.Model):
    """What a report says: the organisation's own until it is sent, kept from the city by row-level security."""

    writes = Writes.CHANGE

    report = models.OneToOneField(GrantReport, primary_key=True, on_delete=models.PROTECT, related_name="said")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    is_sent = models.BooleanField(default=False)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()


class GrantAttachment(models.Model):
    """A file to an application or to a report. Its kind is what its bytes are; it lies in the database, never in a
    folder that is served, and is given out only as a download.
    """

    writes = Writes.FREE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(
        GrantApplication, null=True, blank=True, on_delete=models.PROTECT, related_name="attachments"
    )
    report = models.ForeignKey(
        GrantReportContent, null=True, blank=True, on_delete=models.PROTECT, related_name="attachments"
    )
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(application__isnull=False, report__isnull=True)
                | Q(application__isnull=True, report__isnull=False),
                name="money_grantattachment_of_one",
            ),
        ]


class GrantInstalment(models.Model):
    """A part of a grant to pay out. Who prepares it never decides on it: the database refuses the same person twice.

    `report` is what must have come before it is paid. `handed_at` is when the economy system was given it to pay, and
    `paid_date` when the economy system says that it left.
    """

    writes = Writes.CHANGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="instalments")
    number = models.PositiveSmallIntegerField()
    amount_ore = models.BigIntegerField()
    due_date = models.DateField()
    report = models.ForeignKey(
        GrantReport, null=True, blank=True, on_delete=models.PROTECT, related_name="held_instalments"
    )
    prepared_actor = models.UUIDField()
    prepared_at = models.DateTimeField()
    prepared_by = models.CharField(max_length=200)
    decided_actor = models.UUIDField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=200, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    stopped_by = models.CharField(max_length=200, blank=True)
    stop_reason = models.TextField(blank=True)
    handed_at = models.DateTimeField(null=True, blank=True)
    handed_by = models.CharField(max_length=200, blank=True)
    paid_date = models.DateField(null=True, blank=True)
    paid_at = models.DateTimeField(null=True, blank=True)
    paid_by = models.CharField(max_length=200, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["grant", "number"], name="money_grantinstalment_number_once"),
            models.CheckConstraint(condition=Q(amount_ore__gt=0), name="money_grantinstalment_amount_positive"),
            models.CheckConstraint(
                condition=Q(decided_actor__isnull=True) | ~Q(decided_actor=F("prepared_actor")),
                name="money_grantinstalment_two_persons",
            ),
            models.CheckConstraint(
                condition=Q(decided_actor__isnull=True, decided_at__isnull=True)
                | Q(decided_actor__isnull=False, decided_at__isnull=False),
                name="money_grantinstalment_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(paid_at__isnull=True)
                | Q(paid_date__isnull=False, decided_at__isnull=False, stopped_at__isnull=True),
                name="money_grantinstalment_paid_when_decided",
            ),
            models.CheckConstraint(
                condition=Q(stopped_at__isnull=True) | ~Q(stop_reason=""), name="money_grantinstalment_stop_explained"
            ),
            models.CheckConstraint(
                condition=Q(handed_at__isnull=True) | Q(decided_at__isnull=False),
                name="money_grantinstalment_handed_when_decided",
            ),
        ]


class GrantRecovery(models.Model):
    """Money that an organisation shall pay back (återkrav): prepared by one, decided by another, and then posted.

    `handed_at` is when the economy system was given it to invoice.
    """

    writes = Writes.CHANGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="recoveries")
    amount_ore = models.BigIntegerField()
    reason = models.TextField()
    due_date = models.DateField()
    prepared_actor = models.UUIDField()
    prepared_at = models.DateTimeField()
    prepared_by = models.CharField(max_length=200)
    decided_actor = models.UUIDField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=200, blank=True)
    voucher = models.OneToOneField(Voucher, null=True, blank=True, on_delete=models.PROTECT, related_name="recovery")
    handed_at = models.DateTimeField(null=True, blank=True)
    handed_by = models.CharField(max_length=200, blank=True)
    repaid_date = models.DateField(null=True, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(amount_ore__gt=0), name="money_grantrecovery_amount_positive"),
            models.CheckConstraint(condition=~Q(reason=""), name="money_grantrecovery_explained"),
            models.CheckConstraint(
                condition=Q(decided_actor__isnull=True) | ~Q(decided_actor=F("prepared_actor")),
                name="money_grantrecovery_two_persons",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_actor__isnull=True, voucher__isnull=True)
                | Q(decided_at__isnull=False, decided_actor__isnull=False, voucher__isnull=False),
                name="money_grantrecovery_posted_when_decided",
            ),
            models.CheckConstraint(
                condition=Q(handed_at__isnull=True) | Q(decided_at__isnull=False),
                name="money_grantrecovery_handed_when_decided",
            ),
        ]
