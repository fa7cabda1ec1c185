"""Figures with their sources, the value that is used where sources differ, targets beside outcomes, and efforts."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from samkraft.money.models import ContradictionSide, Figure
from samkraft.money.queries.contradictions import contradictions
from samkraft.money.rules.contradictions import Choice
from samkraft.money.rules.figures import FigureKind, Unit
from samkraft.money.rules.findings import ALLOCATED
from samkraft.money.rules.settling import State
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context


@dataclass(frozen=True, slots=True)
class Used:
    """What has become of a figure that another source contradicts.

    `value` is what overviews use, in the figure's own unit: the chosen side's; the figure's own where the sources are
    not about the same; None where it is not settled or cannot be known.
    """

    contradiction_id: UUID
    state: State
    choice: Choice | None
    value: Decimal | None
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Row:
    """One figure as its source says it. `used` is None when nothing contradicts it."""

    id: UUID
    measure: str
    label: str
    kind: FigureKind
    unit: Unit
    value: Decimal | None
    upper_value: Decimal | None
    rounded_to: int
    year: int | None
    period_words: str
    group: str
    body_code: str
    body: str
    body_name: str
    fund_code: str
    fund: str
    quote: str
    place: str
    said_by: str
    said_date: date | None
    document_id: UUID
    document: str
    document_words: str
    noted_by: str
    used: Used | None

    @property
    def told(self) -> Decimal | None:
        """The value that overviews use: the settled one where there is one."""
        return self.value if self.used is None else self.used.value


@dataclass(frozen=True, slots=True)
class Choices:
    """What figures can be narrowed to, with how many there are of each."""

    bodies: tuple[tuple[str, str, int], ...]
    years: tuple[tuple[int, int], ...]
    kinds: tuple[tuple[FigureKind, int], ...]
    total: int


@dataclass(frozen=True, slots=True)
class Cell:
    """Target and outcome of one measure and year. `share` is outcome of target, where both are plain numbers."""

    target: Row | None
    outcome: Row | None
    share: Decimal | None


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """One measure with a cell for each year of its table; None where the sources say nothing."""

    measure: str
    label: str
    unit: Unit
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class TargetTable:
    """One body's targets and outcomes over the years."""

    body_code: str
    body: str
    years: tuple[int, ...]
    lines: tuple[MeasureLine, ...]
    documents: tuple[tuple[UUID, str], ...]


def disputed(
    *,
    year: int | None = None,
    measure: str = "",
    organisation_id: UUID | None = None,
    fund_ids: Collection[UUID] | None = None,
) -> list[Row]:
    """Figures that another source contradicts, each with what a person has settled about it (`used`).

    For overviews of other queries: they say the settled value where there is one; what every source says is kept.
    """
    sides = ContradictionSide.objects.filter(figure__isnull=False, contradiction__agrees=False).values("figure_id")
    found = _figures().filter(id__in=sides)
    if year is not None:
        found = found.filter(year=year)
    if measure:
        found = found.filter(measure=measure)
    if organisation_id is not None:
        found = found.filter(organisation_id=organisation_id)
    if fund_ids is not None:
        found = found.filter(fund_id__in=fund_ids)
    return [row for row in _rows(found) if row.used is not None]


def sums_told_by(organisation_id: UUID) -> list[Row]:
    """Sums of money that a body's own reports tell, the latest year first; each with what is settled about it."""
    found = _figures().filter(organisation_id=organisation_id, unit=Unit.KRONOR.value)
    return _rows(found.order_by("-year", "label", "said_date", "id"))


def listed(
    *, by: Context, body_code: str = "", year: int | None = None, kind: str = "", measure: str = "", words: str = ""
) -> list[Row]:
    """Figures, narrowed, in order of body, measure, year and source."""
    access.require(by, Permission.SEE_MONEY)
    found = _figures()
    if body_code:
        found = found.filter(organisation__code=body_code)
    if year is not None:
        found = found.filter(year=year)
    if kind:
        found = found.filter(kind=kind)
    if measure:
        found = found.filter(measure=measure)
    for word in words.split():
        found = found.filter(Q(label__icontains=word) | Q(quote__icontains=word) | Q(document__title__icontains=word))
    return _rows(found)


def one(*, by: Context, figure_id: UUID) -> Row | None:
    """One figure; None when there is none."""
    access.require(by, Permission.SEE_MONEY)
    return next(iter(_rows(_figures().filter(id=figure_id))), None)


def choices(*, by: Context) -> Choices:
    """What there is to narrow to."""
    access.require(by, Permission.SEE_MONEY)
    every = Figure.objects.order_by()
    bodies = every.filter(organisation__isnull=False).values_list(
        "organisation__code", "organisation__name", "organisation__sort_key"
    )
    kinds = dict(every.values_list("kind").annotate(Count("id")))
    years = every.filter(year__isnull=False).values_list("year").annotate(Count("id"))
    return Choices(
        bodies=tuple(
            (code, name, count)
            for code, name, _key, count in sorted(bodies.annotate(Count("id")), key=lambda each: each[2])
        ),
        years=tuple(sorted(((year, count) for year, count in years if year is not None), reverse=True)),
        kinds=tuple((kind, kinds[kind.value]) for kind in FigureKind if kind.value in kinds),
        total=every.count(),
    )


