"""Staff that is promised against staff that is there: months of work, month by month, for each employer and role."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from samkraft.values.period import Period
from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase

WHOLE = 100  # percent

NOT_A_SHARE = Reason(
    "staff_not_a_share", phrase("Tjänstgöringsgraden måste vara mellan 1 och 100 procent."), phrase("Rätta andelen.")
)
NOT_THE_ROLE = Reason(
    "staff_not_the_role",
    phrase("{name} är {role}. Posten är lovad som {promised}."),
    phrase("Välj någon med den rollen."),
)
OVER_PROMISE = Reason(
    "staff_over_promise",
    phrase("Det som är lovat är redan tillsatt under {month}."),
    phrase("Avsluta någon annan, eller välj andra dagar."),
)
TWICE = Reason(
    "staff_twice", phrase("{name} finns redan på posten under den tiden."), phrase("Välj dagar som inte krockar.")
)
NO_LINE_MANAGER = Reason(
    "staff_without_line_manager",
    phrase("Det står inte vem som är chef hos arbetsgivaren."),
    phrase("Skriv chefens namn. Hen har arbetsledningen; uppdraget leds i insatsen."),
)
NO_ASSIGNMENT_LEAD = Reason(
    "staff_without_assignment_lead",
    phrase("Det står inte vem som leder uppdraget."),
    phrase("Skriv vem i projektledningen som gör det."),
)
ENDED_ALREADY = Reason("staff_ended_already", phrase("Platsen slutar redan {end}."), phrase("Välj en tidigare dag."))
HAD_BEGUN = Reason(
    "staff_ends_before_start", phrase("Sista dagen {end} är före första dagen {start}."), phrase("Rätta dagen.")
)

LASTS_TOO_LONG = Reason(
    "staff_lasts_too_long",
    phrase("Insatsen pågår i {most} månader, så ingen kan vara lovad i {months}."),
    phrase("Rätta antalet månader, eller insatsens tid."),
)
PROMISE_FILLED = Reason(
    "staff_promise_filled",
    phrase("Fler är redan tillsatta på posten än de {heads} som skulle vara lovade."),
    phrase("Avsluta någons plats först."),
)
PROMISE_CHANGED = Reason(
    "staff_promise_changed",
    phrase("Någon annan har ändrat löftet sedan du öppnade sidan: nu är det {heads} personer i {months} månader."),
    phrase("Det du skrev står kvar. Spara igen om det ska gälla."),
)


@dataclass(frozen=True, slots=True)
class Held:
    """Somebody's time on a post: how much of full time, and when."""

    percent: int
    period: Period


@dataclass(frozen=True, slots=True)
class Month:
    """One month of a post: people promised, and how many full-time people were there on average. None: not yet."""

    first: date
    promised: int
    filled: Fraction | None

    @property
    def vacant(self) -> Fraction | None:
        """How many are missing; never less than none."""
        return None if self.filled is None else max(Fraction(0), self.promised - self.filled)


def months(start: date, after: date) -> list[date]:
    """The first of every month from the one that `start` is in, up to but not with `after`."""
    found, day = [], start.replace(day=1)
    while day < after:
        found.append(day)
        day = (day + timedelta(days=32)).replace(day=1)
    return found


def month_after(first: date) -> date:
    """The first of the next month."""
    return (first + timedelta(days=32)).replace(day=1)


def most_at_once(held: Sequence[Held]) -> int:
    """The most percent of full time on any day; the busiest days are those on which somebody begins."""
    begins = [one.period.start_date for one in held]
    return max((sum(one.percent for one in held if day in one.period) for day in begins), default=0)


def by_month(*, heads: int, lasts: int, start: date, after: date, held: Sequence[Held], today: date) -> list[Month]:
    """A post month by month. `lasts` is for how many months it is promised. Of months to come nothing is known."""
    found = []
    for number, first in enumerate(months(start, after)):
        promised = heads if number < lasts else 0
        found.append(Month(first, promised, None if first > today else filled(held, first)))
    return found


def filled(held: Iterable[Held], first: date) -> Fraction:
    """Full-time people in the month on average: each one's days in it times the share."""
    end = month_after(first)
    whole = (end - first).days
    total = Fraction(0)
    for one in held:
        begin = max(first, one.period.start_date)
        stop = min(end, one.period.end_date or end)
        total += Fraction(max(0, (stop - begin).days), whole) * Fraction(one.percent, WHOLE)
    return total


def sum_of(posts: Iterable[Sequence[Month]]) -> list[Month]:
    """Several posts together, month by month."""
    rows = [list(post) for post in posts]
    found = []
    for each in zip(*rows, strict=True):
        known = [one.filled for one in each if one.filled is not None]
        found.append(
            Month(each[0].first, sum(one.promised for one in each), sum(known, Fraction(0)) if known else None)
        )
    return found
