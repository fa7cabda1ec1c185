"""Claims for payment from the EU: prepared by one person, certified by another, sent, approved and paid.

When it is certified its rows are frozen, and its months are closed for hours, costs and cash.
"""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import DatabaseError, connection
from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.money.actions.eu import eu_projects
from samkraft.money.models import EuClaim, EuClaimRow, EuClaimStep
from samkraft.money.queries.eu import eu_claims as queries
from samkraft.money.rules.eu.eu_outcomes import NEXT_STEPS, STEP_LABELS, ClaimStep
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.period import Period
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

NOT_WHOLE_MONTHS = Reason(
    "eu_claim_not_whole_months",
    phrase("En ansökan om utbetalning gäller hela månader."),
    phrase("Välj första och sista månad."),
)
OVERLAPS = Reason(
    "eu_claim_overlaps",
    phrase("Det finns redan en ansökan för en del av tiden."),
    phrase("Välj månader som ingen ansökan gäller, eller ta tillbaka den andra först."),
)
NOT_OVER = Reason(
    "eu_claim_not_over", phrase("Perioden är inte slut än."), phrase("Förbered ansökan när den sista månaden är slut.")
)
NO_CLAIM = Reason("no_eu_claim", phrase("Ansökan finns inte."), phrase("Gå till projektet och välj en annan."))
WRONG_STEP = Reason(
    "eu_claim_wrong_step", phrase("Ansökan är {now} och kan inte bli {step}."), phrase("Läs in sidan på nytt.")
)
SAME_PERSON = Reason(
    "eu_claim_same_person",
    phrase("Den som har förberett ansökan kan inte intyga den."),
    phrase("Be huvudprojektledaren eller någon annan med behörighet."),
)
RATE_MISSING = Reason(
    "eu_rate_missing",
    phrase("Timkostnaden för {functions} saknas för en del av perioden."),
    phrase("Lägg in timkostnaden först; inga timmar räknas utan den."),
)
NOTHING_TO_CLAIM = Reason(
    "eu_claim_empty", phrase("Det finns inga timmar eller kostnader i perioden."), phrase("Lägg in dem först.")
)


def draft(*, by: Context, at: datetime | None = None, project_id: UUID, period: Period) -> UUID:
    """Prepare a claim for whole months that are over and that no other claim covers."""
    access.require(by, Permission.MANAGE_EU_PROJECTS)
    at = at or timezone.now()
    if period.end_date is None or period.start_date.day != 1 or period.end_date.day != 1:
        raise Refused(NOT_WHOLE_MONTHS)
    if period.end_date > timezone.localdate(at):
        raise Refused(NOT_OVER)
    try:
        with transactions.write(by):
            project = eu_projects.find(project_id)
            if queries.covers(project.id, period):
                raise Refused(OVERLAPS)
            claim = EuClaim.objects.create(
                id=uuid4(),
                project=project,
                number=project.claims.count() + 1,
                period=(period.start_date, period.end_date),
            )
            _step(by, at, claim, ClaimStep.DRAFTED)
            return claim.id
    except DatabaseError as error:
        if "money_eu_claims_overlap" in str(error) or "money_euclaim_number_once" in str(error):
            raise Refused(OVERLAPS) from error
        raise


def move(
    *,
    by: Context,
    at: datetime | None = None,
    claim_id: UUID,
    step: ClaimStep,
    amount_ore: int | None = None,
    text: str = "",
) -> None:
    """The next step of a claim. `amount_ore` is what was approved or paid, where that is told."""
    access.require(by, Permission.CERTIFY_EU_CLAIMS if step is ClaimStep.CERTIFIED else Permission.MANAGE_EU_PROJECTS)
    at = at or timezone.now()
    try:
        with transactions.write(by):
            claim = EuClaim.objects.select_related("project").filter(id=claim_id).first()
            if claim is None:
                raise Refused(NO_CLAIM)
            now = queries.standing(claim)
            if step not in NEXT_STEPS[now]:
                raise Refused(WRONG_STEP, now=STEP_LABELS[now], step=STEP_LABELS[step])
            if step is ClaimStep.CERTIFIED:
                _freeze(by, claim)
            _step(by, at, claim, step, amount_ore, text)
    except DatabaseError as error:
        if "money_eu_same_person" in str(error):
            raise Refused(SAME_PERSON) from error
        if "money_euclaimstep_once" in str(error):
            raise Refused(WRONG_STEP, now=STEP_LABELS[step], step=STEP_LABELS[step]) from error
        raise


def _freeze(by: Context, claim: EuClaim) -> None:
    """Keep the rows as they are now: whoever writes hours takes turns with this. Inside the transaction of `move`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT money_eu_lock(%s)", [claim.project_id])
    if claim.steps.filter(step=ClaimStep.DRAFTED, by_id=by.actor_id).exists():
        raise Refused(SAME_PERSON)
    period = Period(claim.period.lower, claim.period.upper)
    outcome = queries.outcome(claim.project_id, period)
    if outcome.missing_rates:
        raise Refused(RATE_MISSING, functions=", ".join(sorted(outcome.missing_rates)))
    rows = {kind: amount for kind, amount in outcome.sums.items() if amount}
    if not rows:
        raise Refused(NOTHING_TO_CLAIM)
    EuClaimRow.objects.bulk_create(
        EuClaimRow(id=uuid4(), claim=claim, kind=kind.value, amount_ore=amount) for kind, amount in rows.items()
    )


def _step(
    by: Context, at: datetime, claim: EuClaim, step: ClaimStep, amount_ore: int | None = None, text: str = ""
) -> None:
    EuClaimStep.objects.create(
        id=uuid4(), claim=claim, step=step.value, amount_ore=amount_ore, text=text.strip(), at=at,
        by=by.actor_name, by_id=by.actor_id,
    )  # fmt: skip
    trail.record(
        by=by,
        at=at,
        action=f"eu_claim.{step.value}",
        subject_kind="money.eu_claim",
        subject_id=claim.id,
        subject_name=f"{claim.project.name}, {claim.number}",
        amount_ore=amount_ore,
    )
