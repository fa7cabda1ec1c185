"""Note what sources say: figures, and what money is meant for or has been used for."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID, uuid4

from django.utils import timezone

from samkraft.audit.actions import trail, transactions
from samkraft.money.actions import matters
from samkraft.money.actions.contradictions import looking
from samkraft.money.models import Document, Figure, Use
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
NO_SOURCE = Reason(
    "figure_without_source",
    phrase("Det står inte var uppgiften kommer ifrån."),
    phrase("Välj ett dokument, eller skriv vad källan heter."),
)
UPPER_BELOW = Reason(
    "figure_upper_below",
    phrase("Det övre värdet är mindre än det undre."),
    phrase("Skriv det minsta först, eller lämna det övre tomt."),
)
NO_TITLE = Reason("use_without_title", phrase("Det står inte vad pengarna gick till."), phrase("Skriv insatsens namn."))
AMOUNT_NOT_POSITIVE = Reason(
    "use_amount_not_positive",
    phrase("Beloppet måste vara större än noll."),
    phrase("Lämna fältet tomt om källan inte säger hur mycket."),
)
OWN_SOURCE = "Uppgift från nämnden"


def note_figure(
    *,
    by: Context,
    at: datetime | None = None,
    measure: str,
    label: str,
    kind: FigureKind,
    unit: Unit,
    value: Decimal | int | None,
    document_id: UUID | None = None,
    source_title: str = "",
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
    """Write down a figure as a source says it. The same `measure` and year from two sources can then be compared.

    The source is a document that is here already, or one that a committee names by its title and keeps itself. Raises
    Refused without either, for an upper value below the value, and for another committee's figures.
    """
    _may_note(by, organisation_id)
    if upper_value is not None and (value is None or upper_value < value):
        raise Refused(UPPER_BELOW)
    with transactions.write(by):
        document_id = document_id or _named_source(by, at, source_title, organisation_id)
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
        looking.soon()
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
    source_title: str = "",
    position: int = 0,
) -> UUID:
    """Write down what a committee's money is meant for or has been used for. No amount: the source does not split it."""
    _may_note(by, organisation_id)
    if not title.strip():
        raise Refused(NO_TITLE)
    if amount_ore is not None and amount_ore <= 0:
        raise Refused(AMOUNT_NOT_POSITIVE)
    with transactions.write(by):
        if source_title.strip():
            document_id = document_id or _named_source(by, at, source_title, organisation_id)
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
        looking.soon()
        return use.id


def _named_source(by: Context, at: datetime | None, title: str, organisation_id: UUID | None) -> UUID:
    """The committee's own document with this title; taken in as a title only when it is new."""
    if not title.strip():
        raise Refused(NO_SOURCE)
    known = (
        Document.objects.filter(title=title.strip()[:300], author_id=organisation_id).order_by("received_at").first()
    )
    if known is not None:
        return known.id
    return matters.receive_within(
        by=by, at=at, matter=None, kind=OWN_SOURCE, title=title.strip(), author_id=organisation_id
    ).id


def _may_note(by: Context, organisation_id: UUID | None) -> None:
    if access.why_not(by, Permission.REGISTER_DECISIONS) is None:
        return
    access.require(by, Permission.ANSWER_FOR_COMMITTEE)
    if by.organisation_id != organisation_id:
        raise Refused(OTHER_BODY)
