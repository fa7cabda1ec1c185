"""What suits one person, among thousands of occasions: the whole question with its reasons, beside asking for the rows alone.

The question is the page's own: what the person already has, how long others have waited, on which days each occasion meets
and what collides, free places and those who wait. The page is asked for too, as the web server answers it.
"""

import contextlib
import os
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import psycopg

from samkraft.operations import command, memory, scratch_database
from samkraft.operations.bench import board_door, places_city
from samkraft.operations.bench.frame import Agreement, Bench, Contestant, Course, Kind
from samkraft.values.period import STOCKHOLM

SIZES = {"S": 500, "M": 5_000, "L": 50_000}
LIMIT_MS, PAGE_MS = 100, 200
PAGE = "hela sidan med det som passar och det som inte gör det"
ROWS = "bara raderna, genom Djangos modeller"
TODAY = date.today()  # noqa: DTZ011 - occasions lie ahead of whatever day it is

_MANY = """
INSERT INTO offer_activity (id, code, name, kind, about, owner_id, start_form, reveals, decided_by_role, prerequisites, added_at,
    added_by, sort_key)
SELECT gen_random_uuid(), 'a' || n, 'Aktivitet ' || n,
    (ARRAY['workplace', 'education', 'matching', 'motivating'])[1 + n %% 4], '', %(owner)s,
    CASE n %% 3 WHEN 0 THEN 'running' ELSE 'joint' END, 'plan', 'employment_officer',
    CASE n %% 2 WHEN 0 THEN '{swedish_b}'::varchar[] ELSE '{}' END, now(), '', '' FROM generate_series(1, 50) n;
INSERT INTO offer_occasion (id, activity_id, name, provider_id, starts_on, hours_a_week, languages, place_name, district,
    accessible, answer_days, added_at, added_by, cancel_reason)
SELECT gen_random_uuid(), a.id, 'Start ' || n, %(owner)s, current_date + 1 + n %% 120, 5 + n %% 30,
    CASE n %% 2 WHEN 0 THEN '{sv}'::varchar[] ELSE '{sv,ar}' END, 'Lokal',
    (ARRAY['centrum', 'rosengard', 'hyllie', 'fosie', 'oxie'])[1 + n %% 5], '{step_free}', 5, now(), '', ''
FROM generate_series(1, %(many)s) n JOIN offer_activity a ON a.code = 'a' || (1 + n %% 50);
INSERT INTO offer_place (id, occasion_id, number)
    SELECT gen_random_uuid(), o.id, n FROM offer_occasion o CROSS JOIN generate_series(1, 3) n;
INSERT INTO offer_session (id, occasion_id, starts_at, ends_at, place_name)
    SELECT gen_random_uuid(), o.id, t.starts_at, t.starts_at + interval '3 hours', '' FROM offer_occasion o
    CROSS JOIN LATERAL generate_series(0, 9) week CROSS JOIN LATERAL (SELECT (date_trunc('week', now()) + week * interval '1 week'
        + (1 + o.hours_a_week %% 5) * interval '1 day' + (8 + o.hours_a_week %% 7) * interval '1 hour') AS starts_at) t;
ANALYZE;
"""


@contextlib.contextmanager
def lay_out(size: str) -> Iterator[Course]:
    """A scratch city with so many occasions of three places each."""
    many = SIZES[size]
    with scratch_database.made():
        command.set_up()
        with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
            city = places_city.build(owner, 5)
            cursor = psycopg.ClientCursor(owner)
            cursor.execute(_MANY, {"owner": city.organisation_id, "many": many})
            _say_who(city)
            get = board_door.open_for(city.user_id)
            address = f"/deltagare/{city.persons[0]}/platser/passar/?{SAME}"
            contestants = (
                Contestant("samkraft", Kind.PRODUCT, lambda: _match(city), limit_ms=LIMIT_MS),
                Contestant(PAGE, Kind.PRODUCT, lambda: get(address), limit_ms=PAGE_MS),
                Contestant(ROWS, Kind.FLOOR, lambda: _rows(city)),
            )
            memory.settle()  # as the web server does before its first page
            yield Course(
                contestants, lambda: _agree(city, many, get(address)), {"tillfällen": many, "träffar": 10 * many}
            )


BENCH = Bench(
    name="match",
    words="Allt som passar en person, med skälen för och emot varje tillfälle, lediga platser och hur många som väntar.",
    sizes={size: f"{many} tillfällen" for size, many in SIZES.items()},
    goal=None,
    lay_out=lay_out,
)


def _say_who(city: places_city.City) -> None:
    """What the page has to know of the person: a name."""
    from samkraft.audit.actions import transactions
    from samkraft.people.actions import contributions

    by = places_city.context_of(city)
    with transactions.write(by):
        contributions.write_within(
            by=by, person_id=city.persons[0], kind="card",
            content={"given_name": "Prov", "family_name": "Person", "language": "sv"},
        )  # fmt: skip


SAME = "sok=1&slag=workplace&timmar=20&sprak=ar&behov=step_free&har=swedish_b&stadsdel=rosengard&km=5"


def _match(city: places_city.City) -> list[Any]:
    from samkraft.audit.actions import transactions
    from samkraft.offer.rules import matching
    from samkraft.people.queries.places import place_match, place_waits

    by = places_city.context_of(city)
    wish = matching.Wish(
        kind="workplace", most_hours=20, languages=frozenset({"ar"}), earliest=TODAY, needs=frozenset({"step_free"}),
        has=frozenset({"swedish_b"}), district="rosengard", most_km=5, minds_clashes=True,
    )  # fmt: skip
    with transactions.read(by):
        engaged = place_match.engaged(by, city.persons[0], on=TODAY)
        waited = place_waits.measured(by, since=TODAY - timedelta(days=365), until=TODAY)
        candidates = place_match.candidates(
            by, on=TODAY, median_waits=place_waits.medians_to_offer(waited), taken=[*engaged.times, *_busy()]
        )
        return matching.match(wish, candidates)


def _busy() -> list[Any]:
    """Ten meetings that are booked: Wednesday mornings."""
    from samkraft.people.queries.places.place_match import Taken

    first = datetime.combine(TODAY - timedelta(days=TODAY.weekday() - 2), time(9), STOCKHOLM)
    days = [first + timedelta(weeks=week) for week in range(1, 11)]
    return [Taken("Möte", day, day + timedelta(hours=2)) for day in days]


def _rows(city: places_city.City) -> list[Any]:
    from samkraft.audit.actions import transactions
    from samkraft.offer.queries import catalogue

    with transactions.read(places_city.context_of(city)):
        return catalogue.occasions(since=TODAY)


def _agree(city: places_city.City, many: int, page: str) -> Agreement:
    """Every occasion has an answer, those that suit come before those that do not, and some meetings collide."""
    found = _match(city)
    suits = [one.suits for one in found]
    holds = len(found) == many and any(suits) and suits == sorted(suits, reverse=True) and len(_rows(city)) == many
    said = all(one.for_it or one.against for one in found)
    collide = sum(one.candidate.clashes > 0 for one in found)
    meets = all(one.candidate.weekdays for one in found)
    notes = (
        f"{sum(suits)} av {many} passar; varje tillfälle har sina skäl; {collide} har träffar som krockar",
        f"sidan är {len(page.encode())} byte",
    )
    return Agreement(
        holds and said and meets and 0 < collide < many and f"av {many}" in page.replace("\u00a0", ""), notes
    )
