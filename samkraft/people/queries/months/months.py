"""A month of time reports as the reader's area may know it, and what a closed month was reported with.

The database gives the reader's own area's rows on cases that the reader is on. A month is four statements, however many
took part in it.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from samkraft.audit.queries import statements
from samkraft.people.models import Contribution, MonthClosing, MonthFile, MonthRow, MonthSetting
from samkraft.people.queries import attendance, contributions
from samkraft.people.rules.held import Held, latest
from samkraft.people.rules.months import months as rules
from samkraft.people.rules.months.months import Closing, Line, Snapshot
from samkraft.people.rules.months.scb import Numbered
from samkraft.values.context import Context

_LINES = """
SELECT o.person_id, o.enrolment_id, o.name, o.sort_key, o.team_id, o.lead_membership_id, o.lead_name, o.started_on,
       o.exited_on, o.paused_from, o.paused_until,
       EXISTS (SELECT 1 FROM people_protection p WHERE p.person_id = o.person_id AND p.period @> statement_timestamp())
FROM people_taking_part() o
WHERE o.initiative_id = %(initiative)s AND o.started_on <= %(last)s AND (o.exited_on IS NULL OR o.exited_on >= %(first)s)
  AND (%(enrolments)s::uuid[] IS NULL OR o.enrolment_id = ANY (%(enrolments)s::uuid[]))
ORDER BY o.sort_key, o.enrolment_id
"""
_KINDS = ("time_report", "time_attest")


def lines(
    by: Context,
    initiative_id: UUID,
    month: str,
    *,
    now: datetime,
    with_sessions: bool = True,
    enrolment_ids: Collection[UUID] | None = None,
) -> list[Line]:
    """Everyone who took part in some of the month and whose case the reader is on, by name."""
    first, last = rules.span(month)
    asked = None if enrolment_ids is None else list(enrolment_ids)
    rows = statements.rows(_LINES, {"initiative": initiative_id, "first": first, "last": last, "enrolments": asked})
    told = _told(by, month, None if asked is None else [row[0] for row in rows])
    there = attendance.months(by, month=first, now=now) if with_sessions and rows else {}
    found = []
    for row in rows:
        reports, attests = told.get((row[1], "time_report"), []), told.get((row[1], "time_attest"), [])
        sessions = there.get(row[0])
        found.append(
            Line(
                *row[:11],
                report=rules.report_of(reports, attests),
                attended=sessions.hours if sessions else None,
                unnoted=sessions.unnoted if sessions else 0,
                is_protected=row[11],
            )
        )
    return found


def _told(by: Context, month: str, person_ids: Collection[UUID] | None) -> dict[tuple[UUID | None, str], list[Held]]:
    """The newest versions of reports and attests of the month, by enrolment and kind."""
    rows = Contribution.objects.filter(area_id=by.area_id, kind__in=_KINDS, content__month=month)
    if person_ids is not None:
        rows = rows.filter(person_id__in=person_ids)
    found: dict[tuple[UUID | None, str], list[Held]] = defaultdict(list)
    for held in latest(contributions.as_held(rows), *_KINDS):
        found[held.enrolment_id, held.kind].append(held)
    return found


def first_month(by: Context, initiative_id: UUID) -> str | None:
    """The month in which the first whom the reader may know of began; None when there is nobody."""
    ((day,),) = statements.rows(
        "SELECT min(started_on) FROM people_taking_part() WHERE initiative_id = %(initiative)s",
        {"initiative": initiative_id},
    )
    return rules.of_day(day) if day else None


def enrolment_within(
    by: Context, person_id: UUID, initiative_id: UUID | None, first: date, last: date
) -> tuple[UUID, date] | None:
    """The person's latest enrolment that began by the last of these days and was left on the first or later."""
    sql = (
        "SELECT enrolment_id, started_on FROM people_taking_part() WHERE person_id = %s AND initiative_id = %s "
        "AND started_on <= %s AND exited_on >= %s ORDER BY started_on DESC LIMIT 1"
    )
    found = statements.rows(sql, [person_id, initiative_id, last, first])
    return (found[0][0], found[0][1]) if found else None


def closings(by: Context, initiative_id: UUID) -> list[Closing]:
    """Every closing of the reader's own area in the initiative, by month and number."""
    rows = MonthClosing.objects.filter(area_id=by.area_id, initiative_id=initiative_id).order_by("month", "number")
    return [_closing(row) for row in rows]


def closing(by: Context, closing_id: UUID) -> tuple[UUID, Closing] | None:
    """One closing of the own area, and its initiative."""
    row = MonthClosing.objects.filter(area_id=by.area_id, id=closing_id).first()
    return None if row is None else (row.initiative_id, _closing(row))


