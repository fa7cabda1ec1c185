"""Who is on a protected young person's named list: for those who may see the person at all."""

from importlib import import_module

from django.db import migrations

owned = import_module("samkraft.people.migrations.0003_on_the_case").owned

FORWARD = """
-- The memberships on the list; nothing for somebody without protection, and for whoever may not know.
CREATE FUNCTION people_summer_list_of(applicant uuid) RETURNS SETOF uuid ROWS 3
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT n.membership_id FROM people_summerapplicant a JOIN people_protection p ON p.person_id = a.person_id
        AND p.period @> statement_timestamp()
    JOIN people_protectionname n ON n.person_id = a.person_id AND n.period @> statement_timestamp()
    WHERE a.id = applicant AND a.round_id IN (SELECT people_summer_rounds()) AND a.id NOT IN (SELECT people_summer_hidden())
$$;
"""
DOING = ("people_summer_list_of(uuid)",)


class Migration(migrations.Migration):
    dependencies = [("people", "0024_waiting_measured")]
    operations = [
        migrations.RunSQL(FORWARD + owned((), DOING), "".join(f"DROP FUNCTION {function};" for function in DOING))
    ]
