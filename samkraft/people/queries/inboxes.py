"""What waits for the reader among the participants. Asked on every page, for the figure in the bar, so it reads little."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from samkraft.audit.queries import statements
from samkraft.audit.queries.statements import Question, Rows
from samkraft.partners.queries import errands
from samkraft.partners.rules.roles import Permission, may
from samkraft.people.models import BreakGlass, Match
from samkraft.people.queries import boards, employer_inboxes, loose_ends, open_referrals
from samkraft.people.rules import exits, inboxes
from samkraft.people.rules.boards import Day, Line
from samkraft.people.rules.boards import lines as lines_of
from samkraft.people.rules.inboxes import Asked, Changed, Loose, Lost, Reader, Referred, Waiting, What
from samkraft.values.context import Context
from samkraft.values.period import STOCKHOLM

# Of those whose process I lead and who took part in the whole of last month: how many had fewer hours than the least.
# The person is asked for too: in a country of reports the planner would otherwise look through the whole caseload for each.
_LITTLE = """
SELECT count(*) FROM mine o JOIN initiatives_initiativerules r ON r.initiative_id = o.initiative_id
    AND r.valid @> %(today)s::date AND r.rules -> 'monthly_time_report' = 'true'
JOIN LATERAL (SELECT (c.content ->> 'hours')::int AS hours FROM people_contribution c WHERE c.person_id = o.person_id
    AND c.enrolment_id = o.enrolment_id AND c.area_id = %(area)s AND c.kind = 'time_report'
    AND c.content ->> 'month' = to_char(%(today)s::date - interval '1 month', 'YYYY-MM')
    ORDER BY c.written_at DESC, c.id DESC LIMIT 1) t ON true
WHERE o.lead_membership_id = %(me)s AND o.paused_from IS NULL
  AND o.started_on <= date_trunc('month', %(today)s::date - interval '1 month')
  AND (o.exited_on IS NULL OR o.exited_on >= %(today)s::date)
  AND t.hours * 7.0 / extract(day FROM date_trunc('month', %(today)s::date) - interval '1 day')
      < (r.rules ->> 'least_weekly_hours')::int
"""

# Sessions ahead that were added, moved or cancelled, of those who have a place there and do not know yet.
_SESSIONS = """
SELECT DISTINCT ON (v.hold_id, v.session_id) v.kind, v.person_id, s.starts_at, coalesce(o.name, '') AS name,
    o.lead_membership_id, o.lead_area_id
FROM people_placeevent v JOIN offer_session s ON s.id = v.session_id AND s.starts_at > statement_timestamp()
JOIN people_placehold h ON h.id = v.hold_id AND h.released_at IS NULL
JOIN people_placeentry e ON e.id = v.entry_id
LEFT JOIN people_overview o ON o.enrolment_id = e.enrolment_id AND o.area_id = e.area_id
WHERE v.area_id = %(area)s AND v.kind IN ('session_added', 'session_moved', 'session_cancelled', 'session_known')
ORDER BY v.hold_id, v.session_id, v."order" DESC
"""

# Offers that were taken back, and places and offers of what is cancelled, of one who stands in the queue still, is offered no
# other, and does not know yet.
_LOST = """
SELECT v.kind, v.person_id, a.name AS activity, coalesce(o.name, '') AS name, o.lead_membership_id, o.lead_area_id, v.happened_at
FROM people_placeevent v JOIN people_placeentry e ON e.id = v.entry_id AND e.left_at IS NULL
JOIN offer_activity a ON a.id = e.activity_id
LEFT JOIN people_overview o ON o.enrolment_id = e.enrolment_id AND o.area_id = e.area_id
WHERE v.area_id = %(area)s AND v.kind IN ('withdrawn', 'taken_back', 'cancelled')
  AND NOT EXISTS (SELECT 1 FROM people_placeevent n WHERE n.entry_id = v.entry_id
      AND n."order" > v."order" AND n.kind IN ('offer_known', 'offered'))
"""

# Referrals that are open, and not handed over to an authority that goes on with them.
_REFERRED = f"""
SELECT coalesce(json_agg(json_build_object('person_id', n.person_id, 'name', {open_referrals.NAME},
    'received_on', n.content ->> 'received_on', 'responsible', CASE WHEN n.copy_of_id IS NULL
      AND {open_referrals.AUTHOR_IS_HERE} THEN n.author_membership_id END)), '[]')
