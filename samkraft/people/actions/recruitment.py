"""Inviting a person to a recruitment meeting, what the employer is told first, and what came of it: in the plan too."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.offer.queries import employers
from samkraft.offer.queries.employers import MeetingRow
from samkraft.offer.rules import employers as employer_rules
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import at_hand, guard, plans
from samkraft.people.actions.at_hand import Case
from samkraft.people.models import Enrolment, RecruitmentInvitation
from samkraft.people.rules import recruitment as rules
from samkraft.people.rules import secrecy
from samkraft.people.rules.contents.choices import StepState
from samkraft.people.rules.held import versions
from samkraft.people.rules.recruitment import Reply, Result
from samkraft.values.context import Context
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Refused

PERSON = "people.person"
OPEN = (StepState.PLANNED, StepState.WAITING, StepState.ONGOING)


def invite(
    *,
    by: Context,
    person_id: UUID,
    meeting_id: UUID,
    fields: Collection[str],
    shown_how: str,
    shown_date: date,
    at: datetime | None = None,
) -> UUID:
    """Invite the person, after showing what the employer will be told; return the invitation. A step of the plan follows it.

    The database takes the fields from the card. They are told until the day of the meeting is over.
    """
    access.require(by, Permission.WRITE_PLAN)
    if any(one not in rules.FIELDS for one in fields):
        raise Refused(rules.UNKNOWN_FIELD)
    with transactions.write(by):
        case = at_hand.open_within(by=by, person_id=person_id, at=at)
        at_hand.require_taking_part(case)
        meeting = _meeting(meeting_id)
        step = plans.add_within(case, "step", _step_of(case, meeting))
        made: UUID = guard.ask(
            "people_recruitment_invite", person_id, meeting_id, _own_enrolment(case), step, sorted(set(fields)), "agreed",
            shown_how, shown_date, case.at,
        )  # fmt: skip
        _trace(case, "recruitment.invited", made, fields=sorted(set(fields)), meeting=meeting_id)
        return made


def reply(*, by: Context, person_id: UUID, invitation_id: UUID, comes: bool, at: datetime | None = None) -> None:
    """Say for the person whether he or she comes. A no frees the chair, and the step of the plan is dropped."""
    access.require(by, Permission.WRITE_PLAN)
    with transactions.write(by):
        case, held = _open(by, person_id, invitation_id, at)
        said = Reply.YES if comes else Reply.NO
        guard.ask("people_recruitment_reply", invitation_id, said.value, case.at)
        _trace(case, "recruitment.replied", invitation_id, reply=said.value)
        if not comes:
            _close_step_within(case, held.step, StepState.DROPPED, "Kommer inte till mötet.")


def withdraw(*, by: Context, person_id: UUID, invitation_id: UUID, at: datetime | None = None) -> None:
    """Take the invitation back: from now on the employer sees nothing of the person."""
    access.require(by, Permission.WRITE_PLAN)
    with transactions.write(by):
        case, held = _open(by, person_id, invitation_id, at)
        guard.ask("people_recruitment_reply", invitation_id, "withdrawn", case.at)
        _trace(case, "recruitment.withdrawn", invitation_id)
        _close_step_within(case, held.step, StepState.DROPPED, "Inbjudan är återtagen.")


def note_result(
    *,
    by: Context,
    person_id: UUID,
    invitation_id: UUID,
    result: str,
    start_date: date | None = None,
    at: datetime | None = None,
) -> None:
    """Write what came of the meeting. The step of the plan closes with it, and what follows becomes a step of its own.

    A job is left to the exit, which somebody decides on.
    """
    access.require(by, Permission.WRITE_PLAN)
    if result not in set(Result):
        raise Refused(rules.UNKNOWN_RESULT)
    said = Result(result)
    if said in rules.BEGINS and start_date is None:
        raise Refused(rules.NO_START)
    with transactions.write(by):
        case, held = _open(by, person_id, invitation_id, at)
        guard.ask("people_recruitment_note", invitation_id, said.value, start_date, case.at)
        _trace(case, "recruitment.result", invitation_id, result=said.value)
        if case.exited_on is not None or case.initiative_id is None:
            return
        employer = _meeting(held.meeting_id, cancelled_too=True).employer
        became = rules.becomes(said, employer, start_date)
        if _close_step_within(case, held.step, became.state, became.result) and became.next_title:
            plans.add_within(case, "step", _next_step(case, became))


def note_as_employer(
    *, by: Context, invitation_id: UUID, result: str, start_date: date | None = None, at: datetime | None = None
) -> None:
    """What the employer says came of it. It is shown to whoever is on the case, who confirms it."""
    access.require(by, Permission.SEE_OWN_WORKPLACE)
    if result not in set(Result):
        raise Refused(rules.UNKNOWN_RESULT)
    if Result(result) in rules.BEGINS and start_date is None:
        raise Refused(rules.NO_START)
    moment = at or timezone.now()
    with transactions.write(by):
        guard.ask("people_recruitment_note", invitation_id, result, start_date, moment)
        trail.record(
            by=by, at=moment, action="recruitment.said_by_employer", subject_kind="people.recruitment",
            subject_id=invitation_id, result=result,
        )  # fmt: skip


def _meeting(meeting_id: UUID, *, cancelled_too: bool = False) -> MeetingRow:
    found = employers.meeting(meeting_id)
    if found is None or (found.cancelled_at is not None and not cancelled_too):
        raise Refused(employer_rules.NO_SUCH_MEETING)
    return found


def _step_of(case: Case, meeting: MeetingRow) -> dict[str, Any]:
    day = day_in_stockholm(meeting.starts_at).isoformat()
    return {
        "title": rules.title_of(meeting.employer), "step_kind": "matching", "work_oriented": True,
        "body_area_id": str(case.by.area_id), "responsible": case.by.actor_name, "from_date": day, "to_date": day,
        "due_date": day, "order": "parallel", "state": StepState.PLANNED.value,
    }  # fmt: skip


def _next_step(case: Case, became: rules.Becomes) -> dict[str, Any]:
    said = {
        "title": became.next_title, "step_kind": "matching", "work_oriented": True,
        "body_area_id": str(case.by.area_id), "responsible": case.by.actor_name, "state": StepState.PLANNED.value,
    }  # fmt: skip
    return said | ({"from_date": became.next_from.isoformat()} if became.next_from else {})


def _close_step_within(case: Case, step: UUID | None, to: StepState, result: str) -> bool:
    """Close the step unless somebody has closed it already; whether it was closed now."""
    known = versions(case.everything, step) if step else []
    if (
        not known
        or step is None
        or case.exited_on is not None
        or known[-1].author_area_id != case.by.area_id
        or known[-1].content.get("state", "planned") not in OPEN
    ):
        return False
    content = {**known[-1].content, "state": to.value, "result": result}
    for name in ("waits_on", "waiting_since"):
        content.pop(name, None)
    plans.change_within(case, step, content, known[-1].version)
    return True


def _open(by: Context, person_id: UUID, invitation_id: UUID, at: datetime | None) -> tuple[Case, RecruitmentInvitation]:
    case = at_hand.open_within(by=by, person_id=person_id, at=at)
    held = RecruitmentInvitation.objects.filter(id=invitation_id, person_id=person_id).first()
    if held is None:
        raise Refused(secrecy.NOT_FOUND)
    return case, held


def _own_enrolment(case: Case) -> UUID | None:
    """The enrolment, when the own area is the one that enrolled."""
    return Enrolment.objects.filter(id=case.enrolment_id, area_id=case.by.area_id).values_list("id", flat=True).first()


def _trace(case: Case, action: str, invitation_id: UUID, **more: object) -> None:
    trail.record(
        by=case.by, at=case.at, action=action, subject_kind=PERSON, subject_id=case.person_id, invitation=invitation_id,
        **more,
    )  # fmt: skip
