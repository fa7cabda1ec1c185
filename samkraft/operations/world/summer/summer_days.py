"""Days of the demo's Ung i sommar that have been: put there by the owner, through the same triggers as everything else."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.operations.world.people.writing import connected
from samkraft.people.queries.summer import summer_days, summer_people
from samkraft.values.context import Context

# What somebody's day becomes, from a digest of the shift: minutes early or late, and now and then not there at all.
_DICE = "('x' || substr(md5(s.id::text), 1, 6))::bit(24)::int"
_SHIFTS = """
    INSERT INTO people_summershift (id, placement_id, applicant_id, round_id, area_id, hours, break_minutes, is_cancelled)
    SELECT gen_random_uuid(), p.id, p.applicant_id, p.round_id, p.area_id,
           tstzrange((d.day::date + h.starts) AT TIME ZONE 'Europe/Stockholm', (d.day::date + h.ends) AT TIME ZONE 'Europe/Stockholm'),
           h.break_minutes, false
    FROM people_summerplacement p JOIN offer_summerhours h ON h.workplace_id = p.workplace_id,
         generate_series(lower(p.weeks), upper(p.weeks) - 1, interval '1 day') AS d (day)
    WHERE p.round_id = %(round)s AND p.confirmed_at IS NOT NULL AND extract(isodow FROM d.day) = h.weekday
      AND NOT (extract(month FROM d.day) = 6 AND extract(day FROM d.day) BETWEEN 19 AND 25 AND extract(isodow FROM d.day) = 5)
"""
_PRESSED = f"""
    INSERT INTO people_summerpunch (id, key, placement_id, applicant_id, round_id, area_id, is_in, pressed_at, received_at,
                                    pressed_by)
    SELECT gen_random_uuid(), gen_random_uuid(), s.placement_id, s.applicant_id, s.round_id, s.area_id, w.is_in,
           CASE WHEN w.is_in THEN lower(s.hours) - make_interval(mins => {_DICE} %% 9)
                ELSE upper(s.hours) + make_interval(mins => {_DICE} %% 7) END, now(), 'youth'
    FROM people_summershift s, (VALUES (true), (false)) AS w (is_in)
    WHERE s.round_id = %(round)s AND NOT s.is_cancelled AND {_DICE} %% 25 <> 0
      AND CASE WHEN w.is_in THEN lower(s.hours) ELSE upper(s.hours) END < %(until)s
    ORDER BY s.placement_id, lower(s.hours), NOT w.is_in
"""  # noqa: S608 - the dice are our own words
_ATTESTED = f"""
INSERT INTO people_summerattest (id, placement_id, applicant_id, round_id, area_id, day, version, was_there, minutes,
        absence, attested_at, attested_by)
    SELECT gen_random_uuid(), s.placement_id, s.applicant_id, s.round_id, s.area_id,
           (lower(s.hours) AT TIME ZONE 'Europe/Stockholm')::date, 1, {_DICE} %% 25 <> 0, NULL,
           CASE WHEN {_DICE} %% 25 <> 0 THEN '' ELSE 'ill' END, upper(s.hours) + interval '20 minutes', %(coach)s
    FROM people_summershift s WHERE s.round_id = %(round)s AND NOT s.is_cancelled
"""  # noqa: S608 - the dice are our own words


def lived(round_id: UUID, coordinator: str, coach: str, *, applied: datetime, placed: datetime) -> None:
    """A whole summer that has been: everybody said yes, came nearly every day, and was vouched for."""
    named = {
        "round": round_id,
        "by": coordinator,
        "coach": coach,
        "applied": applied,
        "placed": placed,
        "until": timezone.now(),
    }
    with connected() as owner, owner.transaction():
        for statement in (
            "UPDATE people_summerplacement SET answer = 'yes', answered_at = offered_at + interval '30 hours' "
            "WHERE round_id = %(round)s",
            "INSERT INTO people_summerconsent (id, applicant_id, guardian_id, round_id, area_id, number, says_yes, knows_risks, "
            "text_version, how, given_at, given_by) SELECT gen_random_uuid(), g.applicant_id, g.id, g.round_id, g.area_id, 1, "
            "true, true, '2026-1', 'link', %(placed)s + interval '3 days', g.name FROM people_summerguardian g "
            "WHERE g.round_id = %(round)s AND EXISTS (SELECT 1 FROM people_summerplacement p "
            "WHERE p.applicant_id = g.applicant_id)",
            "UPDATE people_summerplacement SET confirmed_at = %(placed)s + interval '8 days', confirmed_by = %(by)s "
            "WHERE round_id = %(round)s",
            _SHIFTS,
            _PRESSED,
            _ATTESTED,
            "UPDATE people_summerevent SET at = %(placed)s - interval '5 days' WHERE round_id = %(round)s "
            "AND kind IN ('drawn', 'reserve')",
        ):
            owner.execute(statement, named)


def begin_last_week(round_id: UUID, monday: date) -> None:
    """Applications close now, and the weeks began a Monday ago."""
    with connected() as owner, owner.transaction():
        owner.execute(
            "UPDATE offer_summerperiod SET period = daterange(%s, %s) WHERE round_id = %s",
            [monday - timedelta(days=7), monday + timedelta(days=21), round_id],
        )
        owner.execute(
            "UPDATE offer_summerround SET applying = tstzrange(lower(applying), now()) WHERE id = %s", [round_id]
        )


def worked(round_id: UUID, today: date) -> None:
    """What has been pressed until now in weeks that are going on."""
    until = min(timezone.now(), datetime.combine(today, datetime.max.time(), timezone.get_current_timezone()))
    with connected() as owner, owner.transaction():
        owner.execute(_PRESSED, {"round": round_id, "until": until})


def to_attest(by: Context, *, before: date) -> list[tuple[UUID, date, int]]:
    """The days that a supervisor has to vouch for: placement, day and the minutes that are suggested."""
    with transactions.read(by):
        cards = summer_people.cards()
        found = summer_days.of_placements(
            [one.placement_id for one in cards], first=before - timedelta(days=40), last=before
        )
    return [
        (placement_id, day.day, day.suggested)
        for placement_id, days in found.items()
        for day in days
        if day.attested is None and day.pressed and not day.is_in
    ]


def has_attested(round_id: UUID) -> bool:
    """Whether any day of the round is vouched for."""
    with connected() as owner:
        row = owner.execute(
            "SELECT EXISTS (SELECT 1 FROM people_summerattest WHERE round_id = %s)", [round_id]
        ).fetchone()
    return bool(row and row[0])
