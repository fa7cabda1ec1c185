"""The place follows the plan: a step that waits for a place becomes what the place becomes, written by the step's own area."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import takewhile
from typing import Any
from uuid import UUID

from samkraft.audit.actions import transactions
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import ROLES, Permission, Role
from samkraft.people.actions import at_hand, plans
from samkraft.people.actions.at_hand import Case
from samkraft.people.models import PlaceEntry, PlaceEvent, PlaceHold
from samkraft.people.rules import secrecy
from samkraft.people.rules.contents.choices import StepState, Waited
from samkraft.people.rules.held import Held, versions
from samkraft.people.rules.places import place_states
from samkraft.people.rules.places.place_states import State
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Refused

OPEN = (StepState.PLANNED, StepState.WAITING, StepState.ONGOING)


@dataclass(frozen=True, slots=True)
class Became:
    """What a step should say: its state and, where it waits, on whom and for what."""

    state: StepState
    waits_on: dict[str, str] | None = None
    from_date: date | None = None
    to_date: date | None = None
    result: str = ""


def follow(*, by: Context, entry_id: UUID, at: datetime | None = None) -> bool:
    """Write what a place has become into its step, when it does not say so already; whether anything was written."""
    access.require(by, Permission.WRITE_PLAN)
    with transactions.write(by):
        entry = PlaceEntry.objects.filter(id=entry_id).first()
        if entry is None:
            raise Refused(secrecy.NOT_FOUND)
        return follow_within(at_hand.open_within(by=by, person_id=entry.person_id, at=at), entry_id)


def follow_within(case: Case, entry_id: UUID) -> bool:
    """The same, inside the transaction of another action. A step that somebody has closed or dropped is left alone."""
    entry = PlaceEntry.objects.select_related("activity").filter(id=entry_id).first()
    if entry is None or entry.step is None or case.exited_on is not None:
        return False
    known = versions(case.everything, entry.step)
    if (
        not known
        or known[-1].author_area_id != case.by.area_id
        or known[-1].content.get("state", "planned") not in OPEN
    ):
        return False
    became = _became(entry, case.at)
    if became.state is StepState.PLANNED and _said_itself(entry, known):
        return False
    content = {**known[-1].content}
    for name in ("waits_on", "waiting_since"):
        content.pop(name, None)
    content["state"] = became.state.value
    if became.waits_on:
        content["waits_on"] = became.waits_on
        same = (known[-1].content.get("waits_on") or {}).get("what") == became.waits_on["what"]
        content["waiting_since"] = known[-1].content.get("waiting_since") if same else None
    if became.from_date:
        content["from_date"] = became.from_date.isoformat()
        content.pop("to_date", None)
    if became.to_date and became.from_date and became.to_date >= became.from_date:
        content["to_date"] = became.to_date.isoformat()
    if became.result:
        content["result"] = became.result
    if _same(content, known[-1].content):
        return False
    plans.change_within(
        case, entry.step, {key: value for key, value in content.items() if value is not None}, known[-1].version
    )
    return True


def _said_itself(entry: PlaceEntry, known: Sequence[Held]) -> bool:
    """Whether the step was said to be ongoing before the place began by a presence that has been corrected since."""
    if known[-1].content.get("state") != StepState.ONGOING:
        return False
    run = takewhile(lambda one: one.content.get("state") == StepState.ONGOING, reversed(known))
    began = PlaceEvent.objects.filter(entry=entry, kind=place_states.Event.STARTED).order_by("-order").first()
    return began is None or list(run)[-1].written_at < began.happened_at


def _same(one: dict[str, Any], other: Any) -> bool:
    watched = ("state", "from_date", "to_date", "result")
    return all(one.get(name) == other.get(name) for name in watched) and (one.get("waits_on") or {}) == (
        other.get("waits_on") or {}
    )


def _became(entry: PlaceEntry, at: datetime) -> Became:
    kinds = PlaceEvent.objects.filter(entry=entry).order_by("order").values_list("kind", flat=True)
    state = place_states.fold(kinds)
    hold = PlaceHold.objects.select_related("occasion").filter(entry=entry).order_by("-offered_at", "-id").first()
    if state in (State.OFFERED, State.DECIDED_UNANSWERED) and hold and hold.answer_until <= at:
        state = State.WAITING
    name = entry.activity.name
    if state is State.WAITING or state is None:
        return Became(StepState.WAITING, _waits(Waited.BODY, f"Plats i {name}", "Platssamordnare"))
    if state is State.LEFT or hold is None:
        return Became(StepState.PLANNED)
    if state in (State.OFFERED, State.DECIDED_UNANSWERED):
        until = day_in_stockholm(hold.answer_until)
        return Became(StepState.WAITING, _waits(Waited.PARTICIPANT, f"Svar på erbjuden plats i {name}, senast {until}"))
    if state is State.CONDITIONAL:
        role = entry.activity.decided_by_role
        who = ROLES[Role(role)].name if role != "owner" else "Platssamordnare"
        return Became(StepState.WAITING, _waits(Waited.BODY, f"Beslut om plats i {name}", who))
    if state is State.GIVEN:
        return Became(StepState.PLANNED, None, hold.occasion.starts_on, hold.occasion.ends_on)
    if state is State.ONGOING:
        return Became(StepState.ONGOING, None, hold.started_on, hold.occasion.ends_on)
    return Became(StepState.DONE, None, hold.started_on, hold.ended_on, _result(hold))


def _waits(who: Waited, what: str, role: str = "") -> dict[str, str]:
    return {"who": who.value, "what": what} | ({"role": role} if role else {})


def _result(hold: PlaceHold) -> str:
    """What came of it, in a line for each outcome."""
    lines = [
        f"{row.outcome.text}: {place_states.REACHED_NAMES[place_states.Reached(row.reached)].lower()}"
        for row in hold.results.select_related("outcome").order_by("outcome__position")
    ]
    return "\n".join(lines) or f"Avslutad {hold.ended_on}"
