"""Places in Ung i sommar: what a wish is worth, where a placement stands, which hours are planned, what is paid."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from samkraft.offer.rules import summer_rounds
from samkraft.offer.rules.working_time import Shift, minutes_between
from samkraft.values.period import STOCKHOLM, Period
from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase

NEEDS_ALL = Reason(
    "summer_needs_all",
    phrase("Placeringen gäller alla som är dragna. Den görs av någon som också tar hand om skyddade uppgifter."),
    phrase("Be en av dem som är utsedda till det i omgången."),
)
NOT_DRAWN = Reason(
    "summer_not_drawn", phrase("Lotten är inte dragen än."), phrase("Dra lotten först, så vet alla vem som är i tur.")
)
PLACED_ALREADY = Reason(
    "summer_placed_already",
    phrase("Platserna är redan fördelade."),
    phrase("Lediga platser går till nästa reserv, en i taget."),
)
NO_SUCH_PLACEMENT = Reason(
    "summer_no_such_placement", phrase("Placeringen finns inte, eller så ser du den inte."), phrase("Ladda om listan.")
)
NOT_YES = Reason("summer_not_yes", phrase("Den unga har inte tackat ja."), phrase("Vänta på svaret."))
ENDED = Reason("summer_ended", phrase("Placeringen är avslutad."), "")
NO_PLACES_THERE = Reason(
    "summer_no_places_there", phrase("Arbetsplatsen har inga platser i de veckorna."), phrase("Ladda om sidan.")
)
NOT_A_DAY = Reason("summer_not_a_day", phrase("Dagen slutar innan den börjar."), phrase("Ändra en av tiderna."))
NOTHING_TO_PAY = Reason(
    "summer_nothing_to_pay",
    phrase("Det finns inga nya attesterade timmar till och med {date}."),
    phrase("Be handledarna att attestera."),
)
NOT_PAID = Reason(
    "summer_not_paid", phrase("Programmet har ingen lön. Här räknas bara närvaro."), phrase("Hämta närvarolistan.")
)
NO_WAGE = Reason("summer_no_wage", phrase("Timlönen för den som fyller {age} är inte inlagd."), phrase("Lägg in den."))


class Declined(StrEnum):
    """Why somebody says no to a place, or takes a yes back."""

    OTHER_JOB = "other_job"
    AWAY = "away"
    TOO_FAR = "too_far"
    NOT_FOR_ME = "not_for_me"
    HEALTH = "health"
    OTHER = "other"


class Ended(StrEnum):
    """Why a placement ends before its time."""

    OWN_WISH = "own_wish"
    WORKPLACE = "workplace"
    CONSENT_GONE = "consent_gone"
    MOVED = "moved"


DECLINED_NAMES = {
    Declined.OTHER_JOB: phrase("Jag har fått ett annat jobb"),
    Declined.AWAY: phrase("Jag är bortrest"),
    Declined.TOO_FAR: phrase("Det är för långt att åka"),
    Declined.NOT_FOR_ME: phrase("Det är inget för mig"),
    Declined.HEALTH: phrase("Jag kan inte av andra skäl"),
    Declined.OTHER: phrase("Något annat"),
}
ENDED_NAMES = {
    Ended.OWN_WISH: phrase("Den unga vill sluta"),
    Ended.WORKPLACE: phrase("Arbetsplatsen kan inte ta emot"),
    Ended.CONSENT_GONE: phrase("En vårdnadshavare har tagit tillbaka sitt ja"),
    Ended.MOVED: phrase("Flyttas till en annan plats"),
}
WISHED = (100.0, 80.0, 65.0, 50.0, 40.0)  # what a first wish is worth, a second …; a place that nobody asked for is 10
NOT_WISHED = 10.0
OTHER_PERIOD = 0.5  # a period that was wished second or later is worth so much less for each step


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody in turn for a place. `turn` 0 is first of all, 1 last; those who go before the lot have -1."""

    applicant_id: UUID
    wishes: tuple[UUID, ...]
    period_wishes: tuple[UUID, ...]
    turn: float


