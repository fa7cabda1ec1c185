"""Milestones are kept in columns too, as the newest run knew them, so that a scorecard reads only the columns it needs.

A column holds what the rows hold and is given through the same door, to the clock alone. It is worked out when a run is
taken, in the order of what the rows say, so that a place in it is nobody's. For an older run, and after a row has been
changed, the door works the columns out from the rows.
"""

import uuid
from importlib import import_module

from django.db import migrations, models

door = import_module("samkraft.people.migrations.0028_cohort_door")
_TAKE = door.DOOR[door.DOOR.index("CREATE FUNCTION people_cohort_take") : door.DOOR.index("-- All rows of a run")]
TAKE_BEFORE = _TAKE.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)
_TAKEN = "    PERFORM people_cohort_note(asked, run, until, 'taken', '', many);\n"
assert TAKE_BEFORE.count(_TAKEN) == 1
TAKE_NOW = TAKE_BEFORE.replace(_TAKEN, f"    PERFORM people_cohort_lay_out(asked, run);\n{_TAKEN}")
FIGURES_BEFORE = door.DOOR[
    door.DOOR.index("CREATE FUNCTION people_cohort_figures") : door.DOOR.index("-- What each enrolment was known to be")
]

COLUMNS = """
-- The rows of a run, in the order of what they say. One that was made when less was known is as long as the others: what it
-- does not tell is unknown.
CREATE FUNCTION people_cohort_ordered(asked uuid, of_run integer) RETURNS bytea[]
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT array_agg(m.packed || decode(repeat('ff', 128), 'hex') ORDER BY m.packed) FROM people_milestone m
    WHERE m.initiative_id = asked AND m.from_run <= of_run AND (m.to_run IS NULL OR m.to_run > of_run)
$$;

-- The numbers that stand at a place in rows, one after the other.
CREATE FUNCTION people_cohort_column(ordered bytea[], at_place integer) RETURNS bytea
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT string_agg(substr(one, 2 * at_place + 1, 2), '') FROM unnest(ordered) one
$$;

-- Keep the columns of a run, instead of those of the run before.
CREATE FUNCTION people_cohort_lay_out(asked uuid, of_run integer) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE ordered bytea[] := people_cohort_ordered(asked, of_run); wide integer;
BEGIN
    DELETE FROM people_cohortcolumn WHERE initiative_id = asked;
    SELECT max(octet_length(m.packed)) / 2 INTO wide FROM people_milestone m
        WHERE m.initiative_id = asked AND m.from_run <= of_run AND (m.to_run IS NULL OR m.to_run > of_run);
    INSERT INTO people_cohortcolumn (id, initiative_id, run, place, packed)
        SELECT gen_random_uuid(), asked, of_run, place, people_cohort_column(ordered, place)
        FROM generate_series(0, wide - 1) place;
END $$;

-- Some columns of a run. Everybody stands at the same place in each of them.
CREATE FUNCTION people_cohort_columns(asked uuid, of_run integer, wanted integer[])
RETURNS TABLE (place integer, packed bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE ordered bytea[]; long integer;
BEGIN
    PERFORM people_cohort_require_clock();
    SELECT octet_length(c.packed) / 2 INTO long FROM people_cohortcolumn c
        WHERE c.initiative_id = asked AND c.run = of_run AND c.place = 0;
    IF long IS NULL THEN
        ordered := people_cohort_ordered(asked, of_run);
        PERFORM people_cohort_note(asked, NULL, NULL, 'figures', '', coalesce(cardinality(ordered), 0));
        RETURN QUERY SELECT one, people_cohort_column(ordered, one) FROM unnest(wanted) one WHERE ordered IS NOT NULL;
        RETURN;
    END IF;
    PERFORM people_cohort_note(asked, NULL, NULL, 'figures', '', long);
    RETURN QUERY SELECT c.place::integer, c.packed FROM people_cohortcolumn c
        WHERE c.initiative_id = asked AND c.run = of_run AND c.place = ANY (wanted);
END $$;

-- A row that is changed behind the job's back takes the columns with it.
CREATE FUNCTION people_cohort_forget_columns() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    DELETE FROM people_cohortcolumn WHERE initiative_id = OLD.initiative_id;
    RETURN NULL;
END $$;
CREATE TRIGGER people_cohort_forget_columns
    AFTER DELETE OR UPDATE OF initiative_id, enrolment_id, body_id, from_run, packed ON people_milestone
    FOR EACH ROW EXECUTE FUNCTION people_cohort_forget_columns();
ALTER TABLE people_cohortcolumn ALTER COLUMN packed SET STORAGE EXTERNAL;
"""  # the columns are numbers without a pattern: not packed tighter, they are read at once
WALLS = """
ALTER TABLE people_cohortcolumn ENABLE ROW LEVEL SECURITY; ALTER TABLE people_cohortcolumn FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_sees_all ON people_cohortcolumn TO samkraft_owner USING (true) WITH CHECK (true);
CREATE POLICY cohort_keeps ON people_cohortcolumn TO samkraft_cohort USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, DELETE ON people_cohortcolumn TO samkraft_cohort;
"""
INTERNAL = (
    "people_cohort_ordered(uuid, integer)", "people_cohort_column(bytea[], integer)", "people_cohort_lay_out(uuid, integer)",
    "people_cohort_forget_columns()",
)  # fmt: skip
COLUMNS_DOOR = "people_cohort_columns(uuid, integer, integer[])"
FIGURES_DOOR = "people_cohort_figures(uuid, integer)"


def _owned(functions: tuple[str, ...], doors: tuple[str, ...]) -> str:
    lines = ["GRANT USAGE, CREATE ON SCHEMA public TO samkraft_cohort;"]
    for function in (*functions, *doors):
        lines += [f"ALTER FUNCTION {function} OWNER TO samkraft_cohort;", f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC;",
                  f"GRANT EXECUTE ON FUNCTION {function} TO samkraft_owner;"]  # fmt: skip
    lines += [f"GRANT EXECUTE ON FUNCTION {function} TO samkraft_app;" for function in doors]
    return "\n".join([*lines, "REVOKE CREATE ON SCHEMA public FROM samkraft_cohort;"])


FORWARD = f"{COLUMNS}{WALLS}{_owned(INTERNAL, (COLUMNS_DOOR,))}\n{TAKE_NOW}\nDROP FUNCTION {FIGURES_DOOR};"
BACK = (
    f"{TAKE_BEFORE}\n{FIGURES_BEFORE}{_owned((), (FIGURES_DOOR,))}\n"
    "DROP TRIGGER people_cohort_forget_columns ON people_milestone;"
    + "".join(f"DROP FUNCTION {function};" for function in (COLUMNS_DOOR, *reversed(INTERNAL)))
)


class Migration(migrations.Migration):
    dependencies = [("people", "0044_what_is_waited_for")]
    operations = [
        migrations.CreateModel(
            name="CohortColumn",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("initiative_id", models.UUIDField()),
                ("run", models.PositiveIntegerField()),
                ("place", models.PositiveSmallIntegerField()),
                ("packed", models.BinaryField()),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("initiative_id", "run", "place"), name="people_cohortcolumn_once"),
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACK),
    ]
