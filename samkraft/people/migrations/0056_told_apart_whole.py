"""When two who were made one are told apart, the closed months, the consents and the copies go with what they are about.

A closed month is sealed: hours, days and who attested are never written again. Whose case key opens a row is no part of what
was closed, so that alone follows: to whoever the area holds the enrolment of. The guard may change that column and no other.
A consent that an area registered meanwhile goes with the area, and a copy stands with what it is a copy of. And whoever has
been joined with somebody is not joined with a third through that: what is moved twice could not be moved back.
"""

from importlib import import_module

from django.db import migrations

owned = import_module("samkraft.people.migrations.0003_on_the_case").owned
calling = import_module("samkraft.people.migrations.0039_calling_by_lot").GUARDED


def _function(name: str, text: str) -> str:
    """A function as it was made, to be put in the place of itself."""
    begins = text.index(f"CREATE FUNCTION {name}(")
    ends = text.index("\nEND $$;\n", begins) + 9
    return text[begins:ends].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)


JOIN = _function("people_join", import_module("samkraft.people.migrations.0004_protected_and_urgent").FORWARD)
SPLIT: str = import_module("samkraft.people.migrations.0055_what_was_handed_over_follows").NOW
BEGIN = _function("people_call_begin", calling)
BEFORE = JOIN + SPLIT + BEGIN

JOIN_NOW, SPLIT_NOW, BEGIN_NOW = JOIN, SPLIT, BEGIN
for was, now in (
    ("    -- What is worked out is worked out again",
     "    -- Nobody is moved twice: into somebody who has been moved, or with somebody who has been moved there.\n"
     "    IF EXISTS (SELECT 1 FROM people_match o WHERE o.id <> asked AND o.state = 'joined'\n"
     "               AND (held.newer_id IN (o.known_id, o.newer_id) OR o.newer_id = held.known_id)) THEN\n"
     "        PERFORM people_refuse('joined_with_another');\n"
     "    END IF;\n"
     "    -- What is worked out is worked out again"),
):  # fmt: skip
    assert JOIN_NOW.count(was) == 1, was
    JOIN_NOW = JOIN_NOW.replace(was, now)
for was, now in (
    ("'breakglass', 'enrolment', 'contribution'] LOOP\n", "'breakglass', 'enrolment'] LOOP\n"),
    ("    -- Protection that began while they were one",
     "    UPDATE people_contribution c SET person_id = held.newer_id WHERE c.person_id = held.known_id\n"
     "        AND c.area_id = ANY (followers) AND c.copy_of_id IS NULL;\n"
     "    FOREACH part IN ARRAY ARRAY['consent', 'consentscope'] LOOP\n"
     "        EXECUTE format('UPDATE people_%I SET person_id = $1 WHERE person_id = $2 AND from_area_id = ANY ($3)', part)\n"
     "            USING held.newer_id, held.known_id, followers;\n"
     "    END LOOP;\n"
     "    -- Protection that began while they were one"),
    ("    UPDATE people_disclosure d SET",
     "    UPDATE people_contribution c SET person_id = held.newer_id FROM people_contribution o\n"
     "        WHERE o.id = c.copy_of_id AND c.person_id = held.known_id AND o.person_id = held.newer_id;\n"
     "    UPDATE people_disclosure d SET"),
):  # fmt: skip
    assert SPLIT_NOW.count(was) == 1, was
    SPLIT_NOW = SPLIT_NOW.replace(was, now)
for was, now in (
    ("    person := held.person_id;\n",
     "    person := coalesce((SELECT m.known_id FROM people_match m WHERE m.newer_id = held.person_id AND m.state = 'joined'\n"
     "        ORDER BY m.decided_at LIMIT 1), held.person_id);\n"),
):  # fmt: skip
    assert BEGIN_NOW.count(was) == 1, was
    BEGIN_NOW = BEGIN_NOW.replace(was, now)

MONTHS = """
-- Whose case opens a row of a closed month: that of whom the row's own area holds the enrolment of, now.
CREATE FUNCTION people_month_follow_match() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE people_monthrow r SET person_id = c.person_id FROM people_contribution c
        WHERE r.person_id IN (NEW.known_id, NEW.newer_id) AND c.person_id IN (NEW.known_id, NEW.newer_id)
          AND c.person_id <> r.person_id AND c.area_id = r.area_id AND c.enrolment_id = r.enrolment_id
          AND c.kind = 'enrolled';
    RETURN NULL;
END $$;
GRANT UPDATE (person_id) ON people_monthrow TO samkraft_guard;
"""
FOLLOWS = """
CREATE TRIGGER months_follow AFTER UPDATE OF state ON people_match FOR EACH ROW EXECUTE FUNCTION people_month_follow_match();
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0055_what_was_handed_over_follows")]
    operations = [
        migrations.RunSQL(
            MONTHS + owned(("people_month_follow_match()",), ()) + FOLLOWS + JOIN_NOW + SPLIT_NOW + BEGIN_NOW,
            BEFORE
            + "DROP TRIGGER months_follow ON people_match; DROP FUNCTION people_month_follow_match();"
            + "REVOKE UPDATE (person_id) ON people_monthrow FROM samkraft_guard;",
        )
    ]
