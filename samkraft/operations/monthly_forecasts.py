"""The forecasts that nobody asks for: when a month's snapshot is taken, where each initiative lands is worked out and kept.

So what was said then can be held against what came, whoever remembered to ask. What colleagues try is worked out anew of the
same snapshot, so that it can be compared. Done once for each; after a stop the next night makes what is lacking.
"""

import logging

from samkraft.audit.actions import transactions
from samkraft.initiatives.queries import undertakings
from samkraft.knowledge.queries import forecasts
from samkraft.knowledge.rules.forecasting import landing
from samkraft.operations import backtesting, forecasting
from samkraft.operations.clock import CLOCK
from samkraft.values.refusal import Refused

log = logging.getLogger(__name__)

MOST_AT_ONCE = 40  # in one night; the rest comes the next


def make_those_due() -> int:
    """Make what is lacking, those of last month first; how many. What cannot be forecast is passed over and logged."""
    with transactions.read(CLOCK):
        due = [(one, each) for one in undertakings.listed() for each in forecasts.lacking(one.id)]
    made = 0
    for initiative, each in sorted(due, key=lambda pair: (pair[1].is_afterwards, pair[1].version_id is not None)):
        if made >= MOST_AT_ONCE:
            break
        try:
            forecasting.make(
                CLOCK, initiative.id, version_id=each.version_id, number=each.run,
                replications=backtesting.REPLICATIONS if each.is_afterwards else landing.USUAL,
            )  # fmt: skip
        except Refused as refused:
            log.info("no forecast of %s, run %d: %s", initiative.code, each.run, refused.reason.code)
            continue
        made += 1
    return made
