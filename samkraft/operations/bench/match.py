"""What suits one person, among thousands of occasions: the whole question with its reasons, beside asking for the rows alone."""

import contextlib
import os
from collections.abc import Iterator
from datetime import date
from typing import Any

import psycopg

from samkraft.operations import command, scratch_database
from samkraft.operations.bench import places_city
from samkraft.operations.bench.frame import Agreement, Bench, Contestant, Course, Goal, Kind

SIZES = {"S": 500, "M": 5_000, "L": 50_000}
LIMIT_MS = 100
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
            contestants = (
                Contestant("samkraft", Kind.PRODUCT, lambda: _match(city)),
                Contestant(ROWS, Kind.FLOOR, lambda: _rows(city)),
            )
            yield Course(contestants, lambda: _agree(city, many), {"tillfällen": many, "gräns": f"{LIMIT_MS} ms"})


BENCH = Bench(
    name="match",
    words="Allt som passar en person, med skälen för och emot varje tillfälle, lediga platser och hur många som väntar.",
    sizes={size: f"{many} tillfällen" for size, many in SIZES.items()},
    goal=Goal(1.0, ROWS),
    lay_out=lay_out,
)


def _match(city: places_city.City) -> list[Any]:
    from samkraft.audit.actions import transactions
    from samkraft.offer.rules import matching
    from samkraft.people.queries import place_match

    by = places_city.context_of(city)
    wish = matching.Wish(
        kind="workplace", most_hours=20, languages=frozenset({"ar"}), earliest=TODAY, needs=frozenset({"step_free"}),
        has=frozenset({"swedish_b"}), district="rosengard", most_km=5,
    )  # fmt: skip
    with transactions.read(by):
        return matching.match(wish, place_match.candidates(by, on=TODAY))


def _rows(city: places_city.City) -> list[Any]:
    from samkraft.audit.actions import transactions
    from samkraft.offer.queries import catalogue

    with transactions.read(places_city.context_of(city)):
        return catalogue.occasions(since=TODAY)


def _agree(city: places_city.City, many: int) -> Agreement:
    """Every occasion has an answer, and those that suit come before those that do not."""
    found = _match(city)
    suits = [one.suits for one in found]
    holds = len(found) == many and any(suits) and suits == sorted(suits, reverse=True) and len(_rows(city)) == many
    said = all(one.for_it or one.against for one in found)
    return Agreement(holds and said, (f"{sum(suits)} av {many} passar; varje tillfälle har sina skäl",))
