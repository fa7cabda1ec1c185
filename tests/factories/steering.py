"""A steered initiative for tests: a body that decides, who sits in it, and meetings that have been."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from samkraft.initiatives.actions import boards, meetings, resolutions, risks
from samkraft.initiatives.rules.meetings import BoardKind, Outcome
from samkraft.initiatives.rules.risks import Assessment, RiskState
from samkraft.initiatives.rules.seats import SeatKind
from samkraft.partners.rules.roles import Role
from samkraft.values.context import Context
from tests.factories import initiatives, partners
from tests.factories.initiatives import Led
from tests.factories.partners import Member

CALLED = initiatives.moment(2026, 3, 1)
HELD = initiatives.moment(2026, 3, 12, 13)
AFTER = initiatives.moment(2026, 3, 12, 16)
DAY = date(2026, 3, 12)


@dataclass(frozen=True, slots=True)
class Steered:
    """An initiative with a steering group: its leader, and two who sit in the group."""

    led: Led
    board_id: UUID
    chair: Member
    member: Member

    @property
    def by(self) -> Context:
        """Who leads."""
        return self.led.by

    @property
    def initiative_id(self) -> UUID:
        """The initiative."""
        return self.led.initiative_id

    def meeting(self, *, called: datetime = CALLED, held: datetime = HELD, board_id: UUID | None = None) -> UUID:
        """A meeting of the steering group."""
        return meetings.call(
            by=self.by, at=called, board_id=board_id or self.board_id, starts_at=held, place="Rådhuset"
        )

    def point(self, meeting_id: UUID, title: str = "En punkt", **more: object) -> UUID:
        """A point on its agenda."""
        return meetings.bring_up(
            by=self.by, at=CALLED, meeting_id=meeting_id, title=title,
            **more,  # type: ignore[arg-type]  # a test names fields as the action does
        )  # fmt: skip

    def decide(self, point_id: UUID, outcome: Outcome = Outcome.DECIDED, **more: object) -> UUID:
        """What the meeting did with it."""
        settled: dict[str, object] = {"text": "Enligt förslaget.", "at": AFTER, **more}
        return resolutions.decide(
            by=self.by, point_id=point_id, outcome=outcome,
            **settled,  # type: ignore[arg-type]  # a test names fields as the action does
        )  # fmt: skip

    def adjust(self, meeting_id: UUID, at: datetime = AFTER) -> None:
        """The minutes written by the leader and adjusted by the chair."""
        meetings.write_minutes(by=self.by, at=at, meeting_id=meeting_id, text="Alla var med.")
        resolutions.adjust(by=self.chair.context, at=at + timedelta(days=1), meeting_id=meeting_id)


def steered(code: str = "insats", **more: object) -> Steered:
    """An initiative with a steering group of two."""
    led = initiatives.led(code, **more)
    board_id = boards.add(
        by=led.by, at=CALLED, initiative_id=led.initiative_id, kind=BoardKind.STEERING, name="Styrgruppen", prefix="sty"
    )
    chair, member = partners.member(Role.STEERING_GROUP), partners.member(Role.STEERING_GROUP)
    for who, kind in ((chair, SeatKind.CHAIR), (member, SeatKind.MEMBER)):
        boards.give_seat(
            by=led.by, at=CALLED, board_id=board_id, membership_id=who.membership_id, kind=kind,
            start_date=date(2024, 1, 1),
        )  # fmt: skip
    return Steered(led, board_id, chair, member)


def assessment(
    probability: int = 3, consequence: int = 4, *, review_date: date | None = date(2026, 6, 1), **more: object
) -> Assessment:
    """What is held of a risk."""
    settled: dict[str, object] = {"state": RiskState.OPEN, "measure": "Parterna följer upp varje vecka.", **more}
    return Assessment(
        probability=probability, consequence=consequence, review_date=review_date,
        **settled,  # type: ignore[arg-type]  # a test names fields as the rule does
    )  # fmt: skip


def risk(steered: Steered, text: str = "För få anvisas", *, owner: Member | None = None, **more: object) -> int:
    """A risk in its register; the leader's own when nobody else is said."""
    return risks.add(
        by=steered.by, at=CALLED, initiative_id=steered.initiative_id, text=text,
        owner_membership_id=owner.membership_id if owner else steered.by.membership_id, said=assessment(),
        **more,  # type: ignore[arg-type]  # a test names fields as the action does
    )  # fmt: skip
