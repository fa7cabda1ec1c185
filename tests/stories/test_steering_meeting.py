"""From what is open to a decision, to another capacity, to the wait afterwards: a steering-group meeting worked through.

Before it ten people waited twenty days for their first meeting. The group reads its pack and opens a team; the minutes are
adjusted, the team is opened by the decision, and the ten who come after wait eight days. Everybody reads what followed.
"""

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from samkraft.initiatives.actions import boards, capacities, meetings, resolutions, risks, teams
from samkraft.initiatives.models import Team
from samkraft.initiatives.queries import undertakings
from samkraft.initiatives.rules.capacities import Asked, Change
from samkraft.initiatives.rules.meetings import About, BoardKind, Outcome, Task
from samkraft.initiatives.rules.seats import SeatKind
from samkraft.knowledge.actions import snapshots
from samkraft.knowledge.queries import scorecards
from samkraft.operations.clock import CLOCK
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import enrolments
from samkraft.people.actions import meetings as first_meetings
from samkraft.values.period import STOCKHOLM, day_in_stockholm
from samkraft.values.wording import full_day
from tests.factories import joint_work, partners, signed_in, steering
from tests.factories.people import Setting

pytestmark = pytest.mark.django_db
GROUP = 10  # fewer than ten, and no median is told


def _came(made: Setting, team_id: UUID, referred: date, waited: int) -> None:
    """A group that was referred on a day and had their first meeting so many days later."""
    for minute in range(GROUP):
        at = datetime(referred.year, referred.month, referred.day, 8, minute, tzinfo=STOCKHOLM)
        way = joint_work.referred(made, made.officer, at=at)
        enrolments.enrol(
            by=made.officer.context, person_id=way.person_id, initiative_id=made.initiative_id, team_id=team_id,
            started_on=way.today, lead_membership_id=made.officer.membership_id, at=way.at,
        )  # fmt: skip
        starts_at = at + timedelta(days=waited)
        meeting = {
            "starts_at": starts_at.isoformat(),
            "place": "Föreningsgatan",
            "purpose": "start",
            "with": ["Teamet"],
        }
        booked = first_meetings.book(by=made.officer.context, person_id=way.person_id, meeting=meeting, at=way.at)
        first_meetings.hold(
            by=made.officer.context,
            person_id=way.person_id,
            lineage=booked,
            based_on=1,
            at=starts_at + timedelta(hours=1),
        )


def test_from_the_pack_to_a_decision_to_another_capacity_to_another_wait(client: Client) -> None:
    made, today = joint_work.setting(), day_in_stockholm(timezone.now())
    leader, chair = made.leader, partners.member(Role.STEERING_GROUP)
    base = f"/laget/{undertakings.row_of(made.initiative_id).code}/"
    before = (today - timedelta(days=220)).replace(day=3)
    _came(made, made.team_id, before, 20)
    taken = before + timedelta(days=50)
    snapshots.take(by=CLOCK, initiative_id=made.initiative_id, until=taken)
    card = scorecards.scorecard(made.initiative_id)
    assert card.snapshot is not None

    called = datetime(taken.year, taken.month, taken.day, 9, tzinfo=STOCKHOLM) + timedelta(days=1)
    held = called + timedelta(days=14)
    board = boards.add(
        by=leader.context,
        at=called,
        initiative_id=made.initiative_id,
        kind=BoardKind.STEERING,
        name="Styrgruppen",
        prefix="STY",
    )
    boards.give_seat(
        by=leader.context, at=called, board_id=board, membership_id=chair.membership_id, kind=SeatKind.CHAIR,
        start_date=before,
    )  # fmt: skip
    risks.add(
        by=leader.context, at=called, initiative_id=made.initiative_id, text="Deltagare väntar för länge",
        owner_membership_id=chair.membership_id,
        said=steering.assessment(4, 4, review_date=day_in_stockholm(called) + timedelta(days=5)),
    )  # fmt: skip
    meeting = meetings.call(by=leader.context, at=called, board_id=board, starts_at=held)
    meetings.attach_pack(
        by=leader.context, at=called, meeting_id=meeting, run=card.snapshot.run, digest=card.snapshot.digest
    )
    opens = day_in_stockholm(held) + timedelta(days=10)
    point = meetings.bring_up(
        by=leader.context, at=called, meeting_id=meeting, title="Ett team till", about=About.CAPACITY,
        asked=Asked(Change.OPEN, opens, name="Team 2", places=120),
    )  # fmt: skip

    signed_in.sign_in(client, chair)
    page = client.get(f"{base}moten/{meeting}/").content.decode()
    assert f"?bild={card.snapshot.run}" in page
    assert "Team 2 öppnar" in page
    pack = client.get(f"{base}underlag/?bild={card.snapshot.run}")
    assert pack.status_code == 200
    assert full_day(taken) in pack.content.decode()
    assert "Deltagare väntar för länge" in client.get(f"{base}risker/").content.decode()

    written = held + timedelta(hours=3)
    task = Task("Ordna rum åt Team 2", made.leader.organisation_id, opens)
    decision = resolutions.decide(
        by=leader.context, at=written, point_id=point, outcome=Outcome.DECIDED, text="Team 2 öppnar.", tasks=[task]
    )
    meetings.write_minutes(by=leader.context, at=written, meeting_id=meeting, text="Väntan gicks igenom.")
    resolutions.adjust(by=chair.context, at=written + timedelta(days=2), meeting_id=meeting)
    team_id = capacities.carry_out(by=leader.context, at=written + timedelta(days=3), resolution_id=decision)
    assert Team.objects.get(id=team_id).period.lower == opens
    assert "STY" in client.get(f"{base}beslut/{decision}/").content.decode()

    teams.add_member(by=leader.context, team_id=team_id, membership_id=made.officer.membership_id, start_date=opens)
    after = (opens + timedelta(days=40)).replace(day=3)
    _came(made, team_id, after, 8)
    snapshots.take(by=CLOCK, initiative_id=made.initiative_id, until=after + timedelta(days=30))
    waiting = " ".join(client.get(f"{base}vantan/").content.decode().replace("\u00a0", " ").split())
    followed = waiting[waiting.index("efter-beslut") :]
    assert "Team 2 öppnades med 120 platser" in followed
    assert "20 d" in followed
    assert "8 d" in followed
    assert followed.index("20 d") < followed.index("8 d")