FROM newest n WHERE n.kind = 'referral' AND {open_referrals.NOT_TAKEN_UP} AND {open_referrals.NOT_ENDED}
  AND (n.copy_of_id IS NOT NULL OR NOT EXISTS (SELECT 1 FROM people_disclosure d WHERE d.person_id = n.person_id
      AND d.lineage = n.lineage AND d.from_area_id = %(area)s))
"""  # noqa: S608 - the statement is our own

# Whom I stand in for today, within my own area; the teams I sit in; and what is asked for and not answered.
_ASKED = f"""
WITH {open_referrals.MINE},
newest AS MATERIALIZED (
    SELECT DISTINCT ON (c.lineage) c.kind, c.lineage, c.person_id, c.enrolment_id, c.content, c.author_membership_id,
           c.written_at, c.copy_of_id
    FROM people_contribution c
    WHERE c.area_id = %(area)s AND c.kind IN ('follow_up', 'handover', 'prolongation', 'referral', 'referral_end')
      AND (c.kind NOT IN ('referral', 'referral_end') OR {open_referrals.NOT_HERE})
    ORDER BY c.lineage, c.version DESC)
SELECT json_build_object(
  'stands_in_for', (SELECT coalesce(json_agg(json_build_array(m.id, u.name)), '[]') FROM partners_standin s
      JOIN partners_membership m ON m.id = s.membership_id JOIN partners_user u ON u.id = m.user_id
      WHERE s.stand_in_id = %(me)s AND s.period @> %(today)s::date AND m.area_id = %(area)s),
  'teams', (SELECT coalesce(json_agg(t.team_id), '[]') FROM initiatives_teammember t
      WHERE t.membership_id = %(me)s AND NOT t.personal AND t.period @> %(today)s::date),
  'asked', (SELECT coalesce(json_agg(json_build_object('kind', n.kind, 'lineage', n.lineage,
      'person_id', n.person_id, 'content', n.content, 'author_membership_id', n.author_membership_id,
      'written_at', n.written_at, 'name', o.name, 'lead_membership_id', o.lead_membership_id)), '[]')
    FROM newest n LEFT JOIN mine o ON o.enrolment_id = n.enrolment_id
    WHERE n.kind NOT IN ('referral', 'referral_end') AND (n.content ->> 'answers' IS NOT NULL
       OR n.content ->> 'state' = 'asked'
       OR (n.content ->> 'state' = 'due' AND (n.content ->> 'due_date')::date <= %(soon)s))),
  'referred', ({_REFERRED}),
  'monthly', (SELECT coalesce(json_agg(r.initiative_id), '[]') FROM initiatives_initiativerules r
      WHERE r.valid @> %(today)s::date AND r.rules -> 'monthly_time_report' = 'true'),
  'little', ({_LITTLE}),
  'errands', ({errands.WAITING}),
  'employers', ({employer_inboxes.WAITING}),
  'sessions', (SELECT coalesce(json_agg(s), '[]') FROM ({_SESSIONS}) s WHERE s.kind <> 'session_known'),
  'lost', (SELECT coalesce(json_agg(w), '[]') FROM ({_LOST}) w),
  'loose', (SELECT coalesce(json_agg(l), '[]') FROM ({loose_ends.OPEN}) l))
