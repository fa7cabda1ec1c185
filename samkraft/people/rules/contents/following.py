"""What is noted so that a way can be followed: attested hours, the seven signs of progression, and what SUS asks for."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from samkraft.people.rules.contents import reasons
from samkraft.people.rules.contents.fields import When, said
from samkraft.values.refusal import Refused
from samkraft.values.wording import phrase

LEAST, MOST = 1, 5  # of each sign


class Occasion(StrEnum):
    """When the signs of progression are asked for."""

    START = "start"
    QUARTER = "quarter"
    EXIT = "exit"


class Direction(StrEnum):
    """Into the initiative or out of it."""

    ENTRY = "in"
    EXIT = "out"


class Support(StrEnum):
    """Public support as SUS divides it. Parental benefit and pension are none."""

    NONE = "none"
    ASSISTANCE = "assistance"
    ACTIVITY = "activity"
    UNEMPLOYMENT = "unemployment"
    ESTABLISHMENT = "establishment"
    SICKNESS = "sickness"
    REHABILITATION = "rehabilitation"
    COMPENSATION = "compensation"


class Schooling(StrEnum):
    """Level of education, a foreign one as its Swedish level."""

    NONE = "none"
    COMPULSORY = "compulsory"
    SECONDARY = "secondary"
    HIGHER_SHORT = "higher_short"
    HIGHER_LONG = "higher_long"


class Busy(StrEnum):
    """What somebody is busy with: several may hold."""

    WORKS = "works"
    STUDIES = "studies"
    SEEKS = "seeks"
    OTHER = "other"


class Leaving(StrEnum):
    """Why somebody is written out of SUS."""

    COMPLETED = "completed"
    BROKEN_OFF = "broken_off"
    MOVED = "moved"
    ILL = "ill"
    REGISTERED_WRONGLY = "registered_wrongly"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeAttest:
    """That somebody else than who took the time report in has attested the month's hours."""

    month: str = said(phrase("Månad"), form=r"20\d\d-(0[1-9]|1[0-2])")
    hours: int = said(phrase("Timmar"), least=0, most=400)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progression:
    """Signs of progression on a day, from 1 to 5. Staff answers the first three; the last is the person's own."""

    occasion: Occasion = said(phrase("När"))
    on: date = said(phrase("Dag"), when=When.PAST)
    job: int | None = said(
        phrase("Handläggaren tror att personen kan få ett arbete"), default=None, least=LEAST, most=MOST
    )
    aim: int | None = said(phrase("Personen arbetar målmedvetet mot ett arbete"), default=None, least=LEAST, most=MOST)
    skills: int | None = said(phrase("Personen ser realistiskt på vad hen kan"), default=None, least=LEAST, most=MOST)
    market: int | None = said(phrase("Personen vet vilka jobb som finns"), default=None, least=LEAST, most=MOST)
    together: int | None = said(phrase("Personen kan samarbeta"), default=None, least=LEAST, most=MOST)
    belief: int | None = said(phrase("Personen tror själv på att få ett arbete"), default=None, least=LEAST, most=MOST)

    def check(self) -> None:
        """At least one answer."""
        if all(one is None for one in (self.job, self.aim, self.skills, self.market, self.together, self.belief)):
            raise Refused(reasons.MISSING, field=phrase("Minst ett svar"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressionHealth:
    """The sign that is about health, which is kept apart from the others: it goes one at a time, if at all."""

    occasion: Occasion = said(phrase("När"))
    on: date = said(phrase("Dag"), when=When.PAST)
    health: int = said(phrase("Personen kan hantera sin hälsa så att det går att arbeta"), least=LEAST, most=MOST)


@dataclass(frozen=True, slots=True, kw_only=True)
class SusSheet:
    """What SUS asks for when somebody begins or leaves, in its own terms. Without consent nothing but the day stands here.

    `support_months` counts time with public support, breaks up to a month not counted. `extent` is per cent of 40 hours.
    """

    direction: Direction = said(phrase("In eller ut"))
    on: date = said(phrase("Dag"), when=When.PAST)
    has_consent: bool = said(phrase("Samtycke till SUS på blankett 9443"), default=False)
    consent_sent_on: date | None = said(
        phrase("Samtycket skickat till Försäkringskassan"), default=None, when=When.PAST
    )
    municipality: str = said(phrase("Folkbokföringskommun"), default="", most=60)
    supports: tuple[Support, ...] = said(phrase("Försörjning veckan före"), default=(), most=8)
    support_months: int | None = said(phrase("Tid med offentlig försörjning, månader"), default=None, most=600)
    schooling: Schooling | None = said(phrase("Utbildningsnivå"), default=None)
    busy: tuple[Busy, ...] = said(phrase("Sysselsättning veckan före"), default=(), most=4)
    extent: int | None = said(phrase("Omfattning i procent av 40 timmar"), default=None, most=100)
    enrolled_at_af: bool = said(phrase("Inskriven på Arbetsförmedlingen"), default=False)
    in_programme: bool = said(phrase("I ett arbetsmarknadspolitiskt program"), default=False)
    leaving: Leaving | None = said(phrase("Varför personen slutar"), default=None)

    def check(self) -> None:
        """Without consent nothing is kept that SUS may not have."""
        told = (
            self.consent_sent_on, self.municipality, self.supports, self.support_months, self.schooling, self.busy, self.extent,
            self.enrolled_at_af, self.in_programme,
        )  # fmt: skip
        if not self.has_consent and any(told):
            raise Refused(reasons.NOT_WITHOUT_CONSENT)