def target_tables(*, by: Context, body_code: str = "") -> list[TargetTable]:
    """Targets beside outcomes, body by body, with earlier years beside: for bodies that have any target."""
    access.require(by, Permission.SEE_MONEY)
    with_targets = Figure.objects.filter(kind=FigureKind.TARGET.value, organisation__isnull=False).values(
        "organisation"
    )
    found = _figures().filter(
        organisation__in=with_targets, kind__in=[FigureKind.TARGET.value, FigureKind.OUTCOME.value], year__isnull=False
    )
    if body_code:
        found = found.filter(organisation__code=body_code)
    by_body: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in _rows(found):
        by_body[(row.body_code, row.body_name)].append(row)
    return [_table(code, name, rows) for (code, name), rows in by_body.items()]


def over_years(*, by: Context, body_code: str = "", at_least: int = 3) -> list[list[Row]]:
    """Outcomes told for several years: one list for each measure, in order of year. What a picture shows better."""
    access.require(by, Permission.SEE_MONEY)
    series: dict[tuple[str, str, str, str], list[Row]] = defaultdict(list)
    for row in listed(by=by, body_code=body_code, kind=FigureKind.OUTCOME.value):
        if row.year is not None and row.value is not None:
            series[(row.body_code, row.measure, row.group, row.unit)].append(row)
    return [
        sorted(rows, key=lambda row: row.year or 0)
        for rows in series.values()
        if len({row.year for row in rows}) >= at_least
    ]


def measures(*, by: Context, body_code: str = "") -> list[tuple[str, str]]:
    """(slug, label) of what is already counted, so that the same thing is not given two names."""
    access.require(by, Permission.SEE_MONEY)
    found = Figure.objects.exclude(measure=ALLOCATED)
    if body_code:
        found = found.filter(organisation__code=body_code)
    return sorted(dict(found.order_by("noted_at").values_list("measure", "label")).items(), key=lambda each: each[1])


def _figures() -> "QuerySet[Figure]":
    return (
        Figure.objects.select_related("organisation", "fund", "document")
        .defer("document__text", "document__content")
        .order_by("organisation__sort_key", "label", "year", "kind", "noted_at", "id")
    )


def _rows(found: "QuerySet[Figure]") -> list[Row]:
    figures = list(found)
    used = _used([figure.id for figure in figures])
    return [_row(figure, used.get(figure.id)) for figure in figures]


def _row(figure: Figure, used: Used | None) -> Row:
    body, fund = figure.organisation, figure.fund
    return Row(
        id=figure.id,
        measure=figure.measure,
        label=figure.label,
        kind=FigureKind(figure.kind),
        unit=Unit(figure.unit),
        value=figure.value,
        upper_value=figure.upper_value,
        rounded_to=figure.rounded_to,
        year=figure.year,
        period_words=figure.period_words,
        group=figure.group,
        body_code=body.code if body else "",
        body=(body.short_name or body.name) if body else "",
        body_name=body.name if body else "",
        fund_code=fund.code if fund else "",
        fund=fund.name if fund else "",
        quote=figure.quote,
        place=figure.place,
        said_by=figure.said_by or (body.name if body else ""),
        said_date=figure.said_date,
        document_id=figure.document_id,
        document=figure.document.title,
        document_words=figure.document.dated_words,
        noted_by=figure.noted_by,
        used=used,
    )


def _used(ids: Collection[UUID]) -> dict[UUID, Used]:
    """Figure → what holds, for those that stand on a side of a comparison whose sources differ."""
    sides = (
        ContradictionSide.objects.filter(figure_id__in=ids, contradiction__agrees=False)
        .select_related("contradiction", "figure")
        .order_by("contradiction__found_at", "id")
    )
    found: dict[UUID, Used] = {}
    states = contradictions.states_of([side.contradiction for side in sides])
    settled = contradictions.last_settlements([side.contradiction_id for side in sides])
    for side in sides:
        state, last = states[side.contradiction_id], settled.get(side.contradiction_id)
        if state is State.OVERTAKEN or side.figure is None:
            continue
        choice = Choice(last.choice) if last and state is State.SETTLED else None
        value = None
        if choice is Choice.NOT_SAME:
            value = side.figure.value
        elif choice is Choice.USE and last is not None and last.side is not None:
            value = _value_of(last.side)
        reason, who = (last.reason, last.by) if last and choice else ("", "")
        found[side.figure_id] = Used(side.contradiction_id, state, choice, value, reason, who)
    return found


def _value_of(side: ContradictionSide) -> Decimal | None:
    if side.figure is not None:
        return side.figure.value
    return Decimal(side.amount_ore) / 100 if side.amount_ore is not None else None


def _table(code: str, name: str, rows: Sequence[Row]) -> TargetTable:
    years = tuple(sorted({row.year for row in rows if row.year is not None}))
    by_measure: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        by_measure[(row.measure, row.group)].append(row)
    lines = []
    for (measure, _group), told in by_measure.items():
        cells = tuple(_cell([row for row in told if row.year == year]) for year in years)
        lines.append(MeasureLine(measure, told[0].label, told[0].unit, cells))
    documents = dict.fromkeys((row.document_id, row.document) for row in rows)
    return TargetTable(code, name, years, tuple(lines), tuple(documents))


def _cell(rows: Sequence[Row]) -> Cell | None:
    target = next((row for row in rows if row.kind is FigureKind.TARGET), None)
    outcome = next((row for row in rows if row.kind is FigureKind.OUTCOME), None)
    if target is None and outcome is None:
        return None
    share = None
    if target and outcome and target.unit is outcome.unit and target.told and outcome.told is not None:
        is_plain = target.upper_value is None and outcome.upper_value is None and target.unit is not Unit.PERCENT
        share = outcome.told / target.told if is_plain else None
    return Cell(target, outcome, share)
