"""What waits for the reader about employers and invitations: counted and listed by the same questions, in one journey each.

Asked on every page for the figure in the bar, so each is one cheap statement.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import connection

from samkraft.offer.queries import employers
from samkraft.partners.rules.roles import Permission, may
from samkraft.people.queries import invitations, recruitment
from samkraft.values.context import Context

# What `items` gives, as a number. Row-level security decides about whom.
_COUNTED = """
SELECT (SELECT count(*) FROM (SELECT DISTINCT ON (c.employer_id) c.membership_id, c.next_date FROM offer_employercontact c
            ORDER BY c.employer_id, c.on_date DESC, c.written_at DESC) newest
        WHERE newest.membership_id = %(me)s AND newest.next_date <= %(today)s::date)
    + (SELECT count(*) FROM people_recruitmentinvitation i WHERE i.membership_id = %(me)s
        AND i.ended_at IS NULL AND (SELECT r.said_by FROM people_recruitmentresult r WHERE r.invitation_id = i.id
            ORDER BY r.version DESC LIMIT 1) = 'employer')
    + (SELECT count(*) FROM people_invitation i WHERE i.membership_id = %(me)s
        AND i.withdrawn_at IS NULL AND i.step IS NULL AND i.answer_until <= NOW_SAID AND NOT EXISTS (
            SELECT 1 FROM people_invitationbooking b WHERE b.invitation_id = i.id AND b.released_at IS NULL))
"""
WAITING = _COUNTED.replace("NOW_SAID", "statement_timestamp()")  # for a statement that asks about more


def number(by: Context, today: date, now: datetime) -> int:
    """How many; nothing for roles that meet no employers and no people."""
    if not may(by.role, Permission.KEEP_EMPLOYERS) and not may(by.role, Permission.WRITE_PLAN):
        return 0
    with connection.cursor() as cursor:
        asked = _COUNTED.replace("NOW_SAID", "%(now)s")
        cursor.execute(asked, {"me": by.membership_id, "today": today, "now": now})
        return int(cursor.fetchone()[0])


def to_contact(by: Context, today: date) -> list[tuple[UUID, str, date]]:
    """Employers that the reader said to be in touch with by today."""
    if not may(by.role, Permission.KEEP_EMPLOYERS):
        return []
    return employers.to_contact(by.membership_id, until=today)


def to_confirm(by: Context) -> list[tuple[UUID, UUID, str, date]]:
    """What employers have said of those whom the reader invited: invitation, person, name, day."""
    return recruitment.to_confirm(by) if may(by.role, Permission.WRITE_PLAN) else []


def unanswered(by: Context, now: datetime) -> list[tuple[UUID, str, date]]:
    """Persons who have not chosen a time, and do not take part yet (else the step of the plan waits on us): person, name, day."""
    if not may(by.role, Permission.WRITE_PLAN):
        return []
    return [(row.person_id, row.name, row.answer_until.date()) for row in invitations.unanswered(by, now=now)]
