"""A workplace that cannot take anybody in a period after all: everybody there is ended, and moved where there is room."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.offer.actions import summer_rounds as planning
from samkraft.offer.queries import summer_rounds
from samkraft.offer.queries.summer_rounds import RoundRow
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.people.actions import guard
from samkraft.people.actions.summer import summer_shifts
from samkraft.people.actions.summer.summer_applications import write_event_within
from samkraft.people.models import SummerApplicant, SummerPlacement
from samkraft.people.queries.summer import summer_fits
from samkraft.people.rules.summer import summer_places as rules
from samkraft.people.rules.summer.summer_places import Candidate, Ended
from samkraft.values.context import Context
from samkraft.values.period import Period, day_in_stockholm
from samkraft.values.refusal import Refused


@dataclass(frozen=True, slots=True)
class Cancelled:
    """How many it concerned, how many of them were offered another place at once, and how many places are gone."""

    concerned: int
    moved: int
    places: int


def cancel(
    *, by: Context, round_id: UUID, workplace_id: UUID, period_id: UUID, at: datetime | None = None
) -> Cancelled:
    """End every placement at a workplace in a period, take its places away, and offer each another place that suits.

    In the order in which they have turn, before any reserve. By somebody who meets everybody in the round. What was worked
    stays and is paid. Whoever is concerned is told from the page of letters; nothing is passed on here.
    """
    access.require(by, Permission.RUN_SUMMER)
    at = at or timezone.now()
    held = summer_rounds.one(round_id)
    with transactions.write(by), guard.refusing():
        if not guard.ask("people_summer_meets_all", round_id):
            raise Refused(rules.NEEDS_ALL)
        concerned = _ended_within(by, at, held, workplace_id, period_id)
        places = planning.withdraw_all_within(by=by, workplace_id=workplace_id, period_id=period_id, at=at)
        if not places:
            raise Refused(rules.NO_PLACES_THERE)
        room = _Room(held, at)
        moved = sum(room.offered_within(by, who) for who in _by_turn(concerned))
        trail.record(
            by=by, at=at, action="summer.cancelled", subject_kind="people.summer_round", subject_id=round_id,
            workplace=workplace_id, period=period_id, concerned=len(concerned), moved=moved,
        )  # fmt: skip
        return Cancelled(len(concerned), moved, places)


def _ended_within(
    by: Context, at: datetime, held: RoundRow, workplace_id: UUID, period_id: UUID
) -> list[SummerApplicant]:
    rows = SummerPlacement.objects.select_for_update().filter(
        round_id=held.id, workplace_id=workplace_id, place__period_id=period_id, answer__in=["", "yes"], has_ended=False
    )
    concerned = []
    for row in rows.order_by("offered_at", "id"):
        SummerPlacement.objects.filter(id=row.id).update(has_ended=True, end_reason=Ended.WORKPLACE.value)
        summer_shifts.cancel_coming_within(row.id, at)
        write_event_within(by, at, row.applicant_id, held, "ended", about=row.id, word=Ended.WORKPLACE.value)
        concerned.append(row.applicant_id)
    return list(SummerApplicant.objects.filter(id__in=concerned))


def _by_turn(people: list[SummerApplicant]) -> list[SummerApplicant]:
    return sorted(people, key=lambda row: (row.ground == "", row.share or 0.0, row.code))


class _Room:
    """Inside the transaction: the round's free places in weeks that have not ended, and which of them suit whom."""

    def __init__(self, held: RoundRow, at: datetime) -> None:
        self.held, self.at = held, at
        self.periods = {row.id: row.period for row in held.periods}
        self.fits = summer_fits.Fits({row.id: row for row in summer_rounds.workplaces(held.id)}, self.periods)
        self.live = SummerPlacement.objects.filter(round_id=held.id, answer__in=["", "yes"], has_ended=False)
        gone, today = set(self.live.values_list("place_id", flat=True)), day_in_stockholm(at)
        self.free = [
            place for place in summer_rounds.places(held.id)
            if place.id not in gone and (last := self.periods[place.period_id].last_day) and last > today
        ]  # fmt: skip

    def offered_within(self, by: Context, who: SummerApplicant) -> bool:
        """Offer the free place that is worth most to somebody; whether there was one."""
        own = [Period(row.weeks.lower, row.weeks.upper) for row in self.live.filter(applicant_id=who.id)]
        candidate = Candidate(who.id, tuple(who.wishes), tuple(who.period_wishes), 0.0)
        suits = [
            place for place in self.free
            if not any(_overlap(self.periods[place.period_id], one) for one in own)
            and self.fits.may_have(who, place.workplace_id, place.period_id)
        ]  # fmt: skip
        if not suits:
            return False
        best = max(suits, key=lambda place: rules.worth(candidate, place.workplace_id, place.period_id))
        self.free.remove(best)
        period = self.periods[best.period_id]
        made = SummerPlacement(
            id=uuid4(), applicant_id=who.id, round_id=self.held.id, area_id=self.held.area_id, place_id=best.id,
            workplace_id=best.workplace_id, weeks=DateRange(period.start_date, period.end_date), offered_at=self.at,
            offered_by=by.actor_name, answer_until=self.at + timedelta(days=self.held.answer_days),
        )  # fmt: skip
        made.save(force_insert=True)
        write_event_within(by, self.at, who.id, self.held, "offered", about=made.id, word=Ended.MOVED.value)
        return True


def _overlap(one: Period, other: Period) -> bool:
    """Whether two runs of whole weeks, both with an end, have a day in common."""
    assert one.end_date is not None
    assert other.end_date is not None
    return one.start_date < other.end_date and other.start_date < one.end_date
