"""A scratch city for the race for places: one officer who is on everybody's case and coordinates the activity."""

import os
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg

CONTEXT = (
    "SELECT set_config('samkraft.actor', %s, false), set_config('samkraft.membership', %s, false), "
    "set_config('samkraft.organisation', %s, false), set_config('samkraft.area', %s, false), "
    "set_config('samkraft.role', 'employment_officer', false), set_config('samkraft.purpose', 'mätning', false)"
)
CUT = "SELECT * FROM people_place_resize(%s, %s, true, 'Lokalen är mindre än vi trodde', NULL)"
BARE_ENTRY = (
    "INSERT INTO bench_people_placeentry (id, person_id, area_id, category, activity_id, code, criteria, needed_date, "
    "joined_at, joined_by, joined_membership_id) VALUES (%s, %s, gen_random_uuid(), 'plan', gen_random_uuid(), 'ABCDE', '{}', "
    "current_date, clock_timestamp(), 'Mätaren', gen_random_uuid())"
)
BARE_EVENT = (
    'INSERT INTO bench_people_placeevent (id, entry_id, person_id, area_id, category, kind, "order", happened_at, said_by, '
    "reason_code, reason) VALUES (%s, %s, %s, gen_random_uuid(), 'plan', %s, 1, clock_timestamp(), 'Mätaren', '', '')"
)
BARE_HOLD = (
    "INSERT INTO bench_people_placehold (id, entry_id, person_id, area_id, category, activity_id, occasion_id, place_id, "
    "offered_at, answer_until, decision_number, decider_name, released_as) VALUES (%s, %s, %s, gen_random_uuid(), 'plan', "
    "gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), clock_timestamp(), clock_timestamp(), '', '', '')"
)
TABLES = ("people_placeentry", "people_placeevent", "people_placehold")


@dataclass(frozen=True, slots=True)
class City:
    """Who acts, and the people who want a place."""

    user_id: UUID
    membership_id: UUID
    organisation_id: UUID
    area_id: UUID
    persons: tuple[UUID, ...]

    @property
    def context(self) -> list[str]:
        """What CONTEXT takes."""
        return [str(one) for one in (self.user_id, self.membership_id, self.organisation_id, self.area_id)]


def build(owner: "psycopg.Connection[Any]", many: int) -> City:
    """An organisation, an officer, and so many people with the officer on their case."""
    city = City(uuid4(), uuid4(), uuid4(), uuid4(), tuple(uuid4() for _ in range(many)))
    owner.execute(
        "INSERT INTO partners_organisation (id, code, name, short_name, other_names, administration_name, kind, "
        "organisation_number, workplace_number, note, sort_key) VALUES (%s, 'af', 'Arbetsförmedlingen', 'AF', '[]', '', "
        "'state_authority', '', '', '', 'a')", [city.organisation_id],
    )  # fmt: skip
    owner.execute(
        "INSERT INTO partners_secrecyarea (id, code, name, secrecy_rule, harm_test, controller, archive_authority, "
        "retention_plan, source, sort_key, authority_id) "
        "VALUES (%s, 'af', 'Arbetsförmedlingen', '', '', '', '', '', '', 'a', %s)",
        [city.area_id, city.organisation_id],
    )
    owner.execute(
        "INSERT INTO partners_user (id, password, email, name, sort_key, language, colour_scheme, is_active) "
        "VALUES (%s, '', 'matare@exempel.invalid', 'Mätaren', 'mataren', 'sv', 'auto', true)", [city.user_id],
    )  # fmt: skip
    owner.execute(
        "INSERT INTO partners_membership (id, role, title, valid, added_at, added_by, user_id, organisation_id, area_id) "
        "VALUES (%s, 'employment_officer', '', '[2020-01-01,)', now(), '', %s, %s, %s)",
        [city.membership_id, city.user_id, city.organisation_id, city.area_id],
    )
    for person in city.persons:
        owner.execute("INSERT INTO people_person (id, created_at) VALUES (%s, now())", [person])
        owner.execute(
            "INSERT INTO people_caseaccess (id, person_id, area_id, membership_id, period, basis, granted_at, granted_by) "
            "VALUES (gen_random_uuid(), %s, %s, %s, tstzrange(now(), NULL), 'referral', now(), %s)",
            [person, city.area_id, city.membership_id, city.membership_id],
        )
    for table in TABLES:
        owner.execute(f"CREATE TABLE bench_{table} (LIKE {table}, PRIMARY KEY (id))")
        owner.execute(f"GRANT SELECT, INSERT ON bench_{table} TO samkraft_app")
    owner.execute("ANALYZE")
    return city


