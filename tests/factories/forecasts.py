"""What a forecast starts from: an initiative's arrangement, rows as the cohort door gives them, and one in the database."""

from datetime import date, timedelta
from uuid import uuid4

import numpy as np
from django.utils import timezone

from samkraft.initiatives.actions import arrangements, teams, theories, undertakings
from samkraft.initiatives.rules.rule_sets import Agrees, RuleSet
from samkraft.initiatives.rules.teams import PhaseDraft
from samkraft.initiatives.rules.theory import Item, Level, TargetKind
from samkraft.initiatives.rules.undertakings import Stage
from samkraft.knowledge.actions import bindings, snapshots
from samkraft.knowledge.rules.forecasting.arranging import Arranged, Assumed, Goal, PhasePlan, TeamPlan, WavePlan
from samkraft.operations.clock import CLOCK
from samkraft.people.rules.cohorts import FIELDS, Cohort, OutcomeCode, as_number
from samkraft.values.period import day_in_stockholm
from tests.factories import joint_work
from tests.factories.people import Setting

BEGINS, LAST_DAY, KNOWN = date(2025, 1, 1), date(2027, 6, 30), date(2026, 1, 31)
BEFORE = Assumed(history_planned=3500, history_came=2685, history_left=2685, history_reached=770, history_days=179)
GOALS = (Goal("deltagare", "Deltagare", 1000, False), Goal("arbete", "Går till arbete eller studier", 300, True))


def arranged(**changed: object) -> Arranged:
    """Two intakes of 500, four teams of 100, two of which close early; three phases."""
    waves = (
        WavePlan(1, "Första intaget", date(2025, 2, 1), date(2025, 11, 1), 500),
        WavePlan(2, "Andra intaget", date(2025, 11, 1), date(2026, 11, 1), 500),
    )
    teams_ = tuple(
        TeamPlan(n, f"Team {n}", 100, BEGINS, date(2027, 1, 1) if n > 2 else date(2027, 7, 1)) for n in (1, 2, 3, 4)
    )
    phases = (PhasePlan(1, "Kartläggning", 45), PhasePlan(2, "Kompetens", 90), PhasePlan(3, "Utmatchning", 45))
    said = {"waves": waves, "teams": teams_, "phases": phases, "goals": GOALS, "assumed": BEFORE} | changed
    return Arranged("Kraft", BEGINS, LAST_DAY, **said)  # type: ignore[arg-type]  # each has its own type


def cohort(many: int, *, seed: int = 1, share: float = 0.5, ends: float = 0.2, until: date = KNOWN) -> Cohort:
    """People who came evenly over the year before a day and went on: `ends` of them out of phase two, `share` to work."""
    dice = np.random.Generator(np.random.PCG64(seed))
    columns = {name: np.full(many, -1, np.int16) for name in FIELDS}
    last = as_number(until)
    started = np.sort(last - dice.integers(1, 364, many))
    two = started + dice.gamma(5, 8, many).astype(int)
    three = two + dice.gamma(9, 10, many).astype(int)
    out = three + dice.gamma(5, 7, many).astype(int)
    early, work = dice.random(many) < ends, dice.random(many) < share
    left = np.where(early, three, out)
    outcome = np.where(early, OutcomeCode.OTHER, np.where(work, OutcomeCode.WORK, OutcomeCode.OTHER))
    columns["started"], columns["team"] = started.astype(np.int16), (1 + np.arange(many) % 4).astype(np.int16)
    columns["phase_two"] = np.where(two <= last, two, -1).astype(np.int16)
    columns["phase_three"] = np.where((three <= last) & ~early, three, -1).astype(np.int16)
    columns["left"] = np.where(left <= last, left, -1).astype(np.int16)
    columns["outcome"] = np.where(left <= last, outcome, OutcomeCode.NONE).astype(np.int16)
    return Cohort(columns)


def undertaken(*, people: int = 6, with_snapshot: bool = True, last_day: bool = True) -> tuple[Setting, str]:
    """An initiative in the database with a team, an intake, goals and a few participants; and the address of its pages."""
    today = day_in_stockholm(timezone.now())
    held = joint_work.setting()
    by, code = held.leader.context, f"prognos-{uuid4().hex[:6]}"
    initiative_id = undertakings.add(
        by=by, code=code, name=f"Prognosen {code}", aim="Pröva.", owner_id=held.officer.context.organisation_id,
        stage=Stage.RUNNING, start_date=today - timedelta(days=200),
        last_day=today + timedelta(days=300) if last_day else None,
    )  # fmt: skip
    start = today - timedelta(days=200)
    arrangements.add_party(
        by=by,
        initiative_id=initiative_id,
        area_id=held.officer.area_id,
        joins_team=True,
        writes_plan=True,
        start_date=start,
    )
    arrangements.set_phases(
        by=by, initiative_id=initiative_id,
        phases=[PhaseDraft(n, f"Fas {n}", 60, True) for n in (1, 2)] + [PhaseDraft(3, "Utmatchning", 60)],
    )  # fmt: skip
    rules = RuleSet(agreement_parties=(Agrees.PARTICIPANT,))
    arrangements.decide_rules(by=by, initiative_id=initiative_id, rule_set=rules, start_date=start)
    team_id = teams.add_team(by=by, initiative_id=initiative_id, number=1, name="Team 1", places=50, start_date=start)
    teams.add_member(by=by, team_id=team_id, membership_id=held.officer.membership_id, start_date=start)
    arrangements.add_wave(
        by=by, initiative_id=initiative_id, number=1, name="Intaget", start_date=start + timedelta(days=30),
        last_day=today + timedelta(days=100), planned=200,
    )  # fmt: skip
    made = Setting(
        initiative_id, team_id, held.leader, held.officer, held.social, held.labour, held.insurance, held.care, held.outsider
    )  # fmt: skip
    theory = (Item("arbete", Level.RESULT, "Går till arbete eller studier", TargetKind.COUNT, 80),)
    theories.decide(by=by, initiative_id=initiative_id, items=theory, source="Ansökan")
    bindings.bind(by=by, initiative_id=initiative_id, item="arbete", indicator="to_work_or_studies")
    for _person in range(people):
        joint_work.begun(made, made.officer, at=timezone.now() - timedelta(days=40))
    if with_snapshot:
        snapshots.take(by=CLOCK, initiative_id=initiative_id, until=today - timedelta(days=1))
    return made, f"/laget/{code}/prognos/"
