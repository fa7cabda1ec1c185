"""Places given by wishes and turn, answered, confirmed with shifts and a card to the workplace, ended, passed on."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.offer.queries import summer_rounds
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import guard
from samkraft.people.actions.summer import summer_shifts
from samkraft.people.actions.summer.summer_applications import write_event_within
from samkraft.people.models import SummerApplicant, SummerDraw, SummerEvent, SummerPlacement
from samkraft.people.queries.summer import summer_fits, summer_links
from samkraft.people.queries.summer.summer_links import Link
from samkraft.people.rules.summer import summer_places as rules
from samkraft.people.rules.summer.summer_places import Declined, Ended
from samkraft.values.context import Context
from samkraft.values.period import Period
from samkraft.values.refusal import Reason, Refused

KIND = "people.summer_placement"


@dataclass(frozen=True, slots=True)
class Given:
    """How a placing went: offered to those in turn, first wishes met, drawn whom no place fitted, and places that were left
    and went to the first reserves whom they fit."""

    offered: int
    first_wishes: int
    without: int
    to_reserves: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    """How it went for one of many: `reason` None is done."""

    placement_id: UUID
    reason: Reason | None
    details: dict[str, object]


def place_all(*, by: Context, round_id: UUID, at: datetime | None = None) -> Given:
    """Offer the round's places to those who go first and those who were drawn: as many as possible, wishes, then turn.

    Done once, by somebody who looks after protected young people too. What is then given back goes to the next reserve.
    """
    access.require(by, Permission.RUN_SUMMER)
    at = at or timezone.now()
    held = summer_rounds.one(round_id)
    with transactions.write(by), guard.refusing():
        if not guard.ask("people_summer_meets_all", round_id):
            raise Refused(rules.NEEDS_ALL)
        if not SummerDraw.objects.filter(round_id=round_id, step="lot").exists():
            raise Refused(rules.NOT_DRAWN)
        if SummerPlacement.objects.filter(round_id=round_id).exists():
            raise Refused(rules.PLACED_ALREADY)
        people = [row for row in summer_fits.in_turn(round_id) if row.ground or row.is_drawn]
        given = summer_fits.placed(held, people)
        until = at + timedelta(days=held.answer_days)
        rows = [
            SummerPlacement(
                id=uuid4(), applicant_id=who.id, round_id=round_id, area_id=held.area_id, place_id=place,
                workplace_id=workplace, weeks=_as_range(period), offered_at=at, offered_by=by.actor_name, answer_until=until,
            )
            for who, (place, workplace, period) in given.items()
        ]  # fmt: skip
        SummerPlacement.objects.bulk_create(rows, batch_size=500)
        SummerEvent.objects.bulk_create(
            [
                SummerEvent(
                    applicant_id=row.applicant_id, round_id=round_id, area_id=held.area_id, kind="offered", about=row.id,
                    at=at, by=by.actor_name,
                )
                for row in rows
            ],
            batch_size=1000,
        )  # fmt: skip
        first = sum(bool(who.wishes) and who.wishes[0] == workplace for who, (_p, workplace, _w) in given.items())
        to_reserves = _rest_within(round_id, {row.place_id for row in rows})
        trail.record(
            by=by, at=at, action="summer.place_all", subject_kind="people.summer_round", subject_id=round_id,
            offered=len(rows), first_wishes=first, without=len(people) - len(rows),
        )  # fmt: skip
        return Given(len(rows), first, len(people) - len(rows), to_reserves)


def answer(
    *, by: Context, link: Link, placement_id: UUID, says_yes: bool, declined: Declined | None = None,
    shares_phone: bool = False, at: datetime | None = None,
) -> None:  # fmt: skip
    """The young person's own yes or no. A no gives the place to the next at once. A yes can be taken back."""
    at = at or timezone.now()
    assert link.applicant_id is not None
    word = "" if says_yes else (declined or Declined.OTHER).value
    with transactions.write(by), summer_links.carried(link):
        guard.ask("people_summer_answer", placement_id, says_yes, word, shares_phone)
        kind = "accepted" if says_yes else "declined"
        write_event_within(by, at, link.applicant_id, link.round, kind, about=placement_id, word=word)
        trail.record(by=by, at=at, action=f"summer.{kind}", subject_kind=KIND, subject_id=placement_id, reason=word)


