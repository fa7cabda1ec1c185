"""What a team, its members, the waves and the phases of an initiative allow. Who may ask at all is in `permissions`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from samkraft.partners.rules.memberships import in_words, overlap
from samkraft.partners.rules.roles import ROLES, Role
from samkraft.values.period import Period
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

# Those who are called in: they see the cases that they are appointed to, never all of a team's.
CALLED_IN = (Role.CARE_COORDINATOR, Role.INSURANCE_OFFICER, Role.STUDY_COUNSELLOR)

NOT_YOUR_INITIATIVE = Reason(
    "team_not_your_initiative",
    phrase("Din organisation är varken ägare till eller part i insatsen."),
    phrase("Be den som leder insatsen."),
)
NO_NAME = Reason("team_without_name", phrase("Namnet saknas."), phrase("Skriv ett namn som skiljer den från de andra."))
NUMBER_TAKEN = Reason(
    "team_number_taken", phrase("Nummer {number} är redan taget i insatsen."), phrase("Välj ett annat nummer.")
)
NO_PLACES = Reason("team_without_places", phrase("Antalet platser måste vara minst 1."), phrase("Rätta antalet."))
ENDS_BEFORE_START = Reason(
    "team_ends_before_start", phrase("Sista dagen {end} är före första dagen {start}."), phrase("Rätta en av dem.")
)
OUTSIDE = Reason(
    "team_outside_period",
    phrase("Tiden går utanför {of}, {dates}."),
    phrase("Rätta tiden, eller förläng det den ska rymmas i."),
)
MEETS_NOBODY = Reason(
    "team_member_meets_nobody",
    phrase("{name} är {role} och möter inga deltagare."),
    phrase("Välj någon vars roll är att möta deltagare."),
)
ONLY_PERSONALLY = Reason(
    "team_member_only_personally",
    phrase("{name} är {role} och kallas in i enskilda ärenden."),
    phrase("Markera att {name} utses ärende för ärende."),
)
NOT_A_PARTY = Reason(
    "team_member_not_a_party",
    phrase("{area} sitter inte i teamen under hela den tiden."),
    phrase("Lägg först till myndigheten som part som sitter i teamen."),
)
NOT_ONESELF = Reason(
    "team_member_oneself",
    phrase("Du kan inte själv sätta dig i ett team."),
    phrase("Be en annan av dem som leder insatsen."),
)
ALREADY_MEMBER = Reason(
    "team_member_already",
    phrase("{name} är redan med i teamet under den tiden."),
    phrase("Avsluta den tid som finns, eller välj andra dagar."),
)
ALREADY_ENDED = Reason(
    "team_member_ended", phrase("Platsen för {name} slutar redan {end}."), phrase("Välj en tidigare dag.")
)
WAVES_OVERLAP = Reason(
    "wave_overlaps", phrase("Intaget krockar med {name}, {dates}."), phrase("Två intag kan inte pågå samtidigt.")
)
PARTY_TWICE = Reason(
    "party_twice", phrase("{area} är redan part under den tiden."), phrase("Välj dagar som inte krockar.")
)
NO_PHASES = Reason("phases_none", phrase("Det måste finnas minst en fas."), phrase("Lägg till den första fasen."))
PHASES_UNORDERED = Reason(
    "phases_unordered",
    phrase("Fasernas nummer måste vara 1, 2, 3 och så vidare utan luckor."),
    phrase("Rätta numren."),
)
PHASE_GONE = Reason(
    "phase_cannot_go",
    phrase("Fas {number} kan inte tas bort: deltagare kan vara i den."),
    phrase("Byt namn på den i stället."),
)
PHASES_CHANGED = Reason(
    "phases_changed_meanwhile",
    phrase("Någon annan har ändrat faserna sedan du öppnade sidan."),
    phrase("Läs vad som gäller nu och gör om din ändring."),
)
RULES_TOO_EARLY = Reason(
    "rules_too_early",
    phrase("Nya regler kan inte gälla från {start}: de senaste började {latest}."),
    phrase("Välj en senare dag."),
)


@dataclass(frozen=True, slots=True)
class PhaseDraft:
    """A phase as it is set. `guide_days` None: no guide time."""

    number: int
    name: str
    guide_days: int | None = None
    counts_to_limit: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may get a place in a team: who, as what, from which area."""

    user_id: UUID
    name: str
    role: Role
    area_id: UUID
    area_name: str


def why_not_member(
    candidate: Candidate, *, personal: bool, period: Period, actor_id: UUID, joining: Iterable[tuple[UUID, Period]]
) -> Reason | None:
    """None when the candidate may have the place. `joining` is each area that sits in the teams, and when."""
    if candidate.user_id == actor_id:
        return NOT_ONESELF
    if not ROLES[candidate.role].meets_people:
        return MEETS_NOBODY
    if candidate.role in CALLED_IN and not personal:
        return ONLY_PERSONALLY
    if not any(area == candidate.area_id and covers(whole, period) for area, whole in joining):
        return NOT_A_PARTY
    return None


def covers(whole: Period, part: Period) -> bool:
    """Whether every day of the part belongs to the whole."""
    if part.start_date < whole.start_date:
        return False
    return whole.end_date is None or (part.end_date is not None and part.end_date <= whole.end_date)


def period(start_date: date, last_day: date | None) -> Period:
    """From the first day to the last, both included. Refuses one that ends before it starts."""
    if last_day is not None and last_day < start_date:
        raise Refused(ENDS_BEFORE_START, start=start_date, end=last_day)
    return Period(start_date, last_day + timedelta(days=1) if last_day else None)


def period_in(whole: Period, start_date: date, last_day: date | None, *, of: str) -> Period:
    """The days as a period inside the whole; an open end lasts as long as the whole. Refuses what goes outside it."""
    asked = period(start_date, last_day)
    if last_day is None and whole.end_date is not None and start_date < whole.end_date:
        asked = Period(start_date, whole.end_date)
    if not covers(whole, asked):
        raise Refused(OUTSIDE, of=of, dates=in_words(whole))
    return asked


def first_overlap(period: Period, others: Iterable[tuple[str, Period]]) -> tuple[str, Period] | None:
    """The first of the named periods that shares a day with this one."""
    return next(((name, other) for name, other in others if overlap(period, other)), None)


def why_not_phases(phases: Sequence[PhaseDraft], *, held: Iterable[int]) -> tuple[Reason, dict[str, int]] | None:
    """None when these may be an initiative's phases. `held` are the numbers that exist: they stay."""
    if not phases:
        return NO_PHASES, {}
    numbers = [phase.number for phase in phases]
    gone = sorted(set(held) - set(numbers))
    if gone:
        return PHASE_GONE, {"number": gone[0]}
    if numbers != list(range(1, len(numbers) + 1)):
        return PHASES_UNORDERED, {}
    if any(not phase.name.strip() for phase in phases):
        return NO_NAME, {}
    return None
