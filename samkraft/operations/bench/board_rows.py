"""A country's caseloads for the bench: each participant's events, and the board's rows as the database keeps them.

One secrecy area and teams of 150; what a board is made of, and nothing more. Everything follows from the participant's
number, so that the same size is the same data.
"""
# ruff: noqa: E501 - a table of made-up events reads best with its rows whole

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg

TEAM_SIZE = 150
AT_A_TIME, ROWS_AT_A_TIME = 50_000, 100  # the function is made for what one action touches
WORKED_OUT = 3_000  # whose rows are worked out; those of all others have the same shape, so that the table has its size
AREA, ORGANISATION, INITIATIVE = (UUID(int=0x4000_8000_0000 + number) for number in (1, 2, 3))
OFFICER, MEMBERSHIP = (UUID(int=0x4000_8000_0000 + number) for number in (4, 5))
EMAIL = "matare@exempel.invalid"


@dataclass(frozen=True, slots=True)
class Country:
    """How much was made."""

    participants: int
    teams: int
    events: int


# A key that follows from what it is of and from the number.
_KEY = """
CREATE FUNCTION pg_temp.key(kind text, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS
$$ SELECT md5(kind || n)::uuid $$;
"""

_HOUSE = """
INSERT INTO partners_organisation (id, code, name, short_name, other_names, administration_name, kind, organisation_number,
    workplace_number, note, sort_key) VALUES (%(organisation)s, 'af', 'Arbetsförmedlingen', 'AF', '[]', '', 'state_authority', '', '', '', 'a');
INSERT INTO partners_secrecyarea (id, code, name, secrecy_rule, harm_test, controller, archive_authority, retention_plan,
    source, sort_key, authority_id) VALUES (%(area)s, 'af', 'Arbetsförmedlingen', '', '', '', '', '', '', 'a', %(organisation)s);
INSERT INTO partners_user (id, password, email, name, sort_key, language, colour_scheme, is_active)
    VALUES (%(officer)s, '', %(email)s, 'Mätaren', 'mataren', 'sv', 'auto', true);
INSERT INTO partners_membership (id, role, title, valid, added_at, added_by, user_id, organisation_id, area_id)
    VALUES (%(membership)s, 'employment_officer', '', '[2020-01-01,)', now(), '', %(officer)s, %(organisation)s, %(area)s);
INSERT INTO initiatives_initiative (id, code, name, aim, target_groups, stage, source, owner_id)
    VALUES (%(initiative)s, 'matt', 'Mätningen', '', '[]', 'running', '', %(organisation)s);
INSERT INTO initiatives_phase (id, number, name, guide_days, counts_to_limit, initiative_id)
    SELECT gen_random_uuid(), n, 'Fas ' || n, 91, n < 3, %(initiative)s FROM generate_series(1, 3) n;
INSERT INTO initiatives_initiativerules (id, version, rules, valid, decided_at, decided_by, initiative_id)
    VALUES (gen_random_uuid(), 1, '{"limit_days": 182, "monthly_time_report": true}', '[2020-01-01,)', now(), '', %(initiative)s);
INSERT INTO initiatives_team (id, number, name, places, period, initiative_id)
    SELECT pg_temp.key('team', n), n, 'Team ' || n, 150, '[2020-01-01,)', %(initiative)s FROM generate_series(1, %(teams)s) n;
INSERT INTO initiatives_teammember (id, personal, period, membership_id, team_id)
    VALUES (gen_random_uuid(), false, '[2020-01-01,)', %(membership)s, pg_temp.key('team', 1));
"""

# Who sees more than one team: eight teams for a list to export, and all the teams of one project.
READERS = ((UUID(int=0x4000_8000_0000 + 6), 8), (UUID(int=0x4000_8000_0000 + 8), 38))
_READER = """
INSERT INTO partners_user (id, password, email, name, sort_key, language, colour_scheme, is_active)
    VALUES (%(reader)s, '', 'matare' || %(many)s || '@exempel.invalid', 'Mätaren', 'mataren', 'sv', 'auto', true);
INSERT INTO partners_membership (id, role, title, valid, added_at, added_by, user_id, organisation_id, area_id)
    VALUES (%(reader)s, 'employment_officer', '', '[2020-01-01,)', now(), '', %(reader)s, %(organisation)s, %(area)s);
INSERT INTO initiatives_teammember (id, personal, period, membership_id, team_id)
    SELECT gen_random_uuid(), false, '[2020-01-01,)', %(reader)s, t.id FROM initiatives_team t
    WHERE t.initiative_id = %(initiative)s AND t.number <= %(many)s;
"""
# The words of each name, and one beginning that a ninth of the country shares.
_WORDS = """
INSERT INTO people_searchtoken (area_id, person_id, category, token)
SELECT %(area)s, pg_temp.key('person', n), 'contact', word FROM generate_series(%(first)s, %(last)s) n,
    LATERAL (SELECT DISTINCT w AS word FROM unnest(ARRAY['namn' || n, 'efternamn' || n %% 997, left('efternamn' || n %% 997, 10)]) w) words
"""

