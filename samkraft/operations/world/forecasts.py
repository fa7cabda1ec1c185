"""What the joint project's forecast counts on, and something to try. The forecasts are made beside the pages, after start.

The numbers of an earlier project are its own, from its report; what is tried and said of it is invented.
"""

from datetime import timedelta
from uuid import UUID

from samkraft.audit.actions import transactions
from samkraft.knowledge.actions import forecasts, scenarios
from samkraft.knowledge.queries import forecasts as asked
from samkraft.knowledge.rules.forecasting.arranging import Assumed
from samkraft.knowledge.rules.forecasting.changes import Changes
from samkraft.values.context import Context

SOURCE = "SWECO:s utvärdering av Malmökraften 1.0, mars 2018–oktober 2019, och ansökan om Malmökraften 2.0"
BEFORE = Assumed(
    plan_days=179, history_planned=3_500, history_came=2_685, history_left=2_685, history_reached=770, history_days=179
)
NAME = "Dubbla intag ett år, och två team till"
WHY = "Styrgruppen vill veta om det är platserna eller intaget som håller oss tillbaka."
COMMENT = (
    "Det hjälper bara om lika stor andel av de planerade börjar. Platserna räcker redan, så det är intaget som gör "
    "skillnaden, inte de nya teamen."
)
OPENS_IN_DAYS = 90
DOUBLED = 2  # intakes, from the one that comes next


def load(leader: Context, initiative_id: UUID) -> None:
    """Write it, and ask for the forecasts: of how it stands, of what is tried, and of the months before."""
    forecasts.assume(by=leader, initiative_id=initiative_id, assumed=BEFORE, source=SOURCE, expected=0)
    with transactions.read(leader):
        now = asked.prepared(initiative_id)
    tried = Changes(more_teams=2, more_from=now.known + timedelta(days=OPENS_IN_DAYS), intakes=_larger(now))
    saved = scenarios.save(by=leader, initiative_id=initiative_id, name=NAME, why=WHY, changes=tried)
    scenarios.comment(by=leader, initiative_id=initiative_id, scenario_id=saved.scenario_id, text=COMMENT)
    forecasts.ask(by=leader, initiative_id=initiative_id)
    forecasts.ask(by=leader, initiative_id=initiative_id, version_id=saved.version_id)
    forecasts.ask_backtest(by=leader, initiative_id=initiative_id)


def _larger(now: asked.Prepared) -> tuple[tuple[int, int], ...]:
    """The next intakes twice as large."""
    ahead = [wave for wave in now.arranged.waves if wave.begins > now.known]
    return tuple((wave.number, 2 * wave.planned) for wave in ahead[:DOUBLED])
