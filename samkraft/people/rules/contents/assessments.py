"""What the parties find out together with the person."""

from dataclasses import dataclass
from uuid import UUID

from samkraft.people.rules.contents.choices import LifeArea, Outcome, PauseReason
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """What is said beside a thing because it reveals more than the thing itself; `about` is the thing's lineage.

    Its category follows from what it says (`rules.details`). Empty but for `about`: what was said there has been taken back.
    """

    about: UUID = said(phrase("Det som avses"))
    reason_kind: PauseReason | None = said(phrase("Varför"), default=None)
    outcome: Outcome | None = said(phrase("Utfall"), default=None)
    situation: Outcome | None = said(phrase("Vad personen gör nu"), default=None)
    aim: Outcome | None = said(phrase("Vart målet leder"), default=None)
    note: str = said(phrase("Anteckning"), default="", writing=Writing.TEXT, most=2_000)
