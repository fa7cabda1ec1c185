"""What a proposal of places said of somebody goes with the place in the queue, when two are made one and told apart.

And a place in a queue that came meanwhile goes with the area when it came by the newer person alone, else with the enrolment:
never to a person whom the area does not know.
"""

from importlib import import_module

from django.db import migrations

before = import_module("samkraft.people.migrations.0052_sessions_told").FORWARD
_BEGINS = before.index("CREATE OR REPLACE FUNCTION people_place_follow_match(")
BEFORE = before[_BEGINS : before.index("\nEND $$;\n", _BEGINS) + 9]
NOW = BEFORE
for was, now in (
    ("CASE WHEN e.enrolment_id IS NULL THEN people_came_by_newer(from_person, to_person, e.area_id)\n"
     "                    ELSE EXISTS (SELECT 1 FROM people_enrolment n "
     "WHERE n.id = e.enrolment_id AND n.person_id = to_person) END",
     "(people_came_by_newer(from_person, to_person, e.area_id)\n"
     "                    OR EXISTS (SELECT 1 FROM people_enrolment n WHERE n.id = e.enrolment_id AND n.person_id = to_person)\n"
     "                        AND EXISTS (SELECT 1 FROM people_caseaccess c "
     "WHERE c.person_id = to_person AND c.area_id = e.area_id))"),
    ("'placeevent', 'placedisclosure']", "'placeevent', 'placedisclosure', 'placesuggestion']"),
    ("        FOREACH part IN ARRAY ARRAY['attendance'",
     "        UPDATE people_placeadoption c SET person_id = s.person_id FROM people_placesuggestion s\n"
     "            WHERE s.id = c.suggestion_id AND c.person_id <> s.person_id;\n"
     "        FOREACH part IN ARRAY ARRAY['attendance'"),
):  # fmt: skip
    assert NOW.count(was) == 1, was
    NOW = NOW.replace(was, now)


class Migration(migrations.Migration):
    dependencies = [("people", "0052_sessions_told")]
    operations = [migrations.RunSQL(NOW, BEFORE)]
