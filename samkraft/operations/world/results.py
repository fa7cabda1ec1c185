"""What is known in the demo: the joint project's theory of change, what measures it, and its figures month by month.

The theory is the project's own, and so are its shares; how many is of the two teams that have participants. The series of other bodies are invented, and say so.
"""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils import timezone

from samkraft.initiatives.actions import theories
from samkraft.initiatives.queries import codes, undertakings
from samkraft.initiatives.queries import theories as asked
from samkraft.initiatives.rules.theory import Item, Level, TargetKind
from samkraft.knowledge.actions import bindings, series, snapshots
from samkraft.knowledge.queries import scorecards
from samkraft.operations.clock import CLOCK
from samkraft.operations.database import time_travel
from samkraft.operations.world import arranged, undertaken
from samkraft.operations.world import forecasts as world_forecasts
from samkraft.operations.world.initiatives import project_leader
from samkraft.values.context import Context
from samkraft.values.period import STOCKHOLM, day_in_stockholm

WHAT = "förändringsteori, jämförelser och ögonblicksbilder"
CODE = arranged.MALMOKRAFTEN.undertaking.code
MONTHS_BACK = (6, 4, 2, 1)  # ends of months so far back: last spring's figures, and the month before
INVENTED = "Påhittad i demon"

_R, _A, _P = Level.RESOURCE, Level.ACTIVITY, Level.PERFORMANCE
_T, _S, _L = Level.RESULT, Level.SHORT_TERM, Level.LONG_TERM
_COUNT, _SHARE, _DONE = TargetKind.COUNT, TargetKind.SHARE, TargetKind.DONE
_MORE, _LESS = TargetKind.MORE, TargetKind.LESS
SOURCE = f"{undertaken.APPLICATION}. Antalen är demons egna: två av tio team har deltagare."
# The project itself promised 5 600 and 2 500 of ten teams. Two teams have participants here, with a fifth of the intake; so
# many are within reach of them and not certain, so that there is something to weigh.
PEOPLE, TO_WORK = 950, 240

THEORY = (
    Item("team", _R, "Tio team med personal från alla parter", _COUNT, 10, ("gemensam-plan", "insatser")),
    Item("utvardering", _R, "En utvärdering och en metod för tron på individen", _COUNT, 7, ("metodstod-arbete",)),
    Item(
        "gemensam-plan", _A, "Gemensam planering, kartläggning och uppföljning", leads_to=("plan", "arbetsplatsnara")
    ),
    Item("insatser", _A, "Matchning, rekryteringsträffar, vägledning och vårdsamordning", leads_to=("arbetsplatsnara",)),
    Item("arbetsgivare", _A, "En fjärdedel av teamens tid till arbetsgivare", _SHARE, 0.25, ("arbetsplatsnara",)),
    Item("metodstod-arbete", _A, "Metodstöd tas fram och sprids till sex mottagare", _COUNT, 6, ("metodstod",)),
    Item("plan", _P, "Får snart en gemensam samordnad plan", _COUNT, PEOPLE, ("arbete-studier", "deltagare")),
    Item("arbetsplatsnara", _P, "Tar del av arbetsplatsnära aktivitet", _SHARE, 0.65, ("arbete-studier",)),
    Item("deltagare", _T, "Deltagare i demons två team", _COUNT, PEOPLE, ("langtidsarbetslosa",)),
    Item("arbete-studier", _T, "Går till arbete eller studier", _COUNT, TO_WORK, ("langtidsarbetslosa",)),
    Item("farre-stod", _T, "Färre med försörjningsstöd och sjukpenning än vid start", _LESS, None, ("kostnader",)),
    Item("af-fk", _T, "Försäkringskassans deltagare till samverkan AF och FK", _SHARE, 0.75, ("kostnader",)),
    Item("metodstod", _T, "Metodstöd framtaget", _DONE, None, ("ordinarie",)),
    Item("langtidsarbetslosa", _S, "Långtidsarbetslösheten i Malmö minskar", _LESS, None, ("utan-stod",)),
    Item("ordinarie", _S, "Metoderna används i ordinarie arbete", _MORE, None, ("utan-stod",)),
    Item("utan-stod", _L, "Större andel utan offentlig försörjning", _MORE, None),
    Item("kostnader", _L, "Kostnaden för försörjningsstöd och sjukpenning faller", _LESS, None),
)  # fmt: skip
BOUND = {
    "deltagare": "participants", "arbete-studier": "to_work_or_studies", "plan": "joint_plans",
    "arbetsplatsnara": "workplace_share", "af-fk": "cooperation_share", "arbetsgivare": "employer_time",
    "langtidsarbetslosa": "long_term_unemployment", "farre-stod": "public_support", "gemensam-plan": "planned_in_time",
    "insatser": "guided", "utan-stod": "self_supporting", "kostnader": "support_costs", "ordinarie": "methods_used",
    "team": "teams_staffed", "utvardering": "deliveries", "metodstod-arbete": "handbook_spread",
    "metodstod": "handbook_decided",
}  # fmt: skip


