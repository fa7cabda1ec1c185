"""What happened to whom in a replication: the kernel's log as events, and as visits, one row per person and visit."""

from pathlib import Path
from typing import Any

import numpy as np

from samkraft.analysis.queues.kernel import layout
from samkraft.analysis.queues.simulation import Run
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase, spoken

WORDS = {
    layout.L_ARRIVED: phrase("kom"),
    layout.L_ENROLLED: phrase("skrevs in"),
    layout.L_PHASE: phrase("gick till fas"),
    layout.L_QUEUED: phrase("ställde sig i kö"),
    layout.L_STARTED: phrase("började"),
    layout.L_ENDED: phrase("blev klar"),
    layout.L_EXITED: phrase("gick ut"),
    layout.L_GAVE_UP: phrase("gav upp väntan"),
    layout.L_MOVED: phrase("flyttades till team"),
    layout.L_SKIPPED: phrase("gick förbi, fullt"),
}

NO_LOG = Reason("no_records", phrase("Körningen har ingen händelselista."), phrase("Kör med log_rows större än noll."))
UNKNOWN_FORMAT = Reason("unknown_record_format", phrase("Filen {name} ska heta något på .csv eller .parquet."))


def events(run: Run) -> dict[str, list[Any]]:
    """The log of the first replication as columns: day (with decimals), person, what, where. Raises Refused without one."""
    if not len(run.log):
        raise Refused(NO_LOG)
    people = int(run.network.counts[0].sum()) + run.network.net.initial.shape[0]
    branches = run.network.net.branches
    rows = run.log[:, 1]
    person = np.where(rows < people, rows, (rows - people) // max(1, branches))
    ticks = run.scenario.ticks_per_day
    said = {code: spoken(words) for code, words in WORDS.items()}
    return {
        "day": [round(tick / ticks, 6) for tick in run.log[:, 0].tolist()],
        "person": person.tolist(),
        "what": [said[code] for code in run.log[:, 2].tolist()],
        "where": [_where(run, code, a) for code, a in run.log[:, 2:4].tolist()],
    }


def _where(run: Run, code: int, a: int) -> str:
    scenario = run.scenario
    if code in (layout.L_QUEUED, layout.L_STARTED, layout.L_ENDED, layout.L_SKIPPED):
        return scenario.activities[a].name
    if code == layout.L_PHASE:
        return scenario.phases[a].name
    if code == layout.L_EXITED:
        return scenario.kinds[a]
    if code in (layout.L_ENROLLED, layout.L_MOVED):
        names = [teams.name for teams in scenario.teams for _ in range(teams.number)]
        return f"{names[a]} ({a + 1})" if a >= 0 else ""
    return scenario.intakes[a].name if code == layout.L_ARRIVED else ""


def write(columns: dict[str, list[Any]], path: Path) -> None:
    """Write columns as CSV or Parquet, by the file's name."""
    import polars

    table = polars.DataFrame(columns)
    if path.suffix == ".csv":
        table.write_csv(path)
    elif path.suffix == ".parquet":
        table.write_parquet(path)
    else:
        raise Refused(UNKNOWN_FORMAT, name=path.name)


def weekly(run: Run) -> dict[str, list[Any]]:
    """The main measures of every replication and week, as columns."""
    weeks = run.network.weeks
    days = [run.network.days[week] for week in weeks]
    names = {"stock": layout.STOCK, "queue": layout.QUEUE, "started": layout.STARTED, "arrived": layout.ARRIVED}
    made: dict[str, list[Any]] = {
        "replication": np.repeat(np.arange(run.replications), len(weeks)).tolist(),
        "day": days * run.replications,
    }
    for name, column in names.items():
        made[name] = run.weekly(column).ravel().tolist()
    for kind, column in zip(run.scenario.kinds, run.exit_columns(run.scenario.kinds), strict=True):
        made[f"exit: {kind}"] = run.weekly(column).ravel().tolist()
    return made
