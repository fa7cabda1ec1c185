"""Phases, pauses and more time: where in the initiative the person is, decided with a reason and by the right person."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from samkraft.audit.actions import transactions
from samkraft.initiatives.queries import teams as arrangements
from samkraft.partners.queries import memberships
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import at_hand
from samkraft.people.actions.at_hand import Case
from samkraft.people.rules import contents, phases
from samkraft.people.rules.contents.choices import Answer
from samkraft.people.rules.held import Held, latest
from samkraft.people.rules.phases import PhaseRule, Standing
from samkraft.people.rules.states import Kind
from samkraft.values.context import Context
from samkraft.values.refusal import Reason, Refused


def move(
    *, by: Context, person_id: UUID, number: int, since: date, reason: str = "", at: datetime | None = None
) -> UUID:
    """Begin another phase from a day on, with the reason. Raises Refused naming what stands in the way."""
    access.require(by, Permission.MOVE_PHASE)
    with transactions.write(by):
        case = at_hand.open_within(by=by, person_id=person_id, at=at)
        started_on = at_hand.require_taking_part(case)
        been = phases.stretches(case.held)
        now = been[-1] if been else None
        refused = phases.why_not_move(number, since, reason, rules=_rules(case), now=now, started_on=started_on)
        if refused:
            begun = now.start_date if refused is phases.BEFORE_LAST_MOVE and now else started_on
            _refuse(refused, number=number, date=since.isoformat(), start=begun.isoformat())
        content = {"number": number, "since": since.isoformat(), "reason": reason}
        return at_hand.write_within(case, "phase.begun", "phase", content).lineage


def pause(
    *,
    by: Context,
    person_id: UUID,
    from_date: date,
    reason_kind: str,
    until: date | None = None,
    at: datetime | None = None,
) -> UUID:
    """Pause from a day on. `until` is the first day that counts again; without it the pause goes on until it is ended."""
    access.require(by, Permission.MOVE_PHASE)
    with transactions.write(by):
        case = at_hand.open_within(by=by, person_id=person_id, at=at)
        started_on = at_hand.require_taking_part(case)
        at_hand.require_move(case, Kind.ENROLMENT, "enrolled", "paused", reason=reason_kind)
        said: dict[str, Any] = {
            "from_date": from_date.isoformat(),
            "until": until.isoformat() if until else None,
            "reason_kind": reason_kind,
        }
        content = contents.read("pause", said, case.today)
        if refused := phases.why_not_pause(content, phases.pauses(case.held), started_on):
            _refuse(refused, date=from_date.isoformat(), start=started_on.isoformat())
        return at_hand.write_within(case, "pause.begun", "pause", said).lineage


def end_pause(*, by: Context, person_id: UUID, until: date, at: datetime | None = None) -> None:
    """End the pause that goes on: `until` is the first day that counts again. Only the area that began it ends it."""
    access.require(by, Permission.MOVE_PHASE)
    with transactions.write(by):
        case = at_hand.open_within(by=by, person_id=person_id, at=at)
        at_hand.require_move(case, Kind.ENROLMENT, "paused", "enrolled")
        open_ones = [held for held in latest(case.held, "pause") if "until" not in held.content]
        if not open_ones:
            raise Refused(phases.NOT_PAUSED)
        held = at_hand.own(case, open_ones[-1].lineage)
        content = {**held.content, "until": until.isoformat()}
        at_hand.write_within(case, "pause.ended", "pause", content, lineage=held.lineage, based_on=held.version)


def ask_for_time(*, by: Context, person_id: UUID, until: date, reason: str, at: datetime | None = None) -> UUID:
    """Ask for more time than the limit gives. Another person decides."""
    access.require(by, Permission.MOVE_PHASE)
    with transactions.write(by):
        case = at_hand.open_within(by=by, person_id=person_id, at=at)
        at_hand.require_taking_part(case)
        at_hand.require_move(case, Kind.PROLONGATION, "", "asked", reason=reason)
        limit_date = standing(case).limit_date
        if refused := phases.why_not_prolong(until, phases.prolongations(case.held), limit_date):
            _refuse(refused, limit=limit_date.isoformat() if limit_date else "–")
        content = {"until": until.isoformat(), "state": "asked", "asked_by": str(by.membership_id), "reason": reason}
        return at_hand.write_within(case, "prolongation.asked", "prolongation", content).lineage


def decide_time(
    *, by: Context, person_id: UUID, asked: UUID, grant: bool, reason: str = "", at: datetime | None = None
) -> None:
    """Grant or refuse the time that somebody else asked for; a refusal says why. `asked` is the request's lineage."""
    access.require(by, Permission.DECIDE_PROLONGATION)
    with transactions.write(by):
        case = at_hand.open_within(by=by, person_id=person_id, at=at)
        request = at_hand.newest_of(case, asked, "prolongation")
        found = next(one for one in phases.prolongations(case.everything) if one.held.lineage == asked)
        answer = Answer.GRANTED if grant else Answer.REFUSED
        before = found.content.state if found.answer is None else Answer(found.answer.content["state"])
        own_memberships = {row.id for row in memberships.held_by(by.actor_id)}
        is_another = found.content.asked_by not in own_memberships
        at_hand.require_move(case, Kind.PROLONGATION, before, answer, reason=reason, is_another=is_another)
        _answer_within(case, request, answer, reason)


def standing(case: Case) -> Standing:
    """Where the person is today, by the initiative's phases and limit."""
    row = case.rules
    return phases.standing(
        case.held,
        _rules(case),
        limit_days=row.rules.limit_days if row else None,
        today=case.today,
        exited_on=case.exited_on,
    )


def _answer_within(case: Case, request: Held, answer: Answer, reason: str) -> None:
    """Inside a transaction: a new version of the own area's request, or an answer of one's own to another area's."""
    content: dict[str, Any] = {
        **request.content,
        "state": answer.value,
        "decided_by": str(case.by.membership_id),
        "reason": reason.strip() or request.content["reason"],
    }
    action = "prolongation.granted" if answer is Answer.GRANTED else "prolongation.refused"
    if request.author_area_id == case.by.area_id:
        at_hand.write_within(case, action, "prolongation", content, lineage=request.lineage, based_on=request.version)
    else:
        at_hand.write_within(case, action, "prolongation", {**content, "answers": str(request.lineage)})


def _rules(case: Case) -> tuple[PhaseRule, ...]:
    rows = arrangements.phases(case.initiative_id) if case.initiative_id else ()
    return tuple(PhaseRule(row.number, row.name, row.guide_days, row.counts_to_limit) for row in rows)


def _refuse(reason: Reason, **details: object) -> None:
    raise Refused(reason, **details)
