"""A team's load counts those who are enrolled now: who has left is followed up by the team and holds no place in it."""

from django.db import migrations

BEFORE = """
CREATE OR REPLACE FUNCTION people_team_load(team uuid) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT count(DISTINCT c.person_id) FROM people_caseaccess c
    WHERE c.team_id = people_team_load.team AND c.period @> statement_timestamp() AND EXISTS (
        SELECT 1 FROM initiatives_teammember t JOIN people_me() me ON me.membership_id = t.membership_id
        WHERE t.team_id = people_team_load.team AND t.period @> (statement_timestamp() AT TIME ZONE 'Europe/Stockholm')::date)
$$;
"""
ENROLLED = """ AND EXISTS (
        SELECT 1 FROM people_enrolment e JOIN initiatives_team i ON i.initiative_id = e.initiative_id
        WHERE i.id = people_team_load.team AND e.person_id = c.person_id AND e.period @> statement_timestamp())
$$;
"""
NOW = BEFORE.removesuffix("\n$$;\n") + ENROLLED


class Migration(migrations.Migration):
    dependencies = [("people", "0049_all_laid_in_alike")]
    operations = [migrations.RunSQL(NOW, BEFORE)]
