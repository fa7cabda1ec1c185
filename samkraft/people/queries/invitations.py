"""Invitations to a first meeting as staff see them: the person's own, the times laid out, and who has not answered."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from samkraft.people.models import Invitation, InvitationBooking, InvitationSlot, Overview
from samkraft.people.queries import persons
from samkraft.people.rules import invitations as rules
from samkraft.people.rules import secrecy
from samkraft.people.rules.invitations import State
from samkraft.values.context import Context
from samkraft.values.refusal import Refused


@dataclass(frozen=True, slots=True)
class SlotRow:
    """A time that somebody has laid out. `is_taken`: somebody has chosen it; `person_id` and `name` where one may know whom."""

    id: UUID
    membership_id: UUID
    host_name: str
    starts_at: datetime
    ends_at: datetime
    place_name: str
    is_taken: bool
    person_id: UUID | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """One invitation of a person, and where it stands."""

    id: UUID
    person_id: UUID
    name: str
    made_at: datetime
    made_by: str
    membership_id: UUID
    hosts: tuple[UUID, ...]
    answer_until: datetime
    reminded_at: datetime | None
    state: State
    has_step: bool
    booking_id: UUID | None
    slot: SlotRow | None
    by_participant: bool
    booking_reminded_at: datetime | None


def of_person(by: Context, person_id: UUID, *, now: datetime) -> list[InvitationRow]:
    """The person's invitations, the newest first."""
    return _rows(list(Invitation.objects.filter(person_id=person_id).order_by("-made_at", "id")), now)


def one(by: Context, invitation_id: UUID, *, now: datetime) -> InvitationRow:
    """One invitation. Raises Refused as for what does not exist."""
    found = _rows(list(Invitation.objects.filter(id=invitation_id)), now)
    if not found:
        raise Refused(secrecy.NOT_FOUND)
    return found[0]


def own_slots(by: Context, *, since: datetime) -> list[SlotRow]:
    """One's own times that have not been, with whom, where one may know it."""
    return _slots(by, since, membership_id=by.membership_id)


def free_slots(by: Context, *, now: datetime, hosts: list[UUID] | None = None) -> list[SlotRow]:
    """Times of the own area that nobody has chosen."""
    return [
        one
        for one in _slots(by, now)
        if not one.is_taken and one.starts_at > now and (hosts is None or one.membership_id in hosts)
    ]


def hosts(by: Context, *, now: datetime) -> list[tuple[UUID, str, int]]:
    """Those of the own area who have free times: membership, name, how many."""
    found: dict[UUID, tuple[str, int]] = {}
    for one in free_slots(by, now=now):
        found[one.membership_id] = (one.host_name, found.get(one.membership_id, ("", 0))[1] + 1)
    return sorted(((key, name, many) for key, (name, many) in found.items()), key=lambda row: row[1])


def unanswered(by: Context, *, now: datetime) -> list[InvitationRow]:
    """Invitations that the reader made, whose last day to answer has been, with no time chosen and no step that says so."""
    mine = Invitation.objects.filter(
        membership_id=by.membership_id, withdrawn_at=None, step=None, answer_until__lte=now
    )
    return [row for row in _rows(list(mine.order_by("answer_until", "id")), now) if row.state is State.UNANSWERED]


def to_follow(by: Context, *, now: datetime) -> list[UUID]:
    """Invitations that the reader made, where something has happened since that the plan may not say yet."""
    since = now - timedelta(days=3)
    mine = Invitation.objects.filter(membership_id=by.membership_id)
    moved = mine.filter(bookings__booked_at__gte=since) | mine.filter(bookings__released_at__gte=since)
    late = mine.filter(withdrawn_at=None, answer_until__lte=now, answer_until__gte=since)
    return sorted({*moved.values_list("id", flat=True), *late.values_list("id", flat=True)})


def to_remind(by: Context, *, now: datetime) -> list[InvitationRow]:
    """Invitations that the reader made and that should be reminded of now: to choose a time, or of the time chosen."""
    mine = Invitation.objects.filter(membership_id=by.membership_id, withdrawn_at=None)
    return [
        row
        for row in _rows(list(mine.order_by("made_at", "id")), now)
        if rules.may_be_reminded(state=row.state, made_at=row.made_at, reminded_at=row.reminded_at, now=now)
        or (
            row.slot is not None
            and row.state is State.BOOKED
            and row.booking_reminded_at is None
            and row.slot.starts_at - now <= rules.REMIND_BEFORE
        )
    ]


def way_to(by: Context, person_id: UUID, *, now: datetime) -> tuple[str, str, bool]:
    """First name, e-mail address and whether the person is protected, as the own area knows."""
    opened = persons.open_person(by, person_id, today=now.date())
    card = opened.card
    return (card.given_name if card else "", (card.email or "") if card else "", bool(opened.protection))


def _slots(by: Context, since: datetime, *, membership_id: UUID | None = None) -> list[SlotRow]:
    rows = InvitationSlot.objects.filter(withdrawn_at=None, period__endswith__gt=since)
    if membership_id:
        rows = rows.filter(membership_id=membership_id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_invitation_taken()")
        taken = {row[0] for row in cursor.fetchall()}
    known = dict(InvitationBooking.objects.filter(released_at=None).values_list("slot_id", "person_id"))
    names = dict(Overview.objects.filter(person_id__in=known.values()).values_list("person_id", "name"))
    return [
        SlotRow(
            row.id, row.membership_id, row.host_name, row.period.lower, row.period.upper, row.place_name, row.id in taken,
            known.get(row.id), names.get(known[row.id], "") if row.id in known else "",
        )
        for row in rows.order_by("period", "id")
    ]  # fmt: skip


def _rows(found: list[Invitation], now: datetime) -> list[InvitationRow]:
    live = {
        one.invitation_id: one
        for one in InvitationBooking.objects.select_related("slot").filter(invitation__in=found, released_at=None)
    }
    names = dict(
        Overview.objects.filter(person_id__in={one.person_id for one in found}).values_list("person_id", "name")
    )
    return [_row(one, live.get(one.id), names.get(one.person_id, ""), now) for one in found]


def _row(one: Invitation, booking: InvitationBooking | None, name: str, now: datetime) -> InvitationRow:
    slot = booking.slot if booking else None
    return InvitationRow(
        id=one.id, person_id=one.person_id, name=name, made_at=one.made_at, made_by=one.made_by,
        membership_id=one.membership_id, hosts=tuple(one.hosts), answer_until=one.answer_until,
        reminded_at=one.reminded_at, has_step=one.step is not None, booking_id=booking.id if booking else None,
        state=rules.state_of(
            answer_until=one.answer_until, withdrawn=one.withdrawn_at is not None,
            booked_ends=slot.period.upper if slot else None, now=now,
        ),
        slot=SlotRow(
            slot.id, slot.membership_id, slot.host_name, slot.period.lower, slot.period.upper, slot.place_name, True
        ) if slot else None,
        by_participant=booking.by_participant if booking else False,
        booking_reminded_at=booking.reminded_at if booking else None,
    )  # fmt: skip