def lapse(*, by: Context, round_id: UUID, at: datetime | None = None) -> int:
    """Pass on what nobody answered in time. The clock decides; returns how many."""
    with transactions.write(by):
        many: int = guard.ask("people_summer_lapse", round_id)
        if many:
            trail.record(
                by=by, at=at, action="summer.lapse", subject_kind="people.summer_round", subject_id=round_id, many=many
            )
        return many


def confirm(*, by: Context, placement_id: UUID, at: datetime | None = None) -> None:
    """Let somebody start: the yes, the guardians', the register check and the hours are all there; the workplace is told.

    Raises Refused with what is missing. Hours are planned for the whole time by the workplace's weekdays.
    """
    access.require(by, Permission.RUN_SUMMER)
    at = at or timezone.now()
    with transactions.write(by), guard.refusing():
        held = summer_shifts.locked_within(placement_id)
        _confirm_within(by, at, held)
        trail.record(by=by, at=at, action="summer.confirmed", subject_kind=KIND, subject_id=placement_id)


def confirm_all(*, by: Context, round_id: UUID, at: datetime | None = None) -> list[Result]:
    """Confirm everybody who has said yes and can start; one who cannot never stops another. Results in order of offer."""
    access.require(by, Permission.RUN_SUMMER)
    at = at or timezone.now()
    results = []
    with transactions.write(by):
        waiting = SummerPlacement.objects.select_for_update().filter(
            round_id=round_id, answer="yes", confirmed_at=None, has_ended=False
        )
        for held in waiting.order_by("offered_at", "id"):
            try:
                with transaction.atomic(), guard.refusing():
                    _confirm_within(by, at, held)
                results.append(Result(held.id, None, {}))
            except Refused as refused:
                results.append(Result(held.id, refused.reason, refused.details))
        trail.record(
            by=by, at=at, action="summer.confirm_all", subject_kind="people.summer_round", subject_id=round_id,
            done=sum(one.reason is None for one in results), left=sum(one.reason is not None for one in results),
        )  # fmt: skip
    return results


def end(*, by: Context, placement_id: UUID, reason: Ended, pass_on: bool = True, at: datetime | None = None) -> None:
    """End a placement before its time; its coming hours are taken away, and the place goes to the next when there is one."""
    access.require(by, Permission.RUN_SUMMER)
    at = at or timezone.now()
    with transactions.write(by), guard.refusing():
        held = summer_shifts.locked_within(placement_id)
        if held.has_ended:
            raise Refused(rules.ENDED)
        SummerPlacement.objects.filter(id=placement_id).update(has_ended=True, end_reason=reason.value)
        summer_shifts.cancel_coming_within(placement_id, at)
        row = summer_rounds.one(held.round_id)
        write_event_within(by, at, held.applicant_id, row, "ended", about=placement_id, word=reason.value)
        if pass_on:
            who = SummerApplicant.objects.get(id=held.applicant_id)
            guard.ask("people_summer_give_on", held.place_id, who.stratum)
        trail.record(
            by=by, at=at, action="summer.ended", subject_kind=KIND, subject_id=placement_id, reason=reason.value
        )


def _rest_within(round_id: UUID, taken: set[UUID]) -> int:
    """Inside the transaction: places that fitted nobody in turn go to the first reserves whom they fit. How many."""
    given, closed = 0, set()
    for place in summer_rounds.places(round_id):
        where = (place.workplace_id, place.period_id)
        if place.id in taken or where in closed:
            continue
        if guard.ask("people_summer_give_on", place.id, "") is None:
            closed.add(where)
        else:
            given += 1
    return given


def _confirm_within(by: Context, at: datetime, held: SummerPlacement) -> None:
    if held.has_ended:
        raise Refused(rules.ENDED)
    if held.answer != "yes":
        raise Refused(rules.NOT_YES)
    SummerPlacement.objects.filter(id=held.id, confirmed_at=None).update(confirmed_at=at, confirmed_by=by.actor_name)
    workplace = next(row for row in summer_rounds.workplaces(held.round_id) if row.id == held.workplace_id)
    hours = [(row.weekday, row.starts, row.ends, row.break_minutes) for row in workplace.hours]
    summer_shifts.plan_within(held, rules.planned(Period(held.weeks.lower, held.weeks.upper), hours))
    guard.ask("people_summer_share", held.id)
    write_event_within(by, at, held.applicant_id, summer_rounds.one(held.round_id), "confirmed", about=held.id)


def _as_range(period: Period) -> object:
    from django.db.backends.postgresql.psycopg_any import DateRange

    return DateRange(period.start_date, period.end_date)
