"""A team with somebody who closes its months, and participants whose months are reported, for tests."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from samkraft.initiatives.actions import teams
from samkraft.partners.rules.roles import Role
from samkraft.people.actions.months import months, time_reports
from samkraft.people.rules.months import months as rules
from samkraft.values import identity_number
from samkraft.values.period import STOCKHOLM
from tests.factories import joint_work, partners
from tests.factories.joint_work import Way
from tests.factories.partners import Member
from tests.factories.people import Setting


@dataclass(frozen=True, slots=True)
class Months:
    """The setting, who closes, and a colleague of the officer in the same team and area who attests."""

    setting: Setting
    closer: Member
    colleague: Member

    @property
    def officer(self) -> Member:
        """Who leads the processes."""
        return self.setting.officer

    def person(self, began: date, number: str = "") -> Way:
        """Somebody whom the officer has enrolled, known to the officer's area."""
        read = identity_number.read(number, date(2026, 11, 1)) if number else None
        moment = datetime(began.year, began.month, began.day, 9, tzinfo=STOCKHOLM)
        return joint_work.begun(self.setting, self.officer, at=moment, number=read)

    def report(self, way: Way, month: str, hours: int, *, attested: bool = True, at: datetime | None = None) -> None:
        """The officer takes a report in; the colleague attests it."""
        moment = at or after(month)
        said = {"person_id": way.person_id, "month": month, "hours": hours}
        time_reports.record(by=self.officer.context, at=moment, **said)  # type: ignore[arg-type]  # ids, text and numbers
        if attested:
            time_reports.attest(by=self.colleague.context, at=moment + timedelta(minutes=5), **said)  # type: ignore[arg-type]  # as above

    def close(self, month: str, *, why: str = "", at: datetime | None = None) -> UUID:
        """Close the month, on the sixth of the next unless another moment is said."""
        return months.close(
            by=self.closer.context, initiative_id=self.setting.initiative_id, month=month, why=why,
            at=at or after(month, day=6),
        )  # fmt: skip


def after(month: str, day: int = 3) -> datetime:
    """A morning in the following month."""
    following = rules.step(month, 1)
    return datetime(int(following[:4]), int(following[5:]), day, 9, tzinfo=STOCKHOLM)


def made() -> Months:
    """Build it."""
    setting = joint_work.setting()
    closer = partners.member(Role.PROJECT_ADMINISTRATOR, "af", name="Mats Björk")
    colleague = partners.member(Role.EMPLOYMENT_OFFICER, name="Kim Kollega")
    for member in (closer, colleague):
        teams.add_member(
            by=setting.leader.context, team_id=setting.team_id, membership_id=member.membership_id,
            start_date=date(2022, 1, 3),
        )  # fmt: skip
    return Months(setting, closer, colleague)