def worth(candidate: Candidate, workplace_id: UUID, period_id: UUID) -> float:
    """What a place is worth to somebody, 0–100."""
    wished = candidate.wishes.index(workplace_id) if workplace_id in candidate.wishes else None
    value = NOT_WISHED if wished is None else WISHED[min(wished, len(WISHED) - 1)]
    later = candidate.period_wishes.index(period_id) if period_id in candidate.period_wishes else 0
    return value * OTHER_PERIOD**later


class State(StrEnum):
    """Where a placement stands, worked out from what is written on it."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    LAPSED = "lapsed"
    ENDED = "ended"


STATE_NAMES = {
    State.OFFERED: phrase("Väntar på svar"),
    State.ACCEPTED: phrase("Har tackat ja"),
    State.CONFIRMED: phrase("Klar att börja"),
    State.DECLINED: phrase("Har tackat nej"),
    State.LAPSED: phrase("Svarade inte i tid"),
    State.ENDED: phrase("Avslutad"),
}


def state(*, answer: str, is_confirmed: bool, has_ended: bool) -> State:
    """Where it stands."""
    if has_ended:
        return State.ENDED
    if answer == "yes":
        return State.CONFIRMED if is_confirmed else State.ACCEPTED
    return {"": State.OFFERED, "no": State.DECLINED, "lapsed": State.LAPSED}[answer]


def planned(weeks: Period, hours: Iterable[tuple[int, time, time, int]]) -> list[Shift]:
    """The shifts of whole weeks by a workplace's weekdays. Free days of early summer are left out."""
    by_weekday = {weekday: (starts, ends, pause) for weekday, starts, ends, pause in hours}
    made = []
    day = weeks.start_date
    while weeks.end_date is not None and day < weeks.end_date:
        if day.isoweekday() in by_weekday and not summer_rounds.is_free_day(day):
            starts, ends, pause = by_weekday[day.isoweekday()]
            made.append(Shift(_at(day, starts), _at(day, ends), pause))
        day += timedelta(days=1)
    return made


def _at(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, STOCKHOLM)


@dataclass(frozen=True, slots=True)
class Pressed:
    """A check-in or check-out."""

    is_in: bool
    at: datetime


def minutes_there(pressed: Sequence[Pressed]) -> int:
    """Minutes between in and out, pair by pair. An instant is an instant: a clock put forward or back changes nothing."""
    total, since = 0.0, None
    for one in sorted(pressed, key=lambda press: press.at):
        if one.is_in:
            since = one.at
        elif since is not None:
            total += minutes_between(since, one.at)
            since = None
    return round(total)


def suggested_minutes(pressed: Sequence[Pressed], shift: Shift | None) -> int:
    """What the supervisor is shown to attest: time there less the planned break when it was that long."""
    there = minutes_there(pressed)
    pause = shift.break_minutes if shift is not None else 0
    return max(0, there - pause) if there > 270 else there


def is_forgotten(pressed: Sequence[Pressed]) -> bool:
    """Whether somebody checked in and never out."""
    ordered = sorted(pressed, key=lambda press: press.at)
    return bool(ordered) and ordered[-1].is_in


def wage_ore(minutes: int, hourly_ore: int) -> int:
    """What minutes are worth, in whole öre, half öre upwards. A correction downwards is rounded the same way."""
    whole, rest = divmod(abs(minutes) * hourly_ore, 60)
    value = whole + (rest * 2 >= 60)
    return value if minutes >= 0 else -value


def hourly_for(born: date, year: int, wages: Sequence[tuple[int, int]]) -> int | None:
    """The wage that holds for somebody: by the age turned in the year; None when none is that low. (from_age, öre)"""
    fitting = [ore for from_age, ore in sorted(wages) if from_age <= year - born.year]
    return fitting[-1] if fitting else None
