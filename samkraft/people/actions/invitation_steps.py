"""The plan and the calendar follow an invitation: who waits on whom, and the meeting at the time that was chosen.

The person chooses without an account, so nobody writes then. Whoever invited does, by the clock, within ten minutes.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from samkraft.audit.actions import transactions
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import at_hand, plans
from samkraft.people.actions.at_hand import Case
from samkraft.people.models import Invitation, InvitationBooking
from samkraft.people.rules import invitations as rules
from samkraft.people.rules import secrecy
from samkraft.people.rules.contents.choices import MeetingState, StepState, Waited
from samkraft.people.rules.held import Held, versions
from samkraft.people.rules.invitations import State
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Refused
from samkraft.values.wording import SWEDISH, days_in_words, full_day, speaking

OPEN = (StepState.PLANNED, StepState.WAITING, StepState.ONGOING)
TITLE = "Första mötet"


def begin_within(case: Case, until: datetime) -> UUID | None:
    """A step that waits for the person's choice, where the person takes part; None for whoever does not yet."""
    if case.started_on is None or case.exited_on is not None:
        return None
    day = day_in_stockholm(until)
    return plans.add_within(case, "step", {
        "title": TITLE, "step_kind": "planning", "body_area_id": str(case.by.area_id), "responsible": case.by.actor_name,
        "due_date": day.isoformat(), "state": StepState.WAITING.value, "order": "parallel",
        "waits_on": {"who": Waited.PARTICIPANT.value, "what": _choose(day)},
    })  # fmt: skip


def _choose(day: date) -> str:
    return f"Välja en tid, senast {_said(day)}"


def _said(day: date) -> str:
    """In Swedish whoever asks, since the whole sentence is."""
    with speaking(SWEDISH):
        return full_day(day)


def follow(*, by: Context, invitation_id: UUID, at: datetime | None = None) -> bool:
    """Write what has become of the invitation, when it does not stand there already; whether anything was written."""
    access.require(by, Permission.WRITE_PLAN)
    with transactions.write(by):
        held = Invitation.objects.filter(id=invitation_id).first()
        if held is None:
            raise Refused(secrecy.NOT_FOUND)
        return follow_within(at_hand.open_within(by=by, person_id=held.person_id, at=at), invitation_id)


def follow_within(case: Case, invitation_id: UUID) -> bool:
    """The same, inside the transaction of another action."""
    held = Invitation.objects.filter(id=invitation_id).first()
    if held is None or case.exited_on is not None:
        return False
    bookings = list(
        InvitationBooking.objects.select_related("slot").filter(invitation=held).order_by("booked_at", "id")
    )
    wrote = [_meeting_within(case, one) for one in bookings]
    live = next((one for one in bookings if one.released_at is None), None)
    return _step_within(case, held, live) or any(wrote)


def _meeting_within(case: Case, booking: InvitationBooking) -> bool:
    """The meeting has the booking's own id, so that it is written once and called off once."""
    known = versions(case.everything, booking.id)
    wanted = MeetingState.BOOKED if booking.released_at is None else MeetingState.CANCELLED
    if not known:
        if wanted is MeetingState.CANCELLED:
            return False
        content: dict[str, Any] = {
            "starts_at": booking.slot.period.lower.isoformat(), "place": booking.slot.place_name,
            "with": [booking.slot.host_name], "purpose": "start", "state": wanted.value,
        }  # fmt: skip
        at_hand.write_first_within(case, "meeting.booked", "meeting", content, lineage=booking.id)
        return True
    last = known[-1]
    if wanted is not MeetingState.CANCELLED or last.content["state"] != MeetingState.BOOKED.value:
        return False
    at_hand.write_within(
        case, "meeting.cancelled", "meeting", {**last.content, "state": wanted.value}, lineage=booking.id,
        based_on=last.version,
    )  # fmt: skip
    return True


def _step_within(case: Case, held: Invitation, live: InvitationBooking | None) -> bool:
    known = versions(case.everything, held.step) if held.step else []
    if not known or held.step is None or known[-1].author_area_id != case.by.area_id:
        return False
    if known[-1].content.get("state", "planned") not in OPEN:
        return False
    content = _said_by(held, live, known[-1], case.at)
    watched = ("state", "waits_on", "from_date", "result")
    if all(content.get(name) == known[-1].content.get(name) for name in watched):
        return False
    plans.change_within(case, held.step, content, known[-1].version)
    return True


def _said_by(held: Invitation, live: InvitationBooking | None, known: Held, at: datetime) -> dict[str, Any]:
    content = {name: value for name, value in known.content.items() if name not in ("waits_on", "waiting_since")}
    state = rules.state_of(
        answer_until=held.answer_until, withdrawn=held.withdrawn_at is not None,
        booked_ends=live.slot.period.upper if live else None, now=at,
    )  # fmt: skip
    if live is not None and state is not State.WITHDRAWN:
        day = day_in_stockholm(live.slot.period.lower).isoformat()
        return content | {"state": StepState.PLANNED.value, "from_date": day, "to_date": day, "due_date": day}
    if state is State.WITHDRAWN:
        return content | {"state": StepState.DROPPED.value, "result": "Inbjudan är återtagen."}
    for name in ("from_date", "to_date"):
        content.pop(name, None)
    day = day_in_stockholm(held.answer_until)
    who, what = (
        (Waited.US, f"Har inte valt någon tid, senast {_said(day)}. Ring eller bjud in igen")
        if state is State.UNANSWERED
        else (Waited.PARTICIPANT, _choose(day))
    )
    with speaking(SWEDISH):  # before, the day was written in figures
        same = days_in_words((known.content.get("waits_on") or {}).get("what") or "") == what
    waits: dict[str, Any] = {"who": who.value, "what": what}
    return content | {
        "state": StepState.WAITING.value, "waits_on": known.content["waits_on"] if same else waits,
        **({"waiting_since": known.content["waiting_since"]} if same and known.content.get("waiting_since") else {}),
    }  # fmt: skip
