"""Making a forecast: asked for by somebody who leads, gathered by the clock, kept as it was made."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.knowledge.models import Assumptions, Forecast, Release
from samkraft.knowledge.queries import forecasts as queries
from samkraft.knowledge.queries.forecasts import Prepared
from samkraft.knowledge.rules.forecasting import arranging, landing, scenarios
from samkraft.knowledge.rules.forecasting.arranging import Assumed
from samkraft.knowledge.rules.forecasting.landing import Landed
from samkraft.knowledge.rules.releases import What
from samkraft.partners.actions import errands
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import guard
from samkraft.people.queries import cohort_waits, cohorts
from samkraft.people.rules.cohort_waits import Rested, Waited
from samkraft.people.rules.cohorts import Cohort
from samkraft.values.context import Context
from samkraft.values.refusal import Refused
from samkraft.values.wording import number, phrase

KIND, BACKTEST = "forecast", "forecast_backtest"  # the errands
MOST_DAYS = 3_000


def ask(
    *, by: Context, initiative_id: UUID, version_id: UUID | None = None, replications: int = landing.USUAL,
    at: datetime | None = None,
) -> UUID:  # fmt: skip
    """Ask for a forecast; the errand's id. Raises Refused at once for what cannot be forecast, and nothing is asked for."""
    access.require(by, Permission.MAKE_FORECASTS)
    if not landing.FEWEST <= replications <= landing.MOST:
        raise Refused(landing.TOO_FEW, least=number(landing.FEWEST), most=number(landing.MOST))
    with transactions.read(by):
        found = queries.prepared(initiative_id, version_id=version_id)
        arranging.plan_days(found.arranged)
    told = {"initiative": str(initiative_id), "replications": replications}
    if version_id is not None:
        told["version"] = str(version_id)
    return errands.ask(by=by, kind=KIND, arguments=told, at=at)


def ask_backtest(*, by: Context, initiative_id: UUID, at: datetime | None = None) -> UUID:
    """Ask for what would have been said at each earlier snapshot. Raises Refused when there is none."""
    access.require(by, Permission.MAKE_FORECASTS)
    with transactions.read(by):
        queries.prepared(initiative_id)
        if len(queries.earlier_runs(initiative_id)) == 0:
            raise Refused(scenarios.ONE_SNAPSHOT)
    return errands.ask(by=by, kind=BACKTEST, arguments={"initiative": str(initiative_id)}, at=at)


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a run knew: of the enrolments, of what participants wait for, and of when they rest."""

    cohort: Cohort
    waited: Waited
    rested: Rested


def gather(*, by: Context, at: datetime | None = None, initiative_id: UUID, run: int) -> Gathered:
    """What a run knew of the enrolments. For the clock alone: the database refuses everybody else."""
    with transactions.write(by):
        with guard.refusing():
            cohort = cohorts.figures(initiative_id, run)
            waited, rested = cohort_waits.places(initiative_id, run), cohort_waits.pauses(initiative_id, run)
        trail.record(
            by=by, at=at, action="forecast.gather", subject_kind="initiatives.initiative", subject_id=initiative_id,
            run=run, enrolments=len(cohort), waits=len(waited.activity_ids), pauses=len(rested.rows),
        )  # fmt: skip
        return Gathered(cohort, waited, rested)


def keep(
    *, by: Context, at: datetime | None = None, prepared: Prepared, landed: Landed, replications: int, seconds: float
) -> UUID:
    """Keep it for good and write it in the ledger; its id. One that says the same is kept once: its id is given."""
    access.require(by, Permission.MAKE_FORECASTS)
    return _keep(by, at, prepared, landed, replications, seconds)


def keep_by_clock(
    *, by: Context, at: datetime | None = None, prepared: Prepared, landed: Landed, replications: int, seconds: float
) -> UUID:
    """The same for the job that the clock starts every month: nobody's role is asked. No page calls this."""
    return _keep(by, at, prepared, landed, replications, seconds)


