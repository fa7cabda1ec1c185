"""How the demo's joint project is steered: bodies, meetings and what they decided, risks, plan, handbook and staff.

The risks, the plan's points and the dates of the handbook follow the project's own documents, in our words; the meetings
and what was said at them are invented. Everything is made by those who would have made it, at the time when they would.
"""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from samkraft.initiatives.actions import boards, duties, risks, spreads
from samkraft.initiatives.queries import codes, handbooks
from samkraft.initiatives.queries import spreads as spread_to
from samkraft.initiatives.rules.duties import DELIVERY_PREFIX
from samkraft.initiatives.rules.meetings import BoardKind
from samkraft.initiatives.rules.risks import Assessment, RiskState
from samkraft.initiatives.rules.seats import SeatKind
from samkraft.operations.database import time_travel
from samkraft.operations.world import arranged, initiatives, partners, undertaken
from samkraft.operations.world.steering import steering_meetings, steering_staff
from samkraft.operations.world.steering import steering_texts as texts
from samkraft.operations.world.steering.steering_table import Table
from samkraft.operations.world.teams import month
from samkraft.partners.queries import organisations
from samkraft.partners.rules.roles import Role
from samkraft.values.period import day_in_stockholm

WHAT = "styrning: risker, möten som har hållits, metodstöd och bemanning"
CODE = arranged.MALMOKRAFTEN.undertaking.code
CHAIR, MEMBER, DEPUTY, ADJUNCT = SeatKind.CHAIR, SeatKind.MEMBER, SeatKind.DEPUTY, SeatKind.ADJUNCT
# Kind, name, the letters of its decisions, how many must be there to decide, and who sits in it as what.
BOARDS = (
    (
        BoardKind.STEERING, "Strategisk styrgrupp", "STY", 4,
        (
            (texts.CHAIR, CHAIR), (texts.AF, MEMBER), (texts.CITY_WORK, MEMBER), (texts.CITY_SOCIAL, MEMBER),
            (texts.FK, MEMBER), (texts.REGION, MEMBER), (texts.AF_DEPUTY, DEPUTY), (texts.FINSAM, DEPUTY),
            (texts.LEADER, ADJUNCT),
        ),
    ),
    (
        BoardKind.OPERATIVE, "Operativ styrgrupp", "OPS", 0,
        (
            (texts.FINSAM, CHAIR), (texts.AF_DEPUTY, MEMBER), (texts.SOCIAL, MEMBER), (texts.LABOUR, MEMBER),
            (texts.LEADER, ADJUNCT), (texts.ECONOMIST, ADJUNCT),
        ),
    ),
    (BoardKind.AGREEMENT, "SÖK", "SÖK", 0, ((texts.CITY_WORK, CHAIR), (texts.AF, MEMBER), (texts.CHAIR, ADJUNCT))),
    (
        BoardKind.COORDINATION, "FINSAM:s styrelse", "FIN", 2,
        ((texts.FINSAM, CHAIR), (texts.AF, MEMBER), (texts.FK, MEMBER), (texts.REGION, MEMBER)),
    ),
)  # fmt: skip


def is_loaded() -> bool:
    """Whether the last of it is there: to whom the handbook has been spread."""
    initiative_id, today = codes.initiatives().get(CODE), day_in_stockholm(timezone.now())
    return initiative_id is None or bool(spread_to.of_initiative(initiative_id, until=today))


def load() -> None:
    """From the month of planning up to today; the meetings that are to come take up figures, and are called after them."""
    table = laid()
    with time_travel.allowed("påhittade möten hålls"):
        _set_up(table)
        _risks(table)
        steering_staff.fill(table.leader, table.initiative_id, table.start)
        steering_meetings.hold(table)
        _deliveries(table)
        _spread(table)


def laid() -> Table:
    """Who leads, when it began and which day it is, with no boards at it yet."""
    today = day_in_stockholm(timezone.now())
    return Table(
        initiatives.project_leader(), partners.acting(texts.CHAIR, Role.STEERING_GROUP),
        partners.acting(texts.FINSAM, Role.STEERING_GROUP), CODE, codes.initiatives()[CODE],
        month(today, -arranged.MALMOKRAFTEN.now), today, organisations.ids(), {}, {},
    )  # fmt: skip


def _set_up(table: Table) -> None:
    at = table.at(0, 2)
    for kind, name, prefix, quorum, seated in BOARDS:
        board_id = boards.add(
            by=table.leader, at=at, initiative_id=table.initiative_id, kind=kind, name=name, prefix=prefix
        )
        table.boards[kind] = board_id
        for who, place in seated:
            table.seats[kind, who] = boards.give_seat(
                by=table.leader, at=at, board_id=board_id, membership_id=_seated(who), kind=place,
                start_date=table.start, basis="Parternas missiv (påhittat)",
            )  # fmt: skip
        if quorum:
            boards.set_quorum(by=table.leader, at=at, board_id=board_id, quorum=quorum, basis="Gruppens arbetsordning")


def _seated(who: str) -> UUID:
    """By which role somebody sits: the leaders and the economist by theirs, everybody else as one who steers."""
    by_own = (texts.LEADER, texts.SOCIAL, texts.LABOUR, texts.ECONOMIST)
    return partners.acting(who, None if who in by_own else Role.STEERING_GROUP).membership_id


def _risks(table: Table) -> None:
    """Each assessment at its time; the latest says when it is looked at again, counted from today."""
    for facts in texts.RISKS:
        role = Role.STEERING_GROUP if facts.owner in (texts.CHAIR, texts.FINSAM) else None
        owner = partners.acting(facts.owner, role).membership_id
        number = 0
        for place, (after, probability, consequence) in enumerate(facts.held):
            at = table.at(after, 15, 14)
            is_last = place == len(facts.held) - 1
            review = table.today + timedelta(days=facts.days) if is_last else day_in_stockholm(at) + timedelta(days=180)
            said = Assessment(
                RiskState.OPEN, probability, consequence, facts.measure, review, facts.note if is_last else ""
            )
            if place == 0:
                number = risks.add(
                    by=table.leader, at=at, initiative_id=table.initiative_id, text=facts.text,
                    owner_membership_id=owner, said=said, source=undertaken.APPLICATION,
                )  # fmt: skip
            else:
                risks.assess(
                    by=table.leader, at=at, initiative_id=table.initiative_id, number=number,
                    owner_membership_id=owner, said=said,
                )  # fmt: skip


def _deliveries(table: Table) -> None:
    """What evaluators hand in, as dated duties; those that have come are done."""
    for number, (body, title, after, has_come) in enumerate(texts.DELIVERIES, 1):
        due = table.at(after, 25)
        duty_id = duties.plan(
            by=table.leader, at=table.at(8, 3), title=title, body_id=table.bodies[body], due_date=day_in_stockholm(due),
            binding=True, source_key=f"{DELIVERY_PREFIX}{CODE}:{number}", basis="Avtal och uppdrag (påhittade dagar)",
            initiative_id=table.initiative_id,
        )  # fmt: skip
        if has_come:
            duties.complete(by=table.leader, at=min(due, timezone.now()), duty_id=duty_id)


def _spread(table: Table) -> None:
    """Whom the handbook has reached so far."""
    versions = {one.number: one.id for one in handbooks.put_in_force(table.initiative_id)}
    for number, receiver, kind, after, day, people, about in texts.SPREADS:
        at = table.at(after, day)
        spreads.note(
            by=table.leader, at=at + timedelta(days=1), version_id=versions[number], receiver_id=table.bodies[receiver],
            kind=kind, on_date=day_in_stockholm(at), people=people, about=about,
        )  # fmt: skip
