"""A place that is somebody's is not taken away, whatever the page knew when it was made."""

from importlib import import_module

from django.db import migrations

owned = import_module("samkraft.people.migrations.0003_on_the_case").owned

FORWARD = """
CREATE FUNCTION people_summer_place_stays() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.is_withdrawn AND EXISTS (SELECT 1 FROM people_summerplacement p WHERE p.place_id = NEW.id
            AND NOT p.has_ended AND p.answer IN ('', 'yes')) THEN PERFORM people_refuse('summer_place_held'); END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER place_stays BEFORE UPDATE ON offer_summerplace FOR EACH ROW EXECUTE FUNCTION people_summer_place_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0025_summer_named_list"), ("offer", "0001_summer")]
    operations = [
        migrations.RunSQL(
            FORWARD + owned(("people_summer_place_stays()",), ()),
            "DROP TRIGGER place_stays ON offer_summerplace; DROP FUNCTION people_summer_place_stays();",
        )
    ]
