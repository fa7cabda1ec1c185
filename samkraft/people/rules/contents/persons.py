"""Who the person is to those who work with them, how they came, and where in the initiative they are."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samkraft.people.rules.contents import reasons
from samkraft.people.rules.contents.choices import Answer, HowReferred, PauseReason, ReferralEnding
from samkraft.people.rules.contents.fields import When, Writing, said
from samkraft.values.identity_number import Sex
from samkraft.values.refusal import Refused
from samkraft.values.wording import phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """Name and how to reach the person. `safe_contact` says which way of contact is safe, and which is not."""

    given_name: str = said(phrase("Förnamn"), writing=Writing.NAME)
    family_name: str = said(phrase("Efternamn"), writing=Writing.NAME)
    sex: Sex | None = said(phrase("Kön"), default=None)
    birth_date: date | None = said(phrase("Födelsedag"), default=None, when=When.PAST)
    language: str = said(phrase("Språk"), default="")
    interpreter: bool = said(phrase("Tolk behövs"), default=False)
    phone: str = said(phrase("Telefon"), default="", most=40)
    email: str = said(phrase("E-post"), default="", form=r"[^@\s]{1,64}@[^@\s]{1,190}")
    postal_address: str = said(phrase("Postadress"), default="", writing=Writing.TEXT, most=500)
    safe_contact: str = said(phrase("Säker kontaktväg"), default="", writing=Writing.TEXT, most=500)
    partner_participates: bool = said(phrase("Partnern deltar också"), default=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """How the person came. Its sender alone knows of it until it is disclosed: where it comes from reveals a need.

    `start_check` holds named answers to the initiative's own questions; what nobody knows is left out.
    """

    how: HowReferred = said(phrase("Hur personen kom"))
    reason: str = said(phrase("Varför"), default="", writing=Writing.TEXT)
    start_check: dict[str, str] = said(phrase("Startkontroll"), default=dict, most=50)
    received_on: date = said(phrase("Kom in"), when=When.PAST)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralEnd:
    """That nobody goes on with a referral: which one, from which day, and why. What comes later is a new referral.

    Of its own kind and not a version of the referral, because whoever received the referral may end it too.
    """

    referral: UUID = said(phrase("Remitteringen"))
    reason: ReferralEnding = said(phrase("Skäl"))
    ended_on: date = said(phrase("Avslutad"), when=When.PAST)
    note: str = said(phrase("Med egna ord"), default="", writing=Writing.TEXT, most=2_000)

    def check(self) -> None:
        """Raise Refused when another reason is chosen and not said."""
        if self.reason is ReferralEnding.OTHER and not self.note.strip():
            raise Refused(reasons.MISSING, field=phrase("Med egna ord"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolled:
    """The day on which the person began in an initiative."""

    initiative_id: UUID = said(phrase("Insats"))
    started_on: date = said(phrase("Första dag"))
    wave: int | None = said(phrase("Intagsperiod"), default=None, least=1, most=999)


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """The team that works with the person from a day on."""

    team_id: UUID = said(phrase("Team"))
    team_name: str = said(phrase("Teamets namn"))
    since: date = said(phrase("Från och med"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """The process lead from a day on."""

    membership_id: UUID = said(phrase("Processledare"))
    name: str = said(phrase("Processledarens namn"), writing=Writing.NAME)
    role: str = said(phrase("Processledarens roll"), most=60)
    area_id: UUID = said(phrase("Processledarens myndighet"))
    since: date = said(phrase("Från och med"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """The phase from a day on, by its number in the initiative. The first need give no reason."""

    number: int = said(phrase("Fas"), least=1, most=99)
    since: date = said(phrase("Från och med"))
    reason: str = said(phrase("Varför fasen byts"), default="", writing=Writing.TEXT, most=2_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """Days that do not count against the limit. Without an end it goes on; `until` is the first day that counts again."""

    from_date: date = said(phrase("Från och med"))
    until: date | None = said(phrase("Åter i gång"), default=None)
    reason_kind: PauseReason = said(phrase("Varför"))

    def check(self) -> None:
        """Raise Refused when it ends before it begins."""
        if self.until is not None and self.until <= self.from_date:
            raise Refused(
                reasons.ENDS_BEFORE_IT_BEGINS,
                field=phrase("Åter i gång"),
                date=self.until.isoformat(),
                start=self.from_date.isoformat(),
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Prolongation:
    """More time than the limit gives: asked for by one, decided by another.

    `answers` is the lineage of the request, where another area wrote it: nobody changes another area's words.
    """

    until: date = said(phrase("Till och med"))
    state: Answer = said(phrase("Läge"))
    asked_by: UUID = said(phrase("Begärd av"))
    decided_by: UUID | None = said(phrase("Beslutad av"), default=None)
    reason: str = said(phrase("Varför mer tid behövs"), writing=Writing.TEXT, most=5_000)
    answers: UUID | None = said(phrase("Begäran som beslutet gäller"), default=None)
