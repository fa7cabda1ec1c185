"""Night rest, weekly rest and free days are kept by the database too; and a basis for wages can be below nothing.

Where no other hours are near, that costs one question more for each planned day.
"""

from importlib import import_module

from django.db import migrations, models

before = import_module("samkraft.people.migrations.0012_summer_guarantees").TRIGGERS
owned = import_module("samkraft.people.migrations.0003_on_the_case").owned

_START = before.index("CREATE FUNCTION people_summer_planned")
AS_BEFORE = before[_START : before.index("END $$;", _START) + 7].replace("CREATE", "CREATE OR REPLACE", 1)
_WAS = """        PERFORM people_refuse('summer_hours_forbidden');
    END IF;
    RETURN NEW;
END $$;"""
assert AS_BEFORE.endswith(_WAS)
PLANNED = (
    AS_BEFORE.removesuffix(_WAS)
    + """        PERFORM people_refuse('summer_hours_forbidden');
    END IF;
    IF NOT people_summer_rests(NEW, rule) THEN PERFORM people_refuse('summer_no_rest'); END IF;
    RETURN NEW;
END $$;"""
)
RESTS = """
-- Whether there is rest around hours that are planned: between the days, and within the week with its free days. Other hours
-- of the same young person count, wherever they are.
CREATE FUNCTION people_summer_rests(shift people_summershift, rule offer_workingtimerule) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH monday AS (SELECT date_trunc('week', lower(shift.hours) AT TIME ZONE 'Europe/Stockholm') AS first),
    near AS (SELECT lower(s.hours) AS starts, upper(s.hours) AS ends,
            (lower(s.hours) AT TIME ZONE 'Europe/Stockholm')::date AS day
        FROM people_summershift s WHERE s.applicant_id = shift.applicant_id AND s.id <> shift.id AND NOT s.is_cancelled
          AND s.hours && tstzrange(lower(shift.hours) - interval '8 days', upper(shift.hours) + interval '8 days')),
    week AS (SELECT n.starts, n.ends, n.day FROM near n, monday m WHERE date_trunc('week', n.day::timestamp) = m.first
        UNION ALL SELECT lower(shift.hours), upper(shift.hours), (lower(shift.hours) AT TIME ZONE 'Europe/Stockholm')::date),
    gaps AS (SELECT extract(epoch FROM lead(e.starts) OVER (ORDER BY e.starts, e.ends) - e.ends) / 60 AS minutes
        FROM (SELECT starts, ends FROM week
              UNION ALL SELECT m.first AT TIME ZONE 'Europe/Stockholm', m.first AT TIME ZONE 'Europe/Stockholm' FROM monday m
              UNION ALL SELECT (m.first + interval '7 days') AT TIME ZONE 'Europe/Stockholm',
                  (m.first + interval '7 days') AT TIME ZONE 'Europe/Stockholm' FROM monday m) e)
    SELECT NOT EXISTS (SELECT 1 FROM near n WHERE n.day <> (lower(shift.hours) AT TIME ZONE 'Europe/Stockholm')::date
            AND (n.starts >= upper(shift.hours) AND n.starts - upper(shift.hours) < make_interval(mins => rule.night_rest_minutes)
              OR n.ends <= lower(shift.hours) AND lower(shift.hours) - n.ends < make_interval(mins => rule.night_rest_minutes)))
        AND (SELECT count(DISTINCT w.day) FROM week w) <= 7 - rule.free_days
        AND (SELECT max(g.minutes) FROM gaps g) >= rule.week_rest_minutes
$$;
"""
INTERNAL = ("people_summer_rests(people_summershift, offer_workingtimerule)",)


class Migration(migrations.Migration):
    dependencies = [("people", "0034_accesses_to_review")]
    operations = [
        migrations.AlterField("summerpayment", "total_ore", models.BigIntegerField()),
        migrations.RunSQL(
            RESTS + PLANNED + owned(INTERNAL, ()), AS_BEFORE + "".join(f"DROP FUNCTION {one};" for one in INTERNAL)
        ),
    ]
