"""Who waits and is not asked again yet: a place coordinator sees a free place beside somebody who waits, and why."""

from importlib import import_module

from django.db import migrations

owned = import_module("samkraft.people.migrations.0003_on_the_case").owned

# The same fortnight as in people_place_line: a no to a running intake holds so long, to another occasion for ever.
FORWARD = """
CREATE FUNCTION people_place_resting(of_occasion uuid) RETURNS TABLE (entry_id uuid, released_as text, until timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT DISTINCT ON (e.id) e.id, h.released_as::text,
        CASE a.start_form WHEN 'running' THEN h.released_at + interval '14 days' END
    FROM offer_occasion o JOIN offer_activity a ON a.id = o.activity_id
    JOIN people_placeentry e ON e.activity_id = o.activity_id AND e.left_at IS NULL
    JOIN people_placehold h ON h.entry_id = e.id AND h.occasion_id = o.id AND h.released_as IN ('declined', 'lapsed')
        AND (a.start_form <> 'running' OR h.released_at > statement_timestamp() - interval '14 days')
    WHERE o.id = of_occasion AND people_coordinates(o.activity_id)
    ORDER BY e.id, h.released_at DESC
$$;
"""
FOR_THE_PRODUCT = ("people_place_resting(uuid)",)


class Migration(migrations.Migration):
    dependencies = [("people", "0041_adopting_tells_nothing")]
    operations = [
        migrations.RunSQL(FORWARD + owned((), FOR_THE_PRODUCT), "DROP FUNCTION people_place_resting(uuid);"),
    ]