def _keep(
    by: Context, at: datetime | None, prepared: Prepared, landed: Landed, replications: int, seconds: float
) -> UUID:
    with transactions.write(by):
        _one_at_a_time(prepared.initiative_id)
        result = _plain({**landed.result, "backtest": prepared.is_backtest})
        found = Forecast.objects.filter(initiative_id=prepared.initiative_id)
        same = found.filter(
            snapshot_id=prepared.snapshot_id, version_id=prepared.version_id, assumptions_id=prepared.assumptions_id,
            replications=replications, result=result,
        ).first()  # fmt: skip
        if same is not None:
            return same.id
        last = found.order_by("-number").only("number", "digest").first()
        made = Forecast(
            initiative_id=prepared.initiative_id, snapshot_id=prepared.snapshot_id, version_id=prepared.version_id,
            assumptions_id=prepared.assumptions_id, number=last.number + 1 if last else 1, replications=replications,
            seed=prepared.seed, seconds=round(seconds, 3), result=result, draws=_plain(landed.draws),
            previous=last.digest if last else scenarios.FIRST, made_at=at or timezone.now(), made_by=by.actor_name,
        )  # fmt: skip
        made.digest = scenarios.digest(queries.content(made))
        made.save(force_insert=True)
        Release.objects.create(
            initiative_id=prepared.initiative_id, snapshot_id=prepared.snapshot_id, what=What.FORECAST.value,
            title=f"{made.number}", released_at=made.made_at, released_by=by.actor_name, shown=_shown(result),
            hidden=sum(one["hidden"] for one in result["estimates"]), digest=made.digest,
        )  # fmt: skip
        trail.record(
            by=by, at=at, action="forecast.make", subject_kind="knowledge.forecast", subject_id=made.id,
            subject_name=f"{made.number}", run=prepared.run, replications=replications,
            scenario=str(prepared.version_id or ""), digest=made.digest,
        )  # fmt: skip
        return made.id


def assume(
    *, by: Context, at: datetime | None = None, initiative_id: UUID, assumed: Assumed, source: str, expected: int
) -> int:
    """Write what forecasts may fall back on; the version's number. Raises Refused for numbers that cannot be."""
    with transactions.write(by):
        access.require(by, Permission.MAKE_FORECASTS)
        _one_at_a_time(initiative_id)
        _check(assumed)
        if not source.strip():
            raise Refused(scenarios.NO_SOURCE)
        last = Assumptions.objects.filter(initiative_id=initiative_id).order_by("-number").first()
        if (last.number if last else 0) != expected:
            raise Refused(scenarios.STALE, who=last.written_by if last else "")
        made = Assumptions.objects.create(
            initiative_id=initiative_id, number=expected + 1, numbers=asdict(assumed), source=source.strip(),
            written_at=at or timezone.now(), written_by=by.actor_name,
        )  # fmt: skip
        trail.record(
            by=by, at=at, action="forecast.assume", subject_kind="initiatives.initiative", subject_id=initiative_id,
            number=made.number, numbers=made.numbers,
        )  # fmt: skip
        return made.number


def _check(assumed: Assumed) -> None:
    for few, many, few_words, many_words in (
        (assumed.history_came, assumed.history_planned, phrase("De som började"), phrase("de planerade")),
        (assumed.history_reached, assumed.history_left, phrase("De som nådde målet"), phrase("de som gick ut")),
    ):
        if (few is None) is not (many is None):
            raise Refused(scenarios.HALF, what=few_words)
        if few is not None and many is not None and few > many:
            raise Refused(scenarios.BAD_NUMBERS, what=few_words, of=many_words)
    for days in (assumed.plan_days, assumed.history_days):
        if days is not None and not 1 <= days <= MOST_DAYS:
            raise Refused(scenarios.OUTSIDE, what=phrase("Tiden i dagar"), least="1", most=number(MOST_DAYS))
    if assumed.plan_share is not None and not 0 < assumed.plan_share <= 1:
        raise Refused(scenarios.OUTSIDE, what=phrase("Andelen"), least="1 %", most="100 %")


def _shown(result: dict[str, Any]) -> int:
    """How many figures it tells: ends of ranges, points of bands, estimates."""
    ranges = sum(len(at["range"]) for goal in result["goals"] for at in goal["at"])
    return ranges + sum(3 * len(band["days"]) for band in result["bands"]) + len(result["estimates"])


def _plain(value: Any) -> Any:
    """As the database gives it back, so that the digest is of what is kept."""
    return json.loads(json.dumps(value))


def _one_at_a_time(initiative_id: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"forecast {initiative_id}"])
