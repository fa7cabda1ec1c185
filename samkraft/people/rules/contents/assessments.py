"""What the parties find out together with the person."""

from dataclasses import dataclass
from uuid import UUID

from samkraft.people.rules.contents.choices import LifeArea
from samkraft.people.rules.contents.fields import Writing, said
from samkraft.values.wording import phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentItem:
    """One thing that is known, in one area of life, and where it is known from. `earlier`: from a mapping before this."""

    life_area: LifeArea = said(phrase("Livsområde"))
    text: str = said(phrase("Uppgift"), writing=Writing.TEXT)
    source: str = said(phrase("Källa"), most=300)
    earlier: bool = said(phrase("Från en tidigare kartläggning"), default=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusion:
    """What several bodies conclude together, and which items it rests on."""

    text: str = said(phrase("Slutsats"), writing=Writing.TEXT)
    rests_on: tuple[UUID, ...] = said(phrase("Uppgifter som slutsatsen vilar på"), default=(), most=200)
    bodies: tuple[UUID, ...] = said(phrase("Parter som står bakom"), most=20)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dissent:
    """Somebody among the parties sees it another way."""

    about: UUID = said(phrase("Det som avses"))
    text: str = said(phrase("Avvikande mening"), writing=Writing.TEXT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """The person says that something is wrong; it stands beside what it is about, in the person's own words."""

    about: UUID = said(phrase("Det som avses"))
    text: str = said(phrase("Vad som är fel, med personens egna ord"), writing=Writing.TEXT)
