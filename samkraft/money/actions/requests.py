"""Requests for money (äskanden): asked, commented on, proposed, decided, side by side."""

from datetime import datetime
from uuid import UUID, uuid4

from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.money.models import Fund, MoneyRequest, RequestEvent
from samkraft.money.rules.requests import RequestEventKind
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

OTHER_COMMITTEE = Reason(
    "other_committee",
    phrase("Du kan bara äska för din egen nämnd."),
    phrase("Be den andra nämndens controller, eller stadskontoret."),
)
NOT_POSITIVE_REQUEST = Reason(
    "request_not_positive",
    phrase("Beloppet måste vara större än noll."),
    phrase("Skriv ett belopp, eller lämna fältet tomt om det inte är bestämt."),
)
PURPOSE_NEEDED = Reason("purpose_needed", phrase("Skriv vad pengarna ska användas till."), "")
IS_WITHDRAWN = Reason("request_withdrawn", phrase("Äskandet är återtaget."), phrase("Gör ett nytt i stället."))
NO_REQUEST = Reason("no_request", phrase("Äskandet finns inte."), phrase("Gå till listan och välj ett annat."))


def ask(
    *,
    by: Context,
    at: datetime | None = None,
    fund_id: UUID,
    year: int,
    organisation_id: UUID,
    purpose: str,
    amount_ore: int | None,
    reasons: str = "",
    source: str = "",
) -> UUID:
    """A committee asks for money. The city office may note a request that came in another way."""
    _may_ask(by, organisation_id)
    if amount_ore is not None and amount_ore <= 0:
        raise Refused(NOT_POSITIVE_REQUEST)
    if not purpose.strip():
        raise Refused(PURPOSE_NEEDED)
    at = at or timezone.now()
    with transactions.write(by):
        fund = Fund.objects.get(id=fund_id)
        request = MoneyRequest.objects.create(
            id=uuid4(),
            fund=fund,
            year=year,
            organisation_id=organisation_id,
            purpose=purpose.strip()[:300],
            reasons=reasons.strip(),
            amount_ore=amount_ore,
            asked_at=at,
            asked_by=by.actor_name,
            source=source,
        )
        trail.record(
            by=by,
            at=at,
            action="request.ask",
            subject_kind="money.request",
            subject_id=request.id,
            subject_name=request.purpose,
            amount_ore=amount_ore,
        )
        return request.id


def note(
    *,
    by: Context,
    at: datetime | None = None,
    request_id: UUID,
    kind: RequestEventKind,
    amount_ore: int | None = None,
    text: str = "",
) -> None:
    """An opinion, a proposed or decided amount, or a withdrawal. Only the committee itself withdraws."""
    at = at or timezone.now()
    with transactions.write(by):
        request = MoneyRequest.objects.filter(id=request_id).first()
        if request is None:
            raise Refused(NO_REQUEST)
        if kind in {RequestEventKind.OPINION, RequestEventKind.WITHDRAWN}:
            _may_ask(by, request.organisation_id)
        else:
            access.require(by, Permission.MANAGE_FUNDS)
        if request.events.filter(kind=RequestEventKind.WITHDRAWN).exists():
            raise Refused(IS_WITHDRAWN)
        RequestEvent.objects.create(
            id=uuid4(),
            request=request,
            kind=kind.value,
            amount_ore=amount_ore,
            text=text.strip(),
            at=at,
            by=by.actor_name,
        )
        trail.record(
            by=by,
            at=at,
            action=f"request.{kind.value}",
            subject_kind="money.request",
            subject_id=request.id,
            subject_name=request.purpose,
            amount_ore=amount_ore,
        )


def _may_ask(by: Context, organisation_id: UUID) -> None:
    if access.why_not(by, Permission.MANAGE_FUNDS) is None:
        return
    access.require(by, Permission.REQUEST_MONEY)
    if by.organisation_id != organisation_id:
        raise Refused(OTHER_COMMITTEE)
