"""The catalogue as candidates for a match: every occasion that can still be begun, with free places and how long one waits."""

from datetime import date

from django.db import connection

from samkraft.offer.rules.matching import Candidate
from samkraft.values.context import Context

_SQL = """
SELECT o.id, o.activity_id, a.kind, o.hours_a_week, o.languages, o.starts_on, a.start_form = 'running', o.accessible,
    a.prerequisites, o.district, coalesce(n.free, 0), coalesce(w.waiting, 0)
FROM offer_occasion o JOIN offer_activity a ON a.id = o.activity_id
LEFT JOIN people_place_numbers() n ON n.occasion_id = o.id
LEFT JOIN people_place_waiting() w ON w.activity_id = o.activity_id
WHERE o.cancelled_at IS NULL AND (o.ends_on IS NULL OR o.ends_on >= %s)
  AND (a.start_form = 'running' OR o.starts_on > %s)
ORDER BY o.starts_on, o.id
"""


def candidates(by: Context, *, on: date, median_waits: dict[object, int] | None = None) -> list[Candidate]:
    """Asked inside the reader's context. `median_waits`: activity → median days from joining to an offer, where measured."""
    known = median_waits or {}
    with connection.cursor() as cursor:
        cursor.execute(_SQL, [on, on])
        return [Candidate(*row, known.get(row[1])) for row in cursor.fetchall()]
