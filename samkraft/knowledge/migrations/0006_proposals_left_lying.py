"""Those who steer learn that a proposal of places lies without anybody having adopted it: which activities, when, by whom.

Not how many it is about nor what it says: that is for whoever coordinates them.
"""

from importlib import import_module

from django.db import migrations

ROLE = import_module("samkraft.people.migrations.0034_accesses_to_review").ROLE
NOW = f"""
GRANT SELECT ON knowledge_allotment TO samkraft_guard;
CREATE POLICY guard_tells_that_it_lies ON knowledge_allotment FOR SELECT TO samkraft_guard USING (true);
CREATE FUNCTION knowledge_left_lying(before timestamptz)
RETURNS TABLE (proposal uuid, made_at timestamptz, made_by text, activity_ids uuid[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT a.id, a.made_at, a.made_by::text, a.activity_ids FROM knowledge_allotment a
    WHERE {ROLE} IN ('steering_group', 'main_project_leader', 'subproject_leader', 'project_economist', 'project_administrator')
      AND a.made_at < before AND a.made_at + a.weeks * interval '7 days' > statement_timestamp()
      AND NOT EXISTS (SELECT 1 FROM people_placesuggestion s JOIN people_placeadoption o ON o.suggestion_id = s.id
          WHERE s.proposal_id = a.id AND o.hold_id IS NOT NULL)
      AND NOT EXISTS (SELECT 1 FROM knowledge_allotment n WHERE n.made_at > a.made_at AND n.activity_ids && a.activity_ids)
    ORDER BY a.made_at
$$;
GRANT USAGE, CREATE ON SCHEMA public TO samkraft_guard;
ALTER FUNCTION knowledge_left_lying(timestamptz) OWNER TO samkraft_guard;
REVOKE ALL ON FUNCTION knowledge_left_lying(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION knowledge_left_lying(timestamptz) TO samkraft_owner, samkraft_app;
REVOKE CREATE ON SCHEMA public FROM samkraft_guard;
"""
BEFORE = """
DROP FUNCTION knowledge_left_lying(timestamptz);
DROP POLICY guard_tells_that_it_lies ON knowledge_allotment;
REVOKE SELECT ON knowledge_allotment FROM samkraft_guard;
"""


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0005_allotments"), ("people", "0051_rows_behind_figures")]
    operations = [migrations.RunSQL(NOW, BEFORE)]
