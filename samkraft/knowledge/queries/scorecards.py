"""An initiative's figures as pages show them: out of snapshots alone, never out of rows about people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from samkraft.initiatives.queries import teams, theories, undertakings
from samkraft.initiatives.queries.teams import WaveRow
from samkraft.initiatives.queries.theories import TheoryPage
from samkraft.initiatives.queries.undertakings import InitiativeRow
from samkraft.initiatives.rules.theory import Item, Level
from samkraft.knowledge.models import Binding, Release, Series, Snapshot
from samkraft.knowledge.rules import figures, scorecards
from samkraft.knowledge.rules.figures import Figure
from samkraft.knowledge.rules.indicators import BY_CODE, DEFINITIONS, INDICATORS
from samkraft.knowledge.rules.measures import Indicator
from samkraft.knowledge.rules.scorecards import Line
from samkraft.knowledge.rules.series import Point
from samkraft.knowledge.rules.weighing import WHOLE

Told = Mapping[str, Mapping[str, Mapping[str, Figure]]]
"""Indicator → dimension → group → figure."""


@dataclass(frozen=True, slots=True)
class SnapshotRow:
    """One snapshot, without its figures."""

    id: UUID
    run: int
    day: date
    made_at: datetime
    definitions: int
    digest: str


@dataclass(frozen=True, slots=True)
class Scorecard:
    """Everything that is known of an initiative. lines: the items of its theory. others: indicators that no item has."""

    initiative: InitiativeRow
    theory: TheoryPage | None
    snapshot: SnapshotRow | None
    before: SnapshotRow | None
    lines: tuple[Line, ...]
    others: tuple[Line, ...]
    told: Told

    def line(self, indicator: str) -> Line | None:
        """The line that an indicator measures, wherever it stands."""
        return next(
            (one for one in (*self.lines, *self.others) if one.indicator and one.indicator.code == indicator), None
        )


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """Somebody else's figures, as they were read in last."""

    indicator: str
    version: int
    name: str
    unit: str
    source: str
    points: tuple[Point, ...]
    read_in_at: datetime
    read_in_by: str


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """One line of the ledger."""

    id: UUID
    what: str
    title: str
    released_at: datetime
    released_by: str
    day: date | None
    shown: int
    hidden: int
    digest: str


def initiative(code: str) -> InitiativeRow | None:
    """The initiative with this code; None when there is none."""
    found = undertakings.page(code)
    return found.row if found else None


def with_figures() -> list[InitiativeRow]:
    """Initiatives that have a snapshot, the largest first by what they have told last."""
    ids = list(Snapshot.objects.order_by().values_list("initiative_id", flat=True).distinct())
    latest = {one: Snapshot.objects.filter(initiative_id=one).order_by("-run").first() for one in ids}

    def size(initiative_id: UUID) -> int:
        row = latest[initiative_id]
        told = row.figures["participants"][WHOLE][WHOLE] if row else {}
        return -int(told.get("n") or 0)

    return [undertakings.row_of(one) for one in sorted(ids, key=size)]


def scorecard(initiative_id: UUID, *, run: int | None = None) -> Scorecard:
    """What the last snapshot tells, or an earlier one by its number, held against the targets and the snapshot before."""
    theory = theories.latest(initiative_id)
    found = Snapshot.objects.filter(initiative_id=initiative_id)
    found = found if run is None else found.filter(run__lte=run)
    rows = list(found.defer("kept").order_by("-run")[:2])
    told = _told(rows[0]) if rows else {}
    before = _told(rows[1]) if len(rows) > 1 and rows[1].definitions == rows[0].definitions else {}
    bound = _bound(initiative_id)
    waves = teams.waves(initiative_id)
    items = theory.items if theory else ()
    lines = tuple(_line(item, bound.get(item.code, ""), told, before, waves, rows) for item in items)
    used = {one.indicator.code for one in lines if one.indicator}
    others = tuple(
        _line(_bare(one), one.code, told, before, waves, rows) for one in INDICATORS if one.code not in used and one.is_counted
    )  # fmt: skip
    return Scorecard(
        undertakings.row_of(initiative_id), theory, *(_row(one) for one in rows), *[None] * (2 - len(rows)), lines, others, told
    )  # fmt: skip


