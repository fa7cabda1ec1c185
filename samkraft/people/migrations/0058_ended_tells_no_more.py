"""What has been ended tells no more: a referral gives no day to the cohort door, a placement that was answered with a no, or
that nobody answered in time, gives its workplace no right to a protected young person's list."""

from importlib import import_module

from django.db import migrations

rounds = import_module("samkraft.people.migrations.0046_studies_and_rounds")
seen = import_module("samkraft.people.migrations.0054_all_whom_one_knows")
summer = import_module("samkraft.people.migrations.0011_summer_walls")

_REFERRED = "WHERE n.kind = 'referral' AND (n.content ->> 'received_on')::date <= known.began\n        ORDER BY"
_STANDING = _REFERRED.replace(
    "\n",
    """
          AND NOT EXISTS (SELECT 1 FROM newest o WHERE o.e = n.e AND o.kind = 'referral_end'
              AND o.content ->> 'referral' = n.lineage::text)
""",
)


def _standing_alone(before: str) -> str:
    for was, now in ((_REFERRED, _STANDING), ("'referral', 'phase'", "'referral', 'referral_end', 'phase'")):
        assert before.count(was) == 1, was
        before = before.replace(was, now)
    return before


DOOR, OWN_WALLS = rounds.NOW, seen.NOW

_FIRST, _LAST = "CREATE FUNCTION people_summer_name_on_list", "END $$;"
_START = summer.DEEDS.index(_FIRST)
LIST = summer.DEEDS[_START : summer.DEEDS.index(_LAST, _START) + len(_LAST)].replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1
)
_NOT_ENDED = "AND NOT p.has_ended)"
assert LIST.count(_NOT_ENDED) == 1
LIST_NOW = LIST.replace(_NOT_ENDED, "AND NOT p.has_ended\n                  AND p.answer IN ('', 'yes'))")


class Migration(migrations.Migration):
    dependencies = [("people", "0057_open_referrals")]
    operations = [
        migrations.RunSQL(_standing_alone(DOOR), DOOR),
        migrations.RunSQL(_standing_alone(OWN_WALLS), OWN_WALLS),
        migrations.RunSQL(LIST_NOW, LIST),
    ]
