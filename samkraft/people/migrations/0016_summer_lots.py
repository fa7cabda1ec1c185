"""The lot of Ung i sommar is drawn among all who applied, protected young people too: by code, seen by nobody.

Whoever draws gets codes and strata only; the turns are put on the applications by the database, from the published lot.
"""

from importlib import import_module

from django.db import migrations

owned = import_module("samkraft.people.migrations.0003_on_the_case").owned

FORWARD = """
CREATE FUNCTION people_summer_codes(asked uuid) RETURNS TABLE (code text, stratum text, is_first boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF asked NOT IN (SELECT people_summer_rounds()) THEN PERFORM people_refuse('summer_not_your_round'); END IF;
    RETURN QUERY SELECT a.code::text, a.stratum::text, a.ground <> '' FROM people_summerapplicant a
        WHERE a.round_id = asked AND NOT a.has_withdrawn AND NOT a.is_double ORDER BY a.code;
END $$;

CREATE FUNCTION people_summer_take_turns(asked uuid) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE lot jsonb; many bigint;
BEGIN
    IF asked NOT IN (SELECT people_summer_rounds()) THEN PERFORM people_refuse('summer_not_your_round'); END IF;
    SELECT d.published INTO lot FROM people_summerdraw d WHERE d.round_id = asked AND d.step = 'lot';
    IF NOT FOUND THEN PERFORM people_refuse('summer_no_list'); END IF;
    UPDATE people_summerapplicant a SET turn = o.place, share = o.place::float / o.many, is_drawn = lot -> 'drawn' ? o.code
        FROM (SELECT c.code, c.place, jsonb_array_length(s.codes) AS many FROM jsonb_each(lot -> 'order') AS s (name, codes),
              jsonb_array_elements_text(s.codes) WITH ORDINALITY AS c (code, place)) o
        WHERE a.round_id = asked AND a.code = o.code AND a.turn IS NULL;
    GET DIAGNOSTICS many = ROW_COUNT;
    INSERT INTO people_summerevent (id, applicant_id, round_id, area_id, kind, about, word, at, by)
        SELECT gen_random_uuid(), a.id, a.round_id, a.area_id, CASE WHEN a.is_drawn THEN 'drawn' ELSE 'reserve' END, NULL, '',
               clock_timestamp(), '' FROM people_summerapplicant a WHERE a.round_id = asked AND a.turn IS NOT NULL;
    RETURN many;
END $$;

-- Whether the asker looks after protected young people in a round, and so meets everybody in it.
CREATE FUNCTION people_summer_meets_all(asked uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM people_me() me JOIN people_summerstaff s ON s.membership_id = me.membership_id
        AND s.area_id = me.area_id WHERE s.round_id = asked AND s.handles_protected AND s.period @> statement_timestamp())
$$;
"""
DOING = ("people_summer_codes(uuid)", "people_summer_take_turns(uuid)", "people_summer_meets_all(uuid)")


class Migration(migrations.Migration):
    dependencies = [("people", "0015_coordinating_places")]
    operations = [
        migrations.RunSQL(FORWARD + owned((), DOING), "".join(f"DROP FUNCTION {function};" for function in DOING))
    ]
