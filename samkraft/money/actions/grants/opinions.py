"""An administration's opinion of an application: asked for by the city office, given by whoever answers for it."""

from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.money.actions.grants import applications
from samkraft.money.models import GrantOpinion
from samkraft.money.rules.grants.grant_kinds import Stance
from samkraft.partners.queries import organisations
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

ASKED_ALREADY = Reason("opinion_asked", phrase("{body} är redan tillfrågad."), phrase("Vänta på svaret."))
NOT_ASKED = Reason(
    "opinion_not_asked",
    phrase("Din förvaltning är inte tillfrågad om den här ansökan."),
    phrase("Be stadskontoret om ni bör vara det."),
)
ANSWERED = Reason(
    "opinion_answered", phrase("Yttrandet är redan lämnat."), phrase("Hör av dig till stadskontoret om något är fel.")
)


def ask(
    *,
    by: Context,
    at: datetime | None = None,
    application_id: UUID,
    organisation_id: UUID,
    due_date: date,
    question: str = "",
) -> None:
    """Ask an administration what it thinks. Its controllers can then read the application."""
    access.require(by, Permission.PREPARE_GRANTS)
    at = at or timezone.now()
    with transactions.write(by):
        row = applications.received_within(application_id)
        applications.refuse_decided_within(row)
        if row.opinions.filter(organisation_id=organisation_id).exists():
            raise Refused(ASKED_ALREADY, body=organisations.name_of(organisation_id))
        GrantOpinion.objects.create(
            application=row,
            organisation_id=organisation_id,
            question=question.strip(),
            due_date=due_date,
            asked_at=at,
            asked_by=by.actor_name,
        )
        applications.told_within(by, at, "grant_opinion.ask", row, organisation=str(organisation_id))


def give(*, by: Context, at: datetime | None = None, application_id: UUID, stance: Stance, text: str) -> None:
    """Answer for the own administration."""
    access.require(by, Permission.ANSWER_FOR_COMMITTEE)
    at = at or timezone.now()
    if not text.strip():
        raise Refused(applications.TEXT_NEEDED)
    with transactions.write(by):
        asked = (
            GrantOpinion.objects.select_for_update()
            .filter(application_id=application_id, organisation_id=by.organisation_id)
            .first()
        )
        if asked is None:
            raise Refused(NOT_ASKED)
        if asked.answered_at is not None:
            raise Refused(ANSWERED)
        asked.stance, asked.text = stance.value, text.strip()
        asked.answered_at, asked.answered_by = at, by.actor_name
        asked.save(update_fields=["stance", "text", "answered_at", "answered_by"])
        applications.told_within(
            by, at, "grant_opinion.give", applications.received_within(application_id), stance=stance.value
        )
