"""A place that began because somebody was noted as present by mistake is, when that is corrected, what it was before.

Nothing is taken away: one event says that it began, the next that it did not, by whom, when and at which session. What
anybody else has said of the start stands. Who takes part is told apart likewise: a step that went from ongoing straight back
to planned never began, in the milestones as in the plan; and what a run has known of lines before, it says again.
"""

from importlib import import_module

from django.db import migrations, models

owned = import_module("samkraft.people.migrations.0003_on_the_case").owned
places = import_module("samkraft.people.migrations.0015_coordinating_places")
waits = import_module("samkraft.people.migrations.0044_what_is_waited_for")
ended = import_module("samkraft.people.migrations.0058_ended_tells_no_more")
KINDS_BEFORE = import_module("samkraft.people.migrations.0052_sessions_told").KINDS
KINDS = [*KINDS_BEFORE, "start_undone"]

ATTEND = "people_place_attend(uuid, uuid, text, timestamptz)"
_START = places.FORWARD.index("-- Whether somebody was there. The same again")
ATTEND_BEFORE = places.FORWARD[_START : places.FORWARD.index("END $$;", _START) + 8]
MENDED = """
-- A start that rests on somebody's presence alone, when that presence is corrected. Another session of the same day keeps it;
-- one of another day moves it there; else the place is given and has not begun. Somebody's own word of the start stands.
CREATE FUNCTION people_place_unbegin(held people_placehold, of_session uuid, moment timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE began people_placeevent%ROWTYPE; there date[];
BEGIN
    IF held.started_on IS NULL OR held.released_at IS NOT NULL THEN RETURN ''; END IF;
    SELECT v.* INTO began FROM people_placeevent v WHERE v.hold_id = held.id AND v.kind = 'started'
        ORDER BY v."order" DESC LIMIT 1;
    IF NOT EXISTS (SELECT 1 FROM people_attendance a WHERE a.hold_id = held.id AND a.noted_at = began.happened_at
        AND a.membership_id = began.membership_id) THEN RETURN ''; END IF;
    SELECT array_agg((s.starts_at AT TIME ZONE 'Europe/Stockholm')::date) INTO there
        FROM (SELECT DISTINCT ON (a.session_id) a.session_id, a.presence FROM people_attendance a WHERE a.hold_id = held.id
              ORDER BY a.session_id, a.version DESC) n
        JOIN offer_session s ON s.id = n.session_id AND s.cancelled_at IS NULL WHERE n.presence IN ('present', 'late');
    IF held.started_on = ANY (there) OR held.started_on <> (SELECT (s.starts_at AT TIME ZONE 'Europe/Stockholm')::date
        FROM offer_session s WHERE s.id = of_session) THEN RETURN ''; END IF;
    UPDATE people_placehold SET started_on = (SELECT min(day) FROM unnest(there) day) WHERE id = held.id;
    PERFORM people_place_note(held.entry_id, held.id, 'start_undone', moment, 'presence_corrected', '', of_session, NULL);
    IF there IS NULL THEN RETURN 'start_undone'; END IF;
    PERFORM people_place_note(held.entry_id, held.id, 'started', moment, '', '', NULL, NULL);
    RETURN 'start_moved';
END $$;

-- Whether somebody was there. The same again changes nothing; something else is a correction, and both are kept. `became`:
-- what it did with the place. One at a time with all else that happens to the activity's places.
CREATE FUNCTION people_place_attend(of_session uuid, of_hold uuid, presence_said text, at timestamptz,
    OUT as_version integer, OUT became text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE s offer_session%ROWTYPE; held people_placehold%ROWTYPE; latest record; moment timestamptz;
BEGIN
    SELECT * INTO s FROM offer_session WHERE id = of_session;
    IF NOT coalesce(people_place_provides(s.occasion_id), false) THEN PERFORM people_refuse('not_there'); END IF;
    PERFORM people_place_lock((SELECT o.activity_id FROM offer_occasion o WHERE o.id = s.occasion_id));
    moment := people_place_at(at);
    SELECT * INTO s FROM offer_session WHERE id = of_session;
    SELECT h.* INTO held FROM people_placehold h WHERE h.id = of_hold AND h.occasion_id = s.occasion_id
        AND h.accepted_at IS NOT NULL AND h.decided_date IS NOT NULL AND h.accepted_at <= s.ends_at
        AND (h.released_at IS NULL OR h.released_at > s.starts_at) FOR UPDATE;
    IF held.id IS NULL THEN PERFORM people_refuse('not_there'); END IF;
    IF s.cancelled_at IS NOT NULL THEN PERFORM people_refuse('session_cancelled'); END IF;
    IF moment < s.starts_at - interval '1 hour' THEN PERFORM people_refuse('session_not_begun'); END IF;
    IF moment > s.ends_at + interval '31 days' THEN PERFORM people_refuse('session_long_ago'); END IF;
    became := '';
    SELECT a.presence, a.version INTO latest FROM people_attendance a WHERE a.hold_id = of_hold
        AND a.session_id = of_session ORDER BY a.version DESC LIMIT 1;
    as_version := coalesce(latest.version, 0);
    IF latest.presence = presence_said THEN RETURN; END IF;
    as_version := as_version + 1;
    INSERT INTO people_attendance (id, hold_id, person_id, area_id, category, session_id, version, presence, noted_at,
            noted_by, membership_id)
        SELECT gen_random_uuid(), of_hold, held.person_id, held.area_id, held.category, of_session, as_version,
            presence_said, moment, people_my_name(), me.membership_id FROM people_me() me;
    IF presence_said NOT IN ('present', 'late') THEN
        became := people_place_unbegin(held, of_session, moment);
    ELSIF held.started_on IS NULL AND held.released_at IS NULL THEN
        PERFORM people_place_begin(of_hold, (s.starts_at AT TIME ZONE 'Europe/Stockholm')::date, moment);
        became := 'started';
    END IF;
END $$;
"""
UNBEGIN = "people_place_unbegin(people_placehold, uuid, timestamptz)"
MENDED += owned((UNBEGIN,), (ATTEND,))

