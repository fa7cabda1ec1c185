"""Promised staff and who fills it, month by month, for each employer and role."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from uuid import UUID

from samkraft.initiatives.models import Initiative, StaffPlace, StaffPromise
from samkraft.initiatives.rules import staffing as rules
from samkraft.initiatives.rules.staffing import Held, Month
from samkraft.initiatives.rules.undertakings import STAFF_ORDER
from samkraft.partners.rules.roles import ROLES, Role
from samkraft.values.period import Period


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """Who fills a post, under whose authority, and who leads the assignment."""

    id: UUID
    promise_id: UUID
    membership_id: UUID
    name: str
    percent: int
    line_manager: str
    assignment_lead: str
    period: Period


@dataclass(frozen=True, slots=True)
class PostRow:
    """A promise from one employer: so many people in a role for so many months each, and month by month who came."""

    id: UUID
    initiative_id: UUID
    role: Role
    role_name: str
    title: str
    employer_id: UUID
    employer_name: str
    heads: int
    lasts: int
    months: tuple[Month, ...]
    places: tuple[PlaceRow, ...]

    @property
    def promised_months(self) -> int:
        """Person-months promised in all."""
        return self.heads * self.lasts

    @property
    def due_months(self) -> int:
        """Person-months promised for the months that have begun."""
        return sum(one.promised for one in self.months if one.filled is not None)

    @property
    def filled_months(self) -> Fraction:
        """Person-months filled in the months that have begun, never more than promised in each."""
        return sum(
            (min(one.filled, Fraction(one.promised)) for one in self.months if one.filled is not None), Fraction(0)
        )

    @property
    def vacant_since(self) -> date | None:
        """The first of the months in a row, up to the last that has begun, in which somebody is missing."""
        since = None
        for month in reversed([one for one in self.months if one.filled is not None]):
            if not month.vacant:
                break
            since = month.first
        return since


@dataclass(frozen=True, slots=True)
class Staffing:
    """A whole initiative's staff. `now` is the month of today."""

    posts: tuple[PostRow, ...]
    total: tuple[Month, ...]
    now: Month | None

    @property
    def vacancies(self) -> list[tuple[PostRow, Fraction]]:
        """Posts that lack somebody this month, and how many; the most first."""
        found = []
        for post in self.posts:
            month = next((one for one in post.months if self.now and one.first == self.now.first), None)
            if month and month.vacant:
                found.append((post, month.vacant))
        return sorted(found, key=lambda pair: -pair[1])


def of_initiative(initiative_id: UUID, *, today: date) -> Staffing | None:
    """The staff of an initiative; None where nobody has promised any or no period is set."""
    one = Initiative.objects.get(id=initiative_id)
    promises = list(StaffPromise.objects.filter(initiative=one).select_related("employer"))
    if not promises or one.period is None or one.period.lower is None or one.period.upper is None:
        return None
    places: dict[UUID, list[PlaceRow]] = {}
    rows = StaffPlace.objects.filter(promise__in=promises).select_related("membership__user", "assignment_lead__user")
    for row in rows.order_by("membership__user__sort_key", "period"):
        places.setdefault(row.promise_id, []).append(_place(row))
    order = list(STAFF_ORDER)
    posts = tuple(
        _post(promise, places.get(promise.id, []), one.period.lower, one.period.upper, today)
        for promise in sorted(promises, key=lambda row: (order.index(Role(row.role)), row.title, -row.months))
    )
    total = tuple(rules.sum_of(post.months for post in posts))
    now = next((month for month in total if month.first == today.replace(day=1)), None)
    return Staffing(posts, total, now)


def post(promise_id: UUID, *, today: date) -> PostRow | None:
    """One promise by its id; None when there is none, or when its initiative has no time."""
    promise = StaffPromise.objects.filter(id=promise_id).first()
    found = of_initiative(promise.initiative_id, today=today) if promise else None
    return next((one for one in found.posts if one.id == promise_id), None) if found else None


def place(place_id: UUID) -> PlaceRow | None:
    """One who fills a post; None when there is none."""
    row = StaffPlace.objects.select_related("membership__user", "assignment_lead__user").filter(id=place_id).first()
    return None if row is None else _place(row)


def _post(promise: StaffPromise, places: list[PlaceRow], start: date, after: date, today: date) -> PostRow:
    months = rules.by_month(
        heads=promise.heads, lasts=promise.months, start=start, after=after, held=held(places), today=today
    )
    role = Role(promise.role)
    return PostRow(
        promise.id, promise.initiative_id, role, ROLES[role].name, promise.title, promise.employer_id,
        promise.employer.name, promise.heads, promise.months, tuple(months), tuple(places),
    )  # fmt: skip


def held(places: Iterable[PlaceRow]) -> list[Held]:
    """Only how much and when."""
    return [Held(one.percent, one.period) for one in places]


def _place(row: StaffPlace) -> PlaceRow:
    return PlaceRow(
        row.id, row.promise_id, row.membership_id, row.membership.user.name, row.percent, row.line_manager,
        row.assignment_lead.user.name, Period(row.period.lower, row.period.upper),
    )  # fmt: skip
