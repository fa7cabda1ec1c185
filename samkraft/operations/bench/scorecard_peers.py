"""The same fifteen indicators straight from the events, as an analyst would write them: DuckDB, Polars, pandas."""

import importlib
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from samkraft.operations.bench.scorecard_events import KIND, Country

# Indicator → whom it is about, who is counted, days, and the day whose month it belongs to.
SQL: Mapping[str, tuple[str, str, str, str]] = {
    "participants": ("true", "true", "", "started"),
    "to_work_or_studies": ("out >= 0", "outcome IN (1, 2)", "", "out"),
    "share_to_work_or_studies": ("out >= 0", "outcome IN (1, 2)", "", "out"),
    "joint_plans": ("planned >= started", "true", "", "planned"),
    "days_to_plan": ("planned >= started", "true", "planned - started", "planned"),
    "planned_in_time": ("{day} - started >= 60", "planned - started <= 60", "", "started"),
    "workplace": ("workplace >= started", "true", "", "workplace"),
    "workplace_share": ("out >= 0", "workplace >= 0", "", "out"),
    "cooperation_share": ("out >= 0 AND insured", "outcome = 3", "", "out"),
    "stay": ("out >= 0", "true", "out - started", "out"),
    "over_limit": ("out >= 0", "out - started > 182", "", "out"),
    "wait_for_meeting": ("met >= received", "true", "met - received", "met"),
    "wait_for_activity": ("active >= started", "true", "active - started", "active"),
    "wait_for_workplace": ("workplace >= started", "true", "workplace - started", "workplace"),
    "phase_three": ("out >= 0", "third >= 0", "", "out"),
}
FIRSTS = {"started": "enrolled", "received": "referral", "met": "meeting", "planned": "plan", "active": "step",
          "workplace": "workplace", "third": "phase_three", "out": "exit"}  # fmt: skip
Cells = dict[tuple[int, int, int], tuple[int, int, float]]
"""Team, month (since the origin) and sex → whom it is about, who is counted, and the median of days."""


def module(name: str) -> Any:
    """The package; None when it is not installed."""
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def duckdb(country: Country, month_of: Any) -> Callable[[], dict[str, list[Any]]]:
    """One table of events; one row for each enrolment, then each indicator grouped."""
    engine, frames = module("duckdb"), module("pandas")
    connection = engine.connect()
    connection.execute("SET threads TO 2")
    connection.register("raw", frames.DataFrame(country.events))
    connection.register("raw_months", frames.DataFrame({"day": np.arange(len(month_of)), "month": month_of}))
    connection.execute("CREATE TABLE events AS SELECT * FROM raw; CREATE TABLE months AS SELECT * FROM raw_months")
    firsts = ", ".join(f"min(day) FILTER (kind = {KIND[kind]}) AS {name}" for name, kind in FIRSTS.items())
    people = (
        f"CREATE OR REPLACE TEMP TABLE m AS SELECT enrolment, {firsts}, max(value) FILTER (kind = {KIND['enrolled']}) AS team, "  # noqa: S608 - our own names
        f"max(value) FILTER (kind = {KIND['card']}) AS sex, max(value) FILTER (kind = {KIND['exit']}) AS outcome, "
        f"count(*) FILTER (kind = {KIND['insured']}) > 0 AS insured FROM events GROUP BY enrolment"
    )

    def run() -> dict[str, list[Any]]:
        connection.execute(people)
        found = {}
        for code, (among, hits, value, month) in SQL.items():
            days = f"median({value})" if value else "NULL"
            found[code] = connection.execute(
                f"SELECT team, months.month, sex, count(*), count(*) FILTER ({hits}), {days} FROM m "  # noqa: S608 - above
                f"JOIN months ON months.day = {month} WHERE {among} GROUP BY ALL".replace("{day}", str(country.day))
            ).fetchnumpy()
        return found

    return run


def polars(country: Country, month_of: Any) -> Callable[[], dict[str, Any]]:
    """The same, lazily, in one plan for each indicator over rows that are made once."""
    pl = module("polars")
    events = pl.DataFrame(country.events)
    months = pl.DataFrame({"day": np.arange(len(month_of), dtype=np.int16), "month": month_of})

    def first(kind: str) -> Any:
        return pl.col("day").filter(pl.col("kind") == KIND[kind]).min()

    def value(kind: str) -> Any:
        return pl.col("value").filter(pl.col("kind") == KIND[kind]).max()

    def run() -> dict[str, Any]:
        people = (
            events.lazy()
            .group_by("enrolment")
            .agg(
                **{name: first(kind) for name, kind in FIRSTS.items()},
                team=value("enrolled"), sex=value("card"), outcome=value("exit"),
                insured=(pl.col("kind") == KIND["insured"]).any(),
            )
            .collect()
        )  # fmt: skip
        found = {}
        for code, (among, hits, days, month) in SQL.items():
            words = {
                name: text.replace("{day}", str(country.day)) for name, text in (("a", among), ("h", hits), ("v", days))
            }
            asked = people.lazy().filter(pl.sql_expr(words["a"])).join(months.lazy(), left_on=month, right_on="day")
            counted = pl.len() if words["h"] == "true" else pl.sql_expr(words["h"]).sum()
            told = [pl.len().alias("of"), counted.alias("n")]
            if words["v"]:
                told.append(pl.sql_expr(words["v"]).median().alias("median"))
            found[code] = asked.group_by("team", "month", "sex").agg(told).collect()
        return found

    return run


def cells(code: str, told: Any) -> Cells:
    """A peer's answer as cells; the columns come in the order of the question."""
    columns = list(told.values()) if isinstance(told, dict) else [told[name].to_numpy() for name in told.columns]
    team, month, sex, of, n, *rest = (np.ma.filled(np.ma.asarray(column), 0) for column in columns)
    median = rest[0] if SQL[code][2] else np.zeros(len(of))
    return {
        (int(a), int(b), int(c)): (int(d), int(e), float(f))
        for a, b, c, d, e, f in zip(team, month, sex, of, n, median, strict=True)
    }
