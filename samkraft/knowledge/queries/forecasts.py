"""Forecasts that are kept, what they rest on, and what a new one would start from."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from samkraft.initiatives.queries import teams, theories, undertakings
from samkraft.initiatives.rules.theory import TargetKind
from samkraft.knowledge.models import Assumptions, Binding, Forecast, ScenarioVersion, Snapshot
from samkraft.knowledge.rules.forecasting import arranging, changes, landing, scenarios
from samkraft.knowledge.rules.forecasting.arranging import Arranged, Assumed, Goal, PhasePlan, TeamPlan, WavePlan
from samkraft.knowledge.rules.forecasting.changes import Changes
from samkraft.knowledge.rules.forecasting.offered import ActivityPlan
from samkraft.offer.queries import capacities
from samkraft.values.refusal import Refused

STARTED, WORK = "participants", "to_work_or_studies"
OFFERED_DAYS = 91  # before and after, for places at the same time
MOST_TRIED = 10  # scenarios that are worked out anew each month, those last written


@dataclass(frozen=True, slots=True)
class AssumptionsRow:
    """What the forecast may fall back on, with its source; id None while nothing is written."""

    id: UUID | None
    number: int
    assumed: Assumed
    source: str
    written_at: datetime | None
    written_by: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """All that a forecast needs but the cohort. run, known: the snapshot's number and day."""

    initiative_id: UUID
    code: str
    arranged: Arranged
    tried: Changes
    version_id: UUID | None
    assumptions_id: UUID | None
    snapshot_id: UUID
    run: int
    known: date
    seed: int
    is_backtest: bool


@dataclass(frozen=True, slots=True)
class ForecastRow:
    """One kept forecast without its draws. scenario_id None: as the initiative is arranged."""

    id: UUID
    number: int
    run: int
    known: date
    scenario_id: UUID | None
    version_id: UUID | None
    version: int
    name: str
    changes: Changes
    assumptions_id: UUID | None
    replications: int
    seconds: float
    result: dict[str, Any]
    digest: str
    made_at: datetime
    made_by: str

    @property
    def is_backtest(self) -> bool:
        """Whether it was made afterwards, of what was known before."""
        return bool(self.result.get("backtest"))


@dataclass(frozen=True, slots=True)
class Lacking:
    """A forecast that is to be made by itself: of which run, of which version of a scenario, and whether afterwards."""

    run: int
    version_id: UUID | None
    is_afterwards: bool


def prepared(initiative_id: UUID, *, version_id: UUID | None = None, run: int | None = None) -> Prepared:
    """What a forecast starts from: the last snapshot, or an earlier run. Raises Refused for what cannot be forecast."""
    snapshots = Snapshot.objects.filter(initiative_id=initiative_id).order_by("-run").only("id", "run", "day")
    latest = snapshots.first()
    chosen = snapshots.filter(run=run).first() if run is not None else latest
    if latest is None or chosen is None:
        raise Refused(scenarios.NO_SNAPSHOT)
    held = assumptions(initiative_id)
    found = replace(arranged(initiative_id, held.assumed), activities=offered(initiative_id, chosen.day))
    tried = Changes()
    if version_id is not None:
        version = ScenarioVersion.objects.filter(id=version_id, scenario__initiative_id=initiative_id).first()
        if version is None:
            raise Refused(scenarios.UNKNOWN)
        tried = changes.check(changes.of_json(version.changes), found, chosen.day)
    return Prepared(
        initiative_id, undertakings.row_of(initiative_id).code, found, tried, version_id, held.id, chosen.id, chosen.run,
        chosen.day, scenarios.seed_of(initiative_id, chosen.run), chosen.run < latest.run,
    )  # fmt: skip


def earlier_runs(initiative_id: UUID) -> list[int]:
    """The runs before the last, the oldest first."""
    return list(Snapshot.objects.filter(initiative_id=initiative_id).order_by("run").values_list("run", flat=True))[:-1]


