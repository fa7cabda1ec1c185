"""Whether somebody may begin, and who may lead and join."""

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase

MOST_DAYS_AHEAD = 92  # the next intake may be planned, not the one after

ENROLLED_ALREADY = Reason(
    "enrolled_already",
    phrase("Personen är redan inskriven hos er i den här insatsen."),
    phrase("Öppna personen och gå vidare där."),
)
TOO_FAR_AHEAD = Reason(
    "enrolment_too_far_ahead",
    phrase("Första dagen {start} ligger för långt fram."),
    phrase("Välj en dag inom tre månader."),
)
BEFORE_REFERRAL = Reason(
    "enrolment_before_referral",
    phrase("Första dagen {start} är före remitteringen {referred}."),
    phrase("Rätta dagen."),
)
NOT_REFERRED = Reason(
    "enrolment_without_referral",
    phrase("Det finns ingen remittering eller ansökan att skriva in på."),
    phrase("Registrera den först."),
)
REFERRAL_ENDED = Reason(
    "enrolment_referral_ended",
    phrase("Remitteringen avslutades {ended}, så det finns ingen att skriva in på."),
    phrase("Registrera en ny remittering eller ansökan först."),
)
NOT_A_PARTY = Reason(
    "enrolment_not_a_party",
    phrase("Din myndighet är inte part i den här insatsen."),
    phrase("Be den som leder insatsen."),
)
NOT_IN_INITIATIVE = Reason(
    "enrolment_team_elsewhere",
    phrase("Teamet hör till en annan insats, eller finns inte den dagen."),
    phrase("Välj ett av insatsens team."),
)
LEAD_NOT_IN_TEAM = Reason(
    "lead_not_in_team",
    phrase("Den du valde är inte med i teamet."),
    phrase("Välj någon i teamet."),
)
LEAD_CHANGED = Reason(
    "lead_changed_meanwhile",
    phrase("{name} har blivit processledare medan du valde."),
    phrase("En person har en processledare i taget. Välj igen om det fortfarande behövs."),
)
SAME_LEAD = Reason(
    "lead_same",
    phrase("{name} är redan processledare."),
    phrase("Du behöver inte göra något."),
)
LEAD_BEFORE_START = Reason(
    "lead_before_start",
    phrase("{date} är före inskrivningen {start}."),
    phrase("Välj en dag då personen deltog."),
)


def why_not_begin(
    *,
    start: date,
    today: date,
    referred_on: date | None,
    is_enrolled: bool,
    own_area_id: UUID,
    parties: Collection[UUID],
) -> Reason | None:
    """None when the person may begin on that day in the initiative, enrolled by that area."""
    if own_area_id not in parties:
        return NOT_A_PARTY
    if is_enrolled:
        return ENROLLED_ALREADY
    if referred_on is None:
        return NOT_REFERRED
    if start < referred_on:
        return BEFORE_REFERRAL
    return TOO_FAR_AHEAD if start > today + timedelta(days=MOST_DAYS_AHEAD) else None