def occasion(owner: "psycopg.Connection[Any]", city: City, places: int) -> tuple[UUID, UUID]:
    """A new activity with one occasion that is open for offers, coordinated by the officer."""
    activity_id, occasion_id, name = uuid4(), uuid4(), uuid4().hex
    owner.execute(
        "INSERT INTO offer_activity (id, code, name, kind, about, owner_id, start_form, reveals, decided_by_role, "
        "prerequisites, added_at, added_by, sort_key) "
        "VALUES (%s, %s, %s, 'workplace', '', %s, 'joint', 'plan', 'employment_officer', '{}', now(), '', '')",
        [activity_id, name, name, city.organisation_id],
    )  # fmt: skip
    owner.execute(
        "INSERT INTO offer_occasion (id, activity_id, name, provider_id, starts_on, hours_a_week, languages, place_name, "
        "district, accessible, answer_days, offering_since, added_at, added_by, cancel_reason) "
        "VALUES (%s, %s, 'Start', %s, %s, 20, '{sv}', 'Föreningsgatan', '', '{}', 5, now(), now(), '', '')",
        [occasion_id, activity_id, city.organisation_id, date.today() + timedelta(days=60)],  # noqa: DTZ011 - any day ahead
    )
    owner.execute(
        "INSERT INTO offer_place (id, occasion_id, number) SELECT gen_random_uuid(), %s, n FROM generate_series(1, %s) n",
        [occasion_id, places],
    )
    owner.execute(
        "INSERT INTO offer_coordinator (id, activity_id, membership_id, period, appointed_at, appointed_by) "
        "VALUES (gen_random_uuid(), %s, %s, '[2020-01-01,)', now(), '')", [activity_id, city.membership_id],
    )  # fmt: skip
    return activity_id, occasion_id


def empty(owner: "psycopg.Connection[Any]") -> None:
    """Take away what the peers put in."""
    for table in TABLES:
        owner.execute(f"TRUNCATE bench_{table}")


def outcome(owner: "psycopg.Connection[Any]", activity_id: UUID, places: int) -> tuple[int, int, bool, int]:
    """How many have a place, on how many places, whether they are those who came first, and how many came."""
    holds = owner.execute(
        "SELECT entry_id, place_id FROM people_placehold WHERE activity_id = %s AND released_at IS NULL", [activity_id]
    ).fetchall()
    line = owner.execute(
        "SELECT id FROM people_placeentry WHERE activity_id = %s ORDER BY joined_at, id", [activity_id]
    ).fetchall()
    first = {one for (one,) in line[:places]}
    return len(holds), len({place for _, place in holds}), {entry for entry, _ in holds} == first, len(line)


def withdraw(plain: "psycopg.Connection[Any]", person: UUID, activity_id: UUID) -> None:
    """Out of the queue, whatever one has there."""
    found = plain.execute(
        "SELECT id FROM people_placeentry WHERE person_id = %s AND activity_id = %s AND left_at IS NULL",
        [person, activity_id],
    ).fetchone()
    if found:
        _try(plain, "SELECT people_place_leave(%s, 'work', '', NULL)", [found[0]])
    plain.commit()


def decline(plain: "psycopg.Connection[Any]", person: UUID, activity_id: UUID) -> None:
    """No, if there is an offer to say no to; half of them wait on for another time."""
    found = plain.execute(
        "SELECT id FROM people_placehold WHERE person_id = %s AND activity_id = %s AND released_at IS NULL",
        [person, activity_id],
    ).fetchone()
    if found:
        _try(plain, "SELECT people_place_answer(%s, false, 'time', '', true, NULL)", [found[0]])
    plain.commit()


def run_out(city: City, activity_id: UUID) -> None:
    """One offer's time is out, as if days had gone; whoever notices first gives the place to the next."""
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        owner.execute("SELECT pg_advisory_lock(hashtextextended('places of ' || %s, 0))", [str(activity_id)])
        owner.execute(
            "UPDATE people_placehold SET answer_until = clock_timestamp() WHERE id = (SELECT id FROM people_placehold "
            "WHERE activity_id = %s AND released_at IS NULL AND accepted_at IS NULL ORDER BY offered_at LIMIT 1)",
            [activity_id],
        )
        owner.execute("SELECT pg_advisory_unlock_all()")
        owner.execute(CONTEXT, city.context)
        owner.execute("SELECT people_place_lapse()")


def _try(plain: "psycopg.Connection[Any]", statement: str, arguments: list[Any]) -> None:
    """A refusal is an answer: somebody else was quicker. Anything else is a fault."""
    try:
        plain.execute(statement, arguments)
    except psycopg.Error as error:
        plain.rollback()
        if error.sqlstate != "SK001":
            raise


def holding(owner: "psycopg.Connection[Any]", activity_id: UUID) -> int:
    """How many places are held now."""
    found = owner.execute(
        "SELECT count(*) FROM people_placehold WHERE activity_id = %s AND released_at IS NULL", [activity_id]
    ).fetchone()
    return int(found[0]) if found else 0


def replayed(city: City, activity_id: UUID) -> list[Any]:
    """The whole history gone through again, by rules that know no database."""
    from samkraft.audit.actions import transactions
    from samkraft.people.queries.places import place_proof

    by = context_of(city)
    with transactions.read(by):
        return list(place_proof.of_activity(activity_id).findings)


def context_of(city: City) -> Any:
    """The officer's context, as actions and queries take it."""
    from samkraft.values.context import Context

    return Context(
        city.user_id, "Mätaren", city.membership_id, "employment_officer", city.organisation_id, city.area_id, "mätning"
    )
