"""The referrals of those whose case the reader is on: what waits, and what was ended without anybody beginning.

Nothing is counted or joined but what row-level security gives the reader of the reader's own area, so a referral from another
authority is here only when it has been handed over, and an enrolment that the area does not know of closes nothing.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from samkraft.audit.queries import statements
from samkraft.people.rules import contents
from samkraft.people.rules.contents.persons import Referral, ReferralEnd
from samkraft.values.context import Context

# Of whoever takes part now no referral waits: said first, since all whom a reader of many teams knows of were referred once.
# `mine` are the rows of the overview that the reader is given, read once.
MINE = """mine AS MATERIALIZED (
    SELECT o.person_id, o.enrolment_id, o.initiative_id, o.name, o.lead_membership_id, o.started_on, o.exited_on, o.paused_from
    FROM people_overview o WHERE o.area_id = %(area)s)"""
NOT_HERE = "c.person_id NOT IN (SELECT t.person_id FROM mine t WHERE t.exited_on IS NULL)"
TAKES_PART = "EXISTS (SELECT 1 FROM mine t WHERE t.person_id = n.person_id AND t.exited_on IS NULL)"
# Of a row `n` with a referral: that it was not taken up by an enrolment, as `rules.referrals.is_taken_up` says it; and that
# nobody has ended it. `newest` is the newest version of each referral that may wait and of each end.
NOT_TAKEN_UP = """NOT EXISTS (SELECT 1 FROM mine t WHERE t.person_id = n.person_id
      AND (t.exited_on IS NULL OR t.exited_on > (n.content ->> 'received_on')::date
           OR t.started_on >= (n.content ->> 'received_on')::date))"""
NOT_ENDED = "n.lineage NOT IN (SELECT (e.content ->> 'referral')::uuid FROM newest e WHERE e.kind = 'referral_end')"
NAME = """(SELECT concat_ws(' ', k.content ->> 'given_name', k.content ->> 'family_name') FROM people_contribution k
      WHERE k.person_id = n.person_id AND k.area_id = %(area)s AND k.kind = 'card'
      ORDER BY k.occurred_at DESC, k.written_at DESC, k.id DESC LIMIT 1)"""
# Those of the own area who are on the case now know whether whoever wrote it still is.
AUTHOR_IS_HERE = """EXISTS (SELECT 1 FROM people_caseaccess a WHERE a.person_id = n.person_id
      AND a.membership_id = n.author_membership_id AND a.period @> statement_timestamp())"""
HANDED_OVER = """(SELECT coalesce(json_agg(json_build_array(d.to_area_id,
          (d.disclosed_at AT TIME ZONE 'Europe/Stockholm')::date) ORDER BY d.disclosed_at, d.id), '[]')
      FROM people_disclosure d WHERE d.person_id = n.person_id AND d.lineage = n.lineage AND d.from_area_id = %(area)s
        AND d.to_area_id <> %(area)s)"""

_LISTED = f"""
WITH {MINE},
ends AS MATERIALIZED (
    SELECT DISTINCT ON (c.lineage) c.* FROM people_contribution c
    WHERE c.area_id = %(area)s AND c.kind = 'referral_end' ORDER BY c.lineage, c.version DESC),
newest AS MATERIALIZED (
    SELECT DISTINCT ON (c.lineage) c.* FROM people_contribution c
    WHERE c.area_id = %(area)s AND c.kind = 'referral'
      AND ({NOT_HERE} OR c.lineage IN (SELECT (e.content ->> 'referral')::uuid FROM ends e))
    ORDER BY c.lineage, c.version DESC)
SELECT n.person_id, n.lineage, n.id, n.content::json, n.author_area_id, n.author_name, n.copy_of_id IS NULL,
    {NAME}, {HANDED_OVER}, e.content::json, e.author_name, e.author_area_id, e.content IS NOT NULL AND {TAKES_PART}
FROM newest n LEFT JOIN LATERAL (
    SELECT x.content, x.author_name, x.author_area_id FROM ends x WHERE x.person_id = n.person_id
      AND x.content ->> 'referral' = n.lineage::text
    ORDER BY x.occurred_at, x.written_at, x.id LIMIT 1) e ON true
WHERE (e.content IS NOT NULL OR {NOT_TAKEN_UP})
"""  # noqa: S608 - the statement is our own


@dataclass(frozen=True, slots=True)
class Listed:
    """One referral. `handed_to`: the areas that it was handed over to, with the day. `end` None: it waits.

    `takes_part`: it was ended, and the person takes part all the same, on a later one.
    """

    person_id: UUID
    lineage: UUID
    contribution_id: UUID
    content: Referral
    author_area_id: UUID
    author_name: str
    is_own: bool
    name: str
    handed_to: tuple[tuple[UUID, date], ...]
    end: ReferralEnd | None
    ended_by: str
    ended_area_id: UUID | None
    takes_part: bool


def listed(by: Context) -> list[Listed]:
    """Those that wait first, the oldest first; then those that were ended, the last first. One statement."""
    found = [_read(*row) for row in statements.rows(_LISTED, {"area": by.area_id})]
    waits = sorted(
        (one for one in found if one.end is None), key=lambda one: (one.content.received_on, str(one.lineage))
    )
    ended = [(one.end.ended_on, str(one.lineage), one) for one in found if one.end is not None]
    return [*waits, *(one for _day, _key, one in sorted(ended, key=lambda each: each[:2], reverse=True))]


def _read(
    person_id: UUID, lineage: UUID, row_id: UUID, said: Any, area_id: UUID, author: str, is_own: bool, name: str | None,
    handed: Any, end: Any, ended_by: str | None, ended_area_id: UUID | None, takes_part: bool,
) -> Listed:  # fmt: skip
    return Listed(
        person_id=person_id,
        lineage=lineage,
        contribution_id=row_id,
        content=contents.read("referral", said),
        author_area_id=area_id,
        author_name=author,
        is_own=is_own,
        name=name or "",
        handed_to=tuple((UUID(key), date.fromisoformat(day)) for key, day in handed),
        end=contents.read("referral_end", end) if end else None,
        ended_by=ended_by or "",
        ended_area_id=ended_area_id,
        takes_part=takes_part,
    )
