"""Reports: which shall come and are late, what one says, and each target's years beside each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from samkraft.money.models import GrantControl, GrantReport, GrantReportContent, GrantSample
from samkraft.money.queries.grants import grant_files, grant_sources, grants_given
from samkraft.money.queries.grants.grant_applications import EventRow
from samkraft.money.queries.grants.grant_files import FileRow
from samkraft.money.queries.grants.grants_given import ReportRow, TargetRow
from samkraft.money.rules.figures import Unit
from samkraft.money.rules.grants import grant_reporting
from samkraft.money.rules.grants.grant_kinds import ControlOutcome, GrantEventKind
from samkraft.money.rules.grants.grant_reporting import Report
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.context import Context

NEAR_DAYS = 30  # how long before its day a report waits in the inbox


@dataclass(frozen=True, slots=True)
class Cell:
    """What one year says about a measure: the target and the outcome, with what stands for a span."""

    target: Decimal | None = None
    target_upper: Decimal | None = None
    outcome: Decimal | None = None
    outcome_is_unknown: bool = False
    has_target: bool = False
    has_outcome: bool = False

    @property
    def share(self) -> Decimal | None:
        """The outcome against the target; None when either is not known, or the target is a span."""
        if self.outcome is None or not self.target or self.target_upper is not None:
            return None
        return self.outcome / self.target


@dataclass(frozen=True, slots=True)
class MeasureYears:
    """One measure and what each year says."""

    label: str
    unit: Unit
    years: dict[int, Cell]


@dataclass(frozen=True, slots=True)
class ReportPage:
    """One report. `content` is None while its writers have not sent it and the reader is somebody else."""

    row: ReportRow
    grant_amount_ore: int
    organisation_id: UUID
    targets: tuple[TargetRow, ...]
    content: Report | None
    version: int
    changed_at: datetime | None
    changed_by: str
    files: tuple[FileRow, ...]
    events: tuple[EventRow, ...]
    years: tuple[MeasureYears, ...]


@dataclass(frozen=True, slots=True)
class ControlRow:
    """A grant that the lot fell on."""

    id: UUID
    position: int
    grant_id: UUID
    grant_title: str
    organisation: str
    outcome: ControlOutcome | None
    text: str
    done_by: str


@dataclass(frozen=True, slots=True)
class SampleRow:
    """A draw: the seed, how many of how many, and what came of it."""

    id: UUID
    year: int
    seed: str
    size: int
    frame_size: int
    drawn_at: datetime
    drawn_by: str
    controls: tuple[ControlRow, ...]


def listed(*, by: Context, today: date) -> list[ReportRow]:
    """The reports of grants that the reader may see: those that have not come first, by day; then the others."""
    rows = _visible(by).order_by("due_date")
    found = grants_given.reports_of(rows, today)
    return sorted(found, key=lambda row: (row.sent_at is not None, row.due_date))


def number_waiting(*, by: Context, today: date) -> int:
    """How many of the reader's own reports are late or due within a month."""
    return _visible(by).filter(sent_at__isnull=True, due_date__lte=today + timedelta(days=NEAR_DAYS)).count()


def page(*, by: Context, report_id: UUID, today: date) -> ReportPage | None:
    """One report as the reader may see it."""
    found = _visible(by).filter(id=report_id).first()
    if found is None:
        return None
    said = GrantReportContent.objects.filter(report=found).first()
    (row,) = grants_given.reports_of([found], today)
    content = grant_reporting.read(said.content) if said else None
    if content is None and may(by.role, Permission.APPLY_FOR_GRANTS):
        content = Report(year=str(found.year))
    targets = grants_given.targets_of(found.grant_id)
    return ReportPage(
        row=row,
        grant_amount_ore=found.grant.amount_ore,
        organisation_id=found.grant.organisation_id,
        targets=targets,
        content=content,
        version=said.version if said else 0,
        changed_at=said.changed_at if said else None,
        changed_by=said.changed_by if said else "",
        files=grant_files.files(report_id=report_id),
        events=tuple(
            EventRow(GrantEventKind(one.kind), one.text, one.new_date, one.at, one.by)
            for one in found.events.order_by("at")
        ),
        years=years_of(found, targets, content),
    )


def years_of(report: GrantReport, targets: Sequence[TargetRow], content: Report | None) -> tuple[MeasureYears, ...]:
    """Each measure with every year that a source, an earlier report or this one tells of."""
    grant = report.grant
    told = grant_sources.told_figures(
        performer_ids={grant.organisation_id, grant.performer_id}, measures=[one.measure for one in targets]
    )
    cells: dict[tuple[str, int], dict[str, object]] = {}
    for measure, year, kind, value, upper in told:
        cell = cells.setdefault((measure, year), {})
        if kind == "target":
            cell |= {"target": value, "target_upper": upper, "has_target": True}
        else:
            cell |= {"outcome": value, "has_outcome": True, "outcome_is_unknown": value is None}
    for target in targets:
        cell = cells.setdefault((target.measure, report.year), {})
        cell |= {"target": target.value, "target_upper": target.upper_value, "has_target": target.value is not None}
        outcome = content.of(str(target.id)) if content else None
        if outcome and (outcome.value or outcome.is_unknown):
            value = grant_reporting.value_of(outcome)
            cell |= {"outcome": value, "has_outcome": True, "outcome_is_unknown": outcome.is_unknown}
    return tuple(
        MeasureYears(
            target.label,
            target.unit,
            {year: Cell(**cell) for (measure, year), cell in sorted(cells.items()) if measure == target.measure},  # type: ignore[arg-type]  # fields of Cell
        )
        for target in targets
    )


def samples(*, by: Context) -> list[SampleRow]:
    """Every draw for control, the latest first."""
    access.require(by, Permission.SEE_GRANTS)
    rows = GrantSample.objects.order_by("-drawn_at").prefetch_related("controls__grant__organisation")
    return [
        SampleRow(
            row.id, row.year, row.seed, row.size, len(row.frame), row.drawn_at, row.drawn_by,
            tuple(_control(one) for one in sorted(row.controls.all(), key=lambda each: each.position)),
        )
        for row in rows
    ]  # fmt: skip


def _control(row: GrantControl) -> ControlRow:
    outcome = ControlOutcome(row.outcome) if row.outcome else None
    return ControlRow(
        row.id, row.position, row.grant_id, row.grant.title, row.grant.organisation.name, outcome, row.text, row.done_by
    )


def _visible(by: Context):  # type: ignore[no-untyped-def]  # a query of reports
    found = GrantReport.objects.select_related("grant__organisation")
    if may(by.role, Permission.APPLY_FOR_GRANTS):
        return found.filter(Q(grant__organisation_id=by.organisation_id) | Q(grant__performer_id=by.organisation_id))
    access.require(by, Permission.SEE_GRANTS)
    return found
