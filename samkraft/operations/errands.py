"""What people ask for and what is then done beside the pages: which module does each kind, and how one is run.

A new kind is one line here and a module as `samkraft/partners/actions/runners.py` describes it.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection
from django.utils import translation
from django.utils.translation import gettext

from samkraft.partners.actions import errands, runners
from samkraft.partners.queries import memberships
from samkraft.partners.rules import access
from samkraft.partners.rules import errands as rules
from samkraft.partners.rules.errands import Made
from samkraft.values.context import Context
from samkraft.values.refusal import Refused

log = logging.getLogger(__name__)

# Kind → the module that does it.
KINDS: dict[str, str] = {
    "annual_analysis": "samkraft.web.reports.analysis_file",
    "month_file": "samkraft.web.months.making",
    "caseload_file": "samkraft.web.people.board.board_file",
    "allotment": "samkraft.web.offer.allotment_making",
    "forecast": "samkraft.operations.forecasting",
    "forecast_backtest": "samkraft.operations.backtesting",
}
TELL_EVERY_SECONDS = 1.0


class PutAway(Exception):
    """Whoever asked does not want it any longer."""


def run(errand_id: str, membership_id: str) -> bool:
    """Do one errand as the membership that asked for it; whether it was done. What is done already is left alone.

    A computer that stopped in the middle leaves the errand as it was, and the queue gives it to another.
    """
    held = memberships.one(UUID(membership_id))
    if held is None:
        log.info("%s: the membership is over", errands.RUN_ERRAND)
        return False
    with _alone(errand_id) as nobody_else_does:
        return nobody_else_does and _run(held.context(), UUID(errand_id))


def _run(by: Context, errand_id: UUID) -> bool:
    row = errands.begin(by=by, errand_id=errand_id)
    if row is None:
        return False
    with translation.override(row.language):
        if row.now.tries >= rules.MOST_TRIES:
            errands.fail(by=by, errand_id=errand_id, reason=words(Refused(rules.STOPPED, times=row.now.tries)))
            return False
        try:
            runner = runners.of(row.kind)
            access.require(by, runner.NEEDS)
            made: Made = runner.run(by, row.arguments, _Telling(by, errand_id))
        except PutAway:
            return False
        except Refused as refused:
            errands.fail(by=by, errand_id=errand_id, reason=words(refused))
            return False
        except Exception:
            log.exception("errand %s of kind %s", errand_id, row.kind)
            errands.fail(by=by, errand_id=errand_id, reason=words(Refused(rules.FAULT, number=str(errand_id)[:8])))
            return False
        return errands.finish(by=by, errand_id=errand_id, made=made)


def words(refused: Refused) -> str:
    """The refusal in the language that is on."""
    reason = refused.reason
    said = {
        name: gettext(value) if isinstance(value, str) and value else value for name, value in refused.details.items()
    }
    return " ".join(gettext(text).format(**said) for text in (reason.text, reason.way_out) if text)


class _Telling:
    """Writes down how far it has come, not more often than somebody looks."""

    def __init__(self, by: Context, errand_id: UUID) -> None:
        self.by, self.errand_id, self.last = by, errand_id, time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        if time.monotonic() - self.last < TELL_EVERY_SECONDS:
            return
        self.last = time.monotonic()
        if not errands.progress(by=self.by, errand_id=self.errand_id, done=done, total=total):
            raise PutAway


@contextmanager
def _alone(errand_id: str) -> Iterator[bool]:
    """Whether nobody else does this errand now. The database lets go of the lock when the one who has it dies."""
    name = f"errand {errand_id}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [name])
        taken = bool(cursor.fetchone()[0])
    try:
        yield taken
    finally:
        if taken and connection.connection is not None and not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [name])
