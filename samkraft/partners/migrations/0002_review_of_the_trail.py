"""A data-protection officer reviews what was done in the own area and in areas of the own organisation's parts."""

from django.db import migrations

FORWARD = """
CREATE POLICY officer_reviews ON audit_event FOR SELECT TO samkraft_app
    USING (current_setting('samkraft.role', true) = 'data_protection_officer'
           AND area_id = ANY (ARRAY(
               SELECT a.id FROM partners_secrecyarea a JOIN partners_organisation o ON o.id = a.authority_id
               WHERE nullif(current_setting('samkraft.organisation', true), '')::uuid IN (o.id, o.parent_id)
                  OR a.id = nullif(current_setting('samkraft.area', true), '')::uuid)));
"""
BACKWARD = "DROP POLICY officer_reviews ON audit_event;"


class Migration(migrations.Migration):
    dependencies = [("partners", "0001_begin"), ("audit", "0002_seals_and_secrecy")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
