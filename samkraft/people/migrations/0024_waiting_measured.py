"""Waiting measured: from need to start, in medians, never typed. And whoever said no to a running intake is asked again.

Small numbers are kept back here, before they leave: a group of fewer than five, and the other sex when that would tell it.
"""

from importlib import import_module

from django.db import migrations

owned = import_module("samkraft.people.migrations.0003_on_the_case").owned
before = import_module("samkraft.people.migrations.0019_many_join_at_once")

# Where there is only one occasion that goes on, a no holds for two weeks; else it would be a no for ever.
_NO = "(h.released_as IN ('declined', 'lapsed') OR h.released_at IS NULL)"
_NO_FOR_A_WHILE = (
    "(h.released_at IS NULL OR h.released_as IN ('declined', 'lapsed') "
    "AND (a.start_form <> 'running' OR h.released_at > moment - interval '14 days'))"
)
_START = before.FORWARD.index("CREATE OR REPLACE FUNCTION people_place_line")
LINE = before.FORWARD[_START : before.FORWARD.index("$$;", _START) + 3]
assert _NO in LINE

FORWARD = (
    LINE.replace(_NO, _NO_FOR_A_WHILE)
    + """
-- Days from need to queue, from queue to offer, from offer to start, and all of it, for what came to its end in a period:
-- for each activity, body, month and sex, and for groups of them. Below five nothing is said.
CREATE FUNCTION people_place_waits(since date, until date) RETURNS TABLE (stage text, activity_id uuid, area_id uuid,
    month date, sex text, many bigint, median integer, eightieth integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH told AS (
        SELECT e.activity_id, e.area_id, e.needed_date, e.joined_at, f.first_offer, h.started_on,
            (SELECT CASE WHEN c.content ->> 'sex' IN ('woman', 'man') THEN c.content ->> 'sex' END
             FROM people_contribution c WHERE c.person_id = e.person_id AND c.area_id = e.area_id AND c.kind = 'card'
             ORDER BY c.occurred_at DESC, c.written_at DESC LIMIT 1) AS sex
        FROM people_placeentry e
        LEFT JOIN LATERAL (SELECT min(h.offered_at) AS first_offer FROM people_placehold h WHERE h.entry_id = e.id) f ON true
        LEFT JOIN LATERAL (SELECT min(h.started_on) AS started_on FROM people_placehold h WHERE h.entry_id = e.id) h ON true
        WHERE EXISTS (SELECT 1 FROM people_me())),
    waits AS (
        SELECT s.stage, t.activity_id, t.area_id, date_trunc('month', s.ended)::date AS month, t.sex, s.days
        FROM told t CROSS JOIN LATERAL (VALUES
            ('need_to_queue', (t.joined_at AT TIME ZONE 'Europe/Stockholm')::date,
             (t.joined_at AT TIME ZONE 'Europe/Stockholm')::date - t.needed_date),
            ('queue_to_offer', (t.first_offer AT TIME ZONE 'Europe/Stockholm')::date,
             (t.first_offer AT TIME ZONE 'Europe/Stockholm')::date - (t.joined_at AT TIME ZONE 'Europe/Stockholm')::date),
            ('offer_to_start', t.started_on, t.started_on - (t.first_offer AT TIME ZONE 'Europe/Stockholm')::date),
            ('need_to_start', t.started_on, t.started_on - t.needed_date)) s (stage, ended, days)
        WHERE s.ended >= since AND s.ended < until AND s.days IS NOT NULL),
    grouped AS (
        SELECT w.stage, w.activity_id, w.area_id, w.month, w.sex, grouping(w.sex) AS all_sexes, count(*) AS many,
            percentile_cont(0.5) WITHIN GROUP (ORDER BY w.days) AS median,
            percentile_cont(0.8) WITHIN GROUP (ORDER BY w.days) AS eightieth
        FROM waits w GROUP BY GROUPING SETS ((w.stage), (w.stage, w.sex), (w.stage, w.activity_id),
            (w.stage, w.activity_id, w.sex), (w.stage, w.area_id), (w.stage, w.month))),
    -- A group is kept back when it, or what is left of the whole beside it, is small.
    guarded AS (SELECT g.*, g.many < 5 OR g.all_sexes = 0 AND (g.sex IS NULL OR EXISTS (SELECT 1 FROM grouped o
            WHERE o.stage = g.stage AND o.activity_id IS NOT DISTINCT FROM g.activity_id AND o.area_id IS NULL
              AND o.month IS NULL AND o.all_sexes = 0 AND o.sex IS DISTINCT FROM g.sex AND o.many < 5)) AS kept FROM grouped g)
    SELECT g.stage, g.activity_id, g.area_id, g.month, g.sex, g.many, round(g.median)::integer, round(g.eightieth)::integer
    FROM guarded g WHERE NOT g.kept ORDER BY 1, 2 NULLS FIRST, 3 NULLS FIRST, 4 NULLS FIRST, 5 NULLS FIRST
$$;
"""
)
FOR_THE_PRODUCT = ("people_place_waits(date, date)",)


class Migration(migrations.Migration):
    dependencies = [("people", "0023_files_read_in")]
    operations = [
        migrations.RunSQL(FORWARD + owned((), FOR_THE_PRODUCT), "DROP FUNCTION people_place_waits(date, date);" + LINE)
    ]
