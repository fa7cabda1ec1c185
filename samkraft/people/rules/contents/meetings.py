"""What staff and participant do together between the steps: meetings, contacts, messages, time reports."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from samkraft.people.rules.contents.choices import Closing, Contact, HandedIn, MeetingState, Purpose, Waited
from samkraft.people.rules.contents.fields import When, Writing, said
from samkraft.values.wording import phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A meeting, by time and place; what is said there goes into the minutes and nowhere else."""

    starts_at: datetime = said(phrase("Tid"))
    place: str = said(phrase("Plats"), default="")
    with_whom: tuple[str, ...] = said(phrase("Vilka som är med"), default=(), key="with", most=30)
    purpose: Purpose = said(phrase("Varför mötet hålls"))
    state: MeetingState = said(phrase("Läge"))
    about: UUID | None = said(phrase("Steg som mötet gäller"), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesPoint:
    """One point: what it was about, how it ended, and in words."""

    about: str = said(phrase("Punkt"), most=300)
    closed_as: Closing = said(phrase("Hur punkten slutade"))
    text: str = said(phrase("Anteckning"), default="", writing=Writing.TEXT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """What a meeting came to. `meeting` is the lineage of the meeting."""

    meeting: UUID = said(phrase("Möte"))
    points: tuple[MinutesPoint, ...] = said(phrase("Punkter"), most=50)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactMade:
    """That there was contact, not what was said."""

    on: date = said(phrase("Dag"), when=When.PAST)
    how: Contact = said(phrase("Hur"))
    by_participant: bool = said(phrase("Deltagaren hörde av sig"), default=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message of the thread with the participant, and whom it waits on.

    `answered_by` is the lineage of the message that answered it, which stops the clock.
    """

    text: str = said(phrase("Meddelande"), writing=Writing.TEXT, most=10_000)
    from_participant: bool = said(phrase("Från deltagaren"), default=False)
    waits_on: Waited = said(phrase("Väntar på"), default=Waited.NONE)
    answered_by: UUID | None = said(phrase("Besvarat av"), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeReport:
    """The participant's hours of one month, as handed in."""

    month: str = said(phrase("Månad"), form=r"20\d\d-(0[1-9]|1[0-2])")
    hours: int = said(phrase("Timmar"), least=0, most=400)
    how: HandedIn = said(phrase("Hur den lämnades"))
