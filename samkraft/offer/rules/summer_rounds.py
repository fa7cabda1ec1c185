"""What a round of Ung i sommar is: its form, its weeks, who may apply, and in which groups the lot is drawn."""

import itertools
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from samkraft.values.period import Period
from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase


class Form(StrEnum):
    """A job is paid by the hour; a programme counts attendance only."""

    JOB = "job"
    PROGRAMME = "programme"


class Strata(StrEnum):
    """The groups that are drawn each for itself."""

    NONE = "none"
    SCHOOL_YEAR = "school_year"
    SEX = "sex"


class SchoolYear(StrEnum):
    """What somebody goes to in the spring of the round."""

    GRADE_8 = "grade8"
    GRADE_9 = "grade9"
    UPPER_1 = "upper1"
    UPPER_2 = "upper2"
    UPPER_3 = "upper3"
    ADAPTED = "adapted"
    NO_SCHOOL = "none"


FORM_NAMES = {Form.JOB: phrase("Sommarjobb med lön"), Form.PROGRAMME: phrase("Sommarprogram utan lön")}
STRATA_NAMES = {
    Strata.NONE: phrase("Alla i samma lottning"),
    Strata.SCHOOL_YEAR: phrase("Lottning för varje årskurs"),
    Strata.SEX: phrase("Lottning för varje kön"),
}
SCHOOL_YEAR_NAMES = {
    SchoolYear.GRADE_8: phrase("Årskurs 8"),
    SchoolYear.GRADE_9: phrase("Årskurs 9"),
    SchoolYear.UPPER_1: phrase("Gymnasiet, år 1"),
    SchoolYear.UPPER_2: phrase("Gymnasiet, år 2"),
    SchoolYear.UPPER_3: phrase("Gymnasiet, år 3"),
    SchoolYear.ADAPTED: phrase("Anpassade gymnasieskolan"),
    SchoolYear.NO_SCHOOL: phrase("Går inte i skolan"),
}
# Those who have finished grade 9 by the summer: only they can be counted as youths by the working-time rules.
LEAVES_COMPULSORY_SCHOOL = frozenset(SchoolYear) - {SchoolYear.GRADE_8}

NO_NAME = Reason("summer_no_name", phrase("Omgången har inget namn."), phrase("Skriv vad den ska heta."))
NAME_TAKEN = Reason(
    "summer_name_taken", phrase("Det finns redan en omgång med den adressen."), phrase("Välj en annan.")
)
CLOSES_BEFORE_IT_OPENS = Reason(
    "summer_closes_before_it_opens", phrase("Ansökan stänger innan den öppnar."), phrase("Ändra en av dagarna.")
)
BORN_BACKWARDS = Reason(
    "summer_born_backwards", phrase("Det första födelseåret är efter det sista."), phrase("Byt plats på åren.")
)
NOT_WHOLE_WEEKS = Reason(
    "summer_not_whole_weeks",
    phrase("Vecka {first}–{last} {year} finns inte."),
    phrase("Skriv veckor som i kalendern, den första först."),
)
WEEKS_BEFORE_CLOSING = Reason(
    "summer_weeks_before_closing",
    phrase("Veckorna börjar innan ansökan har stängt."),
    phrase("Välj senare veckor, eller stäng ansökan tidigare."),
)
OVERLAPPING = Reason(
    "summer_weeks_overlap", phrase("Två perioder har samma vecka."), phrase("Låt varje vecka vara i en period.")
)
NO_PLACES = Reason("summer_no_places", phrase("Det finns inga platser."), phrase("Lägg upp en arbetsplats först."))
SEED_PUBLISHED = Reason(
    "summer_seed_published",
    phrase("Fröet är redan bestämt och publicerat. Det går inte att ändra."),
    phrase("Så kan ingen styra lottningen."),
)
SEED_AFTER_OPENING = Reason(
    "summer_seed_after_closing",
    phrase("Ansökan har stängt. Fröet måste vara bestämt innan."),
    phrase("Gör en ny omgång."),
)
NO_SEED = Reason(
    "summer_no_seed",
    phrase("Det är inte bestämt varifrån lottningens frö ska komma."),
    phrase("Bestäm det innan ansökan stänger, så att alla kan lita på lotten."),
)
BAD_FINGERPRINT = Reason(
    "summer_bad_fingerprint",
    phrase("Kontrollvärdet ska ha 64 tecken, 0–9 och a–f."),
    phrase("Räkna ut det med SHA-256."),
)
FEWER_THAN_HELD = Reason(
    "summer_fewer_than_held",
    phrase("{held} platser är redan någons. Det kan inte bli färre än så."),
    phrase("Flytta eller avsluta någon först."),
)
HELD_SINCE = Reason(
    "summer_place_held",
    phrase("En av platserna är redan någons."),
    phrase("Ladda om sidan och se vilka som är lediga."),
)
NOT_YOUR_ROUND = Reason(
    "summer_not_your_round", phrase("Du håller inte i den här omgången."), phrase("Be den som gör det.")
)
WAGE_SET = Reason(
    "summer_wage_set",
    phrase("Det finns redan en timlön från {age} år i omgången. Den ändras inte, för löneunderlag kan vila på den."),
    phrase("Välj en annan ålder."),
)
WAGE_OUT_OF_RANGE = Reason(
    "summer_wage_out_of_range",
    phrase("Åldern ska vara mellan 13 och 30 år, och timlönen mellan 20 och 500 kronor."),
    phrase("Rätta siffrorna."),
)
WAGE_WITHOUT_SOURCE = Reason(
    "summer_wage_without_source", phrase("Det står inte var timlönen är beslutad."), phrase("Skriv beslutet.")
)
LEAST_WAGE_ORE, MOST_WAGE_ORE = 2_000, 50_000
AGES = range(13, 31)
HOURS_OUT_OF_ORDER = Reason(
    "summer_hours_out_of_order", phrase("Dagen slutar innan den börjar."), phrase("Ändra en av tiderna.")
)


