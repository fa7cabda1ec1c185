"""How somebody else goes on with the person, how the person leaves, and what happens afterwards."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samkraft.people.rules.contents.choices import FollowUpState, HandoverState, Outcome, OwnSystem
from samkraft.people.rules.contents.fields import When, Writing, said
from samkraft.values.wording import phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """From one membership or team to another, asked for by the one and taken by the other.

    Until `overlap_until` both are on the case; then the one who handed over no longer is. `answers` is the lineage of the
    request, where another area wrote it.
    """

    from_id: UUID = said(phrase("Från"), key="from")
    to_id: UUID = said(phrase("Till"), key="to")
    state: HandoverState = said(phrase("Läge"))
    overlap_until: date | None = said(phrase("Båda är med till"), default=None)
    reason: str = said(phrase("Varför"), writing=Writing.TEXT, most=2_000)
    answers: UUID | None = said(phrase("Begäran som svaret gäller"), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exit:
    """The day on which the person left, and where to.

    `promised_start` is the day on which work or studies begin by agreement; `promise_kept` is None until someone looked.
    """

    outcome: Outcome = said(phrase("Utfall"))
    left_on: date = said(phrase("Sista dag"), when=When.PAST)
    promised_start: date | None = said(phrase("Avtalad start"), default=None)
    promise_kept: bool | None = said(phrase("Började som avtalat"), default=None)
    note: str = said(phrase("Anteckning"), default="", writing=Writing.TEXT, most=2_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """A look at how it went, some months after the exit. `answers`: the planned one, where another area wrote it."""

    months: int = said(phrase("Månader efter"), least=1, most=60)
    due_date: date = said(phrase("Ska göras senast"))
    state: FollowUpState = said(phrase("Läge"))
    situation: Outcome | None = said(phrase("Vad personen gör nu"), default=None)
    done_on: date | None = said(phrase("Gjord"), default=None, when=When.PAST)
    answers: UUID | None = said(phrase("Planerad uppföljning"), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnSystemNote:
    """What the officer carries over to the own authority's system, with only what that authority may hold."""

    system: OwnSystem = said(phrase("Eget system"))
    text: str = said(phrase("Anteckning"), writing=Writing.TEXT)
    entered_on: date | None = said(phrase("Införd"), default=None, key="entered_at", when=When.PAST)
    entered_by: str = said(phrase("Införd av"), default="")
