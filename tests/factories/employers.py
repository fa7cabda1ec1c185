"""Employers, recruitment meetings and free times for tests, built through the actions."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from samkraft.audit.actions import transactions
from samkraft.offer.actions import employers, recruitment_meetings
from samkraft.offer.actions.employers import ContactDraft, EmployerDraft, OpeningDraft
from samkraft.offer.actions.recruitment_meetings import MeetingDraft
from samkraft.partners.rules.organisations import OrganisationKind
from samkraft.partners.rules.roles import Role
from samkraft.people.actions import invitations, recruitment
from samkraft.people.models import InvitationSlot, RecruitmentInvitation
from samkraft.people.rules.invitations import Span
from samkraft.values.period import day_in_stockholm
from tests.factories import partners
from tests.factories.joint_work import Way
from tests.factories.partners import Member

CODE = "bageriet"


def employer(by: Member, code: str = CODE) -> UUID:
    """An employer that is known as an organisation, registered by the member."""
    organisation_id = partners.organisation(code, OrganisationKind.COMPANY, name=code.title())
    return employers.register(
        by=by.context,
        draft=EmployerDraft(industry="food", organisation_id=organisation_id, contact_name="Berit Bagare"),
    )


def representative(code: str = CODE) -> Member:
    """Somebody at the employer who has an account."""
    return partners.member(Role.EMPLOYER, code, name="Berit Bagare")


def contact(by: Member, employer_id: UUID, day: date, **said: Any) -> UUID:
    """A contact on a day."""
    draft = {"how": "visit", "about": "placement", "led_to": "meets", "text": "Vill ta emot två.", **said}
    return employers.note_contact(by=by.context, employer_id=employer_id, draft=ContactDraft(on_date=day, **draft))


def opening(by: Member, employer_id: UUID, headline: str = "Köksbiträde", **said: Any) -> UUID:
    """A job that the employer has told of."""
    return employers.tell_opening(by=by.context, employer_id=employer_id, draft=OpeningDraft(headline=headline, **said))


def meeting(
    by: Member, employer_id: UUID, starts_at: datetime, *, most: int = 5, at: datetime | None = None, **said: Any
) -> UUID:
    """A recruitment meeting of an hour."""
    draft = MeetingDraft(
        headline="Köksbiträden till nya bageriet", starts_at=starts_at, ends_at=starts_at + timedelta(hours=1),
        place_name="Mjölgatan 3", form="at_employer", most=most, **said,
    )  # fmt: skip
    return recruitment_meetings.plan(by=by.context, employer_id=employer_id, draft=draft, at=at)


def invite(way: Way, by: Member, meeting_id: UUID, *fields: str) -> UUID:
    """Invite the person, who has seen that these fields are told."""
    return recruitment.invite(
        by=by.context, person_id=way.person_id, meeting_id=meeting_id, fields=fields or ("name",), shown_how="together",
        shown_date=way.today, at=way.at,
    )  # fmt: skip


def invitation(way: Way, by: Member) -> RecruitmentInvitation:
    """The newest invitation of the person, as the member may see it."""
    with transactions.read(by.context):
        return RecruitmentInvitation.objects.filter(person_id=way.person_id).order_by("-invited_at")[0]


def times(by: Member, moment: datetime, *, many: int = 3, days_ahead: int = 2) -> list[InvitationSlot]:
    """Lay out so many times of half an hour from nine o'clock some days ahead."""
    day = day_in_stockholm(moment) + timedelta(days=days_ahead)
    ends = (datetime.combine(day, time(9)) + timedelta(minutes=30 * many)).time()
    span = Span(first=day, last=day, weekdays=(day.weekday(),), starts=time(9), ends=ends, minutes=30)
    invitations.publish(by=by.context, span=span, place="Föreningsgatan 35", at=moment)
    with transactions.read(by.context):
        return list(InvitationSlot.objects.filter(membership_id=by.membership_id).order_by("period"))
