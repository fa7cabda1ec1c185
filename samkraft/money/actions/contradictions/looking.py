"""Asks that the rules look for contradictions soon: after something that they read has been registered.

The looking itself is a job, so that nobody who registers waits for it, and many registrations lead to one round.
"""

import logging

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

LOOK_FOR_CONTRADICTIONS = "look_for_contradictions"

_log = logging.getLogger(__name__)


def soon() -> None:
    """Inside a transaction: put one round in the queue when it commits. A round that waits already is enough.

    A queue that does not answer is logged and never undoes what was registered: the clock looks every hour anyway.
    """
    transaction.on_commit(_enqueue, robust=True)


def _enqueue() -> None:
    try:
        with transaction.atomic():  # a round that waits already is refused by the database; only that is undone
            app.configure_task(LOOK_FOR_CONTRADICTIONS, queueing_lock=LOOK_FOR_CONTRADICTIONS).defer(timestamp=0)
    except AlreadyEnqueued:
        _log.debug("a round waits already")