@dataclass(frozen=True, slots=True)
class Limits:
    """Who may apply: years of birth (both included) and school years."""

    born_from: int
    born_to: int
    school_years: frozenset[str]


TOO_YOUNG = Reason(
    "summer_too_young",
    phrase("Den här omgången är för dig som är född {first}–{last}. Du är för ung i år."),
    phrase("Välkommen att söka ett senare år."),
)
TOO_OLD = Reason(
    "summer_too_old",
    phrase("Den här omgången är för dig som är född {first}–{last}. Du är för gammal i år."),
    phrase("Arbetsförmedlingen och stadens vägledare kan hjälpa dig med andra jobb."),
)
OTHER_SCHOOL_YEAR = Reason(
    "summer_other_school_year",
    phrase("Den här omgången är inte för dem som går i {school_year}."),
    phrase("Läs på sidan vilka som kan söka."),
)


def weeks(year: int, first: int, last: int) -> Period | None:
    """Whole ISO weeks, Monday to the Monday after. None when the year has no such weeks or they come backwards."""
    try:
        start = date.fromisocalendar(year, first, 1)
        end = date.fromisocalendar(year, last, 1) + timedelta(days=7)
    except ValueError:
        return None
    return Period(start, end) if start < end else None


def week_numbers(period: Period) -> tuple[int, int]:
    """The first and the last ISO week of a period, as people say it: v. 25–28."""
    last = (period.end_date or period.start_date) - timedelta(days=1)
    return period.start_date.isocalendar().week, last.isocalendar().week


def why_not_apply(limits: Limits, *, born: date, school_year: str) -> Reason | None:
    """None when somebody of that year and school year may apply."""
    if born.year > limits.born_to:
        return TOO_YOUNG
    if born.year < limits.born_from:
        return TOO_OLD
    return None if school_year in limits.school_years else OTHER_SCHOOL_YEAR


def why_not_plan(opens: datetime, closes: datetime, born_from: int, born_to: int, first_day: date) -> Reason | None:
    """None when a round can be as it is said."""
    if closes <= opens:
        return CLOSES_BEFORE_IT_OPENS
    if born_to < born_from:
        return BORN_BACKWARDS
    return WEEKS_BEFORE_CLOSING if first_day <= closes.date() else None


def overlapping(periods: Collection[Period]) -> bool:
    """Whether two of the periods have a day in common."""
    ordered = sorted(periods, key=lambda one: one.start_date)
    return any(
        earlier.end_date is None or later.start_date < earlier.end_date
        for earlier, later in itertools.pairwise(ordered)
    )


def is_free_day(day: date) -> bool:
    """Whether nobody is planned on a day of early summer for the calendar's sake: 6 June, Midsummer's Eve and Day."""
    eve = next(date(day.year, 6, number) for number in range(19, 26) if date(day.year, 6, number).weekday() == 4)
    return (day.month, day.day) == (6, 6) or day in (eve, eve + timedelta(days=1))
