"""Of whom in a closed month a number is known, and of which kind; never the number: for the checklist before a file is made.

Told to whoever may have the numbers themselves, and of nobody else. It writes nothing, so that a page can ask.
"""

from importlib import import_module

from django.db import migrations

months = import_module("samkraft.people.migrations.0027_months")
owned = import_module("samkraft.people.migrations.0003_on_the_case").owned
_NUMBERED = months.NUMBERS[months.NUMBERS.index("    FROM people_monthrow r") : months.NUMBERS.index("END $$;")]
_NUMBER = "SELECT i.number FROM people_identity i"
assert _NUMBERED.count(_NUMBER) == 1
KINDS = f"""
CREATE FUNCTION people_month_number_kinds(asked uuid)
RETURNS TABLE (enrolment uuid, kind text, is_woman boolean, is_protected boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE me record;
BEGIN
    SELECT * INTO me FROM people_me();
    IF NOT FOUND OR me.role <> '{months.ADMINISTRATOR}' THEN PERFORM people_refuse('not_for_your_role'); END IF;
    IF NOT EXISTS (SELECT 1 FROM people_monthclosing c WHERE c.id = asked AND c.area_id = me.area_id) THEN
        PERFORM people_refuse('not_on_case');
    END IF;
    RETURN QUERY
    SELECT r.enrolment_id, i.kind::text, substr(i.number, 11, 1)::int % 2 = 0, p.held
{_NUMBERED.replace(_NUMBER, "SELECT i.number, i.kind FROM people_identity i")}END $$;
"""
FOR_THE_PRODUCT = ("people_month_number_kinds(uuid)",)


class Migration(migrations.Migration):
    dependencies = [("people", "0047_decided_beforehand")]
    operations = [
        migrations.RunSQL(KINDS + owned((), FOR_THE_PRODUCT), "DROP FUNCTION people_month_number_kinds(uuid);")
    ]
