"""A study goes forward only, and after freezing nothing that was promised changes: kept by the database too.

What was found is read by an evaluator alone until it has passed the disclosure door and is published.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION knowledge_study_goes_forward() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE steps text[] := ARRAY['registered', 'list_published', 'drawn', 'frozen', 'estimated', 'published'];
    latest integer := coalesce((SELECT max(e.version) FROM knowledge_studyevent e WHERE e.study_id = NEW.study_id), 0);
    step integer := array_position(steps, NEW.kind::text);
BEGIN
    IF step < 4 AND EXISTS (SELECT 1 FROM knowledge_studyevent e WHERE e.study_id = NEW.study_id AND e.kind = 'frozen') THEN
        RAISE EXCEPTION 'study_frozen' USING ERRCODE = 'SK001';
    END IF;
    IF NEW.version <> latest + (CASE WHEN step = 1 THEN 1 ELSE 0 END) THEN
        RAISE EXCEPTION 'study_somebody_else' USING ERRCODE = 'SK001';
    END IF;
    IF step > 1 AND step <> 6 AND NOT EXISTS (SELECT 1 FROM knowledge_studyevent e WHERE e.study_id = NEW.study_id
            AND e.version = NEW.version AND e.kind = steps[step - 1]) THEN
        RAISE EXCEPTION 'study_not_yet' USING ERRCODE = 'SK001';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER knowledge_study_goes_forward BEFORE INSERT ON knowledge_studyevent
    FOR EACH ROW EXECUTE FUNCTION knowledge_study_goes_forward();
ALTER TABLE knowledge_studyevent ENABLE ROW LEVEL SECURITY;
ALTER TABLE knowledge_studyevent FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_sees_all ON knowledge_studyevent TO samkraft_owner USING (true) WITH CHECK (true);
CREATE POLICY found_is_the_evaluators ON knowledge_studyevent FOR SELECT TO samkraft_app
    USING (kind <> 'estimated' OR current_setting('samkraft.role', true) = 'evaluator');
CREATE POLICY evaluators_go_on ON knowledge_studyevent FOR INSERT TO samkraft_app
    WITH CHECK (current_setting('samkraft.role', true) = 'evaluator');
"""
BACK = """
DROP POLICY evaluators_go_on ON knowledge_studyevent;
DROP POLICY found_is_the_evaluators ON knowledge_studyevent;
DROP POLICY owner_sees_all ON knowledge_studyevent;
ALTER TABLE knowledge_studyevent DISABLE ROW LEVEL SECURITY;
DROP TRIGGER knowledge_study_goes_forward ON knowledge_studyevent;
DROP FUNCTION knowledge_study_goes_forward();
"""


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0003_studies")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
