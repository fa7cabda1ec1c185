"""The joint plan: needs, goals, steps, fixed versions and who agreed to them."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from samkraft.people.rules.contents import reasons
from samkraft.people.rules.contents.choices import Agreeing, LifeArea, Order, Outcome, StepKind, StepState, Waited
from samkraft.people.rules.contents.fields import When, Writing, said
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

WAITS_ON_NOBODY = Reason(
    "step_waits_on_nobody",
    phrase("Steget väntar, men det står inte på vem eller på vad."),
    phrase("Skriv vem som ska göra något, och vad."),
)
PARTY_IS_NOBODY = Reason(
    "agreement_party_is_nobody",
    phrase("Det går inte att förstå vem som sa ja till planen."),
    phrase("Välj deltagaren eller en part."),
)
PARTICIPANT = "participant"


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Why something is to be done."""

    text: str = said(phrase("Behov"), writing=Writing.TEXT, most=2_000)
    life_area: LifeArea = said(phrase("Livsområde"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """Where the person wants to go, in their own words; how it shows that they are there, and when."""

    words: str = said(phrase("Målet med personens egna ord"), writing=Writing.TEXT, most=2_000)
    measure: str = said(phrase("Hur vi ser att målet är nått"), default="", most=500)
    by_date: date | None = said(phrase("Till när"), default=None)
    need: UUID | None = said(phrase("Behov som målet svarar mot"), default=None)
    aim: Outcome | None = said(phrase("Vart målet leder"), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """A programme decision of Arbetsförmedlingen: its number and its last day."""

    number: str = said(phrase("Beslutets nummer"), most=40)
    ends_on: date = said(phrase("Beslutets sista dag"))


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitsOn:
    """Who has to do something before the step can go on, and what."""

    who: Waited = said(phrase("Väntar på"))
    area_id: UUID | None = said(phrase("Part"), default=None)
    role: str = said(phrase("Roll"), default="", most=60)
    name: str = said(phrase("Namn"), default="")
    what: str = said(phrase("Vad som ska göras"), most=300)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that somebody does on the way to the goal.

    `body_area_id` is the party that answers for it. The window runs from `from_date` to `to_date`, both days included;
    `due_date` is when something must have happened. `depends_on` are lineages of other steps.
    """

    title: str = said(phrase("Steg"))
    step_kind: StepKind = said(phrase("Slag av steg"))
    work_oriented: bool = said(phrase("Riktat mot arbete"), default=False)
    goal: UUID | None = said(phrase("Mål som steget leder till"), default=None)
    body_area_id: UUID = said(phrase("Ansvarig part"))
    responsible: str = said(phrase("Ansvarig person eller roll"), default="")
    from_date: date | None = said(phrase("Från"), default=None)
    to_date: date | None = said(phrase("Till och med"), default=None)
    due_date: date | None = said(phrase("Senast klart"), default=None)
    order: Order = said(phrase("Ordning"), default=Order.SEQUENCE)
    depends_on: tuple[UUID, ...] = said(phrase("Steg som måste bli klara först"), default=(), most=30)
    state: StepState = said(phrase("Läge"), default=StepState.PLANNED)
    waits_on: WaitsOn | None = said(phrase("Väntar på"), default=None)
    waiting_since: date | None = said(phrase("Har väntat sedan"), default=None, when=When.PAST)
    programme: Programme | None = said(phrase("Programbeslut"), default=None)
    result: str = said(phrase("Resultat"), default="", writing=Writing.TEXT, most=5_000)

    def check(self) -> None:
        """Raise Refused when the window ends before it begins, or when the step waits on nobody."""
        if self.from_date and self.to_date and self.to_date < self.from_date:
            raise Refused(
                reasons.ENDS_BEFORE_IT_BEGINS,
                field=phrase("Till och med"),
                date=self.to_date.isoformat(),
                start=self.from_date.isoformat(),
            )
        if self.state is StepState.WAITING and (self.waits_on is None or self.waits_on.who is Waited.NONE):
            raise Refused(WAITS_ON_NOBODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanVersion:
    """The plan as the area held it when it was proposed for agreement: fixed, with a digest of it."""

    number: int = said(phrase("Version"), least=1, most=9_999)
    frozen: dict[str, Any] = said(phrase("Planen som den såg ut"))
    digest: str = said(phrase("Kontrollsumma"), form=r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """That the participant or a party said yes to one version. `party` is `participant` or the id of an area."""

    version_number: int = said(phrase("Version"), least=1, most=9_999)
    digest: str = said(phrase("Kontrollsumma"), form=r"[0-9a-f]{64}")
    party: str = said(phrase("Vem som sa ja"), most=36)
    how: Agreeing = said(phrase("Hur"))
    agreed_on: date = said(phrase("Dag"), when=When.PAST)

    def check(self) -> None:
        """Raise Refused when it is nobody who agreed."""
        if self.party == PARTICIPANT:
            return
        try:
            UUID(self.party)
        except ValueError:
            raise Refused(PARTY_IS_NOBODY) from None