def lacking(initiative_id: UUID) -> list[Lacking]:
    """What the month's forecasts lack: of the last snapshot as it is arranged, then what colleagues try, then earlier ones.

    An earlier snapshot that was passed over lacks one until it has been made afterwards.
    """
    row = undertakings.row_of(initiative_id)
    if row.start_date is None or row.last_day is None:
        return []
    first = row.start_date + timedelta(days=landing.LAG_DAYS)
    within = Snapshot.objects.filter(
        initiative_id=initiative_id, day__gte=first, day__lte=row.last_day + timedelta(days=arranging.AFTER_DAYS)
    )
    runs = list(within.order_by("-run").values_list("run", flat=True))
    newest_run = (
        Snapshot.objects.filter(initiative_id=initiative_id).order_by("-run").values_list("run", flat=True).first()
    )
    if not runs or runs[0] != newest_run:
        return []
    has = set(Forecast.objects.filter(initiative_id=initiative_id).values_list("snapshot__run", "version_id"))
    tried = ScenarioVersion.objects.filter(scenario__initiative_id=initiative_id, scenario__withdrawals__isnull=True)
    newest = {one.scenario_id: one for one in tried.order_by("number")}
    latest = sorted(newest.values(), key=lambda one: one.written_at, reverse=True)[:MOST_TRIED]
    wanted = [(runs[0], None), *((runs[0], one.id) for one in latest), *((run, None) for run in runs[1:])]
    return [Lacking(run, version, run < runs[0]) for run, version in wanted if (run, version) not in has]


