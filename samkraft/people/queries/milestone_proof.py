"""What is known of each enrolment, asked once more in the plainest SQL over what was written, and what the job has kept.

Run as the owner, who sees every area. Nothing here shares a line with the function that makes milestones.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import numpy as np
from django.db import connection

from samkraft.people.models import CohortColumn, CohortRun, Milestone
from samkraft.people.rules import cohorts
from samkraft.people.rules.cohorts import Cohort

# The newest version of each thing that an area has written itself, as it was known at the end of a day.
_NEWEST = """
    SELECT c.* FROM people_contribution c
    WHERE c.copy_of_id IS NULL AND (c.written_at AT TIME ZONE 'Europe/Stockholm')::date <= %(day)s
      AND NOT EXISTS (SELECT 1 FROM people_contribution n WHERE n.area_id = c.area_id AND n.lineage = c.lineage
          AND n.version > c.version AND (n.written_at AT TIME ZONE 'Europe/Stockholm')::date <= %(day)s)
"""


def _of(kind: str, what: str, more: str = "") -> str:
    """A question about the newest things of one kind in an enrolment."""
    return f"(SELECT {what} FROM newest l WHERE l.enrolment_id = e.id AND l.kind = '{kind}' {more})"  # noqa: S608 - our own words


def _versions(what: str, more: str) -> str:
    """A question about every version of an enrolment's things."""
    return (
        f"(SELECT {what} FROM people_contribution l WHERE l.enrolment_id = e.id AND l.copy_of_id IS NULL "  # noqa: S608 - our own
        f"AND (l.written_at AT TIME ZONE 'Europe/Stockholm')::date <= %(day)s AND {more})"
    )


_DAY = "min((l.occurred_at AT TIME ZONE 'Europe/Stockholm')::date)"
_LAST = "ORDER BY l.occurred_at DESC, l.written_at DESC, l.id DESC LIMIT 1"
# A step that was said to be ongoing, and then to be planned with nothing between, had not begun.
_BEGUN = """l.kind = 'step' AND l.content ->> 'state' IN ('ongoing', 'done')
    AND NOT (l.content ->> 'state' = 'ongoing' AND EXISTS (SELECT 1 FROM people_contribution u
        WHERE u.lineage = l.lineage AND u.area_id = l.area_id AND u.copy_of_id IS NULL AND u.version > l.version
        AND (u.written_at AT TIME ZONE 'Europe/Stockholm')::date <= %(day)s
        AND coalesce(u.content ->> 'state', 'planned') = 'planned'
        AND NOT EXISTS (SELECT 1 FROM people_contribution m WHERE m.lineage = l.lineage AND m.area_id = l.area_id
            AND m.version > l.version AND m.version < u.version AND m.content ->> 'state' IS DISTINCT FROM 'ongoing')))"""
# Three holders one after the other, the first and the last the same and the one between another: asked of every three.
_HELD_IT = """
    SELECT l.person_id, l.enrolment_id, 'lead' AS what, (l.content ->> 'since')::date AS day, l.occurred_at, l.id,
        l.content ->> 'area_id' AS holder
    FROM people_contribution l WHERE l.kind = 'lead' AND l.copy_of_id IS NULL
      AND (l.written_at AT TIME ZONE 'Europe/Stockholm')::date <= %(day)s
    UNION ALL
    SELECT l.person_id, l.enrolment_id, l.area_id || ' ' || l.lineage, (l.occurred_at AT TIME ZONE 'Europe/Stockholm')::date,
        l.occurred_at, l.id, l.content #>> '{waits_on,area_id}'
    FROM people_contribution l WHERE l.kind = 'step' AND l.copy_of_id IS NULL AND l.content ->> 'state' = 'waiting'
      AND l.content #>> '{waits_on,who}' = 'body' AND (l.written_at AT TIME ZONE 'Europe/Stockholm')::date <= %(day)s
    UNION ALL
    SELECT l.person_id, NULL, 'referral', (l.content ->> 'received_on')::date, l.occurred_at, l.id, l.area_id::text
    FROM newest l WHERE l.kind = 'referral'
"""
_ROUND = f"""(
    SELECT min(c.day) FROM held_it a JOIN held_it b ON (a.person_id, a.what) = (b.person_id, b.what)
        AND a.enrolment_id IS NOT DISTINCT FROM b.enrolment_id AND (a.day, a.occurred_at, a.id) < (b.day, b.occurred_at, b.id)
    JOIN held_it c ON (c.person_id, c.what) = (b.person_id, b.what)
        AND c.enrolment_id IS NOT DISTINCT FROM b.enrolment_id AND (b.day, b.occurred_at, b.id) < (c.day, c.occurred_at, c.id)
    WHERE a.person_id = e.person_id AND a.holder = c.holder AND a.holder <> b.holder
      AND (c.enrolment_id = e.id OR c.what = 'referral' AND c.day <= {
    _of("enrolled", "min((l.content ->> 'started_on')::date)")
} AND NOT EXISTS (SELECT 1 FROM people_enrolment o WHERE o.person_id = e.person_id AND o.initiative_id = e.initiative_id
            AND o.id <> e.id AND upper(o.period) <= lower(e.period)
            AND (upper(o.period) AT TIME ZONE 'Europe/Stockholm')::date > c.day)))"""  # noqa: S608 - our own words
