"""The thread with the participant. Until participants have pages of their own, staff write down and print."""

from datetime import datetime
from uuid import UUID

from samkraft.audit.actions import transactions
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import at_hand
from samkraft.people.rules import meetings, threads
from samkraft.people.rules.contents.choices import Waited
from samkraft.people.rules.held import latest
from samkraft.values.context import Context
from samkraft.values.refusal import Refused


def write(
    *,
    by: Context,
    person_id: UUID,
    text: str,
    from_participant: bool = False,
    waits_on: str = Waited.NONE,
    at: datetime | None = None,
) -> UUID:
    """Write a message to the participant, or write down one from the participant; and whom it waits on."""
    access.require(by, Permission.WRITE_PLAN)
    if refused := threads.why_not_write(waits_on):
        raise Refused(refused)
    with transactions.write(by):
        case = at_hand.open_within(by=by, person_id=person_id, at=at)
        content = {"text": text, "from_participant": from_participant, "waits_on": waits_on}
        voice = "participant" if from_participant else "staff"
        return at_hand.write_within(case, "message.written", "message", content, voice=voice).lineage


def remind_of_time_report(*, by: Context, person_id: UUID, month: str, text: str, at: datetime | None = None) -> UUID:
    """Write to the participant that the month's time report is missing. It then waits on the participant.

    Raises Refused when it is in, when the person did not take part that month, and when the same was written today.
    """
    access.require(by, Permission.WRITE_PLAN)
    with transactions.write(by):
        case = at_hand.open_within(by=by, person_id=person_id, at=at)
        started_on = at_hand.require_taking_part(case)
        if refused := meetings.why_not_report(month, started_on, case.exited_on, case.today):
            raise Refused(refused, month=month)
        if any(held.content["month"] == month for held in latest(case.held, "time_report")):
            raise Refused(threads.REPORTED_ALREADY, month=month)
        if refused := threads.why_not_remind(threads.fold(case.held), text, case.today):
            raise Refused(refused)
        content = {"text": text, "from_participant": False, "waits_on": Waited.PARTICIPANT}
        return at_hand.write_within(case, "message.written", "message", content).lineage


def answer(
    *,
    by: Context,
    person_id: UUID,
    lineage: UUID,
    text: str,
    waits_on: str = Waited.NONE,
    at: datetime | None = None,
) -> UUID:
    """Answer a message; the clock of the one who waited stops. A message is answered once."""
    access.require(by, Permission.WRITE_PLAN)
    if refused := threads.why_not_write(waits_on):
        raise Refused(refused)
    with transactions.write(by):
        case = at_hand.open_within(by=by, person_id=person_id, at=at)
        asked = at_hand.newest_of(case, lineage, "message")
        if refused := threads.why_not_answer(threads.fold(case.held), lineage):
            raise Refused(refused)
        from_participant = asked.content.get("waits_on") == Waited.PARTICIPANT
        content = {"text": text, "from_participant": from_participant, "waits_on": waits_on}
        voice = "participant" if from_participant else "staff"
        if asked.author_area_id == by.area_id:
            said = at_hand.write_within(case, "message.answered", "message", content, voice=voice)
            closed = {**asked.content, "answered_by": str(said.lineage)}
            at_hand.write_within(
                case,
                "message.closed",
                "message",
                closed,
                lineage=lineage,
                based_on=asked.version,
                voice=asked.voice,
                occurred_at=asked.occurred_at,
            )
            return said.lineage
        return at_hand.write_within(case, "message.answered", "message", content, voice=voice).lineage
