"""What the place coordinator does: occasions with places, offers in order, cuts and cancellations. Sees codes, not persons."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.offer.actions import occasions
from samkraft.offer.actions.occasions import OccasionDraft
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import guard
from samkraft.values.context import Context

ACTIVITY, OCCASION = "offer.activity", "offer.occasion"


@dataclass(frozen=True, slots=True)
class Resized:
    """What became of the places: how many were added, cut, and how many unanswered offers were taken back."""

    added: int
    cut: int
    taken_back: int


def appoint(
    *, by: Context, activity_id: UUID, membership_id: UUID, until: date | None = None, at: datetime | None = None
) -> UUID:
    """Make somebody place coordinator of an activity, for a time or until further notice. `until` is exclusive."""
    access.require(by, Permission.MANAGE_OFFER)
    moment = at or timezone.now()
    with transactions.write(by):
        made: UUID = guard.ask("people_place_appoint", activity_id, membership_id, until, moment)
        trail.record(
            by=by, at=moment, action="activity.appoint", subject_kind=ACTIVITY, subject_id=activity_id,
            membership_id=membership_id, until=until,
        )  # fmt: skip
        return made


def add_occasion(*, by: Context, draft: OccasionDraft, places: int, at: datetime | None = None) -> UUID:
    """Add an occasion with so many places. Nobody is offered one until it is opened."""
    access.require(by, Permission.COORDINATE_PLACES)
    with transactions.write(by):
        return add_occasion_within(by=by, draft=draft, places=places, at=at or timezone.now())


def add_occasion_within(*, by: Context, draft: OccasionDraft, places: int, at: datetime) -> UUID:
    """The same, inside the transaction of another action."""
    made = occasions.add_within(by=by, draft=draft, at=at)
    guard.ask("people_place_resize", made, places, False, "", at)
    trail.record(by=by, at=at, action="occasion.places", subject_kind=OCCASION, subject_id=made, places=places)
    return made


def open_offering(*, by: Context, occasion_id: UUID, at: datetime | None = None) -> int:
    """From now on every free place goes to the next in line. Returns how many offers went out at once."""
    access.require(by, Permission.COORDINATE_PLACES)
    moment = at or timezone.now()
    with transactions.write(by):
        made: int = guard.ask("people_place_open", occasion_id, moment)
        trail.record(
            by=by, at=moment, action="occasion.open", subject_kind=OCCASION, subject_id=occasion_id, offers=made
        )
        return made


def put_before(*, by: Context, occasion_id: UUID, entry_id: UUID, reason: str, at: datetime | None = None) -> int:
    """Offer a free place to one who is not next in line. Returns how many were passed; each can read the reason."""
    access.require(by, Permission.COORDINATE_PLACES)
    moment = at or timezone.now()
    with transactions.write(by):
        passed: int = guard.ask("people_place_put_before", occasion_id, entry_id, reason, moment)
        trail.record(
            by=by, at=moment, action="occasion.put_before", subject_kind=OCCASION, subject_id=occasion_id,
            entry=entry_id, passed=passed,
        )  # fmt: skip
        return passed


def resize(
    *,
    by: Context,
    occasion_id: UUID,
    places: int,
    take_back: bool = False,
    reason: str = "",
    at: datetime | None = None,
) -> Resized:
    """More or fewer places. Never below those who said yes; unanswered offers only when `take_back`, the last in line first."""
    access.require(by, Permission.COORDINATE_PLACES)
    moment = at or timezone.now()
    with transactions.write(by):
        made = Resized(*guard.ask("people_place_resize", occasion_id, places, take_back, reason, moment))
        trail.record(
            by=by, at=moment, action="occasion.places", subject_kind=OCCASION, subject_id=occasion_id, places=places,
            cut=made.cut, taken_back=made.taken_back,
        )  # fmt: skip
        return made


def withdraw(*, by: Context, occasion_id: UUID, hold_id: UUID, reason: str, at: datetime | None = None) -> int:
    """Take back one offer that is not answered. The person keeps the place in the queue, and those on the case tell why.

    Returns how many offers went out instead.
    """
    access.require(by, Permission.COORDINATE_PLACES)
    moment = at or timezone.now()
    with transactions.write(by):
        made: int = guard.ask("people_place_withdraw", occasion_id, hold_id, reason, moment)
        trail.record(
            by=by, at=moment, action="occasion.withdraw", subject_kind=OCCASION, subject_id=occasion_id, hold=hold_id,
            offers=made,
        )  # fmt: skip
        return made


def cancel(*, by: Context, occasion_id: UUID, reason: str, at: datetime | None = None) -> int:
    """Cancel an occasion with everybody in it: they stand in the queue where they stood. Returns how many are concerned."""
    access.require(by, Permission.COORDINATE_PLACES)
    moment = at or timezone.now()
    with transactions.write(by):
        told: int = guard.ask("people_place_cancel", occasion_id, reason, moment)
        occasions.cancel_sessions_within(by=by, occasion_id=occasion_id, at=moment)
        trail.record(
            by=by, at=moment, action="occasion.cancel", subject_kind=OCCASION, subject_id=occasion_id, concerned=told
        )
        return told
