"""What grants were to lead to and what they led to, a year at a time, from what is noted as figures. For documents and lists."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from samkraft.money.models import Figure, Grant
from samkraft.money.rules.figures import FigureKind, Unit
from samkraft.money.rules.grants.grant_kinds import ReportKind
from samkraft.money.rules.points import Support
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a measure in a year. `is_unknown`: the source says that it is not known. `differs`: sources tell
    different values, and none of them is shown as the truth."""

    year: int
    value: Decimal | None
    is_unknown: bool
    differs: bool
    document_id: UUID
    document: str


@dataclass(frozen=True, slots=True)
class TargetOutcome:
    """A target beside its outcome. `outcome` is None while no source tells of one; `earlier` are the years before."""

    label: str
    unit: Unit
    value: Decimal | None
    upper_value: Decimal | None
    words: str
    outcome: Outcome | None
    earlier: tuple[Outcome, ...]

    @property
    def share(self) -> Decimal | None:
        """The outcome of the target, where both are plain numbers."""
        if self.outcome is None or self.outcome.value is None or not self.value or self.upper_value is not None:
            return None
        return self.outcome.value / self.value


@dataclass(frozen=True, slots=True)
class GrantOutcomes:
    """A grant with its targets. `report_due` is when its last report shall come or should have; None: none is asked for.

    `filed_on` is the day when that report was put to the documents. `source` is where the grant stands: a case number,
    or the title of the document that tells of it; `source_address` is that place here.
    """

    grant_id: UUID
    fund_code: str
    decider_code: str
    organisation: str
    performer: str
    title: str
    support: Support
    amount_ore: int
    source: str
    source_address: str
    report_due: date | None
    has_come: bool
    filed_on: date | None
    targets: tuple[TargetOutcome, ...]


def years(*, by: Context) -> list[int]:
    """The years that grants are for, the latest first."""
    access.require(by, Permission.SEE_MONEY)
    return sorted(set(Grant.objects.values_list("year", flat=True)), reverse=True)


def of_year(*, by: Context, year: int) -> list[GrantOutcomes]:
    """Every grant of a year, by organisation. A fixed number of statements."""
    access.require(by, Permission.SEE_MONEY)
    grants = list(
        Grant.objects.filter(year=year)
        .select_related(
            "organisation", "performer", "document", "point_item__fund", "point_item__point__decision__matter",
            "point_item__point__decision__body",
        )
        .defer("document__text", "document__content")
        .prefetch_related("targets", "reports")
        .order_by("organisation__sort_key", "title")
    )  # fmt: skip
    told = _told(grants, year)
    return [_grant(one, told) for one in grants]


def _told(grants: Sequence[Grant], year: int) -> dict[tuple[UUID, str], dict[int, list[Figure]]]:
    """(organisation, measure) → year → the outcomes that sources tell of it, in the order they were noted."""
    found: dict[tuple[UUID, str], dict[int, list[Figure]]] = defaultdict(lambda: defaultdict(list))
    rows = Figure.objects.filter(
        organisation_id__in={key for one in grants for key in (one.organisation_id, one.performer_id)},
        measure__in={target.measure for one in grants for target in one.targets.all()},
        kind=FigureKind.OUTCOME.value,
        year__lte=year,
    ).select_related("document")
    for row in rows.defer("document__text", "document__content").order_by("year", "noted_at"):
        if row.organisation_id and row.year:
            found[row.organisation_id, row.measure][row.year].append(row)
    return found


def _grant(row: Grant, told: dict[tuple[UUID, str], dict[int, list[Figure]]]) -> GrantOutcomes:
    decision = row.point_item.point.decision if row.point_item else None
    last = next((one for one in row.reports.all() if one.kind == ReportKind.FINAL), None)
    return GrantOutcomes(
        grant_id=row.id,
        fund_code=row.point_item.fund.code if row.point_item and row.point_item.fund else "",
        decider_code=decision.body.code if decision else "",
        organisation=row.organisation.name,
        performer=row.performer.name if row.performer_id != row.organisation_id else "",
        title=row.title,
        support=Support(row.support),
        amount_ore=row.amount_ore,
        source=decision.matter.case_number if decision else row.document.title if row.document else "",
        source_address=f"/medel/punkter/{row.point_item.point_id}/"
        if row.point_item
        else f"/medel/dokument/{row.document_id}/",
        report_due=last.due_date if last else None,
        has_come=bool(last and last.sent_at),
        filed_on=day_in_stockholm(last.filed_at) if last and last.filed_at else None,
        targets=tuple(
            _target(row, target, told) for target in sorted(row.targets.all(), key=lambda each: each.position)
        ),
    )


def _target(row: Grant, target, told: dict[tuple[UUID, str], dict[int, list[Figure]]]) -> TargetOutcome:  # type: ignore[no-untyped-def]  # a GrantTarget
    by_year: dict[int, list[Figure]] = defaultdict(list)
    for key in {row.organisation_id, row.performer_id}:
        for year, figures in told.get((key, target.measure), {}).items():
            by_year[year] += figures
    outcomes = {year: _outcome(year, figures) for year, figures in sorted(by_year.items())}
    return TargetOutcome(
        label=target.label,
        unit=Unit(target.unit),
        value=target.value,
        upper_value=target.upper_value,
        words=target.words,
        outcome=outcomes.pop(row.year, None),
        earlier=tuple(outcomes.values()),
    )


def _outcome(year: int, figures: Sequence[Figure]) -> Outcome:
    """What sources tell of one year. A source that knows goes before one that says that it does not."""
    known = [one for one in figures if one.value is not None]
    values = {one.value for one in known}
    first = (known or figures)[0]
    value = first.value if len(values) == 1 else None
    return Outcome(year, value, not known, len(values) > 1, first.document_id, first.document.title)
