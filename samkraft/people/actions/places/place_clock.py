"""What the clock does with places: offers whose time is out go on, and free places do not stand beside somebody who waits."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.people.actions import guard
from samkraft.values.context import Context


def lapse(*, by: Context, at: datetime | None = None) -> int:
    """Let what is late lapse and give every free place to the next in line; how many offers went out. Again: nothing more."""
    moment = at or timezone.now()
    with transactions.write(by):
        made: int = guard.ask("people_place_lapse")
        if made:
            trail.record(
                by=by, at=moment, action="places.lapse", subject_kind="offer.activity", subject_id="", offers=made
            )
        return made


def offer(*, by: Context, activity_id: UUID, at: datetime | None = None) -> int:
    """Give what can be given in one activity to the next in line, for somebody who has just joined; how many offers went out."""
    moment = at or timezone.now()
    with transactions.write(by):
        made: int = guard.ask("people_place_offer", activity_id, moment)
        if made:
            trail.record(
                by=by, at=moment, action="places.offered", subject_kind="offer.activity", subject_id=activity_id,
                offers=made,
            )  # fmt: skip
        return made
