"""What would have been said at each earlier snapshot, with what was known then and no more. Beside the pages."""

from typing import Any
from uuid import UUID

from django.urls import reverse

from samkraft.audit.actions import transactions
from samkraft.knowledge.queries import forecasts
from samkraft.knowledge.rules.forecasting import landing
from samkraft.operations import forecasting
from samkraft.partners.actions.runners import Tell
from samkraft.partners.rules.errands import Made
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.refusal import Refused
from samkraft.values.wording import phrase

NAME = phrase("Prognoser gjorda i efterhand")
NEEDS = Permission.MAKE_FORECASTS
REPLICATIONS = 300
TOO_EARLY = landing.TOO_EARLY.code


def run(by: Context, arguments: dict[str, Any], tell: Tell) -> Made:
    """One forecast for each run before the last; those from before the initiative began are passed over."""
    initiative_id = UUID(arguments["initiative"])
    with transactions.read(by):
        runs = forecasts.earlier_runs(initiative_id)
        code = forecasts.prepared(initiative_id).code
    for done, number in enumerate(runs):
        tell(done, len(runs))
        try:
            forecasting.make(by, initiative_id, number=number, replications=REPLICATIONS)
        except Refused as refused:
            if refused.reason.code != TOO_EARLY:
                raise
    tell(len(runs), len(runs))
    return Made(address=reverse("results:accuracy", args=[code]))
