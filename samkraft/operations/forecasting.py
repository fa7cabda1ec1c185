"""A forecast, made beside the pages: gathered by the clock through the cohort door, kept by whoever asked.

Whoever asks never sees a row. What is kept is rounded totals, and what may come.
"""

import time
from typing import Any
from uuid import UUID

from django.urls import reverse

from samkraft.audit.actions import transactions
from samkraft.knowledge.actions import forecasts
from samkraft.knowledge.queries import forecasts as queries
from samkraft.knowledge.rules.forecasting import arranging, landing
from samkraft.operations.clock import CLOCK
from samkraft.partners.actions.runners import Tell
from samkraft.partners.rules.errands import Made
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.wording import phrase

NAME = phrase("Prognos")
NEEDS = Permission.MAKE_FORECASTS


def run(by: Context, arguments: dict[str, Any], tell: Tell) -> Made:
    """Prepare, gather, run onward, keep."""
    version = arguments.get("version")
    forecast_id, code = make(
        by, UUID(arguments["initiative"]), version_id=UUID(version) if version else None,
        replications=int(arguments.get("replications", landing.USUAL)), tell=tell,
    )  # fmt: skip
    return Made(address=reverse("results:forecast", args=[code, forecast_id]))


def make(
    by: Context, initiative_id: UUID, *, version_id: UUID | None = None, number: int | None = None,
    replications: int = landing.USUAL, tell: Tell = lambda done, total: None,
) -> tuple[UUID, str]:  # fmt: skip
    """One forecast, of the last run or the one with this number: its id, and the initiative's code."""
    with transactions.read(by):
        prepared = queries.prepared(initiative_id, version_id=version_id, run=number)
        arranging.plan_days(prepared.arranged)  # what cannot be forecast is refused before the rows are asked for
    began = time.perf_counter()
    gathered = forecasts.gather(by=CLOCK, initiative_id=initiative_id, run=prepared.run)
    landed = landing.land(
        prepared.arranged, prepared.tried, gathered.cohort, known=prepared.known, seed=prepared.seed,
        replications=replications, waited=gathered.waited, rested=gathered.rested, tell=tell,
    )  # fmt: skip
    seconds = time.perf_counter() - began
    keep = forecasts.keep_by_clock if by == CLOCK else forecasts.keep
    kept = keep(by=by, prepared=prepared, landed=landed, replications=replications, seconds=seconds)
    return kept, prepared.code
