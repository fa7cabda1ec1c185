"""Places given by wishes and turn, answered, confirmed with shifts and a card to the workplace, ended, passed on."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from samkraft.analysis.allotment import single_places
from samkraft.audit.actions import trail, transactions
from samkraft.offer.queries import summer_rounds
from samkraft.offer.queries.summer_rounds import RoundRow, WorkplaceRow
from samkraft.offer.rules import working_time
from samkraft.offer.rules.working_time import Shift, Worker
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import guard
from samkraft.people.actions.summer_applications import write_event_within
from samkraft.people.models import SummerApplicant, SummerDraw, SummerEvent, SummerPlacement, SummerShift
from samkraft.people.queries import summer_links
from samkraft.people.queries.summer_links import Link
from samkraft.people.rules import summer_places as rules
from samkraft.people.rules import summer_reasons
from samkraft.people.rules.summer_places import Candidate, Declined, Ended
from samkraft.values.context import Context
from samkraft.values.period import Period, day_in_stockholm
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
        people = [row for row in _in_turn(round_id) if row.ground or row.is_drawn]
        given = _placed(held, people)
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
        held = _locked_within(placement_id)
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
        held = _locked_within(placement_id)
        if held.has_ended:
            raise Refused(rules.ENDED)
        SummerPlacement.objects.filter(id=placement_id).update(has_ended=True, end_reason=reason.value)
        SummerShift.objects.filter(placement_id=placement_id, hours__startswith__gt=at, is_cancelled=False).update(
            is_cancelled=True
        )
        row = summer_rounds.one(held.round_id)
        write_event_within(by, at, held.applicant_id, row, "ended", about=placement_id, word=reason.value)
        if pass_on:
            who = SummerApplicant.objects.get(id=held.applicant_id)
            guard.ask("people_summer_give_on", held.place_id, who.stratum)
        trail.record(
            by=by, at=at, action="summer.ended", subject_kind=KIND, subject_id=placement_id, reason=reason.value
        )


def plan_day(
    *, by: Context, placement_id: UUID, starts: datetime, ends: datetime, break_minutes: int = 0,
    at: datetime | None = None,
) -> UUID:  # fmt: skip
    """Other hours for one day than the workplace's usual. Refused when the age, the night or the week does not allow it."""
    access.require(by, Permission.RUN_SUMMER)
    if ends <= starts:
        raise Refused(rules.NOT_A_DAY)
    with transactions.write(by), guard.refusing():
        held = _locked_within(placement_id)
        new = Shift(starts, ends, break_minutes)
        day = day_in_stockholm(starts)
        _require_in_weeks(held, day)
        others = [one for one in _shifts_within(held.applicant_id) if one.day != day]
        _require_allowed(_worker(held.applicant_id), [*others, new])
        for row in SummerShift.objects.filter(placement_id=placement_id, is_cancelled=False):
            if day_in_stockholm(row.hours.lower) == day:
                SummerShift.objects.filter(id=row.id).update(is_cancelled=True)
        made: SummerShift = _shift(held, new)
        made.save(force_insert=True)
        trail.record(by=by, at=at, action="summer.plan_day", subject_kind=KIND, subject_id=placement_id, day=day)
        return UUID(str(made.id))


def take_day_away(*, by: Context, placement_id: UUID, day: date, at: datetime | None = None) -> None:
    """Nobody is planned on that day."""
    access.require(by, Permission.RUN_SUMMER)
    with transactions.write(by), guard.refusing():
        _locked_within(placement_id)
        for row in SummerShift.objects.filter(placement_id=placement_id, is_cancelled=False):
            if day_in_stockholm(row.hours.lower) == day:
                SummerShift.objects.filter(id=row.id).update(is_cancelled=True)
        trail.record(by=by, at=at, action="summer.take_day_away", subject_kind=KIND, subject_id=placement_id, day=day)


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


def _in_turn(round_id: UUID) -> list[SummerApplicant]:
    found = SummerApplicant.objects.filter(round_id=round_id, has_withdrawn=False, is_double=False)
    return sorted(found, key=lambda row: (row.ground == "", row.share or 0.0, row.code))


def _placed(held: RoundRow, people: list[SummerApplicant]) -> dict[SummerApplicant, tuple[UUID, UUID, Period]]:
    """Who gets which place: a workplace in a period is an occasion with its places."""
    periods = {row.id: row.period for row in held.periods}
    free: dict[tuple[UUID, UUID], list[UUID]] = {}
    for place in summer_rounds.places(held.id):
        free.setdefault((place.workplace_id, place.period_id), []).append(place.id)
    keys = sorted(free, key=str)
    workplaces = {row.id: row for row in summer_rounds.workplaces(held.id)}
    fits = _Fits(workplaces, periods)
    wishes = []
    for who in people:
        candidate = Candidate(
            who.id, tuple(who.wishes), tuple(who.period_wishes), 0.0 if who.ground else float(who.share or 1.0)
        )
        numbers = [number for number, key in enumerate(keys) if fits.may_have(who, *key)]
        wishes.append(
            single_places.Wishes(
                tuple(numbers), tuple(rules.worth(candidate, *keys[number]) for number in numbers), candidate.turn
            )
        )
    found = single_places.placed(wishes, [len(free[key]) for key in keys])
    return {
        who: (free[keys[number]].pop(0), keys[number][0], periods[keys[number][1]])
        for who, number in zip(people, found, strict=True)
        if number >= 0
    }


