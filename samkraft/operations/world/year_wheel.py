"""The demo's year wheel, laid out when the money is in place: the yearly cycle, and what of it is done.

That a duty was done in time is invented, and each such note says so; except for what the reports show. The latest
duty of three bodies is left late, which is invented too, so that there is something to see and to do.
"""

from datetime import date, datetime, timedelta

from django.utils import timezone

from samkraft.initiatives.actions import duties
from samkraft.initiatives.queries import duties as asked
from samkraft.initiatives.queries.duties import DutyRow
from samkraft.initiatives.rules import year_wheel
from samkraft.operations.world.cast import acting, fund_officer, moment
from samkraft.operations.world.staff import email_of
from samkraft.partners.rules.roles import Role
from samkraft.values.context import Context
from samkraft.values.period import STOCKHOLM, day_in_stockholm

WHAT = "årshjulet"
LEFT_LATE = ("gvn", "fsn", "level")
CONTROLLERS = {"asn": "Sara Nylén", "gvn": "Stefan Brink", "fsn": "Gunilla Frisk", "ks": "David Kron"}
REPORTED_DATE = date(2025, 2, 20)
INVENTED = "Påhittat i demon: gjort i tid."
REPORTED = "Redovisat i årsanalys 2024."


def is_loaded() -> bool:
    """Whether the last year's cycle is there."""
    return year_wheel.LAST_YEAR in {row.due_date.year for row in _all() if row.basis == year_wheel.STEPS[1].basis}


def load() -> None:
    """Lay out each year as it was decided, then mark what is done."""
    office = fund_officer()
    for year in range(year_wheel.FIRST_YEAR, year_wheel.LAST_YEAR + 1):
        duties.plan_year(by=office, at=moment(max(year - 1, 2023), 10, 2), year=year)
    late = asked.late(today=day_in_stockholm(timezone.now()))
    left = {[row.id for row in late if row.body_code == code][-1] for code in LEFT_LATE}
    for row in late:
        if row.id not in left:
            _do(row, office)


def _do(row: DutyRow, office: Context) -> None:
    name = CONTROLLERS.get(row.body_code)
    by = acting(email_of(name), Role.COMMITTEE_CONTROLLER) if name else office
    day = row.due_date - timedelta(days=4)
    reported = name is not None and row.due_date.year == REPORTED_DATE.year and "årsanalys" in row.due_words
    duties.complete(
        by=by,
        at=datetime(day.year, day.month, day.day, 14, tzinfo=STOCKHOLM),
        duty_id=row.id,
        note=REPORTED if reported else INVENTED,
    )


def _all() -> list[DutyRow]:
    return asked.everything(today=day_in_stockholm(timezone.now()))