def snapshots(initiative_id: UUID) -> list[SnapshotRow]:
    """All of them, the newest first."""
    found = Snapshot.objects.filter(initiative_id=initiative_id).defer("figures", "kept")
    return [_row(one) for one in found.order_by("-run")]


def told_by(initiative_id: UUID, run: int) -> tuple[SnapshotRow, Told] | None:
    """One snapshot with its figures; None when there is no such run."""
    row = Snapshot.objects.filter(initiative_id=initiative_id, run=run).defer("kept").first()
    return (_row(row), _told(row)) if row else None


def history(initiative_id: UUID, indicator: str) -> list[tuple[date, Figure]]:
    """An indicator's whole figure in every snapshot with today's definitions, the oldest first."""
    path = f"figures__{indicator}__{WHOLE}__{WHOLE}"
    found = Snapshot.objects.filter(initiative_id=initiative_id).order_by("run").values_list("day", path)
    return [(day, figures.from_json(one or {})) for day, one in found]


def by_dimension(
    initiative_id: UUID, codes: Sequence[str], dimension: str
) -> list[tuple[date, dict[str, dict[str, Figure]]]]:
    """Indicator → group → figure for one dimension, in every snapshot with today's definitions, the newest first."""
    paths = [f"figures__{code}__{dimension}" for code in codes]
    found = Snapshot.objects.filter(initiative_id=initiative_id, definitions=DEFINITIONS).order_by("-run")
    return [
        (day, {
            code: {group: figures.from_json(figure) for group, figure in (groups or {}).items()}
            for code, groups in zip(codes, told, strict=True)
        })
        for day, *told in found.values_list("day", *paths)
    ]  # fmt: skip


def series(initiative_id: UUID) -> dict[str, SeriesRow]:
    """Indicator → the series that was read in last for it."""
    found = Series.objects.filter(initiative_id=initiative_id).order_by("version")
    return {
        one.indicator: SeriesRow(
            one.indicator, one.version, one.name, one.unit, one.source, tuple(Point(*point) for point in one.points),
            one.read_in_at, one.read_in_by,
        )
        for one in found
    }  # fmt: skip


def ledger(initiative_id: UUID) -> list[ReleaseRow]:
    """Everything that has left about an initiative, the newest first."""
    found = Release.objects.filter(initiative_id=initiative_id).order_by("-released_at", "-id")
    return [
        ReleaseRow(
            one.id, one.what, one.title, one.released_at, one.released_by, day, one.shown, one.hidden, one.digest
        )
        for one, day in zip(found, found.values_list("snapshot__day", flat=True), strict=True)
    ]


def gone(waves: Sequence[WaveRow], day: date, lag_days: int) -> float:
    """How much of what is planned should have come by a day, from 0 to 1: the intakes as planned, evenly, so much later."""
    planned = sum(wave.planned for wave in waves)
    if not planned:
        return 1.0
    come = 0.0
    for wave in waves:
        begin, end = wave.period.start_date, wave.period.end_date
        if begin is None or end is None:
            continue
        days = (day - timedelta(days=lag_days) - begin).days + 1
        come += wave.planned * min(1.0, max(0.0, days / max((end - begin).days, 1)))
    return come / planned


def _line(item: Item, code: str, told: Told, before: Told, waves: Sequence[WaveRow], rows: Sequence[Snapshot]) -> Line:
    one = BY_CODE.get(code)
    now = told.get(code, {}).get(WHOLE, {}).get(WHOLE)
    then = before.get(code, {}).get(WHOLE, {}).get(WHOLE)
    expected = gone(waves, rows[0].day, one.lag_days) if one and rows else 0.0
    return scorecards.stand(item, one, now, then, expected)


def _bare(one: Indicator) -> Item:
    return Item(one.code, Level.PERFORMANCE, one.name)


def _bound(initiative_id: UUID) -> dict[str, str]:
    found = Binding.objects.filter(initiative_id=initiative_id).order_by("bound_at")
    return dict(found.values_list("item", "indicator"))


def _row(one: Snapshot) -> SnapshotRow:
    return SnapshotRow(one.id, one.run, one.day, one.made_at, one.definitions, one.digest)


def _told(one: Snapshot) -> dict[str, Any]:
    return {
        code: {
            dimension: {group: figures.from_json(figure) for group, figure in groups.items()}
            for dimension, groups in parts.items()
        }
        for code, parts in one.figures.items()
    }