class _Fits:
    """Whether a workplace's hours, tasks and least age suit somebody in a period; each kind of person asked once."""

    def __init__(self, workplaces: dict[UUID, WorkplaceRow], periods: dict[UUID, Period]) -> None:
        self.workplaces, self.periods = workplaces, periods
        self.shifts = {
            (one, two): rules.planned(
                period, [(row.weekday, row.starts, row.ends, row.break_minutes) for row in workplace.hours]
            )
            for one, workplace in workplaces.items()
            for two, period in periods.items()
        }
        self.known: dict[tuple[object, ...], bool] = {}

    def may_have(self, who: SummerApplicant, workplace_id: UUID, period_id: UUID) -> bool:
        if who.period_wishes and period_id not in who.period_wishes:
            return False
        period, workplace = self.periods[period_id], self.workplaces[workplace_id]
        if working_time.age_on(who.birth_date, period.start_date) < workplace.least_age:
            return False
        worker = worker_of(who)
        groups = {
            working_time.group_of(worker, day) for day in (period.start_date, period.last_day or period.start_date)
        }
        if groups == {None}:
            return True
        kind = (*sorted(str(one) for one in groups), worker.other_week_minutes, workplace_id, period_id)
        if kind not in self.known or len(groups) > 1:
            self.known[kind] = (
                working_time.why_not_tasks(worker, period.start_date, workplace.tasks) is None
                and working_time.why_not_planned(worker, self.shifts[workplace_id, period_id]) is None
            )
        return self.known[kind]


def worker_of(who: SummerApplicant) -> Worker:
    """An applicant as the working-time rules see them."""
    return Worker(who.birth_date, who.has_finished_school, who.other_day_minutes, who.other_week_minutes)


def _confirm_within(by: Context, at: datetime, held: SummerPlacement) -> None:
    if held.has_ended:
        raise Refused(rules.ENDED)
    if held.answer != "yes":
        raise Refused(rules.NOT_YES)
    SummerPlacement.objects.filter(id=held.id, confirmed_at=None).update(confirmed_at=at, confirmed_by=by.actor_name)
    workplace = next(row for row in summer_rounds.workplaces(held.round_id) if row.id == held.workplace_id)
    hours = [(row.weekday, row.starts, row.ends, row.break_minutes) for row in workplace.hours]
    shifts = rules.planned(Period(held.weeks.lower, held.weeks.upper), hours)
    if not SummerShift.objects.filter(placement_id=held.id).exists():
        _require_allowed(_worker(held.applicant_id), [*_shifts_within(held.applicant_id), *shifts])
        SummerShift.objects.bulk_create(_shift(held, one) for one in shifts)
    guard.ask("people_summer_share", held.id)
    write_event_within(by, at, held.applicant_id, summer_rounds.one(held.round_id), "confirmed", about=held.id)


def _shift(held: SummerPlacement, one: Shift) -> SummerShift:
    return SummerShift(
        id=uuid4(), placement_id=held.id, applicant_id=held.applicant_id, round_id=held.round_id, area_id=held.area_id,
        hours=DateTimeTZRange(one.start, one.end), break_minutes=one.break_minutes,
    )  # fmt: skip


def _worker(applicant_id: UUID) -> Worker:
    return worker_of(SummerApplicant.objects.get(id=applicant_id))


def _shifts_within(applicant_id: UUID) -> list[Shift]:
    found = SummerShift.objects.filter(applicant_id=applicant_id, is_cancelled=False).order_by("hours")
    return [Shift(row.hours.lower, row.hours.upper, row.break_minutes) for row in found]


def _require_allowed(worker: Worker, shifts: list[Shift]) -> None:
    if breach := working_time.why_not_planned(worker, shifts):
        raise Refused(breach[0], **breach[1])


def _require_in_weeks(held: SummerPlacement, day: date) -> None:
    if not held.weeks.lower <= day < held.weeks.upper:
        raise Refused(summer_reasons.OUTSIDE_WEEKS)


def _locked_within(placement_id: UUID) -> SummerPlacement:
    held: SummerPlacement | None = SummerPlacement.objects.select_for_update().filter(id=placement_id).first()
    if held is None:
        raise Refused(rules.NO_SUCH_PLACEMENT)
    return held


def _as_range(period: Period) -> object:
    from django.db.backends.postgresql.psycopg_any import DateRange

    return DateRange(period.start_date, period.end_date)