FACTS = f"""
    CREATE TEMPORARY TABLE newest ON COMMIT DROP AS {_NEWEST};
    CREATE INDEX ON newest (enrolment_id, kind); CREATE INDEX ON newest (person_id, kind); ANALYZE newest;
    CREATE TEMPORARY TABLE held_it ON COMMIT DROP AS {_HELD_IT};
    CREATE INDEX ON held_it (person_id); ANALYZE held_it;
    CREATE TEMPORARY TABLE facts ON COMMIT DROP AS
    SELECT e.id,
        {_of("enrolled", "min((l.content ->> 'started_on')::date)")} AS started,
        (SELECT t.number FROM initiatives_team t WHERE t.id =
            {_of("team", "(l.content ->> 'team_id')::uuid", _LAST)}) AS team,
        coalesce((SELECT l.content ->> 'sex' FROM newest l WHERE l.person_id = e.person_id AND l.kind = 'card' {_LAST}),
            'unknown') AS sex,
        CASE WHEN {_of("exit", "l.content ->> 'promise_kept'", _LAST)} IS DISTINCT FROM 'false'
            THEN {_of("exit", "(l.content ->> 'left_on')::date", _LAST)} END AS left_on,
        coalesce((SELECT d.content ->> 'outcome' FROM newest d WHERE d.enrolment_id = e.id AND d.kind = 'detail'
            AND d.content ->> 'outcome' IS NOT NULL AND d.content ->> 'about' = {
    _of("exit", "l.lineage::text", _LAST)
}),
            {_of("exit", "l.content ->> 'outcome'", _LAST)}) AS outcome,
        {_versions(_DAY, "l.kind = 'plan_version'")} AS planned,
        {_versions(_DAY, f"{_BEGUN} AND l.content ->> 'step_kind' <> 'planning'")} AS active,
        {_versions(_DAY, f"{_BEGUN} AND l.content ->> 'step_kind' = 'workplace'")} AS workplace,
        {_versions(_DAY, f"{_BEGUN} AND l.content ->> 'step_kind' = 'motivating'")} AS motivating,
        {_versions(_DAY, f"{_BEGUN} AND l.content ->> 'step_kind' = 'rehabilitating'")} AS rehabilitating,
        {_versions(_DAY, f"{_BEGUN} AND l.content ->> 'step_kind' = 'education'")} AS studying,
        {_versions(_DAY, f"{_BEGUN} AND l.content ->> 'step_kind' = 'matching'")} AS matching,
        {_versions(_DAY, f"{_BEGUN} AND l.content ->> 'programme' IS NOT NULL")} AS programme,
        {_versions(_DAY, "l.kind = 'study_plan' AND l.content ->> 'state' = 'agreed'")} AS study_plan,
        (SELECT CASE WHEN l.content ->> 'level' LIKE 'higher%%' THEN 'higher' WHEN l.content ->> 'level' = 'secondary'
            THEN 'upper_secondary' ELSE 'compulsory' END
            FROM newest l WHERE l.person_id = e.person_id AND l.kind = 'education_level' {_LAST}) AS education,
        {_ROUND} AS went_round,
        {_versions("count(DISTINCT l.lineage)", "l.kind = 'step' AND l.author_role = 'study_counsellor'")} AS guided,
        {_versions("count(*) > 0", "l.author_role = 'insurance_officer' AND l.kind = ANY (%(kinds)s)")} AS insured,
        {_of("phase", "min((l.content ->> 'since')::date)", "AND l.content ->> 'number' = '3'")} AS phase_three,
        {
    _of(
        "meeting",
        "min(((l.content ->> 'starts_at')::timestamptz AT TIME ZONE 'Europe/Stockholm')::date)",
        "AND l.content ->> 'state' = 'held'",
    )
} AS first_meeting,
        {_of("time_report", "count(DISTINCT l.content ->> 'month')")} AS reports,
        {
    _of(
        "follow_up",
        "l.content ->> 'situation'",
        "AND l.content ->> 'months' = '6' AND l.content ->> 'state' = 'done' " + _LAST,
    )
} AS looked,
        (SELECT max((l.content ->> 'received_on')::date) FROM newest l WHERE l.person_id = e.person_id AND l.kind = 'referral'
            AND l.lineage NOT IN (SELECT (o.content ->> 'referral')::uuid FROM newest o WHERE o.person_id = e.person_id
                AND o.kind = 'referral_end')
            AND (l.enrolment_id IS NULL OR l.enrolment_id = e.id) AND (l.content ->> 'received_on')::date <=
            {
    _of("enrolled", "min((x.content ->> 'started_on')::date)").replace("newest l", "newest x").replace("l.", "x.")
}
        ) AS received,
        EXISTS (SELECT 1 FROM people_enrolment o WHERE o.person_id = e.person_id AND o.initiative_id = e.initiative_id
            AND upper(o.period) <= lower(e.period)) AS returned
    FROM people_enrolment e WHERE e.initiative_id = %(initiative)s
      AND (lower(e.period) AT TIME ZONE 'Europe/Stockholm')::date <= %(day)s
      AND NOT EXISTS (SELECT 1 FROM people_enrolment o WHERE o.person_id = e.person_id AND o.initiative_id = e.initiative_id
          AND o.period && e.period AND (lower(o.period), o.id) < (lower(e.period), e.id));
    DELETE FROM facts WHERE started IS NULL;
"""  # noqa: S608 - put together from what stands above
KINDS = [
    "card", "enrolled", "team", "referral", "referral_end", "phase", "exit", "detail", "follow_up", "contact_made", "meeting",
    "plan_version", "agreement", "step", "time_report", "handover", "assessment_item", "education_level", "study_plan", "lead",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kept:
    """The job's last run of an initiative. is_same_in_columns: None when no columns are kept."""

    initiative_id: UUID
    run: int
    day: date
    rows: Cohort
    is_same_in_columns: bool | None


def kept() -> list[Kept]:
    """Every initiative's last run, with its rows, and whether its columns say the same."""
    found = []
    for row in CohortRun.objects.filter(what="taken").order_by("initiative_id", "-number").distinct("initiative_id"):
        assert row.number is not None
        assert row.day is not None
        one = Milestone.objects.filter(initiative_id=row.initiative_id, to_run=None).values_list("packed", flat=True)
        rows = cohorts.unpacked(sorted(bytes(packed) for packed in one))
        laid_out = CohortColumn.objects.filter(initiative_id=row.initiative_id).values_list("run", "place", "packed")
        columns = {place: bytes(packed) for run, place, packed in laid_out if run == row.number}
        found.append(Kept(row.initiative_id, row.number, row.day, rows, _is_same(rows, columns) if columns else None))
    return found


def _is_same(rows: Cohort, columns: Mapping[int, bytes]) -> bool:
    told = cohorts.in_columns(columns, cohorts.FIELDS)
    return all(np.array_equal(rows.columns[name], told.columns[name]) for name in cohorts.FIELDS)


def gather(initiative_id: UUID, day: date) -> None:
    """Make the facts of each enrolment, for questions in the same transaction."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS facts, newest, held_it")
        cursor.execute(FACTS, {"initiative": initiative_id, "day": day, "kinds": KINDS})


def ask(sql: str, **values: Any) -> list[tuple[Any, ...]]:
    """A question about the facts."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
