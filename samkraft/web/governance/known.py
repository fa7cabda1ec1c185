"""What a page about the steering asks of an initiative: each thing once, when something on the page first needs it."""

from datetime import date, datetime
from functools import cached_property

from samkraft.initiatives.queries import (
    activity_plans,
    boards,
    duties,
    handbooks,
    meetings,
    resolutions,
    risks,
    staffing,
)
from samkraft.initiatives.queries.undertakings import InitiativeRow


class Known:
    """What is known of one initiative for as long as one page is made."""

    def __init__(self, row: InitiativeRow, *, now: datetime, today: date) -> None:
        self.row, self.now, self.today = row, now, today

    @cached_property
    def meetings(self) -> list[meetings.MeetingRow]:
        """All meetings of all bodies, the latest first."""
        return meetings.listed(self.row.id, now=self.now)

    @cached_property
    def resolutions(self) -> list[resolutions.ResolutionRow]:
        """Everything that has been decided, the latest first."""
        return resolutions.of_initiative(self.row.id)

    @cached_property
    def versions(self) -> list[handbooks.VersionRow]:
        """Every version of the handbook."""
        return handbooks.versions(self.row.id, today=self.today)

    @cached_property
    def plan(self) -> activity_plans.PlanPage | None:
        """The plan of activities; None when there is none."""
        return activity_plans.page(self.row.id)

    @cached_property
    def risks(self) -> list[risks.RiskRow]:
        """Every risk."""
        return risks.listed(self.row.id, today=self.today)

    @cached_property
    def staff(self) -> staffing.Staffing | None:
        """What was promised and who is there; None when nothing was promised."""
        return staffing.of_initiative(self.row.id, today=self.today)

    @cached_property
    def boards(self) -> tuple[boards.BoardPage, ...]:
        """The bodies with their seats, those that decide first."""
        return boards.pages(self.row.id, on=self.today)

    @cached_property
    def duties(self) -> list[duties.DutyRow]:
        """What is due."""
        return duties.of_initiative(initiative_id=self.row.id, today=self.today)
