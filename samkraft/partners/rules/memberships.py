"""What a case allows when someone gets, keeps or loses a role. Who may ask at all is in `access`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samkraft.partners.rules.roles import ROLES, Role, conflict_between
from samkraft.values.period import Period
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

OWN_MEMBERSHIP = Reason(
    "own_membership",
    phrase("Du kan inte ge dig själv en roll, och inte ändra de roller som du har."),
    phrase("Be en annan systemadministratör göra det."),
)
CONFLICTING_ROLES = Reason(
    "conflicting_roles",
    phrase("{name} är redan {held} i {organisation}. {why}"),
    phrase("Avsluta den rollen först, eller ge rollen till någon annan."),
)
STEERS_ALREADY = Reason(
    "role_against_a_seat",
    phrase("{name} har en plats i {group} under den tiden. {why}"),
    phrase("Be den som leder insatsen att avsluta platsen först, eller ge rollen till någon annan."),
)
OVERLAPPING = Reason(
    "overlapping_membership",
    phrase("{name} är redan {role} i {organisation} under den tiden ({dates})."),
    phrase("Förläng den roll som finns, eller välj en tid som börjar när den har slutat."),
)
BAD_PERIOD = Reason(
    "bad_period",
    phrase("Sista dagen ligger före första dagen."),
    phrase("Ändra någon av dagarna."),
)
ENDS_BEFORE_START = Reason(
    "ends_before_start",
    phrase("Rollen börjar {start} och kan inte sluta före det."),
    phrase("Välj en dag från och med {start}."),
)
NOT_A_LONGER_TIME = Reason(
    "not_a_longer_time",
    phrase("Den nya sista dagen är inte senare än den som gäller."),
    phrase("Välj en senare dag, eller avsluta rollen om den ska bli kortare."),
)
ALREADY_ENDED = Reason(
    "already_ended",
    phrase("Rollen är redan avslutad."),
    phrase("Ge rollen på nytt om personen ska ha den igen."),
)
NOT_FOR_MEMBERS = Reason(
    "not_for_members",
    phrase("Ingen kan få rollen {role}. Den är till för den som inte har loggat in."),
    phrase("Välj en annan roll."),
)
AREA_OF_ANOTHER = Reason(
    "area_of_another",
    phrase("Sekretessområdet {area} hör inte till {organisation}."),
    phrase("Välj ett område som hör till organisationen."),
)
OUT_OF_REACH = Reason(
    "out_of_reach",
    phrase("{organisation} har egna administratörer och delar själv ut sina roller."),
    phrase("Be {who} göra det."),
)
NOT_YOURS = Reason(
    "not_your_membership",
    phrase("Rollen är inte din, eller gäller inte i dag."),
    phrase("Välj en av dina roller."),
)


@dataclass(frozen=True, slots=True)
class Held:
    """A role that a person has, anywhere. Conflicts reach across organisations."""

    id: UUID
    role: Role
    organisation_id: UUID
    organisation_name: str
    period: Period


def require_own_hands_off(*, actor_id: UUID, user_id: UUID) -> None:
    """Nobody gives or changes their own roles."""
    if actor_id == user_id:
        raise Refused(OWN_MEMBERSHIP)


def require_fits(*, name: str, role: Role, organisation_id: UUID, period: Period, held: Iterable[Held]) -> None:
    """Refuse a role that conflicts with one held at the same time, or that overlaps itself."""
    if role is Role.PUBLIC:
        raise Refused(NOT_FOR_MEMBERS, role=ROLES[role].name)
    for other in held:
        if not overlap(period, other.period):
            continue
        if other.role is role and other.organisation_id == organisation_id:
            raise Refused(
                OVERLAPPING,
                name=name,
                role=ROLES[role].name.lower(),
                organisation=other.organisation_name,
                dates=in_words(other.period),
            )
        if why := conflict_between(role, other.role):
            raise Refused(
                CONFLICTING_ROLES,
                name=name,
                held=ROLES[other.role].name.lower(),
                organisation=other.organisation_name,
                why=why,
            )


def period(start_date: date, last_date: date | None) -> Period:
    """From the first day to the last, both included as people say them. Refuses one that ends before it starts."""
    if last_date is not None and last_date < start_date:
        raise Refused(BAD_PERIOD)
    return Period(start_date, None if last_date is None else date.fromordinal(last_date.toordinal() + 1))


def overlap(one: Period, other: Period) -> bool:
    """Whether two periods share a day."""
    return (one.end_date is None or other.start_date < one.end_date) and (
        other.end_date is None or one.start_date < other.end_date
    )


def in_words(some: Period) -> str:
    """`2024-01-01 – 2024-12-31`, or open at the end."""
    return f"{some.start_date.isoformat()} – {some.last_day.isoformat() if some.last_day else ''}".rstrip()
