"""Which places of a summer's round suit whom, and who gets which when all are given at once."""

from uuid import UUID

from samkraft.analysis.allotment import single_places
from samkraft.offer.queries import summer_rounds
from samkraft.offer.queries.summer_rounds import RoundRow, WorkplaceRow
from samkraft.offer.rules import working_time
from samkraft.offer.rules.working_time import Worker
from samkraft.people.models import SummerApplicant
from samkraft.people.rules.summer import summer_places as rules
from samkraft.people.rules.summer.summer_places import Candidate
from samkraft.values.period import Period


def in_turn(round_id: UUID) -> list[SummerApplicant]:
    """Everybody in the round: those who go before the lot, then by the lot."""
    found = SummerApplicant.objects.filter(round_id=round_id, has_withdrawn=False, is_double=False)
    return sorted(found, key=lambda row: (row.ground == "", row.share or 0.0, row.code))


def placed(held: RoundRow, people: list[SummerApplicant]) -> dict[SummerApplicant, tuple[UUID, UUID, Period]]:
    """Who gets which place: a workplace in a period is an occasion with its places."""
    periods = {row.id: row.period for row in held.periods}
    free: dict[tuple[UUID, UUID], list[UUID]] = {}
    for place in summer_rounds.places(held.id):
        free.setdefault((place.workplace_id, place.period_id), []).append(place.id)
    keys = sorted(free, key=str)
    workplaces = {row.id: row for row in summer_rounds.workplaces(held.id)}
    fits = Fits(workplaces, periods)
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


class Fits:
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
        """Whether somebody may have a place at the workplace in the period."""
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
