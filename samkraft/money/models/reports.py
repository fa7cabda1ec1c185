import uuid

from django.db import models
from django.db.models import Q

from samkraft.money.models.figures import Figure, Use
from samkraft.money.models.funds import Fund
from samkraft.money.models.matters import Document
from samkraft.money.rules.figures import Unit
from samkraft.money.rules.reports.reports import StepKind, System
from samkraft.money.rules.uses import EffortStatus
from samkraft.partners.models import Membership, Organisation
from samkraft.values.writes import Writes


class ReportQuestion(models.Model):
    """A set question that committees answer about a fund's year. With an organisation, only that one answers it.

    `parent` is the question that a sub-question stands under. A set belongs to one year: another year has its own.
    """

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="report_questions")
    year = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=400)
    help_text = models.TextField(blank=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="report_questions"
    )
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["fund", "year", "position"], name="money_reportquestion_position_once"),
            models.CheckConstraint(condition=~Q(text=""), name="money_reportquestion_asks"),
        ]


class Report(models.Model):
    """One committee's report about one fund and year. How far it has come is worked out from its steps."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="reports")
    year = models.PositiveSmallIntegerField()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="reports")
    due_date = models.DateField()
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["fund", "year", "organisation"], name="money_report_once")]


class ReportAnswer(models.Model):
    """The text that answers a question, as it was at one time. A change is a new version with the whole text.

    The pair of question and version is unique: of two who save at once, the second is told and sees both texts.
    """

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="answers")
    question = models.ForeignKey(ReportQuestion, on_delete=models.PROTECT, related_name="answers")
    version = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["report", "question", "version"], name="money_reportanswer_version_once")
        ]


class ReportEffort(models.Model):
    """One effort in a report: what was done, partly done or not done. `number` names it in the report through versions.

    `use` is the noted use that says the same, from the day the report is taken to file.
    """

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="efforts")
    question = models.ForeignKey(ReportQuestion, on_delete=models.PROTECT, related_name="efforts")
    number = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    status = models.CharField(max_length=20, choices=[(status.value, status.value) for status in EffortStatus])
    counterparty = models.CharField(max_length=200, blank=True)
    amount_ore = models.BigIntegerField(null=True, blank=True)
    is_removed = models.BooleanField(default=False)
    use = models.ForeignKey(Use, null=True, blank=True, on_delete=models.PROTECT, related_name="report_efforts")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["report", "number", "version"], name="money_reporteffort_version_once"),
            models.CheckConstraint(
                condition=Q(status__in=[status.value for status in EffortStatus]),
                name="money_reporteffort_status_known",
            ),
            models.CheckConstraint(
                condition=Q(amount_ore__isnull=True) | Q(amount_ore__gt=0), name="money_reporteffort_amount_positive"
            ),
        ]


class ReportFigure(models.Model):
    """A figure inside a report's text: value, unit, year, group and where it comes from. No value means unknown.

    The text says where it stands by its number. `figure` is the noted figure, from the day the report is taken to file.
    """

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="figures")
    question = models.ForeignKey(ReportQuestion, on_delete=models.PROTECT, related_name="figures")
    number = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField()
    measure = models.CharField(max_length=100)
    label = models.CharField(max_length=300)
    unit = models.CharField(max_length=20, choices=[(unit.value, unit.value) for unit in Unit])
    value = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    year = models.PositiveSmallIntegerField()
    group = models.CharField(max_length=100, blank=True)
    rounded_to = models.PositiveIntegerField(default=0)
    source = models.CharField(max_length=300)
    is_removed = models.BooleanField(default=False)
    figure = models.ForeignKey(Figure, null=True, blank=True, on_delete=models.PROTECT, related_name="report_figures")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["report", "number", "version"], name="money_reportfigure_version_once"),
            models.CheckConstraint(
                condition=Q(unit__in=[unit.value for unit in Unit]), name="money_reportfigure_unit_known"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="money_reportfigure_has_source"),
        ]


class ReportStep(models.Model):
    """What somebody did with a report: sent it for review, reviewed, gave back, handed in, took to file, or commented.

    `digest` is of the content as it stood then, so that a review of something that has changed since does not count.
    """

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="steps")
    question = models.ForeignKey(ReportQuestion, null=True, blank=True, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in StepKind])
    number = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="report_steps")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in StepKind]), name="money_reportstep_kind_known"
            ),
            models.UniqueConstraint(fields=["report", "number"], name="money_reportstep_number_once"),
        ]


class ReportTransfer(models.Model):
    """Somebody has put a part of a report into another system, or says that this was not so (`is_undone`)."""

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="transfers")
    question = models.ForeignKey(
        ReportQuestion, null=True, blank=True, on_delete=models.PROTECT, related_name="transfers"
    )
    system = models.CharField(max_length=20, choices=[(system.value, system.value) for system in System])
    digest = models.CharField(max_length=64)
    is_undone = models.BooleanField(default=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(system__in=[system.value for system in System]), name="money_reporttransfer_system_known"
            )
        ]
