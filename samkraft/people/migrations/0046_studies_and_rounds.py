"""What more is known of an enrolment through the cohort door: study plans, kinds of activity, programmes, going round, and
the highest education as it is noted.

Somebody goes round when the lead, a step that waits, or the referral goes from one authority to another and comes back to
one that had it before.
"""

from importlib import import_module

from django.db import migrations

door = import_module("samkraft.people.migrations.0028_cohort_door")
BEFORE = import_module("samkraft.people.migrations.0036_known_by_then").NOW
# Come after the fields of 0028, each with what it is worked out from. Rows that were made before end earlier.
FIELDS = (
    ("study_plan", door._DAY.format("v.study_plan")), ("went_round", door._DAY.format("r.went_round")),
    ("motivating", door._DAY.format("v.motivating")), ("rehabilitating", door._DAY.format("v.rehabilitating")),
    ("matching", door._DAY.format("v.matching")), ("programme", door._DAY.format("v.programme")),
)  # fmt: skip
_MORE = "".join(
    f"\n        || int2send(least(greatest(coalesce({worked_out}, -1), -1), 32767)::smallint)"
    for _name, worked_out in FIELDS
)
_LEVEL_WAS = "min(content ->> 'education_level') FILTER (WHERE kind = 'assessment_item') AS level"
_LEVEL = """(array_agg(content ->> 'level' ORDER BY occurred_at DESC, written_at DESC, id DESC)
                FILTER (WHERE kind = 'education_level'))[1] AS level"""
_CLASS_WAS = "CASE s.level WHEN 'compulsory' THEN 1 WHEN 'upper_secondary' THEN 2 WHEN 'higher' THEN 3 ELSE 0 END"
_CLASS = (
    "CASE WHEN s.level IN ('none', 'compulsory') THEN 1 WHEN s.level = 'secondary' THEN 2 "
    "WHEN s.level IN ('higher_short', 'higher_long') THEN 3 ELSE 0 END"
)
_BEGUN = "            min(people_day(occurred_at)) FILTER (WHERE begun AND content ->> 'step_kind' = 'education') AS studying,\n"
_VERSIONS = _BEGUN + "".join(
    f"            min(people_day(occurred_at)) FILTER (WHERE begun AND content ->> 'step_kind' = '{kind}') AS {kind},\n"
    for kind in ("motivating", "rehabilitating", "matching")
) + """            min(people_day(occurred_at)) FILTER (WHERE begun AND content -> 'programme' IS NOT NULL) AS programme,
            min(people_day(occurred_at)) FILTER (WHERE kind = 'study_plan' AND content ->> 'state' = 'agreed') AS study_plan,
"""  # fmt: skip
_TOLD = "    told AS (\n"
# Who had it, in turn: the one who comes back is one that had it before, with another in between.
_ROUNDS = """    had AS (
        SELECT e, 'lead' AS what, (content ->> 'since')::date AS day, occurred_at AS at, id, content ->> 'area_id' AS area
        FROM said WHERE kind = 'lead'
        UNION ALL
        SELECT e, area_id::text || lineage::text, people_day(occurred_at), occurred_at, id, content -> 'waits_on' ->> 'area_id'
        FROM said WHERE kind = 'step' AND content ->> 'state' = 'waiting' AND content -> 'waits_on' ->> 'who' = 'body'
            AND content -> 'waits_on' ->> 'area_id' IS NOT NULL
        UNION ALL
        SELECT n.e, 'referral', (n.content ->> 'received_on')::date, n.occurred_at, n.id, n.area_id::text FROM newest n
        JOIN known ON known.id = n.e WHERE n.kind = 'referral' AND (n.content ->> 'received_on')::date <= known.began),
    passed AS (
        SELECT *, lag(area) OVER (PARTITION BY e, what ORDER BY day, at, id) AS giver FROM had),
    turns AS (
        SELECT *, row_number() OVER (PARTITION BY e, what, area ORDER BY day, at, id) AS turn
        FROM passed WHERE giver IS DISTINCT FROM area),
    rounds AS (
        SELECT t.e, min(t.day) AS went_round FROM turns t JOIN known k ON k.id = t.e WHERE t.turn > 1 AND (t.what <> 'referral'
            OR NOT EXISTS (SELECT 1 FROM people_enrolment o WHERE o.person_id = k.person_id AND o.initiative_id = asked
                AND o.id <> k.id AND upper(o.period) <= lower(k.period) AND people_day(upper(o.period)) > t.day))
        GROUP BY t.e),
"""
_JOIN = "LEFT JOIN queued q ON q.e = k.id"
NOW = BEFORE
for was, now in (
    (door.PACKED, door.PACKED + _MORE), (_LEVEL_WAS, _LEVEL), (_BEGUN, _VERSIONS), (_TOLD, _ROUNDS + _TOLD),
    (_JOIN, f"{_JOIN} LEFT JOIN rounds r ON r.e = k.id"), (_CLASS_WAS, _CLASS),
    ("'assessment_item']", "'assessment_item', 'education_level', 'study_plan', 'lead']"),
):  # fmt: skip
    assert NOW.count(was) == 1, was
    NOW = NOW.replace(was, now)


class Migration(migrations.Migration):
    dependencies = [("people", "0045_columns")]
    operations = [migrations.RunSQL(NOW, BEFORE)]
