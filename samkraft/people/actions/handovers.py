"""Hand-over: request, decision, overlap. The receiver may look for a fortnight, then answers; nobody is left without."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.initiatives.queries import teams as arrangements
from samkraft.partners.queries import colleagues
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission, may
from samkraft.people.actions import at_hand, cases, enrolments
from samkraft.people.actions.at_hand import Case
from samkraft.people.models import CaseAccess
from samkraft.people.rules import contents, handovers
from samkraft.people.rules.contents.choices import HandoverState
from samkraft.people.rules.contents.endings import Handover
from samkraft.people.rules.held import Held, newest
from samkraft.people.rules.states import Kind
from samkraft.values.context import Context
from samkraft.values.period import STOCKHOLM
from samkraft.values.refusal import Refused


def ask(
    *,
    by: Context,
    person_id: UUID,
    from_id: UUID,
    to_id: UUID,
    reason: str,
    overlap_until: date | None = None,
    at: datetime | None = None,
) -> UUID:
    """Ask a colleague or another team to take over, and return the lineage. `from_id` is the asker's membership or team.

    The receiver comes on the case for a fortnight, to be able to answer. Raises Refused while another request waits, and
    when the receiver's authority does not know of the person.
    """
    access.require(by, Permission.HAND_OVER)
    with transactions.write(by):
        case = at_hand.open_within(by=by, person_id=person_id, at=at)
        at_hand.require_move(case, Kind.HANDOVER, "", HandoverState.ASKED, reason=reason)
        said = {
            "from": str(from_id),
            "to": str(to_id),
            "state": HandoverState.ASKED.value,
            "overlap_until": overlap_until.isoformat() if overlap_until else None,
            "reason": reason,
        }
        content: Handover = contents.read("handover", said, case.today)
        refused = handovers.why_not_ask(content, asked=handovers.fold(case.held), own=_own_ids(case), today=case.today)
        if refused:
            raise Refused(refused[0], **refused[1])
        receiver = None if _is_team(case, to_id) else colleagues.one(to_id)
        if receiver is not None and not may(receiver.role, Permission.HAND_OVER):
            raise Refused(handovers.CANNOT_TAKE_OVER, name=receiver.name)
        written = at_hand.write_within(case, "handover.asked", "handover", said)
        _let_look_within(case, to_id)
        return written.lineage


def answer(*, by: Context, person_id: UUID, lineage: UUID, accept: bool, at: datetime | None = None) -> None:
    """Take over, or not. Who takes over stays; who handed over leaves after the last common day.

    Where the one who handed over led the process, the receiver leads. Only the receiver answers.
    """
    access.require(by, Permission.HAND_OVER)
    with transactions.write(by):
        case = at_hand.open_within(by=by, person_id=person_id, at=at)
        held = at_hand.newest_of(case, lineage, "handover")
        asked = next(one for one in handovers.fold(case.everything) if one.held.lineage == lineage)
        to = HandoverState.ACCEPTED if accept else HandoverState.REFUSED
        is_receiver = asked.content.to_id in _own_ids(case)
        at_hand.require_move(case, Kind.HANDOVER, asked.state, to, is_receiver=is_receiver)
        _answer_within(case, held, to)
        if accept:
            _take_over_within(case, asked.content)
            _let_go_within(case, asked.content.from_id, asked.content.overlap_until)
        else:
            _let_go_within(case, asked.content.to_id, None)


def let_go(*, by: Context, person_id: UUID, lineage: UUID, at: datetime | None = None) -> None:
    """Leave the case in the own area after another area has taken over; on the last common day, or now."""
    access.require(by, Permission.HAND_OVER)
    with transactions.write(by):
        case = at_hand.open_within(by=by, person_id=person_id, at=at)
        asked = next((one for one in handovers.fold(case.everything) if one.held.lineage == lineage), None)
        if asked is None or asked.state is not HandoverState.ACCEPTED or asked.content.from_id not in _own_ids(case):
            raise Refused(handovers.NOT_YOURS)
        _let_go_within(case, asked.content.from_id, asked.content.overlap_until)


def _own_ids(case: Case) -> set[UUID]:
    """The asker's membership and the teams in which it has a place today."""
    teams = arrangements.teams_of(case.by.membership_id, on=case.today)
    return {case.by.membership_id, *(team.id for team in teams)}


def _is_team(case: Case, one: UUID) -> bool:
    return arrangements.team(one, on=case.today) is not None


def _let_look_within(case: Case, to_id: UUID) -> None:
    """Inside a transaction: put the receiver on the case, to be able to answer."""
    if _is_team(case, to_id):
        cases.assign_team_within(
            by=case.by, person_id=case.person_id, team_id=to_id, area_id=case.by.area_id, at=case.at
        )
        return
    until = timezone.now() + timedelta(days=handovers.DAYS_TO_ANSWER)  # access is by the database's clock
    cases.assign_within(
        by=case.by, person_id=case.person_id, membership_id=to_id, until=until, basis="handover", at=case.at
    )


def _answer_within(case: Case, held: Held, to: HandoverState) -> None:
    """Inside a transaction: a new version of the own area's request, or an answer to another area's."""
    content: dict[str, Any] = {**held.content, "state": to.value}
    action = f"handover.{to.value}"
    if held.author_area_id == case.by.area_id:
        at_hand.write_within(case, action, "handover", content, lineage=held.lineage, based_on=held.version)
    else:
        at_hand.write_within(case, action, "handover", {**content, "answers": str(held.lineage)})


def _take_over_within(case: Case, content: Handover) -> None:
    """Inside a transaction: the receiver stays on the case, and leads where the one before did."""
    if _is_team(case, content.to_id):
        if case.started_on is not None:
            enrolments.move_team_within(case, content.to_id, case.today)
        return
    cases.assign_within(by=case.by, person_id=case.person_id, membership_id=content.to_id, basis="handover", at=case.at)
    lead = newest(case.held, "lead")
    if lead is not None and contents.read("lead", lead.content).membership_id == content.from_id:
        enrolments.name_lead_within(case, content.to_id, case.today)


def _let_go_within(case: Case, one: UUID, until: date | None) -> None:
    """Inside a transaction: end the time on the case, in the own area, after the last common day or now."""
    now = timezone.now()  # access is by the database's clock
    end = datetime.combine(until + timedelta(days=1), time(), STOCKHOLM) if until else now
    mine = CaseAccess.objects.filter(person_id=case.person_id, area_id=case.by.area_id)
    open_ones = mine.filter(period__endswith=None) | mine.filter(period__endswith__gt=now)
    for row in open_ones.order_by("granted_at", "id"):
        if one in (row.membership_id, row.team_id) and (row.period.upper is None or row.period.upper > end):
            cases.end_access_within(by=case.by, person_id=case.person_id, access_id=row.id, ends_at=end, at=case.at)
