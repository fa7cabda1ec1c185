"""What holds for occasions and their sessions: dates in order, nothing in the past, nothing while it is closed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from samkraft.values.period import STOCKHOLM, Period, day_in_stockholm
from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase

MOST_SESSIONS = 400
LONGEST_DAY = timedelta(hours=12)

NO_NAME = Reason("occasion_no_name", phrase("Tillfället har inget namn."), phrase("Skriv till exempel ”Start v. 40”."))
NO_PLACE = Reason("occasion_no_place", phrase("Det står inte var det är."), phrase("Skriv lokal eller adress."))
ENDS_BEFORE = Reason("occasion_ends_before", phrase("Slutet ligger före starten."), phrase("Rätta någon av dagarna."))
IN_THE_PAST = Reason(
    "occasion_in_the_past",
    phrase("Dagen {day} har redan varit."),
    phrase("Välj en dag framåt. Det som har hänt ändras inte."),
)
CLOSED = Reason(
    "occasion_closed", phrase("Då är det stängt: {why}."), phrase("Välj en annan dag, eller ändra stängningen.")
)
HOURS = Reason("occasion_hours", phrase("Timmar i veckan ska vara mellan 1 och 40."), phrase("Rätta antalet."))
ANSWER_DAYS = Reason("occasion_answer_days", phrase("Svarstiden ska vara mellan 1 och 60 dagar."), phrase("Rätta den."))
CANCELLED = Reason("occasion_is_cancelled", phrase("Tillfället är inställt."), phrase("Välj ett annat."))
NO_SUCH_OCCASION = Reason("occasion_none", phrase("Tillfället finns inte."), phrase("Gå till aktiviteten."))
NO_SUCH_SESSION = Reason("session_none", phrase("Träffen finns inte."), phrase("Gå till tillfället."))
SESSION_ENDS_BEFORE = Reason(
    "session_ends_before",
    phrase("Träffen slutar innan den börjar, eller är längre än tolv timmar."),
    phrase("Rätta tiderna."),
)
SESSION_IN_THE_PAST = Reason(
    "session_in_the_past",
    phrase("En träff kan inte läggas eller flyttas bakåt i tiden."),
    phrase("Välj en tid framåt. Har den redan varit: notera närvaron där den låg."),
)
SESSION_HELD = Reason(
    "session_held", phrase("Träffen har redan börjat och kan inte ändras."), phrase("Lägg in en ny träff.")
)
SESSION_IS_CANCELLED = Reason(
    "session_is_cancelled", phrase("Träffen är redan inställd."), phrase("Den kan hållas ändå, om den inte har varit.")
)
SESSION_NOT_CANCELLED = Reason(
    "session_not_cancelled", phrase("Träffen är inte inställd."), phrase("Ladda om sidan och se vilka som är det.")
)
SESSION_CANCELLED_THERE = Reason(
    "session_cancelled_there",
    phrase("Just då ligger en träff som är inställd."),
    phrase("Välj att hålla den ändå, eller en annan tid."),
)
SESSION_OUTSIDE = Reason(
    "session_outside", phrase("Träffen ligger utanför tillfället."), phrase("Välj en dag mellan start och slut.")
)
SESSION_TWICE = Reason("session_twice", phrase("Det finns redan en träff just då."), phrase("Välj en annan tid."))
NOT_A_TIME = Reason(
    "session_not_a_time",
    phrase("Klockan {time} finns inte den dagen: då ställs klockan fram till sommartid."),
    phrase("Välj en tid före kl. 02.00 eller efter kl. 03.00."),
)
TOO_MANY_SESSIONS = Reason(
    "session_too_many", phrase("Det blir fler än {most} träffar."), phrase("Dela upp tillfället i flera.")
)
NO_DAYS = Reason("session_no_days", phrase("Ingen träff ryms mellan dagarna."), phrase("Välj veckodagar och tid."))


def at_clock(day: date, clock: time) -> datetime | None:
    """The instant when the clock in Sweden says so on that day; None for a time that the change to summer time jumps over.

    In autumn, when an hour comes twice, it is the first.
    """
    local = datetime.combine(day, clock, STOCKHOLM)
    back = local.astimezone(UTC).astimezone(STOCKHOLM)
    return local if back.replace(tzinfo=None) == local.replace(tzinfo=None) else None


def why_not_session(
    starts_at: datetime,
    ends_at: datetime,
    *,
    now: datetime,
    period: Period,
    closed: Iterable[tuple[Period, str]],
) -> tuple[Reason, dict[str, str]] | None:
    """None when a session may lie there, else the reason with its details. `period` is the occasion's days."""
    if not starts_at < ends_at <= starts_at + LONGEST_DAY:
        return SESSION_ENDS_BEFORE, {}
    if starts_at <= now:
        return SESSION_IN_THE_PAST, {}
    day = day_in_stockholm(starts_at)
    if day not in period:
        return SESSION_OUTSIDE, {}
    why = closed_on(day, closed)
    return (CLOSED, {"why": why}) if why else None


def closed_on(day: date, closed: Iterable[tuple[Period, str]]) -> str:
    """Why it is closed on that day; empty when it is not."""
    return next((why for period, why in closed if day in period), "")


@dataclass(frozen=True, slots=True)
class Weekly:
    """Sessions that come every week: on which weekdays (Monday is 0), from when to when by the clock."""

    weekdays: tuple[int, ...]
    starts: time
    ends: time


def weekly_days(weekly: Weekly, first: date, last: date, closed: Sequence[tuple[Period, str]]) -> list[date]:
    """The days on which sessions lie, both ends included, but for those on which it is closed."""
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [day for day in days if day.weekday() in weekly.weekdays and not closed_on(day, closed)]
