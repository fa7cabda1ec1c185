"""Note what sources say: figures, and what money is meant for or has been used for."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID, uuid4

from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.money.models import Figure, Use
from samkraft.money.rules.figures import FigureKind, Unit
from samkraft.money.rules.points import Support
from samkraft.money.rules.uses import EffortStatus, UseStage
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import Permission
from samkraft.values.context import Context
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

OTHER_BODY = Reason(
    "other_body",
    phrase("Du kan bara lämna uppgifter för din egen nämnd."),
    phrase("Be den andra nämndens controller, eller stadskontoret."),
)


def note_figure(
    *,
    by: Context,
    at: datetime | None = None,
    measure: str,
    label: str,
    kind: FigureKind,
    unit: Unit,
    value: Decimal | int | None,
    document_id: UUID,
    organisation_id: UUID | None = None,
    fund_id: UUID | None = None,
    year: int | None = None,
    period_words: str = "",
    group: str = "",
    upper_value: Decimal | int | None = None,
    rounded_to: int = 0,
    quote: str = "",
    place: str = "",
    said_by: str = "",
    said_date: date | None = None,
) -> UUID:
    """Write down a figure as a source says it. The same `measure` and year from two sources can then be compared."""
    _may_note(by, organisation_id)
    with transactions.write(by):
        figure = Figure.objects.create(
            id=uuid4(),
            measure=measure,
            label=label,
            kind=kind.value,
            unit=unit.value,
            value=value,
            upper_value=upper_value,
            document_id=document_id,
            organisation_id=organisation_id,
            fund_id=fund_id,
            year=year,
            period_words=period_words,
            group=group,
            rounded_to=rounded_to,
            quote=quote,
            place=place,
            said_by=said_by,
            said_date=said_date,
            noted_at=at or timezone.now(),
            noted_by=by.actor_name,
        )
        trail.record(
            by=by,
            at=at,
            action="figure.note",
            subject_kind="money.figure",
            subject_id=figure.id,
            subject_name=label,
            value=str(value),
            year=year,
        )
        return figure.id


def note_use(
    *,
    by: Context,
    at: datetime | None = None,
    organisation_id: UUID,
    fund_id: UUID,
    year: int,
    stage: UseStage,
    title: str,
    text: str = "",
    support: Support = Support.FRAME,
    amount_ore: int | None = None,
    counterparty_id: UUID | None = None,
    quantity: int | None = None,
    quantity_unit: str = "",
    status: EffortStatus | None = None,
    document_id: UUID | None = None,
    position: int = 0,
) -> UUID:
    """Write down what a committee's money is meant for or has been used for. No amount: the source does not split it."""
    _may_note(by, organisation_id)
    with transactions.write(by):
        use = Use.objects.create(
            id=uuid4(),
            organisation_id=organisation_id,
            fund_id=fund_id,
            year=year,
            stage=stage.value,
            support=support.value,
            title=title[:300],
            text=text,
            counterparty_id=counterparty_id,
            amount_ore=amount_ore,
            quantity=quantity,
            quantity_unit=quantity_unit,
            status=status.value if status else "",
            document_id=document_id,
            position=position,
            noted_at=at or timezone.now(),
            noted_by=by.actor_name,
        )
        trail.record(
            by=by,
            at=at,
            action="use.note",
            subject_kind="money.use",
            subject_id=use.id,
            subject_name=title,
            amount_ore=amount_ore,
            year=year,
        )
        return use.id


def _may_note(by: Context, organisation_id: UUID | None) -> None:
    if access.why_not(by, Permission.REGISTER_DECISIONS) is None:
        return
    access.require(by, Permission.ANSWER_FOR_COMMITTEE)
    if by.organisation_id != organisation_id:
        raise Refused(OTHER_BODY)
