"""What a list of people rests on, as the reader may know it now: to be compared with what it rested on when it was made."""

import hashlib
from collections.abc import Sequence
from uuid import UUID

from samkraft.audit.actions import transactions
from samkraft.audit.queries import statements
from samkraft.values.context import Context

PAGE = 500
# Which of these the reader may see, and which consents stand about them in which the reader's area is a party.
_RESTS_ON = """
SELECT o.enrolment_id::text, coalesce((
    SELECT string_agg(s.id::text, ' ' ORDER BY s.id) FROM people_consentscope s
    WHERE s.person_id = o.person_id AND s.withdrawn_at IS NULL AND s.period @> statement_timestamp()), '')
FROM people_overview o WHERE o.enrolment_id = ANY (%s) ORDER BY o.enrolment_id
"""


def fingerprint(by: Context, enrolment_ids: Sequence[UUID]) -> str:
    """A digest of it, read some hundred at a time in transactions of their own: each sees what holds at that moment.

    Empty when one of them cannot be seen any longer.
    """
    digest = hashlib.sha256()
    wanted = sorted(set(enrolment_ids))
    for first in range(0, len(wanted), PAGE):
        part = wanted[first : first + PAGE]
        with transactions.read(by):
            found = statements.rows(_RESTS_ON, [part])
        if len(found) != len(part):
            return ""
        for row in found:
            digest.update("\x1f".join(row).encode() + b"\x1e")
    return digest.hexdigest()