def next_snapshot(initiative_id: UUID, *, today: date) -> date | None:
    """The next month's end that is forecast from by itself; None when the initiative is over before that.

    Of the month that is over while its snapshot is not taken yet.
    """
    row = undertakings.row_of(initiative_id)
    last = today.replace(day=1) - timedelta(days=1)
    is_taken = Snapshot.objects.filter(initiative_id=initiative_id, day__gte=last).exists()
    began = row.start_date is not None and row.start_date <= last
    end = (
        last
        if began and not is_taken
        else (today.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    )
    is_over = row.last_day is None or end > row.last_day + timedelta(days=arranging.AFTER_DAYS)
    return None if is_over or row.start_date is None else end


def arranged(initiative_id: UUID, assumed: Assumed) -> Arranged:
    """The initiative's intakes, teams, phases and goals. Raises Refused when they say too little."""
    row = undertakings.row_of(initiative_id)
    waves = tuple(
        WavePlan(wave.number, wave.name, wave.period.start_date, wave.period.end_date, wave.planned)
        for wave in teams.waves(initiative_id)
        if wave.planned and wave.period.end_date is not None
    )
    found = tuple(
        TeamPlan(team.number, team.name, team.places, team.period.start_date, team.period.end_date)
        for team in teams.all_teams(initiative_id)
    )
    arranging.check(row.start_date, row.last_day, waves, found)
    assert row.start_date is not None
    assert row.last_day is not None
    phases = tuple(PhasePlan(one.number, one.name, one.guide_days) for one in teams.phases(initiative_id))
    return Arranged(row.name, row.start_date, row.last_day, waves, found, phases, goals(initiative_id), assumed)


def offered(initiative_id: UUID, day: date) -> tuple[ActivityPlan, ...]:
    """What the offer has of each activity that the initiative's participants may take part in, half a year around a day."""
    around = timedelta(days=OFFERED_DAYS)
    return tuple(
        ActivityPlan(one.activity_id, one.code, one.name, one.places, one.occasions, one.days, one.usual_days)
        for one in capacities.measured(since=day - around, until=day + around, initiative_id=initiative_id)
    )


def goals(initiative_id: UUID) -> tuple[Goal, ...]:
    """The goals that a forecast can tell of: counts of those who have started, and of those who go to work or studies."""
    theory = theories.latest(initiative_id)
    bound = dict(
        Binding.objects.filter(initiative_id=initiative_id).order_by("bound_at").values_list("item", "indicator")
    )
    found = [
        Goal(item.code, item.text, round(item.target), bound.get(item.code) == WORK)
        for item in (theory.items if theory else ())
        if item.target_kind is TargetKind.COUNT and item.target and bound.get(item.code) in (STARTED, WORK)
    ]
    return tuple(sorted(found, key=lambda goal: not goal.is_work))


def assumptions(initiative_id: UUID) -> AssumptionsRow:
    """What holds; empty while nobody has written any."""
    row = Assumptions.objects.filter(initiative_id=initiative_id).order_by("-number").first()
    if row is None:
        return AssumptionsRow(None, 0, Assumed(), "", None, "")
    return AssumptionsRow(row.id, row.number, Assumed(**row.numbers), row.source, row.written_at, row.written_by)


def listed(initiative_id: UUID) -> list[ForecastRow]:
    """All of them, the newest first, those made afterwards too."""
    found = _with_all(Forecast.objects.filter(initiative_id=initiative_id).order_by("-number"))
    return [_row(one) for one in found]


def one(initiative_id: UUID, forecast_id: UUID) -> ForecastRow | None:
    """One of the initiative's; None when there is no such."""
    found = _with_all(Forecast.objects.filter(initiative_id=initiative_id, id=forecast_id))
    return next((_row(one) for one in found), None)


def latest(initiative_id: UUID) -> ForecastRow | None:
    """The newest as the initiative is arranged, made of the newest snapshot that there is a forecast of."""
    found = Forecast.objects.filter(initiative_id=initiative_id, version=None)
    rows = _with_all(found.exclude(result__backtest=True).order_by("-snapshot__run", "-number")[:1])
    return next((_row(one) for one in rows), None)


def before(row: ForecastRow, initiative_id: UUID) -> ForecastRow | None:
    """The newest of the same kind that was made of an earlier snapshot."""
    found = Forecast.objects.filter(initiative_id=initiative_id, version=None, snapshot__run__lt=row.run)
    rows = _with_all(found.exclude(result__backtest=True).order_by("-snapshot__run", "-number")[:1])
    return next((_row(one) for one in rows), None)


def newest_of(initiative_id: UUID, version_ids: Iterable[UUID]) -> dict[UUID, ForecastRow]:
    """Version → its newest forecast, of the newest snapshot."""
    found = Forecast.objects.filter(initiative_id=initiative_id, version__in=list(version_ids))
    rows = [_row(one) for one in _with_all(found.order_by("snapshot__run", "number"))]
    return {row.version_id: row for row in rows if row.version_id}


def same_ground(initiative_id: UUID, row: ForecastRow) -> ForecastRow | None:
    """The newest forecast as the initiative is arranged that this one can be held against."""
    found = Forecast.objects.filter(
        initiative_id=initiative_id, version=None, snapshot__run=row.run, replications=row.replications,
        result__method=row.result["method"], assumptions=row.assumptions_id,
    )  # fmt: skip
    return next((_row(one) for one in _with_all(found.order_by("-number")[:1])), None)


def draws(forecast_id: UUID) -> dict[str, list[int]]:
    """One number from each replication for each measure."""
    return dict(Forecast.objects.values_list("draws", flat=True).get(id=forecast_id))


def altered(initiative_id: UUID) -> list[int]:
    """The numbers of forecasts that are not as they were made, or whose predecessor is gone."""
    wrong, previous = [], scenarios.FIRST
    for row in Forecast.objects.filter(initiative_id=initiative_id).order_by("number"):
        if row.previous != previous or row.digest != scenarios.digest(content(row)):
            wrong.append(row.number)
        previous = row.digest
    return wrong


def content(row: Forecast) -> dict[str, Any]:
    """What the digest covers."""
    return {
        "number": row.number, "snapshot": str(row.snapshot_id), "version": str(row.version_id or ""),
        "assumptions": str(row.assumptions_id or ""), "replications": row.replications, "seed": row.seed,
        "result": row.result, "draws": row.draws, "previous": row.previous, "made_at": row.made_at.isoformat(),
        "made_by": row.made_by,
    }  # fmt: skip


def _with_all(found: "QuerySet[Forecast]") -> Iterable[Forecast]:
    unread = ("draws", "snapshot__figures", "snapshot__kept")
    return found.select_related("version", "snapshot").defer(*unread)


def _row(one: Forecast) -> ForecastRow:
    version = one.version
    return ForecastRow(
        one.id, one.number, one.snapshot.run, one.snapshot.day, version.scenario_id if version else None, one.version_id,
        version.number if version else 0, version.name if version else "",
        changes.of_json(version.changes) if version else Changes(), one.assumptions_id, one.replications,
        one.seconds, one.result, one.digest, one.made_at, one.made_by,
    )  # fmt: skip
