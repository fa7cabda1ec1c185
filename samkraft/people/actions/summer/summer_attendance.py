"""The summer's days: check-in and check-out, also sent later from a phone without signal, and hours that are attested."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.offer.queries import summer_rounds
from samkraft.offer.rules.summer_rounds import Form
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import guard
from samkraft.people.models import SummerAttest, SummerPlacement, SummerPunch
from samkraft.people.queries.summer import summer_links
from samkraft.people.queries.summer.summer_links import Link
from samkraft.people.rules.summer import summer_attendance as rules
from samkraft.people.rules.summer import summer_places
from samkraft.values.context import Context
from samkraft.values.refusal import Reason, Refused

KIND = "people.summer_placement"


@dataclass(frozen=True, slots=True)
class Press:
    """The button was pressed. `key` is made then, so that what is sent twice is one. `sent_at` is the same phone's clock
    when it was sent: how far that is from ours is how far the phone's clock is off."""

    key: UUID
    placement_id: UUID
    is_in: bool
    pressed_at: datetime
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a press. `reason` None: it is kept (or was already)."""

    key: UUID
    reason: Reason | None
    details: dict[str, object]


def press(
    *, by: Context, presses: Sequence[Press], link: Link | None = None, at: datetime | None = None
) -> list[Received]:
    """Keep what was pressed, each by itself: one that is refused spoils no other, one that came before is kept once.

    By the young person's own link, the workplace's supervisor, or whoever holds the round.
    """
    at = at or timezone.now()
    who = _who(by, link)
    received = []
    with transactions.write(by), summer_links.carried(link):
        for one in sorted(presses, key=lambda press: (press.pressed_at, not press.is_in)):
            try:
                with transaction.atomic(), guard.refusing():
                    _press_within(one, who, at)
                received.append(Received(one.key, None, {}))
            except Refused as refused:
                received.append(Received(one.key, refused.reason, refused.details))
        kept = [one for one in received if one.reason is None]
        trail.record(
            by=by, at=at, action="summer.press", subject_kind=KIND,
            subject_id=presses[0].placement_id if presses else "", kept=len(kept), refused=len(received) - len(kept),
        )  # fmt: skip
    return received


def attest(
    *, by: Context, placement_id: UUID, day: date, was_there: bool, minutes: int | None = None, absence: str = "",
    at: datetime | None = None,
) -> None:  # fmt: skip
    """Vouch for a day: minutes in a job, presence in a programme. Said again it is a new version; the latest holds."""
    access.require(by, Permission.SUPERVISE_SUMMER)
    at = at or timezone.now()
    if reason := rules.why_not_attest(day, was_there=was_there, minutes=minutes, absence=absence, today=at.date()):
        raise Refused(reason)
    with transactions.write(by), guard.refusing():
        held = SummerPlacement.objects.filter(id=placement_id).first()
        if held is None:
            raise Refused(summer_places.NO_SUCH_PLACEMENT)
        is_job = summer_rounds.one(held.round_id).form is Form.JOB
        last = (
            SummerAttest.objects.filter(placement_id=placement_id, day=day).aggregate(last=Max("version"))["last"] or 0
        )
        SummerAttest(
            id=uuid4(), placement_id=placement_id, applicant_id=held.applicant_id, round_id=held.round_id,
            area_id=held.area_id, day=day, version=last + 1, was_there=was_there,
            minutes=(minutes or 0) if is_job else None, absence="" if was_there else absence, attested_at=at,
            attested_by=by.actor_name,
        ).save(force_insert=True)  # fmt: skip
        trail.record(
            by=by, at=at, action="summer.attest", subject_kind=KIND, subject_id=placement_id, day=day, version=last + 1
        )


def _press_within(one: Press, who: str, at: datetime) -> None:
    held = SummerPlacement.objects.filter(id=one.placement_id).first()
    if held is None:
        raise Refused(summer_places.NO_SUCH_PLACEMENT)
    pressed_at = rules.by_our_clock(one.pressed_at, sent_at=one.sent_at, received_at=at)
    if at - pressed_at > timedelta(days=rules.LATEST_DAYS):
        raise Refused(rules.TOO_OLD, days=rules.LATEST_DAYS)
    SummerPunch(
        id=uuid4(), key=one.key, placement_id=held.id, applicant_id=held.applicant_id, round_id=held.round_id,
        area_id=held.area_id, is_in=one.is_in, pressed_at=pressed_at, received_at=at, pressed_by=who,
    ).save(force_insert=True)  # fmt: skip


def _who(by: Context, link: Link | None) -> str:
    if link is not None:
        return "youth"
    if access.why_not(by, Permission.RUN_SUMMER) is None:
        return "staff"
    access.require(by, Permission.SUPERVISE_SUMMER)
    return "supervisor"
