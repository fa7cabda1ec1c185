"""A session that is added, moved or cancelled is told to those who have a place there; and what waits follows who queued.

A coordinator sees codes. So the database tells: one event in each place's own area, which those on the case read, and they say
when the participant knows. When two who were made one are told apart, a place in a queue that was made meanwhile goes with the
enrolment that it was made for; without one it goes with the area when the area came by the newer person alone.
"""

from importlib import import_module

from django.db import migrations, models

owned = import_module("samkraft.people.migrations.0003_on_the_case").owned
places = import_module("samkraft.people.migrations.0014_giving_places")


def _again(name: str, file: str) -> str:
    """A function as it was made, to be put in the place of itself."""
    text: str = import_module(f"samkraft.people.migrations.{file}").FORWARD
    begins = text.index(f"CREATE FUNCTION {name}(")
    return text[begins : text.index("\nEND $$;\n", begins) + 9].replace("CREATE", "CREATE OR REPLACE", 1)


_QUEUES = _again("people_place_follow_match", "0015_coordinating_places")
_MEETINGS = _again("people_recruitment_follow_match", "0030_meeting_employers")
KINDS = [*places.KINDS, "session_added", "session_moved", "session_cancelled", "session_known"]

FORWARD = """
-- Before a session is changed: only its coordinator, and one at a time with all else that happens to the activity's places.
CREATE FUNCTION people_place_hold_still(of_occasion uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE of_activity uuid := (SELECT o.activity_id FROM offer_occasion o WHERE o.id = of_occasion);
BEGIN
    PERFORM people_require_coordinator(of_activity);
    PERFORM people_place_lock(of_activity);
END $$;

-- One event for each who has said yes to a place there. How many is all that the coordinator learns.
CREATE FUNCTION people_place_tell_session(of_session uuid, kind_said text, words text, at timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE s offer_session%ROWTYPE; moment timestamptz := people_place_at(at); one record; told integer := 0;
BEGIN
    SELECT * INTO s FROM offer_session WHERE id = of_session;
    PERFORM people_place_hold_still(s.occasion_id);
    IF kind_said NOT IN ('session_added', 'session_moved', 'session_cancelled')
            OR (kind_said = 'session_cancelled') <> (s.cancelled_at IS NOT NULL) THEN
        PERFORM people_refuse('session_cancelled');
    END IF;
    IF kind_said = 'session_cancelled' AND length(btrim(words)) < 10 THEN PERFORM people_refuse('place_no_reason'); END IF;
    IF kind_said <> 'session_added' AND EXISTS (SELECT 1 FROM people_attendance a WHERE a.session_id = of_session) THEN
        PERFORM people_refuse('session_noted');
    END IF;
    FOR one IN SELECT h.id, h.entry_id FROM people_placehold h WHERE h.occasion_id = s.occasion_id
            AND h.accepted_at IS NOT NULL AND h.released_at IS NULL ORDER BY h.offered_at, h.id LOOP
        PERFORM people_place_note(one.entry_id, one.id, kind_said, moment, '', words, of_session, NULL);
        told := told + 1;
    END LOOP;
    RETURN told;
END $$;

-- The participant knows of what was changed: said by those on the case, once for each change.
CREATE FUNCTION people_place_session_known(of_session uuid, of_hold uuid, at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE held people_placehold%ROWTYPE; latest text;
BEGIN
    held := people_place_own(of_hold);
    SELECT v.kind INTO latest FROM people_placeevent v WHERE v.hold_id = of_hold AND v.session_id = of_session
        AND v.kind IN ('session_added', 'session_moved', 'session_cancelled', 'session_known')
        ORDER BY v."order" DESC LIMIT 1;
    IF latest IS NULL THEN PERFORM people_refuse('not_there'); END IF;
    IF latest <> 'session_known' THEN
        PERFORM people_place_note(held.entry_id, of_hold, 'session_known', people_place_at(at), '', '', of_session, NULL);
    END IF;
END $$;

-- Whether an area knows the newer of two who are told apart, and not the known one.
CREATE FUNCTION people_came_by_newer(known uuid, newer uuid, area uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM people_caseaccess c WHERE c.person_id = newer AND c.area_id = area)
        AND NOT EXISTS (SELECT 1 FROM people_caseaccess c WHERE c.person_id = known AND c.area_id = area)
$$;
"""
QUEUE_FOLLOWS = """        IF NEW.state = 'split' THEN
            UPDATE people_placeentry e SET person_id = to_person WHERE e.person_id = from_person
                AND CASE WHEN e.enrolment_id IS NULL THEN people_came_by_newer(from_person, to_person, e.area_id)
                    ELSE EXISTS (SELECT 1 FROM people_enrolment n WHERE n.id = e.enrolment_id AND n.person_id = to_person) END;
        END IF;
"""
MEETING_FOLLOWS = """            IF NEW.state = 'split' THEN
                EXECUTE format('UPDATE people_%I i SET person_id = $1 WHERE i.person_id = $2 '
                               'AND people_came_by_newer($2, $1, i.area_id)', part) USING to_person, from_person;
            END IF;
"""
for was, more, place in (
    (_QUEUES, QUEUE_FOLLOWS, "        FOREACH part IN ARRAY ARRAY['placehold'"),
    (_MEETINGS, MEETING_FOLLOWS, "        END LOOP;\n        UPDATE people_recruitmentresult"),
):
    assert was.count(place) == 1, place
    FORWARD += was.replace(place, more + place)
INTERNAL = ("people_came_by_newer(uuid, uuid, uuid)",)
FOR_THE_PRODUCT = (
    "people_place_hold_still(uuid)", "people_place_tell_session(uuid, text, text, timestamptz)",
    "people_place_session_known(uuid, uuid, timestamptz)",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("people", "0051_rows_behind_figures")]
    operations = [
        migrations.RemoveConstraint("placeevent", "people_placeevent_kind_known"),
        migrations.AddConstraint(
            "placeevent",
            models.CheckConstraint(condition=models.Q(kind__in=KINDS), name="people_placeevent_kind_known"),
        ),
        migrations.RunSQL(
            FORWARD + owned(INTERNAL, FOR_THE_PRODUCT),
            _QUEUES + _MEETINGS + "".join(f"DROP FUNCTION {function};" for function in (*FOR_THE_PRODUCT, *INTERNAL)),
        ),
    ]
