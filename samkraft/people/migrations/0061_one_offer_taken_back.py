"""One offer that nobody has answered is taken back, by whoever coordinates the activity, with a reason that the case can read.

The person stands where they stood in the queue. The place goes to the next at once, and the clock does not give it back to
whoever lost it: for a running intake not for a fortnight, as after a no; a person may. Those on the case tell the person.
"""

from importlib import import_module

from django.db import migrations, models

owned = import_module("samkraft.people.migrations.0003_on_the_case").owned
giving = import_module("samkraft.people.migrations.0014_giving_places")
filling = import_module("samkraft.people.migrations.0032_places_given_after")
resting = import_module("samkraft.people.migrations.0042_said_no_lately")
KINDS = [*import_module("samkraft.people.migrations.0060_begun_by_mistake").KINDS, "withdrawn", "offer_known"]


def _with(before: str, *changes: tuple[str, str]) -> str:
    for was, now in changes:
        assert before.count(was) == 1, was
        before = before.replace(was, now)
    return before


FILL_BEFORE: str = filling.FILL
FILL = _with(
    FILL_BEFORE,
    ("FOR opened IN SELECT o.id FROM", "FOR opened IN SELECT o.id, a.start_form FROM"),
    ("JOIN people_placeentry e ON e.id = l.entry_id ORDER BY l.place LOOP",
     "JOIN people_placeentry e ON e.id = l.entry_id\n"
     "            WHERE NOT EXISTS (SELECT 1 FROM people_placehold w WHERE w.entry_id = l.entry_id\n"
     "                AND w.occasion_id = opened.id AND w.released_as = 'withdrawn'\n"
     "                AND (opened.start_form <> 'running' OR w.released_at > moment - interval '14 days'))\n"
     "            ORDER BY l.place LOOP"),
)  # fmt: skip
RESTING_BEFORE = resting.FORWARD.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)
RESTING = _with(
    RESTING_BEFORE, ("h.released_as IN ('declined', 'lapsed')", "h.released_as IN ('declined', 'lapsed', 'withdrawn')")
)
_START = giving.FORWARD.index("CREATE FUNCTION people_place_answer")
ANSWER_BEFORE = giving.FORWARD[_START : giving.FORWARD.index("END $$;", _START) + 8].replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1
)
_OVER = "    IF held.released_at IS NOT NULL THEN PERFORM people_refuse('offer_is_over'); END IF;\n"
ANSWER = _with(
    ANSWER_BEFORE,
    (_OVER, "    IF held.released_as = 'withdrawn' THEN PERFORM people_refuse('offer_withdrawn'); END IF;\n" + _OVER),
)

FORWARD = """
-- Take one offer back. Whoever comes last of this and an answer is told which came first. Returns how many offers went out.
CREATE FUNCTION people_place_withdraw(of_occasion uuid, of_hold uuid, words text, at timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE of_activity uuid := (SELECT o.activity_id FROM offer_occasion o WHERE o.id = of_occasion);
    held people_placehold%ROWTYPE; moment timestamptz;
BEGIN
    PERFORM people_require_coordinator(of_activity);
    PERFORM people_place_lock(of_activity);
    moment := people_place_at(at);
    SELECT h.* INTO held FROM people_placehold h WHERE h.id = of_hold AND h.occasion_id = of_occasion FOR UPDATE;
    IF held.id IS NULL THEN PERFORM people_refuse('offer_is_over'); END IF;
    IF held.accepted_at IS NOT NULL OR held.released_as = 'declined' THEN PERFORM people_refuse('answered_meanwhile'); END IF;
    IF held.released_at IS NOT NULL THEN PERFORM people_refuse('offer_is_over'); END IF;
    IF held.answer_until <= moment THEN PERFORM people_refuse('offer_has_lapsed'); END IF;
    IF length(btrim(words)) < 10 THEN PERFORM people_refuse('place_no_reason'); END IF;
    PERFORM people_place_release(of_hold, 'withdrawn', moment, btrim(words));
    RETURN people_place_fill(of_activity, moment);
END $$;

-- The person knows that the offer was taken back: said by those on the case, once.
CREATE FUNCTION people_place_offer_known(of_hold uuid, at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE held people_placehold%ROWTYPE;
BEGIN
    held := people_place_own(of_hold);
    IF held.released_as <> 'withdrawn' THEN PERFORM people_refuse('offer_is_over'); END IF;
    IF NOT EXISTS (SELECT 1 FROM people_placeevent v WHERE v.hold_id = of_hold AND v.kind = 'offer_known') THEN
        PERFORM people_place_note(held.entry_id, of_hold, 'offer_known', people_place_at(at), '', '', NULL, NULL);
    END IF;
END $$;
"""
FOR_THE_PRODUCT = (
    "people_place_withdraw(uuid, uuid, text, timestamptz)", "people_place_offer_known(uuid, timestamptz)",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("people", "0060_begun_by_mistake")]
    operations = [
        migrations.RemoveConstraint("placeevent", "people_placeevent_kind_known"),
        migrations.AddConstraint(
            "placeevent",
            models.CheckConstraint(condition=models.Q(kind__in=KINDS), name="people_placeevent_kind_known"),
        ),
        migrations.RunSQL(
            FORWARD + FILL + RESTING + ANSWER + owned((), FOR_THE_PRODUCT),
            FILL_BEFORE + RESTING_BEFORE + ANSWER_BEFORE + "".join(f"DROP FUNCTION {one};" for one in FOR_THE_PRODUCT),
        ),
    ]
