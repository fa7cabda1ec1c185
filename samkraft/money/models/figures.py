import uuid

from django.db import models
from django.db.models import Q

from samkraft.money.models.funds import Fund
from samkraft.money.models.matters import Document
from samkraft.money.rules.figures import FigureKind, Unit
from samkraft.money.rules.points import Support
from samkraft.money.rules.uses import UseStage
from samkraft.partners.models import Organisation
from samkraft.values.writes import Writes


class Figure(models.Model):
    """A figure as a source says it: about whom, for which year, in which unit, where it stands and in which words.

    `measure` names what is counted, so that the same figure told twice can be found. `value` is in `unit` (kronor for
    money, as sources say it); `rounded_to` is the step it is rounded to (100 000 for "4,1 miljoner"), 0 when exact.
    A figure that a source leaves out can be noted as unknown: no value.
    """

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    measure = models.CharField(max_length=100)
    label = models.CharField(max_length=300)
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in FigureKind])
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="figures"
    )
    fund = models.ForeignKey(Fund, null=True, blank=True, on_delete=models.PROTECT, related_name="figures")
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    period_words = models.CharField(max_length=100, blank=True)
    group = models.CharField(max_length=100, blank=True)
    value = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    upper_value = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    unit = models.CharField(max_length=20, choices=[(unit.value, unit.value) for unit in Unit])
    rounded_to = models.PositiveIntegerField(default=0)
    quote = models.TextField(blank=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="figures")
    place = models.CharField(max_length=200, blank=True)
    said_by = models.CharField(max_length=200, blank=True)
    said_date = models.DateField(null=True, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["measure", "year"], name="money_figure_measure")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in FigureKind]), name="money_figure_kind_known"
            ),
            models.CheckConstraint(condition=Q(unit__in=[unit.value for unit in Unit]), name="money_figure_unit_known"),
            models.CheckConstraint(
                condition=Q(upper_value__isnull=True) | Q(upper_value__gte=models.F("value")),
                name="money_figure_upper_not_below",
            ),
        ]


class Use(models.Model):
    """What a committee's money is meant for or has been used for. No amount: the source does not say how it was split.

    Call-offs and compensation per supervised youth are uses of a committee's pot, with a counterparty and a quantity.
    """

    writes = Writes.APPEND

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="uses")
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="uses")
    year = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=20, choices=[(stage.value, stage.value) for stage in UseStage])
    support = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in Support])
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    counterparty = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    amount_ore = models.BigIntegerField(null=True, blank=True)
    quantity = models.PositiveIntegerField(null=True, blank=True)
    quantity_unit = models.CharField(max_length=60, blank=True)
    status = models.CharField(max_length=20, blank=True)
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="uses")
    position = models.PositiveSmallIntegerField(default=0)
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["organisation", "year"], name="money_use_organisation")]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_ore__isnull=True) | Q(amount_ore__gt=0), name="money_use_amount_positive"
            ),
            models.CheckConstraint(
                condition=Q(stage__in=[stage.value for stage in UseStage]), name="money_use_stage_known"
            ),
            models.CheckConstraint(
                condition=Q(support__in=[kind.value for kind in Support]), name="money_use_support_known"
            ),
        ]