_PEOPLE = """
INSERT INTO people_person (id, created_at) SELECT pg_temp.key('person', n), now() FROM generate_series(%(first)s, %(last)s) n;
INSERT INTO people_enrolment (id, period, category, area_id, initiative_id, person_id)
    SELECT pg_temp.key('enrolment', n), tstzrange(now() - interval '200 days', NULL), 'enrolment', %(area)s, %(initiative)s,
           pg_temp.key('person', n) FROM generate_series(%(first)s, %(last)s) n;
INSERT INTO people_caseaccess (id, period, basis, granted_at, granted_by, area_id, team_id, person_id)
    SELECT pg_temp.key('access', n), tstzrange(now() - interval '1 day', NULL), 'team', now(), %(membership)s, %(area)s,
           pg_temp.key('team', 1 + (n - 1) / 150), pg_temp.key('person', n) FROM generate_series(%(first)s, %(last)s) n;
"""

# Eleven things about everybody; a third of them wait, for us, for the participant or for another body.
_EVENTS = """
INSERT INTO people_contribution (id, kind, category, lineage, version, content, voice, author_area_id, author_organisation_id,
    author_membership_id, author_name, author_role, occurred_at, written_at, withheld_ground, withheld_by, area_id,
    enrolment_id, person_id)
SELECT pg_temp.key(e.kind || e.nr, n), e.kind, e.category, pg_temp.key('line' || e.kind || e.nr, n), 1, e.content, 'staff',
       %(area)s, %(organisation)s, %(membership)s, 'Mätaren', 'employment_officer', now() - interval '1 day',
       now() - interval '1 day', '', '', %(area)s, pg_temp.key('enrolment', n), pg_temp.key('person', n)
FROM generate_series(%(first)s, %(last)s) n, LATERAL (VALUES
    ('card', 1, 'contact', jsonb_build_object('given_name', 'Namn' || n, 'family_name', 'Efternamn' || n %% 997, 'language', 'sv',
        '_sort_key', 'efternamn' || n %% 997 || ' namn' || n)),
    ('referral', 1, 'referral', jsonb_build_object('how', 'anvisning', 'start_check', '{}'::jsonb,
        'received_on', %(today)s::date - (40 + n * 7 %% 190)::int)),
    ('enrolled', 1, 'enrolment', jsonb_build_object('initiative_id', %(initiative)s::text, 'started_on', %(today)s::date - (20 + n * 7 %% 190)::int)),
    ('team', 1, 'enrolment', jsonb_build_object('team_id', pg_temp.key('team', 1 + (n - 1) / 150), 'team_name', 'Team', 'since', %(today)s::date - 20)),
    ('lead', 1, 'enrolment', jsonb_build_object('membership_id', CASE WHEN n %% 3 = 0 THEN %(membership)s::text ELSE pg_temp.key('m', n / 50)::text END,
        'name', 'Handläggare ' || n / 50, 'role', 'employment_officer', 'area_id', %(area)s::text, 'since', %(today)s::date - 20)),
    ('phase', 1, 'enrolment', jsonb_build_object('number', 1 + n %% 3, 'since', %(today)s::date - (n %% 19)::int)),
    ('step', 1, 'plan', CASE WHEN n %% 3 = 0 THEN jsonb_build_object('title', 'Praktik ' || n %% 40, 'step_kind', 'workplace',
            'work_oriented', true, 'body_area_id', %(area)s::text, 'state', 'waiting', 'waiting_since', %(today)s::date - (n %% 23)::int,
            'waits_on', jsonb_build_object('who', (ARRAY['us', 'participant', 'body'])[1 + (n / 3 %% 3)::int], 'what', 'Svara',
                'name', 'Ida Alm', 'area_id', %(area)s::text))
        ELSE jsonb_build_object('title', 'Kurs ' || n %% 40, 'step_kind', 'education', 'work_oriented', false, 'body_area_id', %(area)s::text,
            'state', 'planned', 'from_date', %(today)s::date + (n %% 30)::int) END),
    ('step', 2, 'plan', jsonb_build_object('title', 'Första samtalet', 'step_kind', 'motivating', 'work_oriented', false,
        'body_area_id', %(area)s::text, 'state', 'done')),
    ('contact_made', 1, 'enrolment', jsonb_build_object('on', %(today)s::date - (n %% 15)::int, 'how', 'phone', 'by_participant', false)),
    ('plan_version', 1, 'plan', jsonb_build_object('number', 1, 'frozen', '{"steps": []}'::jsonb, 'digest', md5('d' || n) || md5('e' || n))),
    ('time_report', 1, 'enrolment', jsonb_build_object('month', to_char(%(today)s::date - interval '1 month', 'YYYY-MM'), 'hours', 20, 'how', 'paper'))
    ) AS e (kind, nr, category, content)
"""

