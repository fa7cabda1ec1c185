"""Recruitment meetings: planned with an employer, and cancelled. Who is invited is kept where people are known."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.offer.actions import employers
from samkraft.offer.models import Opening, RecruitmentMeeting
from samkraft.offer.rules import employers as rules
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.refusal import Refused

KIND = "offer.recruitment_meeting"


@dataclass(frozen=True, slots=True)
class MeetingDraft:
    """A meeting: about which job, when, where, in which form, and how many can come."""

    headline: str
    starts_at: datetime
    ends_at: datetime
    place_name: str
    form: str
    most: int
    opening_id: UUID | None = None


def plan(*, by: Context, employer_id: UUID, draft: MeetingDraft, at: datetime | None = None) -> UUID:
    """Plan a meeting and return it."""
    access.require(by, Permission.KEEP_EMPLOYERS)
    moment = at or timezone.now()
    if wrong := rules.unknown_word([draft.form], rules.MeetingForm):
        raise Refused(rules.UNKNOWN_WORD, word=wrong)
    if refused := rules.why_not_meeting(
        headline=draft.headline, most=draft.most, starts_at=draft.starts_at, ends_at=draft.ends_at, now=moment
    ):
        raise Refused(refused)
    with transactions.write(by):
        employers.organisation_of(employer_id)
        if draft.opening_id and not Opening.objects.filter(id=draft.opening_id, employer_id=employer_id).exists():
            raise Refused(rules.NO_SUCH_OPENING)
        made = RecruitmentMeeting.objects.create(
            id=uuid4(), employer_id=employer_id, opening_id=draft.opening_id, headline=draft.headline.strip(),
            starts_at=draft.starts_at, ends_at=draft.ends_at, place_name=draft.place_name.strip()[:120],
            form=draft.form, most=draft.most, planned_at=moment, planned_by=by.actor_name,
        )  # fmt: skip
        trail.record(
            by=by, at=moment, action="recruitment_meeting.planned", subject_kind=KIND, subject_id=made.id,
            employer=employer_id,
        )  # fmt: skip
        return made.id


def cancel(*, by: Context, meeting_id: UUID, reason: str, at: datetime | None = None) -> None:
    """Cancel a meeting that has not begun. Those who were invited, and their officers, see it and why."""
    access.require(by, Permission.KEEP_EMPLOYERS)
    moment = at or timezone.now()
    if not reason.strip():
        raise Refused(rules.NO_REASON)
    if rules.looks_numbered(reason):
        raise Refused(rules.NUMBER_IN_TEXT)
    with transactions.write(by):
        held = RecruitmentMeeting.objects.select_for_update().filter(id=meeting_id, cancelled_at=None).first()
        if held is None:
            raise Refused(rules.NO_SUCH_MEETING)
        if held.starts_at <= moment:
            raise Refused(rules.MEETING_HAS_BEEN)
        held.cancelled_at, held.cancelled_by, held.cancel_reason = moment, by.actor_name, reason.strip()[:300]
        held.save(update_fields=["cancelled_at", "cancelled_by", "cancel_reason"])
        trail.record(by=by, at=moment, action="recruitment_meeting.cancelled", subject_kind=KIND, subject_id=meeting_id)
