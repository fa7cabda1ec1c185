"""What goes along with a thing that is handed over: nothing that points at, quotes or answers what the receiver has not."""

from importlib import import_module

from django.db import migrations

earlier = import_module("samkraft.people.migrations.0013_no_more_than_was_said")
owned, _changed = earlier.owned, earlier._changed

# Said about something that the own area holds and the receiver neither holds nor is given: a dissent to another area's words,
# or the reason of a pause that the receiver has not been told of.
POINTS = """
CREATE FUNCTION people_points_at_hidden(source people_contribution, to_area uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT source.kind IN ('dissent', 'correction', 'detail')
        AND EXISTS (SELECT 1 FROM people_contribution c WHERE c.person_id = source.person_id AND c.area_id = source.area_id
                    AND c.lineage::text = source.content ->> 'about')
        AND NOT people_is_told(source, to_area, source.content ->> 'about')
$$;
"""
COPY = _changed(
    earlier.COPY,
    ("IF people_is_outdated(source, to_area) THEN RETURN NULL; END IF;",
     "IF people_is_outdated(source, to_area) OR people_points_at_hidden(source, to_area) THEN RETURN NULL; END IF;"),
)  # fmt: skip
RELEASE = _changed(
    earlier.RELEASE,
    ("    IF people_is_outdated(source, to_area)",
     "    -- The own file of a plan holds what others gave: handing it on would hand over what is not one's own.\n"
     "    IF source.kind = 'plan_version' THEN PERFORM people_refuse('never_leaves'); END IF;\n"
     "    IF people_points_at_hidden(source, to_area) THEN PERFORM people_refuse('points_at_hidden'); END IF;\n"
     "    IF people_is_outdated(source, to_area)"),
)  # fmt: skip
TOLD = _changed(
    earlier._function("0005", "people_told_content"),
    ("    FOREACH part IN ARRAY ARRAY['goal', 'need'] LOOP\n"
     "        IF jsonb_typeof",
     "    FOREACH part IN ARRAY ARRAY['goal', 'need', 'answers', 'answered_by', 'about'] LOOP\n"
     "        CONTINUE WHEN part = 'about' AND source.kind <> 'meeting';\n"
     "        IF jsonb_typeof"),
)  # fmt: skip
INTERNAL = ("people_points_at_hidden(people_contribution, uuid)",)


class Migration(migrations.Migration):
    dependencies = [("people", "0020_staff_letters")]
    operations = [
        migrations.RunSQL(
            POINTS + owned(INTERNAL, ()) + COPY + RELEASE + TOLD,
            earlier.COPY + earlier.RELEASE + earlier._function("0005", "people_told_content")
            + f"DROP FUNCTION {INTERNAL[0]};",
        )
    ]  # fmt: skip