_ROWS = """
INSERT INTO people_overview SELECT * FROM people_work_out_overviews(
    ARRAY(SELECT pg_temp.key('person', n) FROM generate_series(%(first)s, %(last)s) n),
    ARRAY(SELECT %(area)s::uuid FROM generate_series(%(first)s, %(last)s) n))
"""


_COLUMNS = (
    "area_id", "initiative_id", "name", "sort_key", "lead_membership_id", "lead_name", "lead_area_id", "phase", "phase_since",
    "started_on", "next_step", "next_step_from", "due_date", "waits_who", "waits_area_id", "waits_role", "waits_name", "waits_what",
    "waiting_since", "last_contact_on", "has_plan", "plan_agreed_on", "programme_ends_on", "meetings", "time_report_through",
    "paused_from", "paused_until", "exited_on", "consent_ends_on", "category",
)  # fmt: skip
_ALIKE = f"""
INSERT INTO people_overview (id, team_id, enrolment_id, person_id, {", ".join(_COLUMNS)})
SELECT gen_random_uuid(), pg_temp.key('team', 1 + (n - 1) / 150), pg_temp.key('enrolment', n), pg_temp.key('person', n),
    {", ".join(f"o.{name}" for name in _COLUMNS)}
FROM generate_series(%(first)s, %(last)s) n
JOIN people_overview o ON o.enrolment_id = pg_temp.key('enrolment', 1 + (n - 1) %% %(worked_out)s)
"""  # noqa: S608 - the columns are listed above


_FILLED = ("people_contribution", "people_enrolment", "people_caseaccess")


def _taken_away(cursor: "psycopg.ClientCursor[Any]") -> list[str]:
    """Take away, while the rows come, indexes and what is asked of other tables; and give what puts the indexes back.

    The rows are right by how they are made. Indexes are made quicker at once than row by row.
    """
    cursor.execute(
        "SELECT conrelid::regclass || ' DROP CONSTRAINT ' || quote_ident(conname) FROM pg_constraint "
        "WHERE contype = 'f' AND conrelid::regclass::text = ANY (%s)",
        [list(_FILLED)],
    )
    for (constraint,) in cursor.fetchall():
        cursor.execute(f"ALTER TABLE {constraint}")
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY (%s) AND indexname NOT IN "
        "(SELECT conindid::regclass::text FROM pg_constraint WHERE conindid <> 0)",
        [list(_FILLED)],
    )
    found = cursor.fetchall()
    for name, _made_by in found:
        cursor.execute(f"DROP INDEX {name}")
    return [made_by for _name, made_by in found]


def add_readers(cursor: "psycopg.ClientCursor[Any]", participants: int) -> None:
    """Those who see several teams, and the words that names are found by."""
    said = {"area": AREA, "organisation": ORGANISATION, "initiative": INITIATIVE, "first": 1, "last": participants}
    for reader, many in READERS:
        cursor.execute(_READER, said | {"reader": reader, "many": many})
    cursor.execute(_WORDS, said)


def fill(owner: "psycopg.Connection[Any]", participants: int, today: Any) -> Country:
    """Everything, as the owner and without the triggers; the rows by the same function as the triggers use."""
    teams = -(-participants // TEAM_SIZE)
    said = {"area": AREA, "organisation": ORGANISATION, "initiative": INITIATIVE, "officer": OFFICER, "membership": MEMBERSHIP,
            "email": EMAIL, "teams": teams, "today": today}  # fmt: skip
    owner.execute(_KEY)
    with psycopg.ClientCursor(owner) as cursor:
        cursor.execute("ALTER TABLE people_contribution DISABLE TRIGGER USER")
        cursor.execute(_HOUSE, said)
        taken = _taken_away(cursor)
        for first in range(1, participants + 1, AT_A_TIME):
            part = said | {"first": first, "last": min(first + AT_A_TIME - 1, participants)}
            cursor.execute(_PEOPLE, part)
            cursor.execute(_EVENTS, part)
        for put_back in taken:
            cursor.execute(put_back)
        add_readers(cursor, participants)
        cursor.execute("ANALYZE people_contribution")
        worked_out = min(participants, WORKED_OUT)
        for first in range(1, worked_out + 1, ROWS_AT_A_TIME):
            cursor.execute(_ROWS, said | {"first": first, "last": min(first + ROWS_AT_A_TIME - 1, worked_out)})
        cursor.execute("ANALYZE people_overview")
        alike = {"first": worked_out + 1, "last": participants, "worked_out": worked_out}
        cursor.execute(_ALIKE, said | alike)
        cursor.execute("ALTER TABLE people_contribution ENABLE TRIGGER USER")
        for table in (
            "people_contribution",
            "people_overview",
            "people_caseaccess",
            "people_enrolment",
            "people_searchtoken",
        ):
            cursor.execute(f"VACUUM ANALYZE {table}")
        cursor.execute("SELECT count(*) FROM people_contribution")
        row = cursor.fetchone()
    return Country(participants, teams, row[0] if row else 0)