"""  # noqa: S608 - the statements are our own


def waiting(
    by: Context, today: date, now: datetime, *, among: Sequence[Line] | None = None, answer: Rows | None = None
) -> list[Waiting]:
    """Everything about participants that waits for the reader: two statements, one when the caseload is at hand.

    Nothing at all for roles that have no caseload.
    """
    if not may(by.role, Permission.SEE_CASELOAD):
        return []
    ((found,),) = statements.rows(*question(by, today)) if answer is None else answer
    reader = Reader(
        by.membership_id,
        {UUID(key): name for key, name in found["stands_in_for"]},
        frozenset(UUID(key) for key in found["teams"]),
        may(by.role, Permission.DECIDE_PROLONGATION),
    )
    asked = [_asked(one) for one in found["asked"]]
    day = Day(today, by.area_id)
    lines = lines_of(boards.led(by, reader.leads), day) if among is None else among
    staying = [one for one in lines if one.row.exited_on is None or one.row.exited_on > today]
    return [
        *inboxes.of_lines(staying, day, reader, now),
        *inboxes.of_months(staying, reader, today, {UUID(key) for key in found["monthly"]}, found["little"]),
        *inboxes.of_requests(asked, reader, today),
        *inboxes.of_loose_ends([_loose(one) for one in found["loose"]], reader),
        *inboxes.of_referrals([_referred(one) for one in found["referred"]], reader),
        *inboxes.of_sessions([_changed(one) for one in found["sessions"]], day, reader),
        *inboxes.of_lost([_lost(one) for one in found["lost"]], day, reader),
    ]


def question(by: Context, today: date) -> Question:
    """The statement about what is asked for, for a page that asks several in one journey and gives the answer here."""
    soon = today + timedelta(days=exits.FOLLOW_UP_DAYS_BEFORE)
    return _ASKED, {**loose_ends.arguments(by, today), "soon": soon}


def errands_among(answer: Rows) -> int:
    """How much of what the reader asked for beside the pages waits: counted in the same statement."""
    ((found,),) = answer
    return int(found["errands"])


def employers_among(answer: Rows) -> int:
    """How much waits for the reader about employers and invitations: counted in the same statement."""
    ((found,),) = answer
    return int(found["employers"])


def referred_among(answer: Rows) -> int:
    """How many referrals wait for somebody on the case in the reader's area: counted in the same statement."""
    ((found,),) = answer
    return len(found["referred"])


def emergencies_to_review(by: Context) -> list[tuple[UUID, date]]:
    """Those that nobody has reviewed; only the data-protection officer has any."""
    if not may(by.role, Permission.REVIEW_AUDIT):
        return []
    rows = BreakGlass.objects.filter(verdict="").order_by("opened_at", "id")
    return [(row.id, row.opened_at.astimezone(STOCKHOLM).date()) for row in rows]


def matches_to_decide(by: Context) -> list[tuple[UUID, date]]:
    """Those that nobody has decided; only the steward of duplicates has any."""
    if not may(by.role, Permission.JOIN_DUPLICATES):
        return []
    rows = Match.objects.filter(state="open").order_by("found_at", "id")
    return [(row.id, row.found_at.astimezone(STOCKHOLM).date()) for row in rows]


def _changed(said: Mapping[str, Any]) -> Changed:
    lead, area = said["lead_membership_id"], said["lead_area_id"]
    return Changed(
        What(said["kind"]), UUID(said["person_id"]), said["name"], datetime.fromisoformat(said["starts_at"]),
        UUID(lead) if lead else None, UUID(area) if area else None,
    )  # fmt: skip


def _lost(said: Mapping[str, Any]) -> Lost:
    lead, area = said["lead_membership_id"], said["lead_area_id"]
    what = What.PLACE_CANCELLED if said["kind"] == "cancelled" else What.OFFER_WITHDRAWN
    return Lost(
        what, UUID(said["person_id"]), said["name"], said["activity"], datetime.fromisoformat(said["happened_at"]),
        UUID(lead) if lead else None, UUID(area) if area else None,
    )  # fmt: skip


def _referred(said: Mapping[str, Any]) -> Referred:
    responsible = said["responsible"]
    return Referred(
        UUID(said["person_id"]), said["name"] or "", date.fromisoformat(said["received_on"]),
        UUID(responsible) if responsible else None,
    )  # fmt: skip


def _loose(said: Mapping[str, Any]) -> Loose:
    lead = said["lead_membership_id"]
    return Loose(
        is_promise=said["kind"] == loose_ends.Kind.PROMISE,
        person_id=UUID(said["person_id"]),
        name=said["name"],
        lead_membership_id=UUID(lead) if lead else None,
        due_date=date.fromisoformat(said["due_date"]) if said["due_date"] else None,
        since_date=date.fromisoformat(said["since_date"]) if said["since_date"] else None,
    )


def _asked(said: Mapping[str, Any]) -> Asked:
    return Asked(
        kind=said["kind"],
        lineage=UUID(said["lineage"]),
        person_id=UUID(said["person_id"]),
        name=said["name"] or "",
        lead_membership_id=UUID(said["lead_membership_id"]) if said["lead_membership_id"] else None,
        author_membership_id=UUID(said["author_membership_id"]),
        written_date=datetime.fromisoformat(said["written_at"]).astimezone(STOCKHOLM).date(),
        content=said["content"],
    )