def is_loaded() -> bool:
    """Whether the last of it is there."""
    initiative_id = codes.initiatives().get(CODE)
    return initiative_id is not None and bool(scorecards.snapshots(initiative_id))


def load() -> None:
    """The theory first, then what measures it and what it is held against, then the months that have been."""
    initiative_id, today = codes.initiatives()[CODE], day_in_stockholm(timezone.now())
    leader = project_leader()
    if asked.latest(initiative_id) is None:
        theories.decide(
            by=leader,
            initiative_id=initiative_id,
            items=THEORY,
            source=SOURCE,
            decided_date=undertakings.row_of(initiative_id).start_date,
        )
        for item, indicator in BOUND.items():
            bindings.bind(by=leader, initiative_id=initiative_id, item=item, indicator=indicator)
    _read_series(leader, initiative_id, today)
    with time_travel.allowed("månader som varit räknas"):
        for back in MONTHS_BACK:
            until = _end_of_month(today, back)
            at = datetime.combine(until + timedelta(days=1), time(1, 20), STOCKHOLM)
            snapshots.take(by=CLOCK, at=at, initiative_id=initiative_id, until=until)
    world_forecasts.load(leader, initiative_id)


def _end_of_month(today: date, back: int) -> date:
    """The last day of the month so many months before this one."""
    day = today
    for _month in range(back):
        day = day.replace(day=1) - timedelta(days=1)
    return day


def _read_series(leader: Context, initiative_id: UUID, today: date) -> None:
    """Invented series, some with a gap, to be laid beside our own."""
    months = [_end_of_month(today, back) for back in range(13, 0, -1)]
    unemployed = [11_930, 11_980, 12_040, 12_110, 12_060, 11_950, 11_870, None, 11_760, 11_730, 11_700, 11_640, 11_590]
    share = [17.1, 17.4, 18.0, 17.2, 18.3, 18.9, 19.4, 18.1, None, 19.0, 19.8, 20.2, 19.7]
    support = [91.0, 90.8, 90.9, 90.1, 89.4, 88.8, 88.9, 87.7, 86.9, 86.4, 85.2, 84.9, 84.1]
    residents = [81.2, 81.2, 81.3, 81.2, 81.4, 81.5, 81.5, 81.6, 81.6, 81.7, 81.7, 81.8, 81.9]
    costs = [118.4, 118.9, 117.6, 119.2, 117.9, 116.8, None, 116.1, 115.7, 115.9, 114.8, 114.1, 113.6]
    units = [0, 0, 0, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5]
    for code, name, unit, values in (
        ("long_term_unemployment", "Långtidsarbetslösa i Malmö", "people", unemployed),
        ("self_supporting", "Malmöbor utan offentlig försörjning", "share", residents),
        ("support_costs", "Försörjningsstöd och sjukpenning i Malmö", "mnkr", costs),
        ("methods_used", "Enheter som arbetar efter metodstödet", "people", units),
        ("public_support", "Deltagare med försörjningsstöd eller sjukpenning", "share", support),
        ("share_to_work_or_studies", "Till arbete eller studier ur jobb- och utvecklingsgarantin", "share", share),
    ):
        lines = [
            f"{month:%Y-%m}; {'' if value is None else value}" for month, value in zip(months, values, strict=True)
        ]
        series.read_in(
            by=leader, initiative_id=initiative_id, indicator=code, name=name, unit=unit, source=INVENTED,
            text="\n".join(lines),
        )  # fmt: skip