def newest(found: Iterable[Closing]) -> dict[str, Closing]:
    """The closing that holds, for each month."""
    return {one.month: one for one in sorted(found, key=lambda one: (one.month, one.number))}


def snapshots(by: Context, closing_ids: Collection[UUID]) -> dict[UUID, list[Snapshot]]:
    """The rows of closings, those that the reader may know of."""
    found: dict[UUID, list[Snapshot]] = {one: [] for one in closing_ids}
    for row in MonthRow.objects.filter(closing_id__in=list(closing_ids)).order_by("enrolment_id"):
        found[row.closing_id].append(
            Snapshot(
                row.person_id, row.enrolment_id, row.team_id, row.started_on, row.ended_on, row.hours, row.attested_by,
                row.note,
            )
        )  # fmt: skip
    return found


def sent(by: Context, initiative_id: UUID, kind: str) -> dict[str, datetime]:
    """When the newest file of the kind was made, for each month."""
    rows = MonthFile.objects.filter(area_id=by.area_id, closing__initiative_id=initiative_id, kind=kind)
    return {row.closing.month: row.made_at for row in rows.select_related("closing").order_by("made_at")}


@dataclass(frozen=True, slots=True)
class Settings:
    """What the receivers want: the project's number, and the codes instead of a protected person's last four."""

    project_number: str = ""
    protected_woman: str = ""
    protected_man: str = ""


def settings(by: Context, initiative_id: UUID) -> Settings:
    """What holds now; empty when nobody has said anything."""
    rows = MonthSetting.objects.filter(area_id=by.area_id, initiative_id=initiative_id)
    row = rows.order_by("-decided_at", "-id").first()
    return Settings(row.project_number, row.protected_woman, row.protected_man) if row else Settings()


def numbered(closing_id: UUID) -> dict[UUID, Numbered]:
    """Of which kind the numbers of those in a closed month are, by enrolment; who is not there has none that may be told."""
    found = statements.rows("SELECT * FROM people_month_number_kinds(%s)", [closing_id])
    return {row[0]: Numbered(*row[1:]) for row in found}


def changed_since(
    by: Context, initiative_id: UUID, found: Collection[Closing], least: dict[str, int | None], *, now: datetime
) -> dict[str, list[rules.Change]]:
    """For each of these closings' months, what would be reported otherwise now; months alike are not there."""
    kept = snapshots(by, [one.id for one in found])
    told = {}
    for one in found:
        rows = lines(by, initiative_id, one.month, now=now, with_sessions=False)
        differs = rules.changes(kept[one.id], [rules.snapshot(row, one.month, least.get(one.month)) for row in rows])
        if differs:
            told[one.month] = differs
    return told


def rewritten(by: Context, found: Collection[Closing]) -> list[Closing]:
    """Those of these closings in whose month some report was written after it was closed: to be looked at closer."""
    sql = """
    SELECT content ->> 'month', max(written_at) FROM people_contribution
    WHERE area_id = %(area)s AND kind IN ('time_report', 'time_attest') AND kind = 'time_report'
      AND content ->> 'month' = ANY (%(months)s::text[])
    GROUP BY 1
    """
    latest_of = dict(statements.rows(sql, {"area": by.area_id, "months": [one.month for one in found]}))
    return [one for one in found if one.month in latest_of and latest_of[one.month] > one.closed_at]


def names(by: Context, initiative_id: UUID) -> dict[UUID, str]:
    """The name of everybody in the initiative whose case the reader is on, by person."""
    sql = "SELECT person_id, name FROM people_taking_part() WHERE initiative_id = %(initiative)s"
    return dict(statements.rows(sql, {"initiative": initiative_id}))


def _closing(row: MonthClosing) -> Closing:
    return Closing(row.id, row.month, row.number, row.why, row.closed_at, row.closed_by)


_RESTS_ON = """
SELECT o.enrolment_id::text, o.name, coalesce((
    SELECT string_agg(s.id::text, ' ' ORDER BY s.id) FROM people_consentscope s
    WHERE s.person_id = o.person_id AND s.withdrawn_at IS NULL AND s.period @> statement_timestamp()), ''),
    EXISTS (SELECT 1 FROM people_protection p WHERE p.person_id = o.person_id AND p.period @> statement_timestamp())::text
FROM people_taking_part() o WHERE o.enrolment_id = ANY (%(enrolments)s::uuid[]) ORDER BY o.enrolment_id
"""


def basis(by: Context, enrolment_ids: Collection[UUID]) -> str:
    """What a file about these rests on, as the reader may know it now; empty when one of them cannot be seen any longer."""
    wanted = sorted(set(enrolment_ids))
    found = statements.rows(_RESTS_ON, {"enrolments": wanted})
    if len(found) != len(wanted):
        return ""
    return hashlib.sha256("\x1e".join("\x1f".join(row) for row in found).encode()).hexdigest()