# As it was known by the run's day: begun, when the newest word by then was that it had. A day that was taken back later is
# the day of the session at which it was.
_LINES = waits.MAKE.index("-- For each time a participant has joined the line")
LINES_BEFORE = waits.MAKE[_LINES : waits.MAKE.index("END $$;", _LINES) + 8].replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1
)
LINES = LINES_BEFORE
for was, now in (
    ("    LEFT JOIN LATERAL (SELECT o.started_on, o.ended_on FROM people_placehold o WHERE o.entry_id = e.id\n"
     "            AND EXISTS (SELECT 1 FROM people_placeevent x WHERE x.hold_id = o.id AND x.kind = 'started'\n"
     "                AND people_day(x.happened_at) <= known)\n"
     "        ORDER BY o.started_on, o.id LIMIT 1) h ON true\n",
     "    LEFT JOIN LATERAL (SELECT coalesce(people_day(u.starts_at), o.started_on) AS started_on, o.ended_on\n"
     "        FROM people_placehold o\n"
     "        JOIN LATERAL (SELECT x.kind, x.\"order\" FROM people_placeevent x WHERE x.hold_id = o.id\n"
     "            AND x.kind IN ('started', 'start_undone') AND people_day(x.happened_at) <= known\n"
     "            ORDER BY x.\"order\" DESC LIMIT 1) n ON n.kind = 'started'\n"
     "        LEFT JOIN LATERAL (SELECT s.starts_at FROM people_placeevent x JOIN offer_session s ON s.id = x.session_id\n"
     "            WHERE x.hold_id = o.id AND x.kind = 'start_undone' AND x.\"order\" > n.\"order\"\n"
     "            ORDER BY x.\"order\" LIMIT 1) u ON true\n"
     "        WHERE o.entry_id = e.id ORDER BY 1, o.id LIMIT 1) h ON true\n"),
):  # fmt: skip
    assert LINES.count(was) == 1, was
    LINES = LINES.replace(was, now)

# A step that goes from ongoing straight back to planned did not begin: that is all that this way in the table of states says.
_BEGUN = "kind = 'step' AND content ->> 'state' IN ('ongoing', 'done') AS begun FROM said) b GROUP BY e)"
_MENDED = """    mended AS (
        SELECT id FROM (SELECT id, content ->> 'state' AS state, min(CASE WHEN content ->> 'state' IS DISTINCT FROM 'ongoing'
                THEN 2 * version + (coalesce(content ->> 'state', 'planned') <> 'planned')::integer END) OVER (
                PARTITION BY e, area_id, lineage ORDER BY version ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS next
            FROM said WHERE kind = 'step') o WHERE state = 'ongoing' AND next % 2 = 0),
"""


def _begins_when_it_does(before: str) -> str:
    for was, now in (
        ("    versions AS (\n", _MENDED + "    versions AS (\n"),
        (_BEGUN, _BEGUN.replace(" AS begun", "\n            AND id NOT IN (SELECT id FROM mended) AS begun")),
    ):
        assert before.count(was) == 1, was
        before = before.replace(was, now)
    return before


DOOR_BEFORE, WALLS_BEFORE = ended._standing_alone(ended.DOOR), ended._standing_alone(ended.OWN_WALLS)
DOOR, OWN_WALLS = _begins_when_it_does(DOOR_BEFORE), _begins_when_it_does(WALLS_BEFORE)


def _kinds(kinds: list[str]) -> migrations.AddConstraint:
    condition = models.Q(kind__in=kinds)
    return migrations.AddConstraint(
        "placeevent", models.CheckConstraint(condition=condition, name="people_placeevent_kind_known")
    )


class Migration(migrations.Migration):
    dependencies = [("people", "0059_waits_by_asker")]
    operations = [
        migrations.RemoveConstraint("placeevent", "people_placeevent_kind_known"),
        _kinds(KINDS),
        migrations.RunSQL(
            f"DROP FUNCTION {ATTEND};" + MENDED,
            f"DROP FUNCTION {ATTEND}; DROP FUNCTION {UNBEGIN};" + ATTEND_BEFORE + owned((), (ATTEND,)),
        ),
        migrations.RunSQL(
            "GRANT SELECT (id, starts_at) ON offer_session TO samkraft_cohort;" + LINES,
            LINES_BEFORE + "REVOKE SELECT (id, starts_at) ON offer_session FROM samkraft_cohort;",
        ),
        migrations.RunSQL(DOOR, DOOR_BEFORE),
        migrations.RunSQL(OWN_WALLS, WALLS_BEFORE),
    ]
