"""Whoever lost a place or an offer in any other way is to be told too: fewer places, or an occasion that is cancelled."""

from importlib import import_module

from django.db import migrations

taking = import_module("samkraft.people.migrations.0061_one_offer_taken_back")
_START = taking.FORWARD.index("CREATE FUNCTION people_place_offer_known")
BEFORE = taking.FORWARD[_START:].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)
_ONE = "IF held.released_as <> 'withdrawn' THEN"
assert BEFORE.count(_ONE) == 1
NOW = BEFORE.replace(_ONE, "IF held.released_as NOT IN ('withdrawn', 'taken_back', 'cancelled') THEN")


class Migration(migrations.Migration):
    dependencies = [("people", "0061_one_offer_taken_back")]
    operations = [migrations.RunSQL(NOW, BEFORE)]
